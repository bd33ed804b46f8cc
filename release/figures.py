"""What is printed of a table once it is decided what is hidden: counts, values and intervals, or their marks.

A hidden count is not there, and neither is any figure made from it. What was not sent, or has nothing to count, has no
count either: its state says why.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics.catalog import Indicator
from metrics.estimate import METHODS
from release.grid import DENOMINATOR, HIDDEN, NUMERATOR
from release.rules import Rules, rounded
from release.tables import KEYS

EMPTY = ("not_sent", "not_applicable")
PRINTED = [*KEYS, NUMERATOR, DENOMINATOR, "value", "low", "high", "state", *HIDDEN.values()]


def printed_figures(
    cells: pd.DataFrame, catalog: Mapping[str, Indicator], facts: frozenset[str], rules: Rules
) -> pd.DataFrame:
    """The rows of public.cell (`release/schema.sql`), made from what is shown alone."""
    parts = [
        _of_indicator(rows, catalog[str(name)], rules if name not in facts else None)
        for name, rows in cells.groupby("indicator_id", sort=False)
    ]
    frame = pd.concat(parts, ignore_index=True)
    return frame.astype({NUMERATOR: "Int64", DENOMINATOR: "Int64"})[PRINTED]


def _of_indicator(rows: pd.DataFrame, indicator: Indicator, rules: Rules | None) -> pd.DataFrame:
    hidden = {part: rows[flag].to_numpy(dtype=bool) for part, flag in HIDDEN.items()}
    is_hidden = hidden[NUMERATOR] | hidden[DENOMINATOR]
    state = np.where(is_hidden, "hidden", rows["state"].to_numpy(dtype=object))
    counts = {part: rows[part].to_numpy(dtype=np.int64) for part in HIDDEN}
    if rules is not None and rules.rounding:
        is_population = indicator.kind == "rate"
        counts = {
            part: count if is_population and part == DENOMINATOR else rounded(count, rules)
            for part, count in counts.items()
        }
    has_value = ~is_hidden & ~np.isin(state, EMPTY) & (counts[DENOMINATOR] > 0)
    found = METHODS[indicator.kind](counts[NUMERATOR][has_value], counts[DENOMINATOR][has_value])
    figures: dict[str, object] = {}
    for name in ("value", "low", "high"):
        figures[name] = np.full(len(rows), np.nan)
        figures[name][has_value] = getattr(found, name)  # type: ignore[index]
    for part, count in counts.items():
        is_gone = hidden[part] | np.isin(state, EMPTY)
        figures[part] = pd.array(np.where(is_gone, 0, count), dtype="Int64")
        figures[part][is_gone] = pd.NA  # type: ignore[index]
    return rows[[*KEYS, *HIDDEN.values()]].assign(state=state, **figures)
