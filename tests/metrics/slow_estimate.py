"""Estimates the obvious way: filter the rows, join them to what was sent, group and sum. The panel must say the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalog import ALL, Indicator
from metrics.estimate import COLUMNS, METHODS, PREFECTURE
from metrics.rollup import headline, rollup, sums
from metrics.sent import FULLY, NOT_SENT, Sent, sent_by_month
from metrics.stats.duration import kaplan_meier_median


def slow_estimate(
    indicator: Indicator,
    rows: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: Sequence[str],
    months: Sequence[str],
    by: Sequence[str],
) -> pd.DataFrame:
    """As metrics.estimate.estimate."""
    asked = rows[rows["area_code"].isin(codes) & rows["period"].isin(months)]
    sent = sent_by_month(indicator, headline(indicator, asked), coverage, codes, months)
    cells = _cells(sent, codes, months, by)
    if "breakdown" in by:
        declared = list(indicator.breakdown.labels) if indicator.breakdown else []
        values = declared + sorted(set(asked["breakdown"]) - set(declared))
        cells = cells.merge(pd.DataFrame({"breakdown": values}, dtype="str"), how="cross")
    else:
        asked = headline(indicator, asked)
    frame = _medians(cells, asked, by) if indicator.kind == "duration" else _counted(indicator, cells, asked, by)
    span = "/".join(dict.fromkeys([min(months), max(months)])) if months else ""
    together = {"area_code": PREFECTURE, "period": span, "breakdown": ALL}
    frame = frame.assign(**{key: value for key, value in together.items() if key not in by})
    is_counted, not_sent = frame["denominator"] > 0, frame["state"] == "not_sent"
    state = frame["state"].mask(~not_sent & ~is_counted, "not_applicable").mask(not_sent & is_counted, "partial")
    empty = state.isin(["not_sent", "not_applicable"])
    shown = {part: frame[part].astype("float64").mask(empty, np.nan) for part in ("value", "low", "high")}
    frame = frame.assign(**shown, state=state, method=frame["method"].mask(empty, ""))
    texts = ["area_code", "period", "breakdown", "method", "state"]
    return frame[COLUMNS].astype(dict.fromkeys(texts, "str"))


def _cells(sent: Sent, codes: Sequence[str], months: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    """One row per key of `by` (area_code, period, both, none), state 'value', 'partial' or 'not_sent'."""
    over = tuple(axis for axis, key in enumerate(("area_code", "period")) if key not in by)
    weakest = sent.min(axis=over, initial=FULLY).ravel()
    strongest = sent.max(axis=over, initial=NOT_SENT).ravel()
    state = np.where(strongest == NOT_SENT, "not_sent", np.where(weakest == FULLY, "value", "partial"))
    keys: dict[str, NDArray[np.str_]] = {}
    if "area_code" in by:
        keys["area_code"] = np.repeat(list(codes), len(months) if "period" in by else 1)
    if "period" in by:
        keys["period"] = np.tile(list(months), len(codes) if "area_code" in by else 1)
    return pd.DataFrame({**keys, "state": state}, dtype="str")


def _counted(indicator: Indicator, cells: pd.DataFrame, rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    frame = _joined(cells, rollup(rows, by, indicator.breakdown.splits if indicator.breakdown else "both"), by)
    found = METHODS[indicator.kind](frame["numerator"], frame["denominator"])
    return frame.assign(value=found.value, low=found.low, high=found.high, method=found.method.astype(object))


def _medians(cells: pd.DataFrame, rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    counts = rows.assign(numerator=rows["events"], denominator=rows["events"] + rows["censored"])
    frame = _joined(cells, sums(counts, by, ["numerator", "denominator"]), by)
    parts: dict[str, list[object]] = {part: [] for part in ("value", "low", "high", "method")}
    for cell in frame.to_dict("records"):
        own = rows[np.logical_and.reduce([rows[key] == cell[key] for key in by])] if by else rows
        median = kaplan_meier_median(own["days"], own["events"], own["censored"])
        for part, values in parts.items():
            values.append(getattr(median, part)[0])
    return frame.assign(**parts)


def _joined(cells: pd.DataFrame, counts: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    frame = cells.merge(counts, on=list(by), how="left") if by else cells.merge(counts, how="cross")
    return frame.assign(**{part: frame[part].fillna(0).astype("int64") for part in ("numerator", "denominator")})
