"""Cells and columns of tables made from estimates: the text of the page, with the number behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from metrics.catalog import Indicator
from reports.content import Cell
from ui import labels

# Excel's formats of a kind: the same decimals as ui.labels.number_text gives.
NUMBER_FORMATS = {"proportion": "0.0", "count": "0.0", "rate": "#,##0.0", "ratio": "#,##0.00", "duration": "#,##0"}
COUNT_FORMAT = "#,##0"


def in_unit(value: float, kind: str) -> float | None:
    """A value in the unit shown (shares in per cent); None where there is no number."""
    if pd.isna(value) or math.isinf(value):
        return None
    return float(value) * (100 if kind in labels.SHARES else 1)


def value_cell(row: pd.Series, indicator: Indicator, shade: float | None = None) -> Cell:
    """The value of an estimate with its mark, without unit."""
    text = labels.value_text(row["value"], indicator.kind, row["state"], row["high"])
    return Cell(text, in_unit(row["value"], indicator.kind), row["state"], shade)


def bound_cell(value: float, kind: str) -> Cell:
    """One limit of an interval; blank where there is none."""
    number = in_unit(value, kind)
    return Cell("" if pd.isna(value) else labels.number_text(value, kind), number)


def count_cell(count: float, state: str) -> Cell:
    """Numerator or denominator; what was not sent is never 0."""
    if state == "not_sent":
        return Cell(labels.NOT_SENT, None, state)
    return Cell(f"{count:,.0f}", float(count))


def estimate_heads(value: str, kind: str) -> list[str]:
    """Heads of estimate_cells; a complete count has no interval."""
    limits = [] if kind == "count" else ["95％信頼区間・下限", "95％信頼区間・上限"]
    return [value, *limits, "分子", "分母"]


def estimate_cells(row: pd.Series, indicator: Indicator, shade: float | None = None) -> list[Cell]:
    """Value, limits and counts of an estimate."""
    kind, has_value = indicator.kind, not math.isnan(row["value"])
    limits = [bound_cell(row[part], kind) if has_value else Cell("") for part in ("low", "high")]
    counts = [count_cell(row[part], row["state"]) for part in ("numerator", "denominator")]
    return [value_cell(row, indicator, shade), *([] if kind == "count" else limits), *counts]


def estimate_formats(first: int, kind: str) -> dict[int, str]:
    """Formats of the columns of estimate_cells, the first of which stands at `first`."""
    counts = first + len(estimate_heads("", kind)) - 2
    return dict.fromkeys(range(first, counts), NUMBER_FORMATS[kind]) | dict.fromkeys((counts, counts + 1), COUNT_FORMAT)


def shades(values: Sequence[float]) -> list[float | None]:
    """How dark each value is, from the least (0) to the most (1) of them; None where there is no value."""
    known = [one for one in values if not math.isnan(one)]
    low, span = min(known, default=0.0), max(known, default=0.0) - min(known, default=0.0)
    return [None if math.isnan(one) else (one - low) / span if span else 0.0 for one in values]
