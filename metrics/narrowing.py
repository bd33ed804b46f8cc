"""Do areas differ beyond chance, and has the gap between them become narrower over the fiscal years?

Pure pandas and numpy over the frames of metrics.estimate. The gap is the standard deviation between areas that is left
when chance is taken away: the scatter as observed shrinks by itself while numbers grow, and would be called narrower.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from metrics.catalog import Indicator
from metrics.stats import homogeneity, inequality
from metrics.stats.tendency import LEAST_POINTS, mann_kendall

BEYOND, WITHIN, NONE = "beyond", "within", "none"
# 「偶然を超える差がある」 is said at 1 %: of a hundred prefectures without any difference one is told so. A page asks
# this of many indicators, and at 5 % one in twenty would be a false alarm.
FINDING = 0.01
TREND_FINDING = 0.05
MULTIPLIER = {"proportion": 1.0, "rate": 100_000.0, "ratio": 1.0}
NARROWED, WIDENED, UNCHANGED = "narrowed", "widened", "unchanged"
# Why nothing is said.
KIND = "kind"  # a median of days, or a complete count: there is no scatter by chance to take away
FEW_AREAS = "few_areas"  # too few areas have a value in every year
FEW_YEARS = "few_years"  # a trend needs more years than there are
LEAST_AREAS = 5
GROUP_COLUMNS = [
    *("group", "areas", "not_shown", "value", "median", "least", "most", "between_sd", "p", "verdict"),
]
COLUMNS = ["fiscal_year", "areas", "p", "verdict", "between_sd", "p10", "p90", "p90_p10"]


@dataclass(frozen=True, slots=True)
class Gap:
    """verdict: 'beyond' chance, 'within' it, 'none' (kind or too few areas); p; between_sd in the unit of `value`
    (0 when chance explains everything); areas used."""

    verdict: str
    p: float
    between_sd: float
    areas: int


@dataclass(frozen=True, eq=False, slots=True)
class Narrowing:
    """frame: COLUMNS by year, of the same areas in all years (`areas` of them); direction 'narrowed', 'widened' or
    'unchanged' (no trend can be told), '' where `reason` says why nothing can be said; slope of between_sd a year with
    limits, p of the trend. p10 and p90 are of the observed values, chance included; p90_p10 is NaN when p10 is 0."""

    frame: pd.DataFrame
    direction: str
    slope: float
    low: float
    high: float
    p: float
    areas: int
    reason: str = field(default="")


def gap_of(indicator: Indicator, each: pd.DataFrame) -> Gap:
    """each: one row per area. Areas without a value take no part."""
    shown = each["value"].notna().to_numpy()
    return _gap(indicator, each["numerator"].to_numpy()[shown], each["denominator"].to_numpy()[shown])


def _gap(indicator: Indicator, numerator: NDArray[np.generic], denominator: NDArray[np.generic]) -> Gap:
    if indicator.kind not in MULTIPLIER or len(numerator) < LEAST_AREAS:
        return Gap(NONE, np.nan, np.nan, len(numerator))
    found = _homogeneity(indicator, numerator, denominator)
    if not found.method:
        return Gap(NONE, np.nan, np.nan, found.n)
    deviation = float(np.sqrt(found.between_variance)) * MULTIPLIER[indicator.kind]
    return Gap(BEYOND if found.p < FINDING else WITHIN, found.p, deviation, found.n)


def homogeneity_of(indicator: Indicator, shown: pd.DataFrame) -> homogeneity.Homogeneity:
    """shown: areas with a value, of a proportion, rate or ratio."""
    return _homogeneity(indicator, shown["numerator"].to_numpy(), shown["denominator"].to_numpy())


def _homogeneity(indicator: Indicator, numerator: ArrayLike, denominator: ArrayLike) -> homogeneity.Homogeneity:
    test = homogeneity.proportions if indicator.kind == "proportion" else homogeneity.rates
    return test(numerator, denominator)


def gap_by_group(indicator: Indicator, each: pd.DataFrame, groups: Mapping[str, str]) -> pd.DataFrame:
    """GROUP_COLUMNS of every group of areas (kinds of municipality, 圏域 …), in the order in which `groups` names them.

    groups: area_code to group; an area it does not name is in none. value is the group's own (its areas added up),
    median that of its areas with a value; gap and verdict are of the areas inside the group, and a group of fewer than
    LEAST_AREAS has none.
    """
    group = np.array([groups.get(code) for code in each["area_code"].tolist()], dtype=object)
    value, numerator, denominator = (each[part].to_numpy() for part in ("value", "numerator", "denominator"))
    known, unit = ~np.isnan(value), MULTIPLIER.get(indicator.kind, 1.0)
    rows = []
    for name in dict.fromkeys(groups.values()):
        inside = group == name
        shown = inside & known
        count = int(shown.sum())
        found = _gap(indicator, numerator[shown], denominator[shown])
        events, cases = numerator[shown].sum(), denominator[shown].sum()
        is_sum = indicator.kind != "duration" and cases > 0
        rows.append(
            {
                "group": name,
                "areas": count,
                "not_shown": int(inside.sum()) - count,
                "value": events / cases * unit if is_sum else np.nan,
                "median": np.median(value[shown]) if count else np.nan,
                "least": value[shown].min() if count else np.nan,
                "most": value[shown].max() if count else np.nan,
                "between_sd": found.between_sd,
                "p": found.p,
                "verdict": found.verdict,
            }
        )
    return pd.DataFrame(rows, columns=GROUP_COLUMNS)


def narrowing(indicator: Indicator, each_by_year: Mapping[int, pd.DataFrame]) -> Narrowing:
    """each_by_year: fiscal year to one row per area. Years without any value are left out, and keep their length.

    A trend is tested from LEAST_POINTS years on (Mann-Kendall), and only over areas with a value in each of them.
    """
    nothing = pd.DataFrame({column: [] for column in COLUMNS})
    if indicator.kind not in MULTIPLIER:
        return Narrowing(nothing, "", np.nan, np.nan, np.nan, np.nan, 0, KIND)
    shown = {year: each[each["value"].notna()] for year, each in sorted(each_by_year.items())}
    shown = {year: each for year, each in shown.items() if len(each)}
    codes = set.intersection(*(set(each["area_code"]) for each in shown.values())) if shown else set()
    if len(codes) < LEAST_AREAS:
        return Narrowing(nothing, "", np.nan, np.nan, np.nan, np.nan, len(codes), FEW_AREAS)
    rows = [_year(indicator, year, each[each["area_code"].isin(codes)]) for year, each in shown.items()]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    if len(frame) < LEAST_POINTS:
        return Narrowing(frame, "", np.nan, np.nan, np.nan, np.nan, len(codes), FEW_YEARS)
    trend = mann_kendall(frame["between_sd"], frame["fiscal_year"])
    is_found = trend.p < TREND_FINDING
    direction = (NARROWED if trend.s < 0 else WIDENED) if is_found else UNCHANGED
    return Narrowing(frame, direction, trend.slope, trend.low, trend.high, trend.p, len(codes))


def _year(indicator: Indicator, year: int, each: pd.DataFrame) -> dict[str, object]:
    found, deciles = gap_of(indicator, each), inequality.decile_ratio(each["value"].to_numpy())
    return {
        "fiscal_year": year,
        "areas": found.areas,
        "p": found.p,
        "verdict": found.verdict,
        "between_sd": found.between_sd,
        "p10": deciles.p10,
        "p90": deciles.p90,
        "p90_p10": deciles.value,
    }
