from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats import Floats
from metrics.stats.shortfall import ENSEMBLE_BETA, ENSEMBLE_GAMMA, proportions, rates

ALL = np.ones(41, dtype=bool)


def sizes_of(dice: np.random.Generator, size: float) -> Floats:
    return np.maximum(3, size * np.exp(dice.normal(0, 1.2, 41))).round()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=30))
def test_what_is_added_up_is_a_naive_sum_and_the_expected_lies_in_the_interval(rows: list[tuple[int, int]]) -> None:
    part, whole = [x for x, _ in rows], [x + more for x, more in rows]
    found = proportions(part, whole, np.array([n >= 10 for n in whole]))
    shares = sorted(x / n for x, n in zip(part, whole, strict=True) if n >= 10)
    if not shares:
        assert found.method == "" and math.isnan(found.total)
        return
    half = len(shares) // 2
    median = shares[half] if len(shares) % 2 else (shares[half - 1] + shares[half]) / 2
    naive = sum(max(0.0, median - x / n) * n for x, n in zip(part, whole, strict=True) if n)
    assert found.benchmark == pytest.approx(median)
    assert found.total == pytest.approx(naive, abs=1e-9)
    assert np.nansum(found.each) == pytest.approx(naive, abs=1e-9)
    assert np.nansum(found.each_expected) == pytest.approx(found.expected)
    assert 0 <= found.low <= found.expected <= found.high


def test_equal_areas_lack_nothing() -> None:
    found = proportions([30] * 41, [100] * 41, ALL)
    assert (found.total, found.low, found.p) == (0.0, 0.0, 1.0)
    assert rates([30] * 41, [100] * 41, ALL, 1).low == 0.0


def test_the_same_input_gives_the_same_interval() -> None:
    one, two = (proportions(range(41), [50] * 41, ALL) for _ in range(2))
    assert (one.low, one.expected, one.high) == (two.low, two.expected, two.high)


def test_with_large_denominators_chance_is_gone() -> None:
    shares = np.linspace(0.2, 0.6, 41)
    found = proportions(shares * 1e6, [1e6] * 41, ALL)
    true = np.maximum(0, 0.4 - shares).sum() * 1e6
    assert found.total == pytest.approx(true)
    assert (found.low, found.high) == pytest.approx((true, true), rel=0.02)
    assert found.low < true < found.high
    areas_own = np.sqrt(0.25 * 1e6 * 21)  # the lacks and the median scatter by less than this
    assert found.high - found.low < 6 * 21 * np.sqrt(0.25 * 1e6) + 6 * areas_own
    assert found.method == ENSEMBLE_BETA


def test_small_denominators_make_the_added_up_figure_too_large_and_the_expected_not() -> None:
    dice, totals, expected, truths = np.random.default_rng(3), 0.0, 0.0, 0.0
    for _ in range(60):
        whole, shares = sizes_of(dice, 15), dice.beta(12, 12, 41)
        found = proportions(dice.binomial(whole.astype(int), shares), whole, ALL)
        totals, expected = totals + found.total, expected + found.expected
        truths += (np.maximum(0, np.median(shares) - shares) * whole).sum()
    assert totals > 1.2 * truths
    assert expected == pytest.approx(truths, rel=0.2)


@pytest.mark.parametrize(("size", "deviation"), [(15, 0.0), (15, 0.1), (150, 0.03), (150, 0.15)])
def test_the_interval_holds_the_true_figure(size: float, deviation: float) -> None:
    # A thousand runs of more scenarios: tests/bench/bench_gaps.py.
    dice, held, runs = np.random.default_rng(4), 0, 80
    weight = 0.25 / deviation**2 - 1 if deviation else 0.0
    for _ in range(runs):
        whole = sizes_of(dice, size)
        shares = dice.beta(weight / 2, weight / 2, 41) if deviation else np.full(41, 0.5)
        found = proportions(dice.binomial(whole.astype(int), shares), whole, ALL)
        true = (np.maximum(0, np.median(shares) - shares) * whole).sum()
        held += found.low - 1e-9 <= true <= found.high + 1e-9
    assert held >= 0.93 * runs


def test_rates_are_held_too_and_come_per_multiplier() -> None:
    dice, held, runs = np.random.default_rng(8), 0, 80
    for _ in range(runs):
        base, level = sizes_of(dice, 40_000), dice.gamma(8, 0.0005 / 8, 41)
        found = rates(dice.poisson(base * level), base, ALL)
        true = (np.maximum(0, np.median(level) - level) * base).sum()
        held += found.low <= true <= found.high
    assert held >= 0.93 * runs
    assert found.method == ENSEMBLE_GAMMA
    assert found.benchmark == pytest.approx(np.median(level) * 100_000, rel=0.5)


def test_a_set_benchmark_is_used_as_it_is() -> None:
    found = proportions([10, 45, 80], [100, 100, 100], 0.5)
    assert found.each.tolist() == pytest.approx([40.0, 5.0, 0.0])
    assert found.benchmark == 0.5
    assert rates([10, 45], [1e5, 1e5], 50.0).each.tolist() == pytest.approx([40.0, 5.0])


def test_a_set_benchmark_that_all_lie_at_leaves_a_gain_of_nothing_possible() -> None:
    dice = np.random.default_rng(9)
    whole = sizes_of(dice, 40)
    low = [proportions(dice.binomial(whole.astype(int), 0.5), whole, 0.5).low for _ in range(60)]
    assert np.mean(np.array(low) == 0) > 0.93


def test_a_single_area_has_an_interval_about_its_own_lack() -> None:
    found = proportions([3], [10], 0.5)
    assert found.total == pytest.approx(2)
    assert found.low == 0 and found.high > found.total
    assert math.isnan(found.p)


def test_missing_areas_stay_missing_and_change_nothing() -> None:
    with_gaps = proportions([5, np.nan, 9, 0, 2], [10, 4, 12, 0, 11], np.ones(5, dtype=bool))
    without = proportions([5, 9, 2], [10, 12, 11], np.ones(3, dtype=bool))
    assert np.isnan(with_gaps.each).tolist() == [False, True, False, True, False]
    assert (with_gaps.total, with_gaps.low, with_gaps.high) == (without.total, without.low, without.high)


def test_events_that_never_happen_give_figures_all_the_same() -> None:
    found = proportions([0] * 12, [30] * 12, np.ones(12, dtype=bool))
    assert (found.total, found.low) == (0.0, 0.0) and 0 < found.high < 30
    assert rates([0] * 12, [30] * 12, np.ones(12, dtype=bool), 1).high > 0


@pytest.mark.parametrize("benchmark", [-0.1, 1.1, math.nan])
def test_an_impossible_benchmark_is_refused(benchmark: float) -> None:
    with pytest.raises(ValueError, match="benchmark of a proportion"):
        proportions([1], [2], benchmark)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="numerator must not be greater"):
        proportions([3], [2], 0.5)
    with pytest.raises(ValueError, match="must not be negative"):
        rates([3], [2], -1.0)
