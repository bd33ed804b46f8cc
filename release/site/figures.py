"""Figures of the site as text: a value, an interval and two counts with the mark of their state."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ui import labels


@dataclass(frozen=True)
class Row:
    """One line of a table. start and width: of the bar, in per cent of the track; None where there is no value."""

    name: str
    value: str
    interval: str
    numerator: str
    denominator: str
    state: str
    start: float | None = None
    width: float | None = None
    point: float | None = None


def row(name: str, cell: Mapping[str, Any], kind: str, most: float) -> Row:
    """A cell of the public database in words; `most` is the value at the end of the track."""
    value, low, high = (math.nan if pd.isna(cell[part]) else float(cell[part]) for part in ("value", "low", "high"))
    state = str(cell["state"])
    start = width = point = None
    if not math.isnan(value) and most > 0:
        point = 100 * min(value / most, 1)
        if not math.isnan(low) and not math.isnan(high):
            start = 100 * min(low / most, 1)
            width = 100 * min(high / most, 1) - start
    return Row(
        name,
        labels.with_unit(value, kind, state),
        labels.interval_text(low, high, kind),
        count(cell, "numerator"),
        count(cell, "denominator"),
        state,
        start,
        width,
        point,
    )


def count(cell: Mapping[str, Any], part: str) -> str:
    """A count, or the mark of why there is none."""
    if cell[f"is_{part}_hidden"]:
        return labels.HIDDEN
    if cell["state"] == "not_sent":
        return labels.NOT_SENT
    return labels.UNKNOWN if pd.isna(cell[part]) else f"{int(cell[part]):,}"


def track_end(cells: pd.DataFrame, kind: str) -> float:
    """The value at the end of the tracks of a table: 1 for shares, else the largest value with a little room."""
    if kind in labels.SHARES:
        return 1.0
    known = cells["value"].dropna()
    return float(known.max()) * 1.05 if len(known) and known.max() > 0 else 0.0
