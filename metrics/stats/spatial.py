"""Do neighbours resemble each other: Moran's I, tested under randomisation.

Moran PAP (1950) Biometrika 37:17-23; expectation and variance when the values are shuffled over the areas: Cliff AD,
Ord JK (1981) Spatial Processes, ch. 2. p is two-sided from the normal distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from metrics.stats import Floats

MORAN = "Moran's I (randomisation)"
LEAST_AREAS = 5


@dataclass(frozen=True, slots=True)
class Moran:
    """i with expectation and variance when place does not matter, two-sided p, n areas used.

    Refused for fewer than LEAST_AREAS or values all alike: everything but n is NaN and the method is ''.
    """

    i: float
    expectation: float
    variance: float
    p: float
    n: int
    method: str


def moran(value: ArrayLike, neighbours: Sequence[Sequence[int]], is_row_standardised: bool = True) -> Moran:
    """Moran's I of one value per area; neighbours[k] are the positions of the neighbours of area k.

    Every neighbour of an area weighs the same: together 1 (row-standardised), or 1 each (binary). Areas with a
    missing value are left out, then areas left without a neighbour. Raises ValueError for a list of another
    length, a position outside it, or an area named as its own neighbour.
    """
    values = np.atleast_1d(np.asarray(value, dtype=np.float64))
    weights = _weights(len(values), neighbours)
    known = ~np.isnan(values)
    weights = weights * known[:, None] * known[None, :]
    # One-sided lists count as well: whoever is named or names another is in.
    known &= (weights.sum(axis=0) + weights.sum(axis=1)) > 0
    x, w = values[known], weights[np.ix_(known, known)]
    if is_row_standardised:
        w = w / np.maximum(w.sum(axis=1, keepdims=True), 1)
    n = len(x)
    deviation = x - x.mean() if n else x
    if n < LEAST_AREAS or np.allclose(deviation, 0, atol=1e-12 * max(1.0, float(np.abs(x).max()))):
        return Moran(np.nan, np.nan, np.nan, np.nan, n, "")
    second = float((deviation**2).sum())
    i = float(n / w.sum() * (deviation @ w @ deviation) / second)
    expectation, variance = -1 / (n - 1), _variance(w, float(n * (deviation**4).sum() / second**2))
    if variance <= 0:
        return Moran(np.nan, np.nan, np.nan, np.nan, n, "")
    p = float(2 * norm.sf(abs(i - expectation) / np.sqrt(variance)))
    return Moran(i, expectation, variance, p, n, MORAN)


def _weights(areas: int, neighbours: Sequence[Sequence[int]]) -> Floats:
    if len(neighbours) != areas:
        raise ValueError("there must be one list of neighbours for each value")
    rows = np.repeat(np.arange(areas), [len(one) for one in neighbours])
    columns: NDArray[np.int64] = np.array([k for one in neighbours for k in one], dtype=np.int64)
    if np.any((columns < 0) | (columns >= areas)) or np.any(rows == columns):
        raise ValueError("a neighbour must be another of the areas")
    weights = np.zeros((areas, areas))
    weights[rows, columns] = 1.0
    return weights


def _variance(w: Floats, kurtosis: float) -> float:
    """Of I under randomisation; kurtosis is n * sum of fourth powers / squared sum of squares."""
    n = len(w)
    s0 = w.sum()
    s1 = ((w + w.T) ** 2).sum() / 2
    s2 = ((w.sum(axis=0) + w.sum(axis=1)) ** 2).sum()
    straight = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    bent = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    return float((straight - bent) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - 1 / (n - 1) ** 2)
