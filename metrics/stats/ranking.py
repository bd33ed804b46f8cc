"""Ranks as ranges: which ranks an area may have, for all areas at once.

Klein M, Wright T, Wieczorek J (2020) A joint confidence region for an overall ranking of populations, J R Stat
Soc C 69:589-606. From intervals that hold together with the stated confidence, an area stands behind exactly
those that lie wholly above it, and before those wholly below; the others it may change places with. The
intervals are exact (Clopper-Pearson, Garwood), each at confidence^(1/areas) (Sidak: areas are independent), so
the statement on all ranks together is never weaker than stated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2
from statsmodels.stats.proportion import proportion_confint

from metrics.stats import Floats, as_counts, check_confidence, parts_of_wholes

JOINT_RANKS = "joint rank ranges (Klein–Wright–Wieczorek)"


@dataclass(frozen=True, eq=False, slots=True)
class Ranks:
    """The best (low) and the worst (high) rank of each element; 1 is the highest value, NaN has no rank."""

    low: Floats
    high: Floats
    method: str


def joint_ranks(low: ArrayLike, high: ArrayLike) -> Ranks:
    """Rank ranges from simultaneous intervals of one dimension; those with a missing limit have no rank.

    As in the paper, intervals that only touch are told apart; equal ones without any width are not.
    Raises ValueError when a lower limit lies above its upper one.
    """
    lower, upper = (np.array(a) for a in np.broadcast_arrays(*[np.atleast_1d(_floats(v)) for v in (low, high)]))
    if np.any(lower > upper):
        raise ValueError("a lower limit must not lie above its upper limit")
    known = ~(np.isnan(lower) | np.isnan(upper))
    low_ends, high_ends = lower[known], upper[known]
    points = np.sort(low_ends[low_ends == high_ends])
    # An interval without width touches itself and its equals.
    equals = np.searchsorted(points, low_ends, side="right") - np.searchsorted(points, low_ends, side="left")
    equals = np.where(low_ends == high_ends, equals, 0)
    best, worst = np.full(lower.shape, np.nan), np.full(lower.shape, np.nan)
    best[known] = 1 + len(low_ends) - np.searchsorted(np.sort(low_ends), high_ends, side="left") - equals
    worst[known] = len(low_ends) - np.searchsorted(np.sort(high_ends), low_ends, side="right") + equals
    return Ranks(best, worst, JOINT_RANKS if known.any() else "")


def rank_proportions(numerator: ArrayLike, denominator: ArrayLike, confidence: float = 0.95) -> Ranks:
    """Rank ranges of proportions that hold together with `confidence`.

    Raises ValueError when a count is negative or a numerator is greater than its denominator.
    """
    check_confidence(confidence)
    part, whole, known = parts_of_wholes(numerator, denominator)
    low, high = (np.full(part.shape, np.nan) for _ in range(2))
    beyond = _beyond(confidence, known)
    low[known], high[known] = proportion_confint(part[known], whole[known], alpha=beyond, method="beta")
    return joint_ranks(low, high)


def rank_rates(count: ArrayLike, exposure: ArrayLike, confidence: float = 0.95) -> Ranks:
    """Rank ranges of rates that hold together with `confidence`.

    Raises ValueError when a count or an exposure is negative.
    """
    check_confidence(confidence)
    events, base = as_counts(count=count, exposure=exposure)
    known = (base > 0) & ~np.isnan(events)
    low, high = (np.full(events.shape, np.nan) for _ in range(2))
    x, tail = events[known], _beyond(confidence, known) / 2
    low[known] = np.where(x == 0, 0.0, chi2.ppf(tail, 2 * np.maximum(x, 1)) / 2) / base[known]
    high[known] = chi2.isf(tail, 2 * x + 2) / 2 / base[known]
    return joint_ranks(low, high)


def _beyond(confidence: float, known: NDArray[np.bool_]) -> float:
    """What one interval may miss, so that all together hold with `confidence`."""
    return float(1 - confidence ** (1 / max(int(known.sum()), 1)))


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
