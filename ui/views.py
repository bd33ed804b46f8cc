"""Pieces that several internal pages show: key figures, facts in sentences, the map with its legend, sections."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator
from ui import charts, frame, internal_store, labels, maps, tables

# A value from fewer cases is too uncertain to be named as the highest or lowest.
LEAST_CASES_NAMED = 10


@dataclass(frozen=True)
class KeyFigure:
    """The prefecture's estimate and the one of the same months a year before (None when nobody reported)."""

    now: pd.Series
    before: pd.Series | None


def current_version_or_stop(title: str) -> str:
    """The database version to read; without one the page says what to do and stops."""
    version = internal_store.version()
    if version is None:
        frame.page_head(title, None)
        frame.nothing_here(
            "まだ報告を読み込んでいません。",
            "市区町村の報告を1件も受け付けていないため、集計がありません。",
            "端末で `python -m etl prepare` を実行すると架空データの見本を、`python -m etl load ファイル名` で実際の報告を読み込めます。",
        )
        st.stop()
    assert version is not None
    return version


def area_names(version: str) -> dict[str, str]:
    places = internal_store.areas(version)
    return dict(zip(places["area_code"], places["name"], strict=True))


def key_figure(version: str, indicator: Indicator, months: Sequence[str]) -> KeyFigure:
    now = internal_store.of_areas(version, indicator.id, months).iloc[-1]
    earlier = [f"{int(month[:4]) - 1}{month[4:]}" for month in months]
    before = internal_store.of_areas(version, indicator.id, earlier).iloc[-1]
    return KeyFigure(now, None if before["state"] in ("not_sent", "not_applicable") else before)


def card(indicator: Indicator, figure: KeyFigure) -> None:
    """A key figure with its interval and its change; grey, since a change of one year is not yet good or bad."""
    now, kind = figure.now, indicator.kind
    change = change_text(figure, kind)
    interval = labels.interval_text(now["low"], now["high"], kind)
    st.metric(
        indicator.title,
        labels.with_unit(now["value"], kind, now["state"], now["high"]).removesuffix(labels.PARTIAL_MARK),
        delta=change,
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
        help=f"分子：{indicator.numerator}／分母：{indicator.denominator}",
    )
    counts = f"{now['numerator']:,} ／ {now['denominator']:,}" if kind != "rate" else f"{now['numerator']:,}件"
    st.caption(f"95％信頼区間 {interval or '－'}（{counts}）")


def change_text(figure: KeyFigure, kind: str) -> str | None:
    """「前年同期差 +3.2ポイント」; None when there is nothing to compare with."""
    if figure.before is None or math.isnan(figure.before["value"]) or math.isnan(figure.now["value"]):
        return None
    change = figure.now["value"] - figure.before["value"]
    if kind == "proportion":
        return f"前年同期差 {change * 100:+.1f}ポイント"
    return f"前年同期差 {change:+,.0f}日" if kind == "duration" else f"前年同期差 {change:+,.1f}件"


def sentences(
    version: str, catalog: Mapping[str, Indicator], figures: Mapping[str, KeyFigure], months: Sequence[str]
) -> list[str]:
    """Three sentences of facts with their figures. They state what was reported, never a cause."""
    sent = internal_store.coverage(version)
    asked = sent[(sent["return_id"] == "referral") & sent["period"].isin(months)]
    places = internal_store.areas(version)
    complete = int((asked.groupby("area_code")["period"].nunique() == len(months)).sum())
    said = [
        f"{labels.period_text(list(months))}の相互紹介記録は、{len(places)}市区町村のうち"
        f"**{complete}市区町村**が全ての月を、{asked['area_code'].nunique() - complete}市区町村が一部の月を提出しています。"
    ]
    for one in ("recommendation_rate", "contact_within_30_days"):
        now, kind = figures[one].now, catalog[one].kind
        change = change_text(figures[one], kind)
        if math.isnan(now["value"]):
            said.append(f"{catalog[one].title}は、報告がないため計算できません。")
            continue
        said.append(
            f"{catalog[one].title}は**{labels.with_unit(now['value'], kind)}**"
            f"（95％信頼区間 {labels.interval_text(now['low'], now['high'], kind)}、"
            f"{now['denominator']:,}件中{now['numerator']:,}件）"
            + (f"で、{change.replace(' ', 'は')}です。" if change else "です。前年同期の報告はありません。")
        )
    return said


def spread_sentence(
    indicator: Indicator, each: pd.DataFrame, whole: pd.Series, names: Mapping[str, str], months: Sequence[str]
) -> str:
    """What the map and the ranking show, in one sentence: the prefecture, the range, how many did not report."""
    kind = indicator.kind
    known = each[each["value"].notna()]
    missing = int((each["state"] == "not_sent").sum())
    head = f"{labels.period_text(list(months))}の{indicator.title}は、県全体で"
    if math.isnan(whole["value"]):
        return head + "計算できません（該当する報告がありません）。"
    text = head + f"**{labels.with_unit(whole['value'], kind)}**です。"
    enough = known if kind == "rate" else known[known["denominator"] >= LEAST_CASES_NAMED]
    if len(enough) >= 2:
        low, high = enough.loc[enough["value"].idxmin()], enough.loc[enough["value"].idxmax()]
        least = "" if kind == "rate" else f"分母が{LEAST_CASES_NAMED}件以上の{len(enough)}市区町村では、"
        text += (
            f"{least}{names[low['area_code']]}の{labels.with_unit(low['value'], kind)}から"
            f"{names[high['area_code']]}の{labels.with_unit(high['value'], kind)}まで分布しています"
            "（件数が少ない市区町村の値は偶然で大きく動きます）。"
        )
    return text + (f"{missing}市区町村は未提出です。" if missing else "")


