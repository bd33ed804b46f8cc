"""Sections that several internal pages show: the map with its legend, ranking, trend, breakdown, curve."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator
from ui import charts, frame, labels, maps, tables
from ui.internal import sentences, store


def current_version_or_stop(title: str) -> str:
    """The database version to read; without one the page says what to do and stops."""
    version = store.version()
    if version is None:
        frame.page_head(title, None)
        frame.nothing_here(
            "まだ報告を読み込んでいません。",
            "市区町村の報告を1件も受け付けていないため、集計がありません。",
            "端末で `python -m etl prepare` を実行すると架空データの見本を、"
            "`python -m etl load ファイル名` で実際の報告を読み込めます。",
        )
        st.stop()
    assert version is not None
    return version


def area_names(version: str) -> dict[str, str]:
    places = store.areas(version)
    return dict(zip(places["area_code"], places["name"], strict=True))


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


def breakdown(version: str, indicator: Indicator, months: Sequence[str], area: str | None, where: str) -> None:
    """One indicator by the values of its breakdown."""
    assert indicator.breakdown is not None
    parts = store.of_breakdown(version, indicator.id, months, area)
    shown = parts[(parts["denominator"] > 0) & parts["value"].notna()]
    if shown.empty:
        frame.nothing_here(
            "内訳がありません。", f"{where}には、この期間の報告がありません。", "期間か市区町村を変えてください。"
        )
        return
    names = [indicator.breakdown.label(value) for value in shown["breakdown"]]
    st.markdown(sentences.parts(indicator, shown))
    figure = charts.bars(shown, names, indicator.kind, indicator.unit)
    st.plotly_chart(figure, **charts.SHOW, key="breakdown", alt=f"{indicator.breakdown.name}別の値")
    table = tables.estimate_table(shown, names, indicator, indicator.breakdown.name)
    tables.data_table(
        table,
        key="breakdown",
        title=f"{indicator.title}・{indicator.breakdown.name}別（{where}、{labels.period_text(list(months))}）",
        about=sentences.about(store.meta(version), indicator, months),
    )


def curve_of_days(version: str, indicator: Indicator, months: Sequence[str], area: str | None, where: str) -> None:
    """A duration as the share reached by each day."""
    curve = store.of_days(version, indicator.id, months, area)
    if curve.empty:
        frame.nothing_here(
            "曲線を描けません。",
            f"{where}には、この期間につないだ紹介がありません。",
            "期間か市区町村を変えてください。",
        )
        return
    month = curve[curve["days"] <= 30].iloc[-1]
    st.markdown(
        f"{where}では、つないだ日から30日目までに**{month['share'] * 100:.1f}**％が初回相談に至っています（推定値）。"
    )
    st.plotly_chart(charts.step_curve(curve), **charts.SHOW, key="curve", alt="初回相談に至った割合の曲線")
    st.caption(
        "カプラン・マイヤー法による推定。帯は95％信頼区間。"
        "まだ初回相談に至っていない紹介は、観察した日数まで数えています。"
    )
    table = pd.DataFrame(
        {
            "つなぎからの日数": [f"{day:.0f}" for day in curve["days"]],
            "初回相談に至った割合（％）": [f"{share * 100:.1f}" for share in curve["share"]],
            "95％信頼区間": [labels.interval_text(row.low, row.high, "proportion") for row in curve.itertuples()],
            "観察中の件数": [f"{count:,}" for count in curve["at_risk"]],
        }
    )
    tables.data_table(
        table,
        key="curve",
        title=f"{indicator.title}・日数別（{where}、{labels.period_text(list(months))}）",
        about=sentences.about(store.meta(version), indicator, months),
    )


def areas(version: str, indicator: Indicator, months: Sequence[str]) -> None:
    """One indicator by municipality: a sentence, the map, the ranked intervals, the table twin."""
    meta, names = store.meta(version), area_names(version)
    estimates = store.of_areas(version, indicator.id, months)
    each, whole = estimates.iloc[:-1], estimates.iloc[-1]
    each_names = [names[code] for code in each["area_code"]]
    st.markdown(sentences.spread(indicator, each, whole, names, months))
    left, right = st.columns([1, 1])
    with left:
        st.subheader("地図")
        area_map(meta["prefecture"], indicator, each)
    with right:
        st.subheader("市区町村の値と95％信頼区間")
        figure = charts.ranked(each, each_names, indicator.kind, indicator.unit, whole["value"])
        with st.container(height=520, border=False):
            st.plotly_chart(figure, **charts.SHOW, key="ranked", alt=f"{indicator.title}の市区町村別の値")
        st.caption(
            "破線は県全体。白抜きは一部の月だけの値。線は95％信頼区間です。"
            "小さな市区町村の順位は偶然で入れ替わるため、順位の違いを差と読まないでください。"
        )
    table = tables.estimate_table(estimates, [*each_names, "県全体"], indicator, "市区町村")
    title = f"{indicator.title}・市区町村別（{labels.period_text(list(months))}）"
    tables.data_table(table, key="areas", title=title, about=sentences.about(meta, indicator, months))


def trend(version: str, indicator: Indicator, area: str | None, where: str) -> None:
    """One indicator by month over all months anybody reported, of the prefecture or one municipality."""
    months = store.reported_months(version)
    series = store.of_months(version, indicator.id, months, area)
    st.markdown(sentences.trend(indicator, series, where))
    figure = charts.trend(series, indicator.kind, indicator.unit)
    st.plotly_chart(figure, **charts.SHOW, key="trend", alt=f"{indicator.title}の月別の推移")
    st.caption("帯は95％信頼区間。線の切れ目は値のない月、白抜きは一部の報告による値。点線は法律の施行・通知の月。")
    table = tables.estimate_table(series, [labels.month_text(month) for month in series["period"]], indicator, "月")
    about = sentences.about(store.meta(version), indicator, months)
    tables.data_table(table, key="months", title=f"{indicator.title}・月別（{where}）", about=about)
