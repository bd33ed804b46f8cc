"""Facts in sentences, each with its figures. They state what was reported, never a cause or an effect."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from metrics.catalog import Indicator
from ui import frame, labels
from ui.internal import store
from ui.internal.figures import KeyFigure, change_text

# A value from fewer cases is too uncertain to be named as the highest or lowest.
LEAST_CASES_NAMED = 10


def overview(
    version: str, catalog: Mapping[str, Indicator], figures: Mapping[str, KeyFigure], months: Sequence[str]
) -> list[str]:
    """Three sentences of facts with their figures. They state what was reported, never a cause."""
    sent = store.coverage(version)
    asked = sent[(sent["return_id"] == "referral") & sent["period"].isin(months)]
    places = store.areas(version)
    complete = int((asked.groupby("area_code")["period"].nunique() == len(months)).sum())
    said = [
        f"{labels.period_text(list(months))}の相互紹介記録は、{len(places)}市区町村のうち"
        f"**{complete}**市区町村が全ての月を、"
        f"{asked['area_code'].nunique() - complete}市区町村が一部の月を提出しています。"
    ]
    for one in ("recommendation_rate", "contact_within_30_days"):
        now, kind = figures[one].now, catalog[one].kind
        change = change_text(figures[one], kind)
        if math.isnan(now["value"]):
            said.append(f"{catalog[one].title}は、報告がないため計算できません。")
            continue
        said.append(
            f"{catalog[one].title}は{labels.bold(labels.with_unit(now['value'], kind))}"
            f"（95％信頼区間 {labels.interval_text(now['low'], now['high'], kind)}、"
            f"{now['denominator']:,}件中{now['numerator']:,}件）"
            + (f"で、{change.replace(' ', 'は')}です。" if change else "です。前年同期の報告はありません。")
        )
    return said


def spread(
    indicator: Indicator, each: pd.DataFrame, whole: pd.Series, names: Mapping[str, str], months: Sequence[str]
) -> str:
    """What the map and the ranking show, in one sentence: the prefecture, the range, how many did not report."""
    kind = indicator.kind
    known = each[each["value"].notna()]
    missing = int((each["state"] == "not_sent").sum())
    head = f"{labels.period_text(list(months))}の{indicator.title}は、県全体で"
    if math.isnan(whole["value"]):
        return head + "計算できません（該当する報告がありません）。"
    text = head + f"{labels.bold(labels.with_unit(whole['value'], kind))}です。"
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


def trend(indicator: Indicator, series: pd.DataFrame, where: str) -> str:
    known = series[series["value"].notna()]
    if known.empty:
        return f"{where}には、この指標を計算できる報告がありません。"
    first, last = known.iloc[0], known.iloc[-1]
    gaps = len(series) - len(known)
    start, end = (
        f"{labels.month_text(row['period'])}に{labels.with_unit(row['value'], indicator.kind)}" for row in (first, last)
    )
    return f"{where}の月別の値は、{start}、{end}です。" + (f"値のない月が{gaps}か月あります。" if gaps else "")


def parts(indicator: Indicator, shown: pd.DataFrame) -> str:
    """What the breakdown shows: its largest group, or the most frequent answer."""
    assert indicator.breakdown is not None
    kind, name_of = indicator.kind, indicator.breakdown.label
    if indicator.breakdown.splits == "both":
        top = shown.loc[shown["denominator"].idxmax()]
        return (
            f"分母が最も大きいのは**{name_of(top['breakdown'])}**（{top['denominator']:,}）で、"
            f"値は{labels.with_unit(top['value'], kind)}です。"
        )
    top = shown.loc[shown["value"].idxmax()]
    return f"最も多いのは**{name_of(top['breakdown'])}**で、{labels.with_unit(top['value'], kind)}です。"


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
