from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats.ranking import joint_ranks, rank_proportions, rank_rates

LIMITS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=30)


def naive(limits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Counted pair by pair: those wholly above, and those wholly below."""
    found = []
    for k, (low, high) in enumerate(limits):
        others = [limits[j] for j in range(len(limits)) if j != k and not limits[j] == (low, high) == (low, low)]
        above, below = sum(other[0] >= high for other in others), sum(other[1] <= low for other in others)
        found.append((1 + above, len(limits) - below))
    return found


@settings(deadline=None)
@given(LIMITS)
def test_ranges_are_those_counted_pair_by_pair(pairs: list[tuple[int, int]]) -> None:
    limits = [(min(pair), max(pair)) for pair in pairs]
    found = joint_ranks(*zip(*limits, strict=True))
    assert list(zip(found.low, found.high, strict=True)) == naive(limits)


@settings(deadline=None)
@given(LIMITS)
def test_the_ranges_leave_room_for_every_area(pairs: list[tuple[int, int]]) -> None:
    found = joint_ranks(*zip(*[(min(pair), max(pair)) for pair in pairs], strict=True))
    best, worst = np.sort(found.low), np.sort(found.high)
    ranks = np.arange(1, len(pairs) + 1)
    assert np.all(found.low <= found.high)
    assert np.all(best <= ranks)
    assert np.all(worst >= ranks)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 200)), min_size=1, max_size=25))
def test_the_range_of_an_area_contains_its_observed_rank(areas: list[tuple[int, int]]) -> None:
    part, whole = np.array([min(a) for a in areas]), np.array([max(a) for a in areas])
    for found, value in (
        (rank_proportions(part, whole), part / whole),
        (rank_rates([a[0] for a in areas], [a[1] for a in areas]), np.array([a[0] / a[1] for a in areas])),
    ):
        above = (value[None, :] > value[:, None]).sum(axis=1)
        at_least = (value[None, :] >= value[:, None]).sum(axis=1)
        assert np.all(found.low <= above + 1)
        assert np.all(found.high >= at_least)


def test_all_true_ranks_are_covered_at_once_at_least_as_often_as_stated() -> None:
    dice = np.random.default_rng(3)
    true = np.linspace(0.2, 0.8, 20)
    rank = np.arange(20, 0, -1)
    whole = dice.integers(20, 400, 20)
    base = dice.integers(20, 400, 20)
    covered = []
    for _ in range(300):
        shares = rank_proportions(dice.binomial(whole, true), whole)
        rates = rank_rates(dice.poisson(base * true), base)
        covered.append([np.all((one.low <= rank) & (rank <= one.high)) for one in (shares, rates)])
    assert np.mean(covered, axis=0).min() >= 0.94


def test_an_area_without_value_has_no_rank_and_takes_none_away() -> None:
    found = rank_proportions([900, np.nan, 100, 0], [1000, 10, 1000, 0])
    assert list(found.low[[0, 2]]) == list(found.high[[0, 2]]) == [1, 2]
    assert np.isnan(found.low[[1, 3]]).all()
    assert np.isnan(found.high[[1, 3]]).all()
    assert found.method == "joint rank ranges (Klein–Wright–Wieczorek)"
    assert rank_rates([np.nan], [1]).method == ""


def test_small_areas_have_wide_ranges() -> None:
    found = rank_proportions([1, 500, 300, 700], [2, 1000, 1000, 1000])
    assert (found.low[0], found.high[0]) == (1, 4)


def test_equal_values_known_without_error_share_a_range() -> None:
    found = joint_ranks([3, 3, 1, 5], [3, 3, 1, 5])
    assert list(zip(found.low, found.high, strict=True)) == [(2, 3), (2, 3), (4, 4), (1, 1)]


def test_impossible_input_is_refused_with_the_rule() -> None:
    with pytest.raises(ValueError, match="must not lie above"):
        joint_ranks([2], [1])
    with pytest.raises(ValueError, match="numerator must not be greater"):
        rank_proportions([2], [1])
    with pytest.raises(ValueError, match="confidence"):
        rank_rates([2], [1], confidence=95)
