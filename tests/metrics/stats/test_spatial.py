from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats.spatial import moran

# Six areas; the last three only touch in a row, and the first touches three.
NEIGHBOURS = [[1, 2, 3], [0, 2], [0, 1], [0, 4], [3, 5], [4]]
VALUES = [3.0, 1.0, 4.0, 1.5, 9.0, 2.6]


def naive_moran(values: list[float], neighbours: list[list[int]], is_row_standardised: bool) -> float:
    mean = sum(values) / len(values)
    top = total = 0.0
    for k, near in enumerate(neighbours):
        for j in near:
            weight = 1 / len(near) if is_row_standardised else 1.0
            top += weight * (values[k] - mean) * (values[j] - mean)
            total += weight
    return len(values) / total * top / sum((value - mean) ** 2 for value in values)


@pytest.mark.parametrize("is_row_standardised", [True, False])
def test_expectation_and_variance_are_those_of_all_orders_of_the_values(is_row_standardised: bool) -> None:
    found = moran(VALUES, NEIGHBOURS, is_row_standardised)
    orders = [naive_moran(list(order), NEIGHBOURS, is_row_standardised) for order in permutations(VALUES)]
    assert found.i == pytest.approx(naive_moran(VALUES, NEIGHBOURS, is_row_standardised))
    assert found.expectation == pytest.approx(np.mean(orders))
    assert found.variance == pytest.approx(np.var(orders))
    z = (found.i - found.expectation) / math.sqrt(found.variance)
    assert found.p == pytest.approx(math.erfc(abs(z) / math.sqrt(2)))


@settings(deadline=None)
@given(st.lists(st.floats(-1000, 1000), min_size=12, max_size=12), st.floats(0.5, 3), st.floats(-100, 100))
def test_units_do_not_matter(values: list[float], scale: float, shift: float) -> None:
    ring = [[(k - 1) % 12, (k + 1) % 12] for k in range(12)]
    found, other = moran(values, ring), moran([scale * value + shift for value in values], ring)
    if found.method and other.method and np.std(values) > 1e-3:
        assert (other.i, other.p) == pytest.approx((found.i, found.p), abs=1e-6)


def test_shuffled_values_are_called_significant_about_as_often_as_stated() -> None:
    dice = np.random.default_rng(8)
    lattice = [[b for b in range(49) if abs(a // 7 - b // 7) + abs(a % 7 - b % 7) == 1] for a in range(49)]
    hits = [moran(dice.normal(size=49), lattice).p < 0.05 for _ in range(600)]
    assert np.mean(hits) == pytest.approx(0.05, abs=0.025)


def test_missing_values_and_areas_left_alone_are_left_out() -> None:
    found = moran([*VALUES, np.nan, 7.0], [*NEIGHBOURS, [7], [6]])
    assert found.n == 6
    assert found.i == pytest.approx(moran(VALUES, NEIGHBOURS).i)


def test_one_sided_lists_count() -> None:
    one_sided = [[1], [2], [3], [4], [5], []]
    found = moran(VALUES, one_sided)
    assert found.n == 6
    assert found.i == pytest.approx(naive_moran(VALUES, one_sided, True))


@pytest.mark.parametrize(
    ("values", "neighbours"),
    [
        (VALUES[:4], [[1], [0, 2], [1, 3], [2]]),
        (VALUES, [[1], [0, 2], [1, 3], [2], [], []]),
        ([2.0] * 6, NEIGHBOURS),
        ([0.1 + 0.2] * 3 + [0.3] * 3, NEIGHBOURS),
        ([], []),
    ],
    ids=["four areas", "four with neighbours", "all alike", "alike but for rounding", "nothing"],
)
def test_few_areas_or_equal_values_are_refused(values: list[float], neighbours: list[list[int]]) -> None:
    found = moran(values, neighbours)
    assert math.isnan(found.i)
    assert math.isnan(found.p)
    assert found.method == ""


@pytest.mark.parametrize(
    ("neighbours", "rule"),
    [([[1]], "one list of neighbours"), ([[1], [2]], "another of the areas"), ([[0], [0]], "another of the areas")],
)
def test_impossible_neighbours_are_refused(neighbours: list[list[int]], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        moran([1.0, 2.0], neighbours)
