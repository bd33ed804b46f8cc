from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats.difference import MOVER, NEWCOMBE, proportions, rates

Z95 = 1.959963984540054
counts = st.integers(1, 2000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def wilson(part: float, whole: float) -> tuple[float, float]:
    middle, width = part + Z95**2 / 2, Z95 * math.sqrt(part * (whole - part) / whole + Z95**2 / 4)
    return (middle - width) / (whole + Z95**2), (middle + width) / (whole + Z95**2)


def score(events: float, exposure: float) -> tuple[float, float]:
    middle, width = events + Z95**2 / 2, Z95 * math.sqrt(events + Z95**2 / 4)
    return (middle - width) / exposure, (middle + width) / exposure


def square_and_add(
    first: float, second: float, of_first: tuple[float, float], of_second: tuple[float, float]
) -> tuple[float, float]:
    change = second - first
    low = change - math.hypot(second - of_second[0], of_first[1] - first)
    return low, change + math.hypot(of_second[1] - second, first - of_first[0])


@settings(deadline=None)
@given(counts, counts)
def test_proportions_add_the_squares_of_two_wilson_intervals(first: tuple[int, int], second: tuple[int, int]) -> None:
    found = proportions([first[0]], [first[1]], [second[0]], [second[1]])
    shares = first[0] / first[1], second[0] / second[1]
    low, high = square_and_add(*shares, wilson(*first), wilson(*second))
    assert found.low[0] == pytest.approx(low, abs=1e-9)
    assert found.high[0] == pytest.approx(high, abs=1e-9)
    assert -1 <= found.low[0] <= found.value[0] <= found.high[0] <= 1 + 1e-12
    assert found.method[0] == NEWCOMBE


@settings(deadline=None)
@given(st.integers(0, 500), st.integers(1, 10**6), st.integers(0, 500), st.integers(1, 10**6))
def test_rates_add_the_squares_of_two_score_intervals(x1: int, n1: int, x2: int, n2: int) -> None:
    found = rates([x1], [n1], [x2], [n2], multiplier=1000)
    low, high = square_and_add(x1 / n1, x2 / n2, score(x1, n1), score(x2, n2))
    assert found.low[0] == pytest.approx(low * 1000, rel=1e-9, abs=1e-9)
    assert found.high[0] == pytest.approx(high * 1000, rel=1e-9, abs=1e-9)
    assert found.method[0] == MOVER


@settings(deadline=None)
@given(counts, counts)
def test_certainty_reaches_95_percent_exactly_where_the_interval_leaves_out_zero(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    found = proportions([first[0]], [first[1]], [second[0]], [second[1]])
    nearest = min(abs(found.low[0]), abs(found.high[0]))
    if nearest > 1e-9:
        assert (found.certainty[0] >= 0.95) == (found.low[0] > 0 or found.high[0] < 0)
    assert 0 <= found.certainty[0] <= 1


def test_the_other_way_round_has_the_other_sign() -> None:
    one, other = proportions([3], [40], [20], [50]), proportions([20], [50], [3], [40])
    assert (one.value[0], one.low[0], one.high[0]) == pytest.approx((-other.value[0], -other.high[0], -other.low[0]))


def test_missing_counts_and_nothing_to_divide_by_give_missing_values() -> None:
    found = proportions([1, np.nan, 0, 1], [2, 5, 0, 4], [1, 1, 1, 3], [2, 2, 2, 4])
    assert np.isnan(found.value).tolist() == [False, True, True, False]
    assert found.method.tolist() == [NEWCOMBE, "", "", NEWCOMBE]
    assert np.isnan(rates([1], [0], [2], [10]).certainty[0])


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="numerator must not be greater"):
        proportions([3], [2], [1], [2])
    with pytest.raises(ValueError, match="count_2 must not be negative"):
        rates([3], [2], [-1], [2])
    with pytest.raises(ValueError, match="confidence must be between"):
        rates([3], [2], [1], [2], confidence=95)
