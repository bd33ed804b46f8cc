"""Differences of two independent groups: hybrid score limits for proportions, MOVER limits for rates.

Proportions: method 10 of Newcombe RG (1998) Interval estimation for the difference between independent proportions:
comparison of eleven methods, Stat Med 17:873-890, through statsmodels. Rates: the same construction from the score
limits of each rate (method of variance estimates recovery, Zou GY, Donner A (2008) Stat Med 27:1693-1702; Li HQ,
Tang ML, Poon WY, Tang NS (2011) Commun Stat Simul Comput 40:1478-1491), through statsmodels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson_2indep

from metrics.stats import Floats, as_counts, check_confidence

NEWCOMBE = "Newcombe (hybrid score)"
MOVER = "MOVER (score)"


@dataclass(frozen=True, eq=False, slots=True)
class Difference:
    """The second group less the first, with limits; certainty: how surely it is not 0 (0-1), element by element.

    certainty is 1 - p of the normal deviate by which the limit on the side of 0 lies away from the value, so that it
    is at least `confidence` exactly where the interval leaves out 0.
    """

    value: Floats
    low: Floats
    high: Floats
    certainty: Floats
    method: NDArray[np.str_]


def proportions(
    numerator_1: ArrayLike,
    denominator_1: ArrayLike,
    numerator_2: ArrayLike,
    denominator_2: ArrayLike,
    confidence: float = 0.95,
) -> Difference:
    """Of two proportions (-1 to 1). Missing where a count is missing or a denominator is 0.

    Raises ValueError when a count is negative or a numerator is greater than its denominator.
    """
    check_confidence(confidence)
    x1, n1, x2, n2 = as_counts(
        numerator_1=numerator_1, denominator_1=denominator_1, numerator_2=numerator_2, denominator_2=denominator_2
    )
    if np.any(x1 > n1) or np.any(x2 > n2):
        raise ValueError("numerator must not be greater than denominator")
    known = (n1 > 0) & (n2 > 0) & ~np.isnan(x1) & ~np.isnan(x2)
    limits = confint_proportions_2indep(
        x2[known], n2[known], x1[known], n1[known], method="newcomb", compare="diff", alpha=1 - confidence
    )
    # Rounding can carry a limit a hair beyond what a difference of proportions may be.
    limits = tuple(np.clip(limit, -1, 1) for limit in limits)
    return _differences(x2[known] / n2[known] - x1[known] / n1[known], limits, known, NEWCOMBE, confidence)


def rates(
    count_1: ArrayLike,
    exposure_1: ArrayLike,
    count_2: ArrayLike,
    exposure_2: ArrayLike,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Difference:
    """Of two rates per `multiplier` units of exposure. Missing where a count is missing or an exposure is 0.

    Raises ValueError when a count or an exposure is negative.
    """
    check_confidence(confidence)
    x1, n1, x2, n2 = as_counts(count_1=count_1, exposure_1=exposure_1, count_2=count_2, exposure_2=exposure_2)
    known = (n1 > 0) & (n2 > 0) & ~np.isnan(x1) & ~np.isnan(x2)
    low, high = confint_poisson_2indep(
        x2[known], n2[known], x1[known], n1[known], method="mover", compare="diff", alpha=1 - confidence
    )
    value = x2[known] / n2[known] - x1[known] / n1[known]
    return _differences(value * multiplier, (low * multiplier, high * multiplier), known, MOVER, confidence)


def _differences(
    value: Floats, limits: tuple[Floats, Floats], known: NDArray[np.bool_], method: str, confidence: float
) -> Difference:
    low, high = (np.asarray(limit, dtype=np.float64) for limit in limits)
    towards_zero = np.where(value >= 0, value - low, high - value)
    reach = norm.ppf(1 - (1 - confidence) / 2)
    # Only a difference of nothing can have no width towards 0.
    deviate = np.divide(np.abs(value) * reach, towards_zero, out=np.zeros_like(value), where=towards_zero > 0)
    columns = np.full((4, *known.shape), np.nan)
    columns[:, known] = value, low, high, 1 - 2 * norm.sf(deviate)
    return Difference(columns[0], columns[1], columns[2], columns[3], np.where(known, method, ""))
