"""How much is missing below a benchmark, over all areas, with an interval that knows that small areas scatter.

Adding up max(0, benchmark - value) x volume as observed is too much: chance alone puts areas below the benchmark.
The posterior means of the areas give too little, since they scatter less than the areas do (Louis TA (1984) J Am Stat
Assoc 79:393-398; Shen W, Louis TA (1998) J R Stat Soc B 60:455-471). So the sum is taken over draws of the whole
ensemble: beta-binomial for proportions (Gelman A et al., Bayesian Data Analysis, 3rd ed. 2013, sec. 5.3),
gamma-Poisson for rates (Christiansen CL, Morris CN (1997) J Am Stat Assoc 92:618-632), mean and weight of the prior on
a grid with flat and uniform-shrinkage hyperpriors (ibid.), the benchmark drawn with the areas.

Such an interval is right over ensembles, not for each one: with rates that stay as they are, 95 % of credibility
covered 94 % of runs on average, but 40 to 60 % in the worst of some hundred ensembles, whose median happens to lie in
a gap. CREDIBLE is therefore higher: about 99 % on average, about 90 % at worst (tests/bench/bench_gaps.py). While areas
do not differ beyond chance (FINDING, metrics.stats.homogeneity) the interval reaches down to what equal areas would
lack, which below their own median is 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, expit, gammaln, logit

from metrics.stats import Floats, as_counts, homogeneity

ENSEMBLE_BETA = "beta-binomial ensemble"
ENSEMBLE_GAMMA = "gamma-Poisson ensemble"
CREDIBLE = 0.995
FINDING = 0.01
DRAWS = 2000
SEED = 20240624  # fixed: the same figures on every machine and at every visit
# The grid. The prior weighs from LIGHTEST events (areas have nothing in common) to HEAVIEST times all cases together
# (areas are alike), in steps of the logarithm; means lie up to 4 standard errors away.
LIGHTEST, HEAVIEST, STEP = 0.2, 10.0, 0.4
MEANS = np.linspace(-4.0, 4.0, 21)
LEAST_SHAPE = 1e-9  # a prior of almost no weight on a mean of almost 0 would round to no distribution at all
Draw: TypeAlias = Callable[[np.random.Generator, Floats, Floats, Floats, Floats], Floats]
Benchmark: TypeAlias = float | NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Shortfall:
    """What areas lack to reach the benchmark, in events (the unit of the numerator).

    total: added up as observed, `each` by area (missing areas NaN); benchmark as observed. expected: the mean over
    draws, which leaves out what chance makes, `each_expected` by area; both add up. low, high: the interval. total
    may lie above high: what is above it is chance. p: of no difference between the areas.
    No value (all NaN, method ''): no area, or no area that the benchmark can be taken from.
    """

    total: float
    expected: float
    low: float
    high: float
    benchmark: float
    each: Floats
    each_expected: Floats
    p: float
    method: str


@dataclass(frozen=True, slots=True)
class _Family:
    """A distribution of events and its conjugate prior, given by mean and weight (in cases or exposure).

    marginal: log likelihood over the areas (last axis). draw: rates of areas. alike: draws of one rate for all from
    Jeffreys' prior. to_line, from_line: to the scale on which the grid of means is even, and back; slope of the mean
    over that scale; bounds of the mean.
    """

    method: str
    marginal: Callable[[Floats, Floats, Floats, Floats], Floats]
    draw: Draw
    alike: Callable[[np.random.Generator, float, float], Floats]
    to_line: Callable[[Floats], Floats]
    from_line: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    bounds: tuple[float, float]


def _of_proportions(x: Floats, n: Floats, mean: Floats, weight: Floats) -> Floats:
    a, b = mean * weight, (1 - mean) * weight
    return np.asarray((betaln(a + x, b + n - x) - betaln(a, b)).sum(axis=-1))


def _of_rates(x: Floats, n: Floats, mean: Floats, weight: Floats) -> Floats:
    shape = mean * weight
    each = gammaln(shape + x) - gammaln(shape) + shape * np.log(weight) - (shape + x) * np.log(weight + n)
    return np.asarray(each.sum(axis=-1))


def _draw_proportions(dice: np.random.Generator, x: Floats, n: Floats, mean: Floats, weight: Floats) -> Floats:
    return dice.beta(np.maximum(mean * weight + x, LEAST_SHAPE), np.maximum((1 - mean) * weight + n - x, LEAST_SHAPE))


def _draw_rates(dice: np.random.Generator, x: Floats, n: Floats, mean: Floats, weight: Floats) -> Floats:
    return dice.gamma(np.maximum(mean * weight + x, LEAST_SHAPE)) / (weight + n)


BETA = _Family(
    ENSEMBLE_BETA,
    _of_proportions,
    _draw_proportions,
    lambda dice, x, n: dice.beta(x + 0.5, n - x + 0.5, DRAWS),
    logit,
    expit,
    lambda mean: mean * (1 - mean),
    (1e-6, 1 - 1e-6),
)
GAMMA = _Family(
    ENSEMBLE_GAMMA,
    _of_rates,
    _draw_rates,
    lambda dice, x, n: dice.gamma(x + 0.5, 1 / n, DRAWS),
    np.log,
    np.exp,
    lambda mean: mean,
    (1e-15, np.inf),
)


def proportions(numerator: ArrayLike, denominator: ArrayLike, benchmark: Benchmark) -> Shortfall:
    """Of proportions. benchmark: a proportion, or which areas' median it is (a mask over the areas).

    Raises ValueError for impossible counts, or a benchmark outside 0-1.
    """
    part, whole = as_counts(numerator=numerator, denominator=denominator)
    if np.any(part > whole):
        raise ValueError("numerator must not be greater than denominator")
    if not isinstance(benchmark, np.ndarray) and not 0 <= benchmark <= 1:
        raise ValueError("the benchmark of a proportion must be between 0 and 1")
    return _shortfall(part, whole, benchmark, BETA, homogeneity.proportions(part, whole).p)


def rates(count: ArrayLike, exposure: ArrayLike, benchmark: Benchmark, multiplier: float = 100_000) -> Shortfall:
    """Of rates per `multiplier` units of exposure. benchmark: such a rate, or which areas' median it is (a mask).

    Raises ValueError when a count, an exposure or the benchmark is negative.
    """
    events, base = as_counts(count=count, exposure=exposure)
    if not isinstance(benchmark, np.ndarray):
        if not benchmark >= 0:
            raise ValueError("the benchmark of a rate must not be negative")
        benchmark = benchmark / multiplier
    found = _shortfall(events, base, benchmark, GAMMA, homogeneity.rates(events, base).p)
    return replace(found, benchmark=found.benchmark * multiplier)


def _shortfall(part: Floats, whole: Floats, benchmark: Benchmark, family: _Family, p: float) -> Shortfall:
    known = (whole > 0) & ~np.isnan(part)
    x, n = part[known], whole[known]
    members = benchmark[known] if isinstance(benchmark, np.ndarray) else None
    each, expected = np.full(part.shape, np.nan), np.full(part.shape, np.nan)
    if len(x) == 0 or (members is not None and not members.any()):
        return Shortfall(np.nan, np.nan, np.nan, np.nan, np.nan, each, expected, np.nan, "")

    def level(rates: Floats) -> Floats:
        fixed = np.full(rates.shape[:-1], benchmark if members is None else np.nan)
        return fixed if members is None else np.asarray(np.median(rates[..., members], axis=-1))

    def lacking(rates: Floats) -> Floats:
        return np.maximum(0.0, level(rates)[..., None] - rates) * n

    drawn = lacking(_ensemble(x, n, family))
    low, high = _limits(drawn)
    if not p < FINDING:
        one = family.alike(np.random.default_rng(SEED), x.sum(), n.sum())
        if_alike = _limits(lacking(np.repeat(one[:, None], len(n), axis=1)))
        low, high = min(low, if_alike[0]), max(high, if_alike[1])
    each[known], expected[known] = lacking(x / n), drawn.mean(axis=0)
    total, mean = float(np.nansum(each)), float(np.nansum(expected))
    return Shortfall(total, mean, low, high, float(level(x / n)), each, expected, p, family.method)


def _limits(drawn: Floats) -> tuple[float, float]:
    low, high = np.quantile(drawn.sum(axis=-1), [(1 - CREDIBLE) / 2, (1 + CREDIBLE) / 2])
    return float(low), float(high)


def _ensemble(x: Floats, n: Floats, family: _Family) -> Floats:
    """Draws (rows) of the areas' rates (columns) from their posterior."""
    dice = np.random.default_rng(SEED)
    overall = family.alike(dice, x.sum(), n.sum()).mean(keepdims=True)  # above 0 even where nothing has happened yet
    lightest = float(np.log(LIGHTEST / family.slope(np.clip(overall, *family.bounds)))[0])
    heaviest = max(float(np.log(HEAVIEST * n.sum())), lightest + 1)
    line: Floats = np.linspace(lightest, heaviest, int((heaviest - lightest) / STEP) + 2)
    weights = np.exp(line)
    pull = n / (weights[:, None] + n)
    # The mean of the areas' rates under each weight, kept off the ends by half an area of the overall rate.
    centre = np.clip(((pull * x / n).sum(axis=1) + 0.5 * overall) / (pull.sum(axis=1) + 0.5), *family.bounds)
    error = 1 / np.sqrt(weights * pull.sum(axis=1) * family.slope(centre) + 0.5)
    means = np.clip(family.from_line(family.to_line(centre)[:, None] + error[:, None] * MEANS), *family.bounds)
    # Uniform shrinkage in an area of median size, and a flat hyperprior on the mean, on the scales of the grid.
    from_median = line - np.log(np.median(n))
    prior = -np.logaddexp(0, from_median) - np.logaddexp(0, -from_median)
    mass = family.marginal(x, n, means[..., None], weights[:, None, None])
    mass += np.log(family.slope(means) * error[:, None]) + prior[:, None]
    grown = np.cumsum(np.exp(mass - mass.max()).ravel())
    at = np.searchsorted(grown, (np.arange(DRAWS) + 0.5) / DRAWS * grown[-1])
    mean, weight = means.ravel()[at], np.repeat(weights, len(MEANS))[at]
    return family.draw(dice, x, n, mean[:, None], weight[:, None])
