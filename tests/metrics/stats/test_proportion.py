from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats.proportion import wilson

Z95 = 1.959963984540054


def naive_wilson(part: int, whole: int, z: float = Z95) -> tuple[float, float]:
    """The two roots p of |part/whole - p| = z * sqrt(p (1 - p) / whole), found by bisection."""
    share = part / whole

    def excess(p: float) -> float:
        return (share - p) ** 2 - z**2 * p * (1 - p) / whole

    def root(outside: float, inside: float) -> float:
        for _ in range(200):
            middle = (outside + inside) / 2
            outside, inside = (middle, inside) if excess(middle) > 0 else (outside, middle)
        return inside

    return (0.0 if part == 0 else root(0.0, share), 1.0 if part == whole else root(1.0, share))


@settings(deadline=None)
@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_limits_solve_the_score_equation(counts: tuple[int, int]) -> None:
    part, whole = counts
    found = wilson([part], [whole])
    low, high = naive_wilson(part, whole)
    assert found.value[0] == pytest.approx(part / whole)
    assert found.low[0] == pytest.approx(low, abs=1e-7)
    assert found.high[0] == pytest.approx(high, abs=1e-7)
    assert 0 <= found.low[0] <= found.value[0] <= found.high[0] <= 1


def test_no_case_and_every_case_keep_exact_ends() -> None:
    found = wilson([0, 7], [7, 7])
    assert found.low[0] == 0.0
    assert found.high[1] == 1.0
    assert not np.signbit(found.low[0])


def test_nothing_to_divide_by_and_missing_counts_give_missing_values() -> None:
    found = wilson([0, np.nan, 3, 1], [0, 5, np.nan, 2])
    assert np.isnan(found.value[:3]).all()
    assert np.isnan(found.low[:3]).all()
    assert np.isnan(found.high[:3]).all()
    assert list(found.method) == ["", "", "", "Wilson"]


def test_a_wider_confidence_gives_wider_limits() -> None:
    usual, wide = wilson([30], [100]), wilson([30], [100], confidence=0.998)
    assert wide.low[0] < usual.low[0]
    assert wide.high[0] > usual.high[0]


@pytest.mark.parametrize(
    ("part", "whole", "rule"),
    [
        ([3], [2], "numerator must not be greater than denominator"),
        ([-1], [2], "numerator must not be negative"),
        ([0], [-2], "denominator must not be negative"),
    ],
)
def test_impossible_counts_are_refused_with_the_rule(part: list[int], whole: list[int], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        wilson(part, whole)


@pytest.mark.parametrize("confidence", [95, 1.0, 0.0, math.nan])
def test_a_confidence_that_is_no_proportion_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence must be between"):
        wilson([1], [2], confidence=confidence)
