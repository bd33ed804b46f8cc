"""Roll-ups are sums: over areas, over periods, over the values of a breakdown."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from metrics.catalog import Indicator

KEYS = ("area_code", "period", "breakdown")


def headline(indicator: Indicator, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the breakdown values that make up the indicator itself."""
    chosen = indicator.breakdown.headline if indicator.breakdown else ()
    return rows[rows["breakdown"].isin(chosen)] if chosen else rows


def rollup(counts: pd.DataFrame, by: Sequence[str] = (), splits: str = "both") -> pd.DataFrame:
    """Sums numerator and denominator to the keys in `by` (any of KEYS; none gives a single row).

    With splits 'numerator' the values of the breakdown share their denominator: when they are put together
    it is taken once per area and period, not once per value.
    """
    rows = counts
    if splits == "numerator" and "breakdown" not in by:
        rows = rows.groupby(["area_code", "period"], as_index=False).agg(
            numerator=("numerator", "sum"), denominator=("denominator", "max")
        )
    return sums(rows, by, ["numerator", "denominator"])


def sums(rows: pd.DataFrame, by: Sequence[str], values: Sequence[str]) -> pd.DataFrame:
    """The columns `values` summed to the keys in `by`; without keys a single row, 0 when there is nothing."""
    if not by:
        return rows[list(values)].sum().to_frame().T
    return rows.groupby(list(by), as_index=False)[list(values)].sum()
