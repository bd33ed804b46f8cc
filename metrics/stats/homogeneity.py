"""Are the areas alike: Pearson's chi-square over all areas, judged by its exact mean and variance.

Under equal rates, and given the total of events, events fall to areas as a hypergeometric (proportions) or
multinomial (rates) draw, of which the mean and the variance of chi-square are known exactly: Haldane JBS (1940)
Biometrika 31:346-355 and Dawson RB (1954) Biometrika 41:261-266 (2 x k tables), Haldane JBS (1937) Biometrika
29:133-143 (multinomial). p comes from the gamma distribution with these two moments. The usual chi-square
distribution, and Q on a transformed scale, call equal areas different far too often when denominators are small.
What chi-square is above its mean gives the variance between areas by moments (Kleinman JC (1973) J Am Stat Assoc
68:46-54; Marshall RM (1991) Appl Stat 40:283-294).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import gamma

from metrics.stats import as_counts

EXACT_MOMENTS = "chi-square with exact moments"
LEAST_AREAS = 2
# Dawson's variance divides by the number of cases less three.
LEAST_CASES = 4


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """chi-square with its mean and variance under equal rates, p, n areas used; between_variance: of the areas' true
    rates beyond chance, in the square of events per case or unit of exposure, 0 when there is none.

    Refused under LEAST_AREAS areas: everything but n is NaN and the method is ''. Areas in which all, or none, of the
    cases have the event are alike beyond doubt: p is 1.
    """

    statistic: float
    mean: float
    variance: float
    p: float
    between_variance: float
    n: int
    method: str


def proportions(numerator: ArrayLike, denominator: ArrayLike) -> Homogeneity:
    """Of proportions. An area without cases or with a missing count is left out.

    Raises ValueError when a count is negative or a numerator is greater than its denominator.
    """
    part, whole = as_counts(numerator=numerator, denominator=denominator)
    if np.any(part > whole):
        raise ValueError("numerator must not be greater than denominator")
    known = (whole > 0) & ~np.isnan(part)
    x, n = part[known], whole[known]
    areas, cases, events = len(n), n.sum(), x.sum()
    if areas < LEAST_AREAS or cases < LEAST_CASES:
        return _refused(areas)
    if events in (0, cases):
        return Homogeneity(0.0, areas - 1.0, np.nan, 1.0, 0.0, areas, EXACT_MOMENTS)
    share = events / cases
    statistic = float(((x - n * share) ** 2).dot(1 / n) / (share * (1 - share)))
    mean = float(cases * (areas - 1) / (cases - 1))
    outcomes = np.array([events, cases - events])
    room = [(cases - lines) * (lines - 1) / (cases - 1) for lines in (2, areas)]
    uneven = [(cases * (1 / sums).sum() - len(sums) ** 2) / (cases - 2) for sums in (outcomes, n)]
    variance = 2 * cases / (cases - 3) * (room[0] - uneven[0]) * (room[1] - uneven[1])
    variance += cases**2 / (cases - 1) * uneven[0] * uneven[1]
    room_between = cases - (n**2).sum() / cases - (areas - 1)
    between = float(share * (1 - share)) * _above(statistic, mean, room_between, 1.0)
    return _judged(statistic, mean, float(variance), between, areas)


def rates(count: ArrayLike, exposure: ArrayLike) -> Homogeneity:
    """Of rates. An area without exposure or with a missing count is left out.

    Raises ValueError when a count or an exposure is negative.
    """
    events, base = as_counts(count=count, exposure=exposure)
    known = (base > 0) & ~np.isnan(events)
    x, n = events[known], base[known]
    areas, total = len(n), x.sum()
    if areas < LEAST_AREAS:
        return _refused(areas)
    if total == 0:
        return Homogeneity(0.0, areas - 1.0, np.nan, 1.0, 0.0, areas, EXACT_MOMENTS)
    share = n / n.sum()
    statistic = float(((x - total * share) ** 2 / (total * share)).sum())
    variance = 2 * (areas - 1) + ((1 / share).sum() - areas**2 - 2 * areas + 2) / total
    rate = total / n.sum()
    between = float(rate) * _above(statistic, areas - 1.0, n.sum() - (n**2).sum() / n.sum(), np.inf)
    return _judged(statistic, areas - 1.0, float(variance), between, areas)


def _above(statistic: float, mean: float, room: float, most: float) -> float:
    return float(min(max(0.0, statistic - mean) / room, most)) if room > 0 else 0.0


def _judged(statistic: float, mean: float, variance: float, between: float, areas: int) -> Homogeneity:
    # A table that leaves no choice (every area holds one case of one) has no variance.
    p = float(gamma.sf(statistic, mean**2 / variance, scale=variance / mean)) if variance > 0 else 1.0
    return Homogeneity(statistic, mean, variance, p, between, areas, EXACT_MOMENTS)


def _refused(areas: int) -> Homogeneity:
    return Homogeneity(np.nan, np.nan, np.nan, np.nan, np.nan, areas, "")
