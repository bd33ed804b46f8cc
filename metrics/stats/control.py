"""Control charts: which points of a series differ from its ordinary up and down.

p-chart (limits of three standard errors, as wide as each denominator asks) and XmR (limits from the mean moving
range: 2.66 for the points, 3.267 for the ranges): Montgomery DC (2009) Introduction to Statistical Quality Control,
6th ed., ch. 6-7; Wheeler DJ, Chambers DS (1992) Understanding Statistical Process Control. Rules for runs: Nelson LS
(1984) J Qual Technol 16:237-239, with eight points for a shift (Western Electric 1956).

A stretch of the series between two declared breaks has its own centre line. With fewer than LEAST_POINTS points it
has none and nothing is said: limits from fewer move too much with every further point. A missing point ends a run;
so does a point on the centre line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from metrics.stats import Floats, parts_of_wholes

P_CHART = "p-chart"
XMR = "XmR"
LEAST_POINTS = 12
POINT_FACTOR = 2.66
RANGE_FACTOR = 3.267
# The rules, the strongest first: a point that breaks several carries the first of them.
BEYOND = "beyond_limits"  # beyond three standard errors
SHIFT = "shift"  # eight in a row on one side of the centre
DRIFT = "drift"  # six in a row rising, or falling
NEAR = "near_limits"  # two of three in a row beyond two standard errors on the same side
RULES = (BEYOND, SHIFT, DRIFT, NEAR)
SHIFT_LENGTH = 8
DRIFT_LENGTH = 6
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class Chart:
    """Centre line and limits at each point, the signal ('' or one of RULES), and for XmR the moving ranges.

    All points of a run carry its signal. Where nothing can be said everything is NaN and signal and method are ''.
    """

    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    signal: NDArray[np.str_]
    moving_range: Floats
    range_upper: Floats
    method: NDArray[np.str_]


def p_chart(numerator: ArrayLike, denominator: ArrayLike, breaks: Sequence[int] = ()) -> Chart:
    """Proportions (0-1) in the order of time; the limits stay inside 0-1.

    breaks: positions at which a new stretch begins. Raises ValueError for impossible counts or breaks.
    """
    part, whole, known = parts_of_wholes(numerator, denominator)
    value, centre, sigma = (np.full(part.shape, np.nan) for _ in range(3))
    value[known] = part[known] / whole[known]
    for stretch in _stretches(len(part), breaks):
        use = stretch & known
        if use.sum() >= LEAST_POINTS:
            mean = part[use].sum() / whole[use].sum()
            centre[stretch] = mean
            sigma[use] = np.sqrt(mean * (1 - mean) / whole[use])
    nothing = np.full(part.shape, np.nan)
    return _chart(value, centre, sigma, 3.0, (0.0, 1.0), breaks, P_CHART, nothing, nothing)


def xmr(value: ArrayLike, breaks: Sequence[int] = (), least: float = -np.inf) -> Chart:
    """Individual values in the order of time; no lower limit lies under `least`, the least value there can be.

    A moving range needs two neighbouring points of one stretch. breaks: positions at which a new stretch begins.
    Raises ValueError for impossible breaks.
    """
    values = np.atleast_1d(np.array(value, dtype=np.float64))
    known = ~np.isnan(values)
    centre, sigma, ranges, range_upper = (np.full(values.shape, np.nan) for _ in range(4))
    for stretch in _stretches(len(values), breaks):
        inside = np.flatnonzero(stretch)
        ranges[inside[1:]] = np.abs(np.diff(values[inside]))
        moved = ranges[inside][~np.isnan(ranges[inside])]
        if (stretch & known).sum() >= LEAST_POINTS and len(moved):
            centre[stretch] = values[stretch & known].mean()
            sigma[stretch] = moved.mean()
            range_upper[stretch] = RANGE_FACTOR * moved.mean()
    return _chart(values, centre, sigma, POINT_FACTOR, (least, np.inf), breaks, XMR, ranges, range_upper)


def _chart(
    value: Floats,
    centre: Floats,
    width: Floats,
    factor: float,
    bounds: tuple[float, float],
    breaks: Sequence[int],
    method: str,
    ranges: Floats,
    range_upper: Floats,
) -> Chart:
    reach = factor * width
    slack = ROUNDING * np.maximum(np.abs(centre), np.abs(value))
    away = value - centre
    side = np.where(np.abs(away) > slack, np.sign(away), 0.0)
    far = [np.where(np.abs(away) > share * reach + slack, side, 0.0) for share in (1.0, 2 / 3)]
    rules = {rule: np.zeros(len(value), dtype=bool) for rule in RULES}
    for stretch in _stretches(len(value), breaks):
        at = np.flatnonzero(stretch)
        rules[BEYOND][at] = far[0][at] != 0
        rules[SHIFT][at] = _in_runs(side[at], SHIFT_LENGTH)
        rules[DRIFT][at] = _in_drifts(value[at], slack[at])
        rules[NEAR][at] = _two_of_three(far[1][at], np.isnan(value[at]))
    said = ~np.isnan(centre) & ~np.isnan(value)
    signal = np.select([rules[rule] & said for rule in RULES], RULES, default="")
    lower, upper = np.maximum(centre - reach, bounds[0]), np.minimum(centre + reach, bounds[1])
    return Chart(value, centre, lower, upper, signal, ranges, range_upper, np.where(np.isnan(centre), "", method))


def _stretches(length: int, breaks: Sequence[int]) -> list[NDArray[np.bool_]]:
    if any(not 0 <= position < length for position in breaks):
        raise ValueError("a break must be the position of a point")
    number = np.searchsorted(np.unique(np.array(breaks, dtype=np.int64)), np.arange(length), side="right")
    return [number == one for one in np.unique(number)]


def _in_runs(side: Floats, length: int) -> NDArray[np.bool_]:
    """True for points in a run of at least `length` equal sides other than 0 (a missing point has none)."""
    if len(side) == 0:
        return np.zeros(0, dtype=bool)
    known: Floats = np.nan_to_num(side)
    edges = np.concatenate([[0], np.flatnonzero(np.diff(known)) + 1, [len(side)]])
    sizes = np.diff(edges)
    is_long: NDArray[np.bool_] = (sizes >= length) & (known[edges[:-1]] != 0)
    inside: NDArray[np.bool_] = np.repeat(is_long, sizes)
    return inside


def _in_drifts(value: Floats, slack: Floats) -> NDArray[np.bool_]:
    """True for points in a row of at least DRIFT_LENGTH that only rises or only falls."""
    step = np.diff(value)
    moving = _in_runs(np.where(np.abs(step) > slack[1:], np.sign(step), 0.0), DRIFT_LENGTH - 1)
    # A point belongs to the row when the step to it or the step from it does.
    inside: NDArray[np.bool_] = np.concatenate([[False], moving]) | np.concatenate([moving, [False]])
    return inside


def _two_of_three(far: Floats, missing: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """True for points beyond on one side that have another such one among the two before or after, no gap between."""
    found = np.zeros(len(far), dtype=bool)
    for way in (1.0, -1.0):
        out = far == way
        for distance in (1, 2):
            pair = out[:-distance] & out[distance:]
            if distance == 2:
                pair &= ~missing[1:-1]
            found[:-distance] |= pair
            found[distance:] |= pair
    return found
