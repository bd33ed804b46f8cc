"""One method family per module; every function takes arrays and returns a small frozen result that names its method.

Missing in, missing out: where an input is NaN or the denominator is 0, value, low and high are NaN and the
method is ''. What cannot be a count is refused with the rule in words, because it is a mistake of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Interval:
    """A value with its limits and the name of the method, element by element (arrays of equal length)."""

    value: Floats
    low: Floats
    high: Floats
    method: NDArray[np.str_]


def as_counts(**named: ArrayLike) -> Sequence[Floats]:
    """The named inputs as one-dimensional float arrays of equal length (None and NaN are missing).

    Raises ValueError when one of them is negative.
    """
    arrays = np.broadcast_arrays(*[np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in named.values()])
    for name, array in zip(named, arrays, strict=True):
        if np.any(array < 0):
            raise ValueError(f"{name} must not be negative")
    return [np.array(array) for array in arrays]


def parts_of_wholes(numerator: ArrayLike, denominator: ArrayLike) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Numerators and denominators as `as_counts` gives them, and where both are known and there is a case.

    Raises ValueError when a count is negative or a numerator is greater than its denominator.
    """
    part, whole = as_counts(numerator=numerator, denominator=denominator)
    if np.any(part > whole):
        raise ValueError("numerator must not be greater than denominator")
    return part, whole, (whole > 0) & ~np.isnan(part)


def check_confidence(confidence: float) -> None:
    """Raises ValueError for anything but a proportion such as 0.95 (95 is the usual slip)."""
    if not 0.5 < confidence < 1:
        raise ValueError("confidence must be between 0.5 and 1, for example 0.95")
