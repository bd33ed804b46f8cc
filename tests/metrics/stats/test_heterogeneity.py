from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats.heterogeneity import dersimonian_laird, proportions, rates


def naive(effects: list[float], variances: list[float]) -> tuple[float, float, float]:
    """tau2, I2 and Q as DerSimonian and Laird (1986) write them."""
    weights = [1 / v for v in variances]
    mean = sum(w * y for w, y in zip(weights, effects, strict=True)) / sum(weights)
    q = sum(w * (y - mean) ** 2 for w, y in zip(weights, effects, strict=True))
    spare = q - (len(effects) - 1)
    room = sum(weights) - sum(w * w for w in weights) / sum(weights)
    return max(0.0, spare / room), max(0.0, spare / q) if q else 0.0, q


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0.01, 4)), min_size=2, max_size=30))
def test_the_formula_of_dersimonian_and_laird(pairs: list[tuple[float, float]]) -> None:
    effects, variances = (list(column) for column in zip(*pairs, strict=True))
    found = dersimonian_laird(effects, variances)
    tau2, i2, q = naive(effects, variances)
    assert (found.tau2, found.q) == pytest.approx((tau2, q), abs=1e-9)
    assert found.i2 == pytest.approx(i2, abs=1e-6)
    assert 0 <= found.i2 < 1
    assert found.n == len(pairs)


def test_proportions_are_compared_as_arcsines_so_that_zero_needs_no_correction() -> None:
    part, whole = [0, 3, 20, 9], [10, 12, 40, 9]
    found = proportions(part, whole)
    arcsines = [math.asin(math.sqrt(x / n)) for x, n in zip(part, whole, strict=True)]
    assert (found.tau2, found.i2, found.q) == pytest.approx(naive(arcsines, [1 / (4 * n) for n in whole]))


def test_rates_are_compared_as_logarithms_and_no_event_counts_as_half_of_one() -> None:
    count, base = [0, 4, 25, 9], [1000, 2000, 2500, 1500]
    found = rates(count, base)
    logs = [math.log(x / n) for x, n in zip([0.5, 4, 25, 9], base, strict=True)]
    assert (found.tau2, found.i2, found.q) == pytest.approx(naive(logs, [2, 1 / 4, 1 / 25, 1 / 9]))


def test_equal_areas_are_called_different_about_as_often_as_stated() -> None:
    dice = np.random.default_rng(9)
    whole = dice.integers(10, 300, 41)
    base = dice.integers(500, 20_000, 41)
    hits = [
        (proportions(dice.binomial(whole, 0.6), whole).p < 0.05, rates(dice.poisson(base * 0.02), base).p < 0.05)
        for _ in range(500)
    ]
    shares, per_base = np.mean(hits, axis=0)
    assert shares == pytest.approx(0.05, abs=0.04)
    assert per_base == pytest.approx(0.05, abs=0.04)


def test_the_spread_between_areas_is_found_again() -> None:
    dice = np.random.default_rng(10)
    effect = dice.normal(0, 0.5, 3000)
    found = dersimonian_laird(effect + dice.normal(0, 0.3, 3000), np.full(3000, 0.09))
    assert found.tau2 == pytest.approx(0.25, rel=0.1)
    assert found.i2 == pytest.approx(0.25 / 0.34, abs=0.03)


def test_areas_without_value_are_left_out() -> None:
    found = proportions([1, np.nan, 5, 0], [10, 10, 10, 0])
    assert found.n == 2
    assert found.q == pytest.approx(proportions([1, 5], [10, 10]).q)


def test_a_single_area_is_refused() -> None:
    for found in (proportions([1], [10]), rates([], []), dersimonian_laird([1.0, np.nan], [1.0, 1.0])):
        assert math.isnan(found.tau2)
        assert found.method == ""


def test_equal_values_have_no_spread() -> None:
    found = proportions([5, 10, 20], [10, 20, 40])
    assert (found.tau2, found.i2) == (0, 0)
    assert found.p == pytest.approx(1)


def test_impossible_input_is_refused_with_the_rule() -> None:
    with pytest.raises(ValueError, match="variance must be above 0"):
        dersimonian_laird([1.0, 2.0], [1.0, 0.0])
    with pytest.raises(ValueError, match="numerator must not be greater"):
        proportions([2], [1])
    with pytest.raises(ValueError, match="count must not be negative"):
        rates([-2], [1])
