"""Ranges that follow from one equation at a time, over and over: cheap, never too narrow, often all it takes."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from release.rules import Rules, printed_range
from release.system import BoolArray, FloatArray, IntArray, System

MOST_ROUNDS = 50


def known_beforehand(system: System, hidden: BoolArray, rules: Rules) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest an outsider reads of each cell before any sum is looked at; infinite if nothing is known."""
    low, high = system.lower.astype(float), system.upper.astype(float)
    known = ~system.unknown(hidden)
    printed_low, printed_high = printed_range(system.value, rules)
    low = np.where(known, np.maximum(low, printed_low), low)
    high = np.where(known, np.minimum(high, printed_high), high)
    # Shown earlier: as it is, unless its bounds say within what it was rounded.
    exactly = system.fixed_shown & ~np.isfinite(system.upper)
    low[exactly] = high[exactly] = system.value[exactly]
    return low, high


def tightened(equations: csr_array, low: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Ranges of whole numbers narrowed by each equation (signed sum of cells = 0) as long as anything gets narrower."""
    entries = equations.tocoo()
    row, cell = entries.coords
    positive = entries.data > 0
    rows = equations.shape[0]
    for _ in range(MOST_ROUNDS):
        least, most = (np.where(positive, one[cell], -other[cell]) for one, other in ((low, high), (high, low)))
        below = _others(row, least, rows, -np.inf)
        above = _others(row, most, rows, np.inf)
        new_low, new_high = low.copy(), high.copy()
        np.minimum.at(new_high, cell, np.where(positive, -below, above))
        np.maximum.at(new_low, cell, np.where(positive, -above, below))
        if (new_low <= low).all() and (new_high >= high).all():
            break
        low, high = new_low, new_high
    return low, high


def _others(row: IntArray, amount: FloatArray, rows: int, infinite: float) -> FloatArray:
    """Sum of the other entries of each entry's row; infinite as soon as one of the others is."""
    finite = np.isfinite(amount)
    plain = np.where(finite, amount, 0.0)
    unlimited = np.bincount(row, ~finite, rows)[row] - ~finite
    return np.where(unlimited > 0, infinite, np.bincount(row, plain, rows)[row] - plain)
