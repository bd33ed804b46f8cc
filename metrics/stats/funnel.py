"""Funnel limits round a target, and how surprising each area is: which areas differ by more than chance.

Spiegelhalter DJ (2005) Funnel plots for comparing institutional performance, Stat Med 24:1185-1202: exact binomial
and Poisson limits, interpolated between counts as in his appendix. Over-dispersion as in Spiegelhalter DJ (2005)
Handling over-dispersion of performance indicators, Qual Saf Health Care 14:347-351: the mean square of the z scores,
10 % winsorised at each end, is used only when it exceeds 1 beyond chance (I times it against chi-square with I
degrees of freedom, 5 %). Where he widens normal limits by the root of it, here, up to EXACT_UP_TO, the z of the exact
tail is widened: the same for many cases, inside 0-1 for few. Beyond, tails lose their digits, and limits and p are
his normal ones, clipped to where counts can be.

p is twice the smaller exact tail, the observed count included, widened in the same way. Below the target p < 5 %
is the same as lying outside the 95 % limits. Above it, his interpolation puts the line up to one count nearer than
the exact test: whatever has p < 5 % lies outside the line, but not every point just outside has p < 5 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import binom, chi2, poisson

from metrics.stats import Floats, as_counts, parts_of_wholes

BINOMIAL = "Spiegelhalter funnel (exact binomial)"
POISSON = "Spiegelhalter funnel (exact Poisson)"
NORMAL = "Spiegelhalter funnel (normal, over-dispersed)"
WINSORISED = 0.1
CHANCE = 0.05
# A single z says nothing on the spread of all; with two or three the quantiles are those values.
LEAST_AREAS = 5
EXACT_UP_TO = 3.0  # phi
OUTER = (0.025, 0.001)  # what lies beyond one side of the 95 % and 99.8 % limits


@dataclass(frozen=True, eq=False, slots=True)
class Limits:
    """95 % and 99.8 % limits in the unit of the target, element by element."""

    low: Floats
    high: Floats
    low_998: Floats
    high_998: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Funnel:
    """Limits and two-sided p of each element; dispersion is phi as estimated, is_dispersed whether it is used."""

    limits: Limits
    p: Floats
    dispersion: float
    is_dispersed: bool
    method: NDArray[np.str_]

    @property
    def inflation(self) -> float:
        """The phi by which limits and p are widened."""
        return self.dispersion if self.is_dispersed else 1.0


def proportions(numerator: ArrayLike, denominator: ArrayLike, target: float) -> Funnel:
    """Proportions of areas against `target` (0-1). Elements without a value are missing.

    Raises ValueError for impossible counts, and for a target outside 0-1.
    """
    part, whole, known = parts_of_wholes(numerator, denominator)
    counted = _Counted(binom, whole[known], _proportion(target))
    return _funnel(part, whole, known, counted, 1.0, BINOMIAL)


def rates(count: ArrayLike, exposure: ArrayLike, target: float, multiplier: float = 100_000) -> Funnel:
    """Rates of areas per `multiplier` units of exposure against `target` in the same unit.

    Raises ValueError for negative counts, exposures or targets.
    """
    events, base = as_counts(count=count, exposure=exposure)
    known = (base > 0) & ~np.isnan(events)
    counted = _Counted(poisson, base[known] * _rate(target) / multiplier)
    return _funnel(events, base, known, counted, multiplier, POISSON)


def proportion_limits(target: float, denominator: ArrayLike, inflation: float = 1.0) -> Limits:
    """The lines of the funnel at the denominators (whole numbers from 1 on), widened by `inflation` (phi)."""
    (whole,) = as_counts(denominator=denominator)
    return _limits(_Counted(binom, whole, _proportion(target)), whole, inflation)


def rate_limits(target: float, exposure: ArrayLike, multiplier: float = 100_000, inflation: float = 1.0) -> Limits:
    """The lines of the funnel at the exposures (above 0), widened by `inflation` (phi)."""
    (base,) = as_counts(exposure=exposure)
    return _limits(_Counted(poisson, base * _rate(target) / multiplier), base / multiplier, inflation)


def dispersion(z: ArrayLike) -> tuple[float, bool]:
    """phi of z scores (missing ones are left out), and whether it is above 1 beyond chance.

    1 and False for fewer than LEAST_AREAS.
    """
    scores = np.asarray(z, dtype=np.float64)
    scores = scores[~np.isnan(scores)]
    if len(scores) < LEAST_AREAS:
        return 1.0, False
    ends = np.quantile(scores, [WINSORISED, 1 - WINSORISED])
    phi = float((np.clip(scores, *ends) ** 2).mean())
    return phi, bool(phi > 1 and chi2.sf(phi * len(scores), len(scores)) < CHANCE)


def _funnel(
    count: Floats, base: Floats, known: NDArray[np.bool_], counted: _Counted, multiplier: float, method: str
) -> Funnel:
    x = count[known]
    with np.errstate(divide="ignore", invalid="ignore"):
        # Where the target leaves nothing to chance (0 or 1) no score can be told.
        z = np.where(counted.scatter > 0, (x - counted.mean) / counted.scatter, np.nan)
    phi, is_dispersed = dispersion(z)
    inflation = phi if is_dispersed else 1.0
    is_exact = inflation <= EXACT_UP_TO
    score = np.abs(z)
    if is_exact:
        tail = np.minimum(np.minimum(counted.tell("cdf", x), counted.tell("sf", x - 1)), 0.5)
        score = -ndtri(tail)
    p = np.full(count.shape, np.nan)
    p[known] = 2 * ndtr(-score / np.sqrt(inflation))
    limits = [np.full(count.shape, np.nan) for _ in range(4)]
    found = _limits(counted, base[known] / multiplier, inflation)
    for column, line in zip(limits, (found.low, found.high, found.low_998, found.high_998), strict=True):
        column[known] = line
    return Funnel(Limits(*limits), p, phi, is_dispersed, np.where(known, method if is_exact else NORMAL, ""))


class _Counted:
    """The distribution of counts under the target, element by element.

    A frozen distribution of scipy.stats would say the same; making one costs more than all that is asked of it.
    """

    def __init__(self, family: Any, *shape: Floats | float) -> None:
        self._family, self._shape = family, shape
        self.mean, variance = (np.asarray(part, dtype=np.float64) for part in family.stats(*shape))
        self.scatter = np.sqrt(variance)
        self.most = shape[0] if family is binom else np.inf

    def tell(self, what: str, at: ArrayLike) -> Floats:
        """cdf, sf, pmf, ppf or isf at the counts or tails."""
        found: Floats = getattr(self._family, what)(at, *self._shape)
        return found


def _limits(counted: _Counted, base: Floats, inflation: float) -> Limits:
    """base: what turns a count into the unit of the target."""
    scores = -ndtri(np.array(OUTER)) * np.sqrt(inflation)
    if inflation <= EXACT_UP_TO:
        lower, upper = (_interpolated(counted, scores, is_upper=is_upper) for is_upper in (False, True))
    else:
        away = scores[:, None] * counted.scatter
        lower, upper = (np.clip(counted.mean + part, 0.0, counted.most) for part in (-away, away))
    low, high = lower / base, upper / base
    return Limits(low[0], high[0], low[1], high[1])


def _interpolated(counted: _Counted, scores: Floats, *, is_upper: bool) -> Floats:
    """The counts beyond which the tail of each score lies (a row a score), the distribution function straight between
    counts.

    An upper tail is counted from its own end: 1 - tail would lose the digits of a small one.
    """
    tail = ndtr(-scores)[:, None]
    r = counted.tell("isf" if is_upper else "ppf", tail)
    step = counted.tell("pmf", r)
    beyond = tail - counted.tell("sf", r) if is_upper else counted.tell("cdf", r) - tail
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where((step > 0) & (counted.scatter > 0), beyond / step, 0.0)
    return np.asarray(np.maximum(r - np.clip(share, 0.0, 1.0), 0.0), dtype=np.float64)


def _proportion(target: float) -> float:
    if not 0 <= target <= 1:
        raise ValueError("a target for proportions must lie between 0 and 1")
    return target


def _rate(target: float) -> float:
    if not 0 <= target < np.inf:
        raise ValueError("a target for rates must be a number not below 0")
    return target
