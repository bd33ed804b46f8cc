from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from metrics.stats.proportion import wilson
from metrics.stats.rate import poisson
from metrics.stats.shrinkage import Shrunk, beta_binomial, gamma_poisson

AREAS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=40)


def naive_marshall(counts: list[float], bases: list[float]) -> list[float]:
    """The global estimator as Marshall (1991), p. 285, writes it, area by area."""
    mean = sum(counts) / sum(bases)
    scatter = sum(n * (x / n - mean) ** 2 for x, n in zip(counts, bases, strict=True)) / sum(bases)
    between = max(0.0, scatter - mean / (sum(bases) / len(bases)))
    return [
        mean + between / (between + mean / n) * (x / n - mean) if between else mean
        for x, n in zip(counts, bases, strict=True)
    ]


def check_between_raw_and_prior(found: Shrunk, raw: np.ndarray) -> None:
    known = ~np.isnan(raw)
    lower, upper = np.fmin(raw, found.prior_mean), np.fmax(raw, found.prior_mean)
    slack = 1e-9 * np.maximum(1.0, upper)
    assert np.all((found.value >= lower - slack)[known])
    assert np.all((found.value <= upper + slack)[known])
    assert np.all(found.low[known] <= found.high[known])
    assert np.isnan(found.value[~known]).all()
    assert np.isnan(found.low[~known]).all()
    assert set(found.method[~known]) <= {""}


@settings(deadline=None, max_examples=200)
@given(AREAS)
def test_a_shrunk_proportion_lies_between_the_raw_one_and_the_mean_of_all(areas: list[tuple[int, int]]) -> None:
    part, whole = [min(a) for a in areas], [max(a) for a in areas]
    check_between_raw_and_prior(beta_binomial(part, whole), wilson(part, whole).value)


@settings(deadline=None, max_examples=200)
@given(AREAS)
def test_a_shrunk_rate_lies_between_the_raw_one_and_the_mean_of_all(areas: list[tuple[int, int]]) -> None:
    counts, bases = [a[0] for a in areas], [1000 * a[1] for a in areas]
    check_between_raw_and_prior(gamma_poisson(counts, bases), poisson(counts, bases).value)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5000)), min_size=2, max_size=30))
def test_rates_agree_with_marshall_area_by_area(areas: list[tuple[int, int]]) -> None:
    counts, bases = [float(a[0]) for a in areas], [float(a[1]) for a in areas]
    assert gamma_poisson(counts, bases, multiplier=1).value == pytest.approx(naive_marshall(counts, bases))


def test_the_limits_leave_equal_tails_of_the_posterior() -> None:
    part, whole = np.array([2, 9, 30, 3]), np.array([20, 20, 40, 4])
    found = beta_binomial(part, whole)
    mean, weight = found.prior_mean, found.prior_mean * (1 - found.prior_mean) / found.between_variance - 1
    for k in range(4):
        a, b = mean * weight + part[k] - 1, (1 - mean) * weight + whole[k] - part[k] - 1
        top = quad(lambda p, a=a, b=b: p**a * (1 - p) ** b, 0, 1)[0]
        assert quad(lambda p, a=a, b=b: p**a * (1 - p) ** b, 0, found.low[k])[0] / top == pytest.approx(0.025, abs=1e-5)
        assert quad(lambda p, a=a, b=b: p**a * (1 - p) ** b, found.high[k], 1)[0] / top == pytest.approx(
            0.025, abs=1e-5
        )


def test_the_variance_between_areas_is_found_again() -> None:
    dice = np.random.default_rng(5)
    whole = dice.integers(5, 400, 4000)
    shares = beta_binomial(dice.binomial(whole, dice.beta(6, 14, 4000)), whole)
    assert shares.prior_mean == pytest.approx(0.3, abs=0.01)
    assert shares.between_variance == pytest.approx(0.3 * 0.7 / 21, rel=0.1)
    base = dice.integers(1000, 400_000, 4000)
    rates = gamma_poisson(dice.poisson(base * dice.gamma(4, 5 / 100_000, 4000)), base)
    assert rates.prior_mean == pytest.approx(20, abs=0.6)
    assert rates.between_variance == pytest.approx(100, rel=0.1)


def test_credible_intervals_cover_the_true_values_of_the_areas() -> None:
    dice = np.random.default_rng(6)
    true = dice.beta(6, 14, 4000)
    whole = dice.integers(5, 100, 4000)
    found = beta_binomial(dice.binomial(whole, true), whole)
    assert np.mean((found.low <= true) & (true <= found.high)) == pytest.approx(0.95, abs=0.015)


def test_without_difference_beyond_chance_every_area_has_the_mean_and_its_interval() -> None:
    found = beta_binomial([5, 10, np.nan, 20], [10, 20, 30, 40])
    together = wilson([35], [70])
    assert found.between_variance == 0
    assert list(found.value[[0, 1, 3]]) == [0.5] * 3
    assert list(found.low[[0, 1, 3]]) == [together.low[0]] * 3
    assert list(found.high[[0, 1, 3]]) == [together.high[0]] * 3
    rates = gamma_poisson([2, 4], [1000, 2000])
    assert list(rates.low) == [poisson([6], [3000]).low[0]] * 2


def test_nothing_known_gives_nothing() -> None:
    for found in (beta_binomial([np.nan, 0], [10, 0]), gamma_poisson([], [])):
        assert np.isnan(found.value).all()
        assert np.isnan(found.prior_mean)
        assert set(found.method) <= {""}


def test_a_small_area_is_drawn_further_than_a_large_one() -> None:
    found = beta_binomial([1, 100, 20, 90], [2, 200, 100, 100])
    toward = np.abs(np.array([0.5, 0.5]) - found.value[:2])
    assert toward[0] > toward[1] > 0


@pytest.mark.parametrize(
    ("method", "first", "second", "rule"),
    [
        (beta_binomial, [3], [2], "numerator must not be greater than denominator"),
        (beta_binomial, [-1], [2], "numerator must not be negative"),
        (gamma_poisson, [1], [-2], "exposure must not be negative"),
    ],
)
def test_impossible_counts_are_refused_with_the_rule(method, first, second, rule) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=rule):
        method(first, second)
