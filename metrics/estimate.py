"""From counts to estimates: roll up, apply the one method of the kind, say what was sent.

Pure pandas and numpy over what metrics.store hands out. Every function but share_by_day returns COLUMNS.
value is in the indicator's unit (proportion 0-1, rate per 100,000 and month, ratio, days; count: the share of all,
0-1), low and high are 95 %. A count is complete, so it has no interval.
numerator and denominator of a duration are those with the event and all observed. A median that half have
not reached yet keeps its state, with value NaN, high infinite, and low the earliest it can be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from metrics.catalog import ALL, Indicator
from metrics.rollup import KEYS, headline, rollup, rollup_durations, sums
from metrics.sent import sent_by_month, states
from metrics.stats import Interval
from metrics.stats.duration import curve, kaplan_meier_median
from metrics.stats.proportion import share_of_all, wilson
from metrics.stats.rate import poisson

PREFECTURE = "prefecture"  # the area_code of all municipalities together
COLUMNS = [*KEYS, "numerator", "denominator", "value", "low", "high", "method", "state"]
Areas: TypeAlias = pd.DataFrame | Sequence[str]
METHODS: dict[str, Callable[[ArrayLike, ArrayLike], Interval]] = {
    "proportion": wilson,
    "rate": poisson,
    "ratio": partial(poisson, multiplier=1),
    "count": share_of_all,
}


def estimate(
    indicator: Indicator,
    rows: pd.DataFrame,
    coverage: pd.DataFrame,
    areas: Areas,
    months: Sequence[str],
    by: Sequence[str] = ("area_code",),
) -> pd.DataFrame:
    """Estimates for each combination of the keys `by` over the asked areas and months (or fiscal years).

    rows: Store.counts, or Store.durations for a duration. coverage: Store.coverage. areas: Store.areas or
    their codes. Without 'area_code' in `by` the areas together are one, called PREFECTURE; without 'period'
    the months together are 'first/last'; without 'breakdown' the headline values together are ALL. What was
    not sent is there too. Breakdown values are those declared, then others that occur.
    """
    codes = _codes(areas)
    asked = rows[rows["area_code"].isin(codes) & rows["period"].isin(months)]
    sent = sent_by_month(indicator, headline(indicator, asked), coverage, codes, months)
    cells = states(sent, codes, months, by)
    if "breakdown" in by:
        cells = cells.merge(pd.DataFrame({"breakdown": _values(indicator, asked)}, dtype="str"), how="cross")
    else:
        asked = headline(indicator, asked)
    together = {"area_code": PREFECTURE, "period": _span(months), "breakdown": ALL}
    frame = _with_interval(indicator, cells, asked, by)
    frame = frame.assign(**{key: value for key, value in together.items() if key not in by})
    return _without_value(frame)[COLUMNS]


def by_area(
    indicator: Indicator, rows: pd.DataFrame, coverage: pd.DataFrame, areas: Areas, months: Sequence[str]
) -> pd.DataFrame:
    """One row per area in the order of `areas`, then one for the prefecture."""
    each = estimate(indicator, rows, coverage, areas, months, by=("area_code",))
    total = estimate(indicator, rows, coverage, areas, months, by=())
    return pd.concat([each, total], ignore_index=True)


def by_key(
    key: str,
    indicator: Indicator,
    rows: pd.DataFrame,
    coverage: pd.DataFrame,
    areas: Areas,
    months: Sequence[str],
    area_code: str = PREFECTURE,
) -> pd.DataFrame:
    """One row per value of `key` ('period' or 'breakdown') in its order, of the prefecture or of one area."""
    scope = _scope(areas, area_code)
    return estimate(indicator, rows, coverage, scope, months, (key,)).assign(area_code=area_code)


by_month = partial(by_key, "period")
by_breakdown = partial(by_key, "breakdown")


def share_by_day(
    rows: pd.DataFrame,
    areas: Areas,
    months: Sequence[str],
    area_code: str = PREFECTURE,
    breakdown: str | None = None,
) -> pd.DataFrame:
    """Share with the event by each day, as the corners of a step line: days, share, low, high, at_risk.

    From day 0 to the last day anyone was observed; at_risk are those still observed on that day. Empty
    without an event. Of one breakdown value, or of all rows together when None.
    """
    seen = rows[rows["area_code"].isin(_scope(areas, area_code)) & rows["period"].isin(months)]
    if breakdown is not None:
        seen = seen[seen["breakdown"] == breakdown]
    line = curve(seen["days"], seen["events"], seen["censored"])
    days, share, low, high = line.days, 1 - line.survival, 1 - line.high, 1 - line.low
    if len(days) and days[0] > 0:
        days, share, low, high = (np.insert(part, 0, 0.0) for part in (days, share, low, high))
    if len(days) and days[-1] < seen["days"].max():
        days, share, low, high = (np.append(part, part[-1]) for part in (days, share, low, high))
        days[-1] = seen["days"].max()
    observed = (seen["events"] + seen["censored"]).to_numpy()
    at_risk = [int(observed[(seen["days"] >= day).to_numpy()].sum()) for day in days]
    return pd.DataFrame({"days": days, "share": share, "low": low, "high": high, "at_risk": at_risk})


def _codes(areas: Areas) -> list[str]:
    return list(areas["area_code"]) if isinstance(areas, pd.DataFrame) else list(areas)


def _scope(areas: Areas, area_code: str) -> list[str]:
    return _codes(areas) if area_code == PREFECTURE else [area_code]


def _values(indicator: Indicator, rows: pd.DataFrame) -> list[str]:
    declared = list(indicator.breakdown.labels) if indicator.breakdown else []
    return declared + sorted(set(rows["breakdown"]) - set(declared))


def _span(months: Sequence[str]) -> str:
    return "/".join(dict.fromkeys([min(months), max(months)])) if months else ""


def _with_interval(indicator: Indicator, cells: pd.DataFrame, rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    if indicator.kind == "duration":
        return _medians(cells, rows, by)
    splits = indicator.breakdown.splits if indicator.breakdown else "both"
    frame = _joined(cells, rollup(rows, by, splits), by)
    found = METHODS[indicator.kind](frame["numerator"], frame["denominator"])
    return frame.assign(value=found.value, low=found.low, high=found.high, method=found.method.astype(object))


def _medians(cells: pd.DataFrame, rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    counts = rows.assign(numerator=rows["events"], denominator=rows["events"] + rows["censored"])
    frame = _joined(cells, sums(counts, by, ["numerator", "denominator"]), by)
    days = rollup_durations(rows, by)
    groups = dict(list(days.groupby(list(by)))) if by else {(): days}
    keys = frame[list(by)].itertuples(index=False, name=None) if by else [()]
    found = [groups.get(key, days.iloc[:0]) for key in keys]
    each = [kaplan_meier_median(group["days"], group["events"], group["censored"]) for group in found]
    parts = {part: [getattr(one, part)[0] for one in each] for part in ("value", "low", "high", "method")}
    return frame.assign(**parts)


def _joined(cells: pd.DataFrame, counts: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The counts beside the cells they belong to; a cell without counts has 0 of 0."""
    frame = cells.merge(counts, on=list(by), how="left") if by else cells.merge(counts, how="cross")
    whole = {part: frame[part].fillna(0).astype("int64") for part in ("numerator", "denominator")}
    return frame.assign(**whole)


def _without_value(frame: pd.DataFrame) -> pd.DataFrame:
    """Takes the numbers away where there is none to show: nothing sent, or sent without a case to count.

    What was counted was sent: beside consents never filled in, the share not recorded is still known.
    """
    counted = frame["denominator"] > 0
    not_sent = frame["state"] == "not_sent"
    state = frame["state"].mask(~not_sent & ~counted, "not_applicable").mask(not_sent & counted, "partial")
    empty = state.isin(["not_sent", "not_applicable"])
    shown = {part: frame[part].astype("float64").mask(empty, np.nan) for part in ("value", "low", "high")}
    return frame.assign(**shown, state=state, method=frame["method"].mask(empty, "").astype("str"))
