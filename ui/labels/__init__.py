"""Words and marks the reader sees: values with their unit, the five states, fiscal years and months."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import pandas as pd

from metrics.periods import fiscal_year_of
from ui.labels.rounding import fixed

SAMPLE_NOTICE = "架空データ：実在しない「見本県」など、作られた報告による数値です。実在の市区町村の状況ではありません。"
NOT_SENT, HIDDEN, NOT_APPLICABLE, UNKNOWN = "未提出", "x", "-", "…"
PARTIAL_MARK = "（一部）"
NOT_REACHED = "半数に達していない"
WHOLE_YEAR = "通年"
SHARES = ("proportion", "count")  # kinds whose value is a share, 0-1, shown in per cent

# What each mark means, in the order of the legend under every table.
LEGEND = (
    ("未提出", "報告が届いていない"),
    ("0", "報告があり、件数が0"),
    (PARTIAL_MARK, "一部の月だけ、又は一部の行を除いて受け取ったもの"),
    ("x", "秘匿（公表版で数値を伏せたもの）"),
    ("-・…", "該当する件がない・分からない"),
)
# What may be said of a municipality beside the prefecture, and its mark in charts.
VERDICTS = {
    "higher": "高い",
    "lower": "低い",
    "same": "差があるとは言えない",
    "few": "件数が少なく判定しない",
    "none": "",
}
VERDICT_MARKS = {"higher": "▲", "lower": "▼", "same": "●", "few": "■", "none": "●"}
READING_WORDS = {
    "higher_better": "通知が進めるよう求めている取組で、高いほど進んでいることを示します。",
    "lower_better": "低いほど進んでいることを示します。",
    "neither": "高いこと・低いことは、それだけでは良し悪しを示しません。",
}


def bold(text: str) -> str:
    """Markdown with the figure in bold. Only the digits: ** beside a full-width mark would be shown as it stands."""
    return re.sub(r"[-+]?\d[\d,.]*", r"**\g<0>**", text, count=1)


def value_text(value: float, kind: str, state: str = "value", high: float | None = None) -> str:
    """A value as tables and cards show it, without unit: 62.3, 未提出, 12（一部）."""
    if state == "not_sent":
        return NOT_SENT
    if state == "hidden":
        return HIDDEN
    if state == "not_applicable":
        return NOT_APPLICABLE
    if math.isnan(value):
        return NOT_REACHED if kind == "duration" and high is not None and math.isinf(high) else UNKNOWN
    return number_text(value, kind) + (PARTIAL_MARK if state == "partial" else "")


def number_text(value: float, kind: str) -> str:
    """One decimal for shares (in per cent) and rates, two for ratios, whole days."""
    if math.isnan(value):
        return UNKNOWN
    if math.isinf(value):
        return "上限なし"
    if kind in SHARES:
        return fixed(value * 100, 1)
    if kind == "ratio":
        return fixed(value, 2)
    return fixed(value, 0) if kind == "duration" else fixed(value, 1)


def with_unit(value: float, kind: str, state: str = "value", high: float | None = None) -> str:
    """value_text with its short unit, for sentences and cards."""
    text = value_text(value, kind, state, high)
    unit = short_unit(kind)
    if text.endswith(PARTIAL_MARK):
        return text.removesuffix(PARTIAL_MARK) + unit + PARTIAL_MARK
    return text + unit if text[:1].isdigit() else text


def short_unit(kind: str) -> str:
    return {"proportion": "％", "count": "％", "rate": "件", "ratio": "件", "duration": "日"}[kind]


def counts_text(numerator: float, denominator: float, kind: str) -> str:
    """What a value was counted from: 「148 ／ 193件」, 「57件」 of a rate, 「14 ／ 41」 of a complete count."""
    if kind == "rate":
        return f"{numerator:,.0f}件"
    return f"{numerator:,.0f} ／ {denominator:,.0f}" + ("" if kind in ("count", "ratio") else "件")


def change_text(now: float, before: float, kind: str) -> str:
    """A difference in the unit of the kind: +3.2ポイント, -1.4件, +2日."""
    change = now - before
    if kind in SHARES:
        return fixed(change * 100, 1, "+") + "ポイント"
    if kind == "duration":
        return fixed(change, 0, "+") + "日"
    return fixed(change, 2 if kind == "ratio" else 1, "+") + "件"


def ranks_text(low: float, high: float) -> str:
    """The ranks that an area may have, 「3～21位」; empty when it has none."""
    if pd.isna(low) or pd.isna(high):
        return ""
    return f"{low:.0f}位" if low == high else f"{low:.0f}～{high:.0f}位"


def p_text(p: float) -> str:
    """A p-value to three decimals, 「p＝0.012」."""
    return "p＜0.001" if p < 0.001 else f"p＝{fixed(p, 3)}"


def interval_text(low: float, high: float, kind: str) -> str:
    """A 95 % interval, 「58.1～66.2」; empty when there is none."""
    if math.isnan(low) and (math.isnan(high) or math.isinf(high)):
        return ""
    return f"{number_text(low, kind)}～{number_text(high, kind)}"


def fiscal_year_text(fiscal_year: int) -> str:
    """令和6年度 for 2024; Heisei before 2019."""
    if fiscal_year >= 2019:
        era, year = "令和", fiscal_year - 2018
    else:
        era, year = "平成", fiscal_year - 1988
    return f"{era}{'元' if year == 1 else year}年度"


def short_fiscal_year(fiscal_year: int) -> str:
    """R6 for 2024, for the ticks of an axis."""
    return fiscal_year_text(fiscal_year).replace("令和", "R").replace("平成", "H").removesuffix("年度")


def period_name(period: str) -> str:
    """The words of one period of the cube: a month or a fiscal year."""
    return month_text(period) if "-" in period else fiscal_year_text(int(period))


def short_period(period: str) -> str:
    """The same for the ticks of an axis."""
    return short_month(period) if "-" in period else short_fiscal_year(int(period))


def day_text(iso: str) -> str:
    """令和6年4月1日 for '2024-04-01'."""
    return f"{month_text(iso[:7])}{int(iso[8:10])}日"


def month_text(period: str) -> str:
    """令和6年4月 for '2024-04' (all months shown are of 平成 or 令和)."""
    year, month = int(period[:4]), int(period[5:])
    if (year, month) >= (2019, 5):
        era, number = "令和", year - 2018
    else:
        era, number = "平成", year - 1988
    return f"{era}{'元' if number == 1 else number}年{month}月"


def short_month(period: str) -> str:
    """R6.4 for '2024-04', for the ticks of an axis."""
    year, month = int(period[:4]), int(period[5:])
    return f"R{year - 2018}.{month}" if (year, month) >= (2019, 5) else f"H{year - 1988}.{month}"


def period_text(months: Sequence[str]) -> str:
    """The asked months in words: 令和6年度（令和6年4月～令和7年3月）, or the single month, or fiscal year, or years."""
    if len(months) == 1:
        return period_name(months[0])
    if fiscal_year_of(months[0]) != fiscal_year_of(months[-1]):
        return f"{month_text(months[0])}～{month_text(months[-1])}"
    return f"{fiscal_year_text(fiscal_year_of(months[0]))}（{month_text(months[0])}～{month_text(months[-1])}）"