def trend_sentence(indicator: Indicator, series: pd.DataFrame, where: str) -> str:
    known = series[series["value"].notna()]
    if known.empty:
        return f"{where}には、この指標を計算できる報告がありません。"
    first, last = known.iloc[0], known.iloc[-1]
    gaps = len(series) - len(known)
    return (
        f"{where}の月別の値は、{labels.month_text(first['period'])}に{labels.with_unit(first['value'], indicator.kind)}、"
        f"{labels.month_text(last['period'])}に{labels.with_unit(last['value'], indicator.kind)}です。"
        + (f"値のない月が{gaps}か月あります。" if gaps else "")
    )


def area_map(prefecture: str, indicator: Indicator, each: pd.DataFrame) -> None:
    """The map of the prefecture with its legend."""
    kind = indicator.kind
    values = {row.area_code: (row.value, row.state) for row in each.itertuples()}
    texts = {
        row.area_code: labels.with_unit(row.value, kind, row.state, row.high)
        + (f"（{labels.interval_text(row.low, row.high, kind)}）" if not math.isnan(row.value) else "")
        for row in each.itertuples()
    }
    st.pydeck_chart(maps.area_map(prefecture, values, texts), height=470, key="map", alt=f"{indicator.title}の地図")
    st.html(maps.legend(each["value"].tolist(), kind, indicator.unit))
    st.caption("色の濃さは値の大きさを表し、良し悪しを示しません。区分は市区町村数がほぼ同じになるように分けています。")


def breakdown_section(
    parts: pd.DataFrame, indicator: Indicator, where: str, period: str, about: Sequence[str]
) -> None:
    assert indicator.breakdown is not None
    shown = parts[(parts["denominator"] > 0) & parts["value"].notna()]
    if shown.empty:
        frame.nothing_here("内訳がありません。", f"{where}には、この期間の報告がありません。", "期間か市区町村を変えてください。")
        return
    names = [indicator.breakdown.label(value) for value in shown["breakdown"]]
    top = shown.iloc[int(shown["denominator"].to_numpy().argmax())]
    name = indicator.breakdown.label(top["breakdown"])
    st.markdown(
        f"{indicator.breakdown.name}のうち分母が最も大きいのは**{name}**（{top['denominator']:,}）で、"
        f"値は{labels.with_unit(top['value'], indicator.kind)}です。"
        if indicator.breakdown.splits == "both"
        else f"最も多いのは**{indicator.breakdown.label(shown.loc[shown['value'].idxmax(), 'breakdown'])}**で、"
        f"{labels.with_unit(shown['value'].max(), indicator.kind)}です。"
    )
    figure = charts.bars(shown, names, indicator.kind, indicator.unit)
    st.plotly_chart(figure, config=charts.CONFIG, key="breakdown", alt=f"{indicator.breakdown.name}別の値")
    table = tables.estimate_table(shown, names, indicator, indicator.breakdown.name)
    tables.data_table(table, key="breakdown", title=f"{indicator.title}・{indicator.breakdown.name}別（{where}、{period}）", about=about)


def curve_section(curve: pd.DataFrame, indicator: Indicator, where: str, period: str, about: Sequence[str]) -> None:
    if curve.empty:
        frame.nothing_here("曲線を描けません。", f"{where}には、この期間につないだ紹介がありません。", "期間か市区町村を変えてください。")
        return
    month = curve[curve["days"] <= 30].iloc[-1]
    st.markdown(f"{where}では、つないだ日から30日目までに**{month['share'] * 100:.1f}％**が初回相談に至っています（推定値）。")
    st.plotly_chart(charts.step_curve(curve), config=charts.CONFIG, key="curve", alt="初回相談に至った割合の曲線")
    st.caption("カプラン・マイヤー法による推定。帯は95％信頼区間。まだ初回相談に至っていない紹介は、観察した日数まで数えています。")
    table = pd.DataFrame(
        {
            "つなぎからの日数": [f"{day:.0f}" for day in curve["days"]],
            "初回相談に至った割合（％）": [f"{share * 100:.1f}" for share in curve["share"]],
            "95％信頼区間": [
                labels.interval_text(row.low, row.high, "proportion") for row in curve.itertuples()
            ],
            "観察中の件数": [f"{count:,}" for count in curve["at_risk"]],
        }
    )
    tables.data_table(table, key="curve", title=f"{indicator.title}・日数別（{where}、{period}）", about=about)


def about(meta: Mapping[str, str], indicator: Indicator, months: Sequence[str]) -> list[str]:
    """Lines that a download carries: what it is, for which months, as of when, from where, invented or not."""
    return [
        frame.SAMPLE_NOTICE if meta.get("sample") == "1" else "",
        f"期間：{labels.period_text(list(months))}",
        f"データ時点：{meta.get('data_end', '')}まで",
        f"分子：{indicator.numerator}　分母：{indicator.denominator}",
        f"出典：{indicator.source}",
    ]


def sources(meta: Mapping[str, str], indicator: Indicator) -> list[str]:
    return [
        f"出典：{indicator.source}　境界：「国土数値情報（行政区域データ）」（国土交通省）を加工して作成"
        + ("（見本県の形は実在の県を変形したもの）" if meta.get("sample") == "1" else ""),
        f"集計：{meta['built_at'][:10]}　指標は取組の過程を示すもので、取組の効果を示すものではありません。",
    ]
