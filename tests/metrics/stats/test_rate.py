from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats.rate import poisson


def naive_at_most(count: int, mean: float) -> float:
    """P(X <= count) of a Poisson variable, term by term."""
    return sum(math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count + 1))


def naive_exact(count: int) -> tuple[float, float]:
    """The means under which the count would be just too high or just too low at 2.5 %, by bisection."""

    def solve(wanted: float, at_most: int) -> float:
        small, large = 1e-9, 200.0
        for _ in range(200):
            middle = (small + large) / 2
            small, large = (middle, large) if naive_at_most(at_most, middle) > wanted else (small, middle)
        return small

    return (0.0 if count == 0 else solve(0.975, count - 1), solve(0.025, count))


@pytest.mark.parametrize("count", range(10))
def test_under_ten_events_the_limits_are_exact(count: int) -> None:
    found = poisson([count], [1], multiplier=1)
    low, high = naive_exact(count)
    assert found.method[0] == "exact Poisson"
    assert found.low[0] == pytest.approx(low, abs=1e-6)
    assert found.high[0] == pytest.approx(high, abs=1e-6)


@settings(deadline=None)
@given(st.integers(10, 100_000))
def test_from_ten_events_the_limits_are_byars(count: int) -> None:
    found = poisson([count], [1], multiplier=1)
    z = 1.959963984540054
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    high = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * math.sqrt(count + 1))) ** 3
    assert found.method[0] == "Byar"
    assert found.low[0] == pytest.approx(low)
    assert found.high[0] == pytest.approx(high)


def test_byar_stays_within_two_thousandths_of_the_exact_limits() -> None:
    # The reason to switch at 10: PHE, Technical Guide Confidence Intervals (2018), "within 0.2 %".
    for count in range(10, 60):
        found = poisson([count], [1], multiplier=1)
        low, high = naive_exact(count)
        assert found.low[0] == pytest.approx(low, rel=0.002)
        assert found.high[0] == pytest.approx(high, rel=0.002)


def test_a_rate_is_per_100_000_and_scales_with_its_exposure() -> None:
    found = poisson([1200], [600_000 * 12])
    assert found.value[0] == pytest.approx(16.6667, abs=1e-4)
    twice = poisson([1200], [2 * 600_000 * 12])
    assert (twice.low[0] * 2, twice.high[0] * 2) == pytest.approx((found.low[0], found.high[0]))


def test_no_exposure_and_missing_counts_give_missing_values() -> None:
    found = poisson([1, np.nan, 2, 0], [0, 10, np.nan, 10])
    assert np.isnan(found.value[:3]).all()
    assert np.isnan(found.low[:3]).all()
    assert np.isnan(found.high[:3]).all()
    assert list(found.method) == ["", "", "", "exact Poisson"]
    assert found.value[3] == 0
    assert found.low[3] == 0


@pytest.mark.parametrize(
    ("count", "exposure", "rule"),
    [([-1], [10], "count must not be negative"), ([1], [-10], "exposure must not be negative")],
)
def test_impossible_counts_are_refused_with_the_rule(count: list[int], exposure: list[int], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        poisson(count, exposure)
