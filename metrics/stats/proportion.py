"""Proportions: the Wilson score interval.

Wilson EB (1927) J Am Stat Assoc 22:209-212, without continuity correction; method 3 of Newcombe RG (1998)
Stat Med 17:857-872, who recommends it because it behaves for small denominators and never leaves 0-1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.stats.proportion import proportion_confint

from metrics.stats import Interval, check_confidence, parts_of_wholes

WILSON = "Wilson"
COMPLETE = "complete count"


def wilson(numerator: ArrayLike, denominator: ArrayLike, confidence: float = 0.95) -> Interval:
    """Proportion (0-1) with its Wilson interval.

    Raises ValueError when a count is negative or a numerator is greater than its denominator.
    """
    check_confidence(confidence)
    part, whole, known = parts_of_wholes(numerator, denominator)
    value, low, high = (np.full(part.shape, np.nan) for _ in range(3))
    value[known] = part[known] / whole[known]
    low[known], high[known] = proportion_confint(part[known], whole[known], alpha=1 - confidence, method="wilson")
    # The limits meet 0 and 1 exactly there; rounding must not print -0.0 or 100.0000001.
    low[known & (part == 0)] = 0.0
    high[known & (part == whole)] = 1.0
    return Interval(value, low, high, np.where(known, WILSON, ""))


def share_of_all(numerator: ArrayLike, denominator: ArrayLike) -> Interval:
    """Share (0-1) of a whole that was counted in full: nothing was left to chance, so the limits are NaN.

    Raises ValueError when a count is negative or a numerator is greater than its denominator.
    """
    part, whole, known = parts_of_wholes(numerator, denominator)
    value, nothing = np.full(part.shape, np.nan), np.full(part.shape, np.nan)
    value[known] = part[known] / whole[known]
    return Interval(value, nothing, nothing.copy(), np.where(known, COMPLETE, ""))
