"""How far areas lie apart: beyond chance (tau squared, I squared), P90/P10, Theil by kind of municipality, Moran's I.

Pure pandas and numpy over the frames of metrics.estimate. Each part stands alone: where one refuses, it is None and
`reasons` says why by a code, and the others are still there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import pandas as pd

from metrics.catalog import Indicator
from metrics.narrowing import homogeneity_of
from metrics.stats import heterogeneity, inequality, spatial

# Why a part is None.
KIND = "kind"  # not defined for this kind of indicator
FEW_AREAS = "few_areas"  # too few areas have a value
ZERO = "zero"  # the first decile, or everything, is 0
ALIKE = "alike"  # all values are the same
NO_NEIGHBOURS = "no_neighbours"  # too few areas have a neighbour with a value
# A count is complete and mostly 0 or 1 for one area: there is no chance to go beyond and no decile to divide by.
# A median of days knows neither variance nor weights that would add up to the prefecture's.
REFUSED = {"count": ("heterogeneity", "deciles", "theil", "moran"), "duration": ("heterogeneity", "theil")}
Part: TypeAlias = "dict[str, float] | str"  # the numbers of a part, or the code why there are none


@dataclass(frozen=True, eq=False, slots=True)
class Spread:
    """n: areas with a value. Parts, all None when refused (reasons: name of the part to code):

    'heterogeneity': tau2 (square of the log rate, or of the arcsine of the root of a proportion), i2 (0-1),
    q_p (of homogeneity).
    'deciles': p90_p10, unweighted.
    'theil': theil, the total, and its shares within and between the kinds of municipality, which add up to 1 (0 and
    0 when nothing is unequal).
    'moran': moran_i, moran_p (two-sided), moran_n areas used.
    """

    n: int
    tau2: float | None
    i2: float | None
    q_p: float | None
    p90_p10: float | None
    theil: float | None
    within_share: float | None
    between_share: float | None
    moran_i: float | None
    moran_p: float | None
    moran_n: int
    reasons: Mapping[str, str]


def spread(
    indicator: Indicator,
    each: pd.DataFrame,
    groups: Mapping[str, str],
    neighbours: Mapping[str, Sequence[str]],
) -> Spread:
    """each: one row per area. groups: area_code to kind of municipality; neighbours: area_code to those beside it.

    An area that `groups` does not name takes no part in Theil's index, one that `neighbours` does not name none in
    Moran's I; neighbours outside `each` are passed over.
    """
    shown = each[each["value"].notna()]
    parts: dict[str, Callable[[], Part]] = {
        "heterogeneity": lambda: _heterogeneity(indicator, shown),
        "deciles": lambda: _deciles(shown),
        "theil": lambda: _theil(shown, groups),
        "moran": lambda: _moran(shown, neighbours),
    }
    numbers: dict[str, float] = {}
    reasons: dict[str, str] = {}
    for name, part in parts.items():
        found = KIND if name in REFUSED.get(indicator.kind, ()) else part()
        if isinstance(found, str):
            reasons[name] = found
        else:
            numbers |= found
    return Spread(
        n=len(shown),
        tau2=numbers.get("tau2"),
        i2=numbers.get("i2"),
        q_p=numbers.get("q_p"),
        p90_p10=numbers.get("p90_p10"),
        theil=numbers.get("theil"),
        within_share=numbers.get("within_share"),
        between_share=numbers.get("between_share"),
        moran_i=numbers.get("moran_i"),
        moran_p=numbers.get("moran_p"),
        moran_n=int(numbers.get("moran_n", 0)),
        reasons=MappingProxyType(reasons),
    )


def _heterogeneity(indicator: Indicator, shown: pd.DataFrame) -> Part:
    method = heterogeneity.proportions if indicator.kind == "proportion" else heterogeneity.rates
    found = method(shown["numerator"].to_numpy(), shown["denominator"].to_numpy())
    if not found.method:
        return FEW_AREAS
    # Cochran's Q itself finds differences far too often when denominators are small: p is of the exact moments.
    return {"tau2": found.tau2, "i2": found.i2, "q_p": homogeneity_of(indicator, shown).p}


def _deciles(shown: pd.DataFrame) -> Part:
    found = inequality.decile_ratio(shown["value"].to_numpy())
    if found.method:
        return {"p90_p10": found.value}
    return ZERO if found.p10 == 0 else FEW_AREAS


def _theil(shown: pd.DataFrame, groups: Mapping[str, str]) -> Part:
    group = shown["area_code"].map(dict(groups))
    named = shown[group.notna()]
    if len(named) < inequality.LEAST_AREAS:
        return FEW_AREAS
    found = inequality.theil(named["value"].to_numpy(), named["denominator"].to_numpy(), group[group.notna()])
    if not found.method:
        return ZERO
    whole = found.total if found.total > 0 else 1.0
    return {"theil": found.total, "within_share": found.within / whole, "between_share": found.between / whole}


def _moran(shown: pd.DataFrame, neighbours: Mapping[str, Sequence[str]]) -> Part:
    position = {code: index for index, code in enumerate(shown["area_code"])}
    lists = [[position[one] for one in neighbours.get(code, ()) if one in position] for code in position]
    found = spatial.moran(shown["value"].to_numpy(), lists)
    if found.method:
        return {"moran_i": found.i, "moran_p": found.p, "moran_n": found.n}
    if len(shown) < spatial.LEAST_AREAS:
        return FEW_AREAS
    return NO_NEIGHBOURS if found.n < spatial.LEAST_AREAS else ALIKE
