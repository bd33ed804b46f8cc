"""Small areas: empirical-Bayes estimates, each area drawn towards the mean of all as far as chance may explain it.

Rates: the global estimator of Marshall RM (1991) Mapping disease and mortality rates using empirical Bayes
estimators, Appl Stat 40:283-294, read as gamma prior and Poisson counts. Proportions: its counterpart for conditions
that are not rare, Martuzzi M, Elliott P (1996) Stat Med 15:1867-1873, read as beta prior and binomial counts; both
weight by the denominators, as Kleinman JC (1973) J Am Stat Assoc 68:46-54 does. Intervals are the equal tails of the
posterior; that the prior is itself estimated is not in them (Morris CN (1983) J Am Stat Assoc 78:47-55), so they are
a little narrow with few areas.

A variance between areas that comes out negative is 0: no difference beyond chance. Every area then has the
mean of all, with the interval of that mean (Wilson, or exact Poisson), because an interval of no width would
claim that the mean is known without error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import beta, gamma

from metrics.stats import Floats, as_counts, check_confidence, parts_of_wholes
from metrics.stats.proportion import wilson
from metrics.stats.rate import poisson

BETA_BINOMIAL = "empirical Bayes (beta-binomial)"
GAMMA_POISSON = "empirical Bayes (gamma-Poisson)"
# A prior worth more cases than this is the mean itself, and the quantile functions lose their digits beyond it.
HEAVIEST_PRIOR = 1e9
LIGHTEST_PRIOR = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class Shrunk:
    """Posterior means with credible limits, element by element; the prior's mean and variance between areas.

    All in the unit of the value (the variance in its square). With a prior of almost no weight and no event
    the mean can lie above the upper limit, as of any very skewed distribution.
    """

    value: Floats
    low: Floats
    high: Floats
    method: NDArray[np.str_]
    prior_mean: float
    between_variance: float


def beta_binomial(numerator: ArrayLike, denominator: ArrayLike, confidence: float = 0.95) -> Shrunk:
    """Proportions (0-1). Areas without a value are missing and take no part in the prior.

    Raises ValueError when a count is negative or a numerator is greater than its denominator.
    """
    check_confidence(confidence)
    part, whole, known = parts_of_wholes(numerator, denominator)
    x, n = part[known], whole[known]
    if not known.any():
        return _nothing(known.shape)
    mean = float(x.sum() / n.sum())
    overlap = _intraclass(x, n, mean)
    weight = 1 / overlap - 1 if overlap > 0 else np.inf
    if weight > HEAVIEST_PRIOR:
        together = wilson([x.sum()], [n.sum()], confidence)
        return _equal(known, BETA_BINOMIAL, mean, together.low[0], together.high[0])
    first, second = mean * max(weight, LIGHTEST_PRIOR) + x, (1 - mean) * max(weight, LIGHTEST_PRIOR) + n - x
    tail = (1 - confidence) / 2
    limits = beta.ppf(tail, first, second), beta.ppf(1 - tail, first, second)
    return _spread(known, BETA_BINOMIAL, first / (first + second), *limits, mean, overlap * mean * (1 - mean))


def gamma_poisson(
    count: ArrayLike, exposure: ArrayLike, multiplier: float = 100_000, confidence: float = 0.95
) -> Shrunk:
    """Rates per `multiplier` units of exposure. Areas without a value are missing and take no part in the prior.

    Raises ValueError when a count or an exposure is negative.
    """
    check_confidence(confidence)
    events, base = as_counts(count=count, exposure=exposure)
    known = (base > 0) & ~np.isnan(events)
    x, n = events[known], base[known]
    if not known.any():
        return _nothing(known.shape)
    mean = float(x.sum() / n.sum())
    scatter = float((n * (x / n - mean) ** 2).sum() / n.sum())
    variance = max(0.0, scatter - mean / float(n.mean())) if len(n) > 1 else 0.0
    # The prior is worth as many expected events as its shape.
    shape = mean**2 / variance if variance > 0 else np.inf
    if shape > HEAVIEST_PRIOR:
        together = poisson([x.sum()], [n.sum()], multiplier, confidence)
        return _equal(known, GAMMA_POISSON, mean * multiplier, together.low[0], together.high[0])
    scale = multiplier / (n + mean / variance)
    tail = (1 - confidence) / 2
    limits = gamma.ppf(tail, x + shape, scale=scale), gamma.ppf(1 - tail, x + shape, scale=scale)
    found = (x + shape) * scale
    return _spread(known, GAMMA_POISSON, found, *limits, mean * multiplier, variance * multiplier**2)


def _intraclass(x: Floats, n: Floats, mean: float) -> float:
    """1 / (a + b + 1) of the beta prior by moments: 0 when there is nothing beyond chance, at most 1."""
    chance, average = mean * (1 - mean), float(n.mean())
    if len(n) < 2 or chance == 0 or average <= 1:
        return 0.0
    scatter = float((n * (x / n - mean) ** 2).sum() / n.sum())
    return float(np.clip((average * scatter / chance - 1) / (average - 1), 0.0, 1.0))


def _spread(
    known: NDArray[np.bool_], method: str, value: Floats, low: Floats, high: Floats, mean: float, variance: float
) -> Shrunk:
    columns = np.full((3, *known.shape), np.nan)
    columns[:, known] = value, low, high
    return Shrunk(columns[0], columns[1], columns[2], np.where(known, method, ""), mean, variance)


def _equal(known: NDArray[np.bool_], method: str, mean: float, low: float, high: float) -> Shrunk:
    ones = np.ones(int(known.sum()))
    return _spread(known, method, mean * ones, low * ones, high * ones, mean, 0.0)


def _nothing(shape: tuple[int, ...]) -> Shrunk:
    known = np.zeros(shape, dtype=bool)
    return _spread(known, "", np.empty(0), np.empty(0), np.empty(0), np.nan, np.nan)
