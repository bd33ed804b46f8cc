"""Many tests at once: the false discovery rate.

Benjamini Y, Hochberg Y (1995) Controlling the false discovery rate, J R Stat Soc B 57:289-300.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import false_discovery_control

from metrics.stats import Floats

BENJAMINI_HOCHBERG = "Benjamini–Hochberg"


@dataclass(frozen=True, eq=False, slots=True)
class Adjusted:
    """q: the smallest false discovery rate at which each test counts as a finding."""

    q: Floats
    method: str


def benjamini_hochberg(p: ArrayLike) -> Adjusted:
    """Adjusted p-values of one dimension. Missing ones stay missing and do not count as tests.

    Raises ValueError for a p-value outside 0-1.
    """
    values = np.atleast_1d(np.asarray(p, dtype=np.float64))
    if np.any((values < 0) | (values > 1)):
        raise ValueError("a p-value must lie between 0 and 1")
    known = ~np.isnan(values)
    q = np.full(values.shape, np.nan)
    if known.any():
        q[known] = false_discovery_control(values[known], method="bh")
    return Adjusted(q, BENJAMINI_HOCHBERG if known.any() else "")
