"""The gain: how many more a year, if every area below a benchmark reached it.

Pure pandas and numpy over the frames of metrics.estimate. It is arithmetic on rates, not a forecast: nothing says
that an area could reach the benchmark or what would bring it there. Said of an indicator only whose header says in
`gain` what more of it means (people recommended, connected, consulted …): more consultations are more need as well
as more reach, and are no gain.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalog import Indicator
from metrics.stats import Floats, shortfall

MEDIAN, PEERS, VALUE = "median", "peers", "value"
# Why there is no gain.
DURATION = "duration"  # days can't be added up to people
COMPLETE = "complete"  # how many bodies exist is counted in full, not per person
NEED = "need"  # the header claims no gain: more of it may as well be more need
FEW_AREAS = "few_areas"  # too few areas have a value, or enough cases, to take a median of
# As metrics.compare: under this volume an area says nothing of what is usual, and takes no part in the median.
LEAST = {"proportion": 10.0, "rate": 5.0, "ratio": 5.0}
MULTIPLIER = {"rate": 100_000.0, "ratio": 1.0}
LEAST_AREAS = 3
COLUMNS = ["area_code", "state", "numerator", "denominator", "value", "gain", "expected"]


@dataclass(frozen=True, eq=False, slots=True)
class Gain:
    """All figures are events of the numerator a year. None of them where `reason` says why not (then NaN, no rows).

    total: the areas' max(0, benchmark - value) x denominator added up as observed. expected: the same without what
    chance makes, always between low and high, and the figure to speak of; total lies above it, with small areas above
    `high` as well. benchmark is in the unit of `value`; basis: 'median', 'peers' or 'value'. p: of no difference
    between the areas beyond chance (NaN for a single area). per_area: COLUMNS of the areas with a value, in their
    order; `gain` adds up to total, `expected` to expected; a partly sent area counts as far as it was sent.
    """

    total: float
    expected: float
    low: float
    high: float
    benchmark: float
    basis: str
    p: float
    per_area: pd.DataFrame
    method: str
    reason: str = field(default="")


def gain(
    indicator: Indicator,
    each: pd.DataFrame,
    benchmark: str | float = MEDIAN,
    months_count: int = 12,
    peers: Collection[str] = (),
) -> Gain:
    """each: one row per area. benchmark: 'median' of the areas with enough volume, 'peers' for the median of the codes
    given as `peers` (also with enough volume), or a number in the unit of `value`.

    months_count: how many months the estimates stand for; a year has 12. Raises ValueError for an unknown benchmark.
    """
    basis = benchmark if isinstance(benchmark, str) else VALUE
    if basis not in (MEDIAN, PEERS, VALUE):
        raise ValueError(f"a benchmark is 'median', 'peers' or a number, not {benchmark!r}")
    if months_count < 1:
        raise ValueError("months_count must be at least 1")
    refused = reason_against(indicator)
    if refused:
        return _none(refused, basis)
    shown = each[each["value"].notna()].reset_index(drop=True)
    level: float | NDArray[np.bool_]
    if isinstance(benchmark, str):
        level = _has_volume(indicator, shown)
        if benchmark == PEERS:
            level &= shown["area_code"].isin(list(peers)).to_numpy()
        if level.sum() < LEAST_AREAS:
            return _none(FEW_AREAS, basis)
    else:
        level = float(benchmark)
    numerator, denominator = (shown[part].to_numpy(dtype=np.float64) for part in ("numerator", "denominator"))
    if indicator.kind == "proportion":
        found = shortfall.proportions(numerator, denominator, level)
    else:
        found = shortfall.rates(numerator, denominator, level, MULTIPLIER[indicator.kind])
    if not found.method:
        return _none(FEW_AREAS, basis)
    year = 12 / months_count
    frame = shown.assign(gain=found.each * year, expected=found.each_expected * year)[COLUMNS]
    return Gain(
        total=found.total * year,
        expected=found.expected * year,
        low=found.low * year,
        high=found.high * year,
        benchmark=found.benchmark,
        basis=basis,
        p=found.p,
        per_area=frame,
        method=found.method,
    )


def reason_against(indicator: Indicator) -> str:
    """Why an indicator has no gain, as a code; '' when it has one."""
    kinds: Mapping[str, str] = {"duration": DURATION, "count": COMPLETE}
    return kinds.get(indicator.kind, "" if indicator.gain else NEED)


def _has_volume(indicator: Indicator, shown: pd.DataFrame) -> NDArray[np.bool_]:
    """At least 10 cases, or 5 events expected at the rate of all areas together."""
    volume: Floats = shown["denominator"].to_numpy(dtype=np.float64)
    if indicator.kind != "proportion" and volume.sum() > 0:
        volume = volume * float(shown["numerator"].sum()) / volume.sum()
    return np.asarray(volume >= LEAST[indicator.kind])


def _none(reason: str, basis: str) -> Gain:
    nothing = pd.DataFrame(
        {column: pd.Series(dtype="str" if column in COLUMNS[:2] else "float64") for column in COLUMNS}
    )
    return Gain(np.nan, np.nan, np.nan, np.nan, np.nan, basis, np.nan, nothing, "", reason)
