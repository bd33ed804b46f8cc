"""Is there a trend: Mann-Kendall's test, with Sen's slope and its interval.

Mann HB (1945) Econometrica 13:245-259; Kendall MG (1975) Rank Correlation Methods; Sen PK (1968) J Am Stat
Assoc 63:1379-1389; as described in Gilbert RO (1987) Statistical Methods for Environmental Pollution Monitoring,
ch. 16: the exact distribution up to 10 points without ties, else the normal one with the variance corrected
for ties and S moved towards 0 by one; the limits of the slope are interpolated between the ordered slopes.
Points of one series that depend on each other (seasons) make p too small: give yearly values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import kendalltau, norm

from metrics.stats import Floats, check_confidence

LEAST_POINTS = 5
EXACT_UP_TO = 10
EXACT = "Mann–Kendall (exact) with Sen's slope"
NORMAL = "Mann–Kendall with Sen's slope"


@dataclass(frozen=True, slots=True)
class Tendency:
    """slope per unit of time with its limits; s, its variance, z, two-sided p; n points used.

    Refused under LEAST_POINTS points: everything but n is NaN and the method is ''.
    """

    slope: float
    low: float
    high: float
    s: float
    variance: float
    z: float
    p: float
    n: int
    method: str


def mann_kendall(value: ArrayLike, time: ArrayLike | None = None, confidence: float = 0.95) -> Tendency:
    """The trend of values in the order of `time` (0, 1, 2 … when not given); missing values are left out.

    A gap keeps its length in the slope. Raises ValueError when times are missing, not rising or of another length.
    """
    check_confidence(confidence)
    values = np.atleast_1d(np.asarray(value, dtype=np.float64))
    times = np.arange(len(values), dtype=np.float64) if time is None else np.atleast_1d(np.asarray(time, np.float64))
    if times.shape != values.shape or not np.all(np.diff(times) > 0):
        raise ValueError("times must rise, one for each value")
    known = ~np.isnan(values)
    y, t = values[known], times[known]
    n = len(y)
    if n < LEAST_POINTS:
        return Tendency(np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, n, "")
    first, second = np.triu_indices(n, 1)
    steps = y[second] - y[first]
    s, variance = float(np.sign(steps).sum()), _variance(y)
    z = float((s - np.sign(s)) / np.sqrt(variance)) if variance > 0 else 0.0
    is_exact = n <= EXACT_UP_TO and len(np.unique(y)) == n
    p = float(kendalltau(t, y, method="exact").pvalue) if is_exact else float(2 * norm.sf(abs(z)))
    slopes = np.sort(steps / (t[second] - t[first]))
    low, high = _limits(slopes, variance, confidence)
    return Tendency(float(np.median(slopes)), low, high, s, variance, z, p, n, EXACT if is_exact else NORMAL)


def _variance(y: Floats) -> float:
    n, ties = len(y), np.unique(y, return_counts=True)[1]
    return float((n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18)


def _limits(slopes: Floats, variance: float, confidence: float) -> tuple[float, float]:
    """Gilbert's M1-th and (M2 + 1)-th smallest slopes; beyond the first and the last it is the first and the last."""
    reach = norm.isf((1 - confidence) / 2) * np.sqrt(variance)
    ranks = (len(slopes) - reach) / 2, (len(slopes) + reach) / 2 + 1
    low, high = np.interp(ranks, np.arange(1, len(slopes) + 1), slopes)
    return float(low), float(high)
