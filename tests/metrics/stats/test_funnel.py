"""Limits and p-values against first principles.

No printed table of Spiegelhalter's interpolated limits with their data was found, so they are recalculated here
with whole-number arithmetic (fractions) as his appendix words them.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from metrics.stats.funnel import dispersion, proportion_limits, proportions, rate_limits, rates


def binomial_chances(whole: int, target: Fraction) -> list[Fraction]:
    return [math.comb(whole, r) * target**r * (1 - target) ** (whole - r) for r in range(whole + 1)]


def appendix_limit(chances: list[Fraction], tail: Fraction) -> Fraction:
    """r is the smallest count with P(R <= r) > tail; y = r - (P(R <= r) - tail) / P(R = r), not below 0."""
    total = Fraction(0)
    for r, chance in enumerate(chances):
        total += chance
        if total > tail:
            return max(Fraction(0), r - (total - tail) / chance)
    raise AssertionError(tail)


@pytest.mark.parametrize("whole", [1, 2, 10, 37, 120])
@pytest.mark.parametrize("target", [Fraction(1, 20), Fraction(1, 2), Fraction(9, 10)])
def test_binomial_limits_are_those_of_the_appendix(whole: int, target: Fraction) -> None:
    chances = binomial_chances(whole, target)
    found = proportion_limits(float(target), [whole])
    for line, tail in (
        (found.low, Fraction(25, 1000)),
        (found.high, Fraction(975, 1000)),
        (found.low_998, Fraction(1, 1000)),
        (found.high_998, Fraction(999, 1000)),
    ):
        assert line[0] == pytest.approx(float(appendix_limit(chances, tail) / whole), abs=1e-9)


@pytest.mark.parametrize("expected", [0.5, 3.0, 12.0, 80.0])
def test_poisson_limits_are_those_of_the_appendix(expected: float) -> None:
    chances = [Fraction(math.exp(-expected + r * math.log(expected) - math.lgamma(r + 1))) for r in range(300)]
    found = rate_limits(40.0, [expected / 40 * 1000], multiplier=1000)
    for line, tail in ((found.low, 0.025), (found.high, 0.975), (found.low_998, 0.001), (found.high_998, 0.999)):
        count = float(appendix_limit(chances, Fraction(tail)))
        assert line[0] == pytest.approx(count / expected * 40, abs=1e-6)


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([Fraction(1, 10), Fraction(2, 5), Fraction(19, 20)]))
def test_p_is_twice_the_smaller_exact_tail(first: int, second: int, target: Fraction) -> None:
    part, whole = min(first, second), max(first, second, 1)
    chances = binomial_chances(whole, target)
    tail = min(sum(chances[: part + 1]), sum(chances[part:]))
    assert proportions([part], [whole], float(target)).p[0] == pytest.approx(min(1.0, float(2 * tail)))


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 150), st.integers(1, 150)), min_size=1, max_size=30),
    st.floats(0.02, 0.98),
)
def test_what_differs_at_five_per_cent_lies_outside_the_line(areas: list[tuple[int, int]], target: float) -> None:
    part, whole = np.array([min(a) for a in areas]), np.array([max(a) for a in areas])
    counts, base = np.array([a[0] for a in areas]), np.array([a[1] for a in areas])
    for found, value, middle in (
        (proportions(part, whole, target), part / whole, target),
        (rates(counts, base, 2 * target, 1), counts / base, 2 * target),
    ):
        for alpha, low, high in (
            (0.05, found.limits.low, found.limits.high),
            (0.002, found.limits.low_998, found.limits.high_998),
        ):
            outside = (value < low - 1e-9) | (value > high + 1e-9)
            assert np.all(outside[found.p < alpha - 1e-9])
            # Below the target the two say the same; above, the line may stand up to one count nearer.
            assert not np.any(outside & (value < middle) & (found.p > alpha + 1e-9))


@settings(deadline=None)
@given(st.floats(0.05, 0.95), st.integers(20, 2000), st.floats(1, 20))
def test_limits_hold_the_target_and_are_nested_and_widen(target: float, whole: int, inflation: float) -> None:
    narrow, wide = proportion_limits(target, [whole]), proportion_limits(target, [whole], inflation)
    for line in (narrow, wide):
        assert 0 <= line.low_998[0] <= line.low[0] <= target + 1e-9
        assert target - 1 / whole <= line.high[0] <= line.high_998[0] <= 1
    assert wide.low[0] <= narrow.low[0] + 1e-9
    assert wide.high[0] >= narrow.high[0] - 1e-9


def test_the_funnel_narrows_with_more_cases() -> None:
    found = proportion_limits(0.3, [10, 40, 160, 640, 2560])
    assert np.all(np.diff(found.high - found.low) < 0)
    assert np.all(np.diff(found.high_998 - found.low_998) < 0)
    exposure = rate_limits(16.0, [1e5, 1e6, 1e7])
    assert np.all(np.diff(exposure.high - exposure.low) < 0)


def test_with_many_cases_a_widened_limit_is_the_normal_one_times_root_phi() -> None:
    found = proportion_limits(0.3, [1_000_000], inflation=4.0)
    reach = 1.959964 * math.sqrt(4 * 0.3 * 0.7 / 1e6)
    assert (found.low[0], found.high[0]) == pytest.approx((0.3 - reach, 0.3 + reach), abs=2e-6)


@pytest.mark.parametrize("inflation", [1.5, 2.0, 3.0])
def test_widened_limits_leave_the_widened_tail_outside(inflation: float) -> None:
    tail = Fraction(float(norm.sf(1.959963984540054 * math.sqrt(inflation))))
    found = proportion_limits(0.5, [400], inflation)
    chances = binomial_chances(400, Fraction(1, 2))
    assert found.low[0] * 400 == pytest.approx(float(appendix_limit(chances, tail)), abs=1e-5)
    assert found.high[0] * 400 == pytest.approx(float(appendix_limit(chances, 1 - tail)), abs=1e-5)


def test_limits_far_out_are_normal_and_stay_where_counts_can_be() -> None:
    found = proportion_limits(0.5, [4, 40_000], inflation=25.0)
    reach = 1.959963984540054 * 5 * math.sqrt(0.25 / 40_000)
    assert list(zip(found.low, found.high, strict=True)) == [(0, 1), pytest.approx((0.5 - reach, 0.5 + reach))]
    assert rate_limits(3.0, [1], 1, inflation=25.0).low[0] == 0


def test_dispersion_is_the_mean_square_of_winsorised_scores() -> None:
    scores = [-30.0, *np.linspace(-1.9, 1.9, 19), 50.0]
    ends = sorted(scores)[2], sorted(scores)[-3]  # the 10 % quantiles of 21 values are the third from each end
    clipped = [min(max(score, ends[0]), ends[1]) for score in scores]
    phi, is_dispersed = dispersion([*scores, np.nan])
    assert phi == pytest.approx(sum(score**2 for score in clipped) / 21)
    # 21 phi is 29.6 where chance reaches 32.7 (chi-square, 21 degrees of freedom, 5 %).
    assert 1 < phi < 32.67 / 21
    assert not is_dispersed
    assert dispersion(3 * np.array(scores))[1]


def test_few_areas_say_nothing_on_dispersion() -> None:
    assert dispersion([5.0, -5.0, 5.0, -5.0]) == (1.0, False)


def test_dispersion_widens_p_and_limits_together() -> None:
    dice = np.random.default_rng(4)
    whole = np.full(60, 200)
    part = dice.binomial(whole, dice.beta(60, 60, 60))
    found = proportions(part, whole, part.sum() / whole.sum())
    assert found.is_dispersed
    assert 1.2 < found.inflation == found.dispersion < 3
    plain = [proportions([x], [200], part.sum() / whole.sum()).p[0] for x in part]
    assert norm.isf(np.array(plain) / 2) / math.sqrt(found.dispersion) == pytest.approx(norm.isf(found.p / 2), abs=1e-6)
    assert found.limits.low[0] < proportion_limits(part.sum() / whole.sum(), [200]).low[0]


def test_with_thousands_of_events_dispersion_still_counts_far_beyond_exact_tails() -> None:
    # Up to 110 standard errors from the target: exact tails are 0, and the areas differ no more than they all do.
    count = np.array([90_000, 95_000, 99_000, 105_000, 107_000, 111_000, 93_000, 100_000, 104_000, 96_000]) * 10
    target = count.mean() / 1e6
    found = rates(count, np.full(10, 1e6), target, 1)
    z = (count - count.mean()) / math.sqrt(count.mean())
    assert found.dispersion > 100
    assert set(found.method) == {"Spiegelhalter funnel (normal, over-dispersed)"}
    assert np.abs(z).max() > 80
    far = np.abs(z) > 40
    assert found.p[far] == pytest.approx(2 * norm.sf(np.abs(z[far]) / math.sqrt(found.dispersion)))
    assert np.all(found.p > 0.01)
    inside = (found.limits.low < count / 1e6) & (count / 1e6 < found.limits.high)
    assert np.array_equal(inside, found.p > 0.05)
    reach = 1.959964 * math.sqrt(found.dispersion * count.mean()) / 1e6
    assert found.limits.high[0] == pytest.approx(target + reach, rel=1e-6)


def test_areas_without_value_are_missing() -> None:
    found = proportions([1, np.nan, 0], [2, 5, 0], 0.5)
    for line in (found.p, found.limits.low, found.limits.high, found.limits.low_998, found.limits.high_998):
        assert list(np.isnan(line)) == [False, True, True]
    assert list(found.method) == ["Spiegelhalter funnel (exact binomial)", "", ""]
    assert found.inflation == 1


def test_a_target_that_leaves_nothing_to_chance() -> None:
    nobody, everybody = proportions([0, 0, 1], [10, 3, 5], 0.0), proportions([10, 3, 4], [10, 3, 5], 1.0)
    assert list(nobody.p) == list(everybody.p) == [1, 1, 0]
    assert list(nobody.limits.high) == [0, 0, 0]
    assert list(everybody.limits.low) == [1, 1, 1]
    assert list(rates([0, 2], [100, 100], 0.0).p) == [1, 0]


@pytest.mark.parametrize("target", [-0.1, 1.1, math.nan])
def test_impossible_targets_are_refused(target: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        proportions([1], [2], target)
    with pytest.raises(ValueError, match="not below 0"):
        rates([1], [2], -1.0)
