"""From counts to estimates: roll up, apply the one method of the kind, say what was sent.

Pure pandas and numpy over what metrics.store hands out. Every function but share_by_day returns COLUMNS.
value is in the indicator's unit (proportion 0-1, rate per 100,000 and month, ratio, days; count: the share of all,
0-1), low and high are 95 %. A count is complete, so it has no interval.
numerator and denominator of a duration are those with the event and all observed. A median that half have
not reached yet keeps its state, with value NaN, high infinite, and low the earliest it can be.
Whoever asks more than once keeps the panel and asks of_panel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from metrics.catalog import ALL, Indicator
from metrics.panel import Panel, Summed
from metrics.rollup import KEYS
from metrics.sent import FULLY, NOT_SENT
from metrics.stats import Interval
from metrics.stats.duration import curve, kaplan_meier_median
from metrics.stats.proportion import share_of_all, wilson
from metrics.stats.rate import poisson

PREFECTURE = "prefecture"  # the area_code of all municipalities together
COLUMNS = [*KEYS, "numerator", "denominator", "value", "low", "high", "method", "state"]
BY_AREA: Sequence[Sequence[str]] = (("area_code",), ())
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
    return of_panel(Panel(indicator, rows, coverage, _codes(areas)), months, [by])


def of_panel(
    panel: Panel, months: Sequence[str], questions: Sequence[Sequence[str]], area_code: str = PREFECTURE
) -> pd.DataFrame:
    """The same of counts laid out before, of all areas or of one: an answer to each `by`, one under the other."""
    cells = [panel.summed(months, by, None if area_code == PREFECTURE else area_code) for by in questions]
    together = {"area_code": area_code, "period": _span(months), "breakdown": ALL}
    keys = {
        name: [key for one in cells for key in getattr(one, name) or [word] * len(one.numerator)]
        for name, word in together.items()
    }
    numerator, denominator = (
        np.concatenate([getattr(one, part) for one in cells]) for part in ("numerator", "denominator")
    )
    found = (
        _medians(cells) if panel.indicator.kind == "duration" else METHODS[panel.indicator.kind](numerator, denominator)
    )
    state = _states(cells, denominator > 0)
    is_empty = (state == "not_sent") | (state == "not_applicable")
    return pd.DataFrame(
        {
            **{name: _text(words) for name, words in keys.items()},
            "numerator": numerator,
            "denominator": denominator,
            **{name: np.where(is_empty, np.nan, getattr(found, name)) for name in ("value", "low", "high")},
            "method": _text(np.where(is_empty, "", found.method).tolist()),
            "state": _text(state.tolist()),
        }
    )


def by_area(
    indicator: Indicator, rows: pd.DataFrame, coverage: pd.DataFrame, areas: Areas, months: Sequence[str]
) -> pd.DataFrame:
    """One row per area in the order of `areas`, then one for the prefecture."""
    return of_panel(Panel(indicator, rows, coverage, _codes(areas)), months, BY_AREA)


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
    return of_panel(Panel(indicator, rows, coverage, _scope(areas, area_code)), months, [(key,)], area_code)


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
    day, observed = seen["days"].to_numpy(), (seen["events"] + seen["censored"]).to_numpy()
    order = np.argsort(day, kind="stable")
    before = np.concatenate([[0], np.cumsum(observed[order])])
    at_risk = (before[-1] - before[np.searchsorted(day[order], days, side="left")]).astype(np.int64)
    return pd.DataFrame({"days": days, "share": share, "low": low, "high": high, "at_risk": at_risk})


def _codes(areas: Areas) -> list[str]:
    return list(areas["area_code"]) if isinstance(areas, pd.DataFrame) else list(areas)


def _scope(areas: Areas, area_code: str) -> list[str]:
    return _codes(areas) if area_code == PREFECTURE else [area_code]


def _span(months: Sequence[str]) -> str:
    return "/".join(dict.fromkeys([min(months), max(months)])) if months else ""


def _medians(cells: Sequence[Summed]) -> Interval:
    each = [kaplan_meier_median(*days) for one in cells for days in one.days or ()]
    parts = [np.array([getattr(one, part)[0] for one in each]) for part in ("value", "low", "high", "method")]
    return Interval(*parts)


def _states(cells: Sequence[Summed], is_counted: NDArray[np.bool_]) -> NDArray[np.str_]:
    """What was sent of each cell, and whether there was a case to count.

    What was counted was sent: beside consents never filled in, the share not recorded is still known.
    """
    weakest, strongest = (np.concatenate([getattr(one, part) for one in cells]) for part in ("weakest", "strongest"))
    nothing = strongest == NOT_SENT
    conditions = [nothing & ~is_counted, nothing, ~is_counted, weakest == FULLY]
    found: NDArray[np.str_] = np.select(conditions, ["not_sent", "partial", "not_applicable", "value"], "partial")
    return found


def _text(words: Sequence[str]) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(words), dtype=pd.StringDtype(na_value=np.nan))
