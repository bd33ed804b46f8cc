"""Published cells in words, rows and tables: what is hidden is `x` wherever it stands, and never 0 or blank."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from ui import labels
from ui.public.lines import Line
from ui.rows import rows_of

# What the five states mean in one breath, said where a value would stand.
SAID = {
    "hidden": "x（個人が分からないよう伏せています）",
    "not_sent": "未提出（報告が届いていません）",
    "not_applicable": "-（該当するものがありません）",
}
# The same beside a value that says its mark.
SAID_SHORT = {"hidden": "伏せています", "not_sent": "報告なし", "not_applicable": "該当なし"}
NOT_PUBLISHED = "公表していない組合せです"


def count_text(count: float, is_hidden: bool, state: str) -> str:
    """A count as tables show it, with the mark of its own state."""
    if is_hidden:
        return labels.HIDDEN
    if math.isnan(count):
        return labels.value_text(count, "proportion", state)
    return f"{count:,.0f}"


def row_counts(row: Any) -> tuple[str, str]:
    """Numerator and denominator of a cell (a named tuple of store.cells) in words."""
    return (
        count_text(row.numerator, row.is_numerator_hidden, row.state),
        count_text(row.denominator, row.is_denominator_hidden, row.state),
    )


def counts_text(row: Any, kind: str) -> str:
    """「148 ／ 193件」, with x for a hidden part; '' where nothing was sent or there is nothing to count."""
    if row.state in ("not_sent", "not_applicable"):
        return ""
    numerator, denominator = row_counts(row)
    unit = "" if kind in ("count", "ratio") else "件"
    return f"{numerator}件" if kind == "rate" else f"{numerator} ／ {denominator}{unit}"


def interval_of(row: Any, kind: str) -> str:
    return "" if math.isnan(row.value) else labels.interval_text(row.low, row.high, kind)


def line_of(row: Any, name: str, kind: str, href: str = "") -> Line:
    """A cell as a row of ui.public.lines."""
    interval, counts = interval_of(row, kind), counts_text(row, kind)
    text = labels.value_text(row.value, kind, row.state, row.high)
    return Line(
        name=name,
        value_text=labels.with_unit(row.value, kind, row.state, row.high),
        counts_text="　".join(part for part in (counts, f"（{interval}）" if interval else "") if part),
        state=row.state,
        value=row.value,
        low=row.low,
        high=row.high,
        mark=SAID_SHORT.get(row.state, text),
        href=href,
    )


def top_of(frame: pd.DataFrame, kind: str) -> float:
    """The right end of the bars: the whole for shares, else a little above the highest value."""
    if kind in labels.SHARES:
        return 1.0
    highest = max((value for value in frame["value"] if not math.isnan(value)), default=0.0)
    return highest * 1.1 or 1.0


def place_text(row: Any, kind: str) -> str:
    """What the map says of a place: its value with interval and counts, or its mark and why."""
    if row.state in SAID:
        return SAID[row.state]
    interval, counts = interval_of(row, kind), counts_text(row, kind)
    more = "、".join(part for part in (counts, f"95％信頼区間{interval}" if interval else "") if part)
    return labels.with_unit(row.value, kind, row.state, row.high) + (f"（{more}）" if more else "")


def table(frame: pd.DataFrame, columns: Mapping[str, Callable[[Any], str]], kind: str) -> pd.DataFrame:
    """Cells as text for a table and its download: the given columns, then value, interval, counts."""
    rows = rows_of(frame)
    counts = [row_counts(row) for row in rows]
    return pd.DataFrame(
        {
            **{name: [text(row) for row in rows] for name, text in columns.items()},
            f"値（{labels.short_unit(kind)}）": [
                labels.value_text(row.value, kind, row.state, row.high) for row in rows
            ],
            "95％信頼区間": [_interval_cell(row, kind) for row in rows],
            "分子": [numerator for numerator, _ in counts],
            "分母": [denominator for _, denominator in counts],
        }
    )


def _interval_cell(row: Any, kind: str) -> str:
    """The interval, or the mark of the value: an empty cell would leave open why nothing stands there."""
    if row.state in SAID:
        return labels.value_text(row.value, kind, row.state)
    return interval_of(row, kind) or labels.NOT_APPLICABLE


def tally(states: Sequence[str]) -> str:
    """「41市区町村のうち、値を示すもの30、伏せたもの（x）6、未提出4、該当なし1です。」"""
    found = {
        "値を示すもの": sum(state in ("value", "partial") for state in states),
        "個人が分からないよう伏せたもの（x）": states.count("hidden"),
        "未提出": states.count("not_sent"),
        "該当なし（-）": states.count("not_applicable"),
    }
    parts = "、".join(f"{name}{count}" for name, count in found.items() if count)
    partly = states.count("partial")
    more = f"値を示すもののうち{partly}は、一部の報告による値（一部）です。" if partly else ""
    return f"{len(states)}市区町村のうち、{parts}です。{more}"
