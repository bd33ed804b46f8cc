from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats.homogeneity import EXACT_MOMENTS, proportions, rates


def chi_square(events: tuple[int, ...], sizes: tuple[int, ...]) -> float:
    share = sum(events) / sum(sizes)
    return sum((x - n * share) ** 2 / (n * share * (1 - share)) for x, n in zip(events, sizes, strict=True))


@pytest.mark.parametrize(("sizes", "total"), [((3, 5, 2), 4), ((1, 1, 6, 4), 3), ((4, 4), 2), ((2, 3, 3, 2), 7)])
def test_moments_of_proportions_are_those_of_every_table_with_these_margins(sizes: tuple[int, ...], total: int) -> None:
    tables = [e for e in itertools.product(*(range(n + 1) for n in sizes)) if sum(e) == total]
    ways = [math.prod(math.comb(n, x) for n, x in zip(sizes, e, strict=True)) for e in tables]
    values = [chi_square(e, sizes) for e in tables]
    mean = sum(w * v for w, v in zip(ways, values, strict=True)) / sum(ways)
    variance = sum(w * (v - mean) ** 2 for w, v in zip(ways, values, strict=True)) / sum(ways)
    found = proportions(tables[0], sizes)
    assert found.mean == pytest.approx(mean)
    assert found.variance == pytest.approx(variance)
    assert found.statistic == pytest.approx(values[0])


@pytest.mark.parametrize(("exposure", "total"), [((1.0, 2.0, 5.0), 4), ((1.0, 1.0, 1.0, 3.0), 3)])
def test_moments_of_rates_are_those_of_every_way_to_share_out_the_events(
    exposure: tuple[float, ...], total: int
) -> None:
    shares = [one / sum(exposure) for one in exposure]
    mean = square = 0.0
    for falls in itertools.product(range(len(shares)), repeat=total):
        counts = [falls.count(area) for area in range(len(shares))]
        value = sum((x - total * s) ** 2 / (total * s) for x, s in zip(counts, shares, strict=True))
        chance = math.prod(shares[area] for area in falls)
        mean, square = mean + chance * value, square + chance * value**2
    found = rates([total] + [0] * (len(shares) - 1), exposure)
    assert found.mean == pytest.approx(mean)
    assert found.variance == pytest.approx(square - mean**2)


@pytest.mark.parametrize("size", [4, 15, 200])
@pytest.mark.parametrize("share", [0.5, 0.08])
def test_equal_areas_are_called_different_as_often_as_the_level_says(size: int, share: float) -> None:
    dice = np.random.default_rng(5)
    sizes = np.maximum(2, size * np.exp(dice.normal(0, 1.2, 41))).astype(int)
    p = np.array([proportions(dice.binomial(sizes, share), sizes).p for _ in range(600)])
    q = np.array([rates(dice.poisson(sizes * share), sizes).p for _ in range(600)])
    for found in (p, q):
        assert 0.02 <= (found < 0.05).mean() <= 0.085
        assert (found < 0.01).mean() <= 0.03


def test_the_variance_between_areas_is_found_again() -> None:
    dice = np.random.default_rng(6)
    sizes = dice.integers(10, 400, 60)
    spread = [proportions(dice.binomial(sizes, dice.beta(12, 28, 60)), sizes).between_variance for _ in range(400)]
    assert np.mean(spread) == pytest.approx(0.3 * 0.7 / 41, rel=0.06)
    spread = [rates(dice.poisson(sizes * dice.gamma(9, 0.05, 60)), sizes).between_variance for _ in range(400)]
    assert np.mean(spread) == pytest.approx(9 * 0.05**2, rel=0.06)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=12))
def test_p_is_a_probability_and_variance_is_not_negative(rows: list[tuple[int, int]]) -> None:
    found = proportions([x for x, _ in rows], [x + more for x, more in rows])
    if found.method:
        assert 0 <= found.p <= 1 and 0 <= found.between_variance <= 0.25 + 1e-12
    else:
        assert math.isnan(found.p)


def test_all_or_nothing_is_alike_beyond_doubt() -> None:
    assert (proportions([0, 0], [5, 9]).p, proportions([5, 9], [5, 9]).p, rates([0, 0], [5, 9]).p) == (1.0, 1.0, 1.0)


def test_too_few_areas_or_cases_are_refused() -> None:
    for found in (proportions([3], [5]), proportions([1, 0], [1, 1]), rates([3], [5]), rates([1, 2], [3, 0])):
        assert found.method == "" and math.isnan(found.p)
    assert proportions([3, 2, np.nan], [5, 5, 4]).n == 2
    assert rates([3, 2], [5, 5]).method == EXACT_MOMENTS


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="numerator must not be greater"):
        proportions([6, 1], [5, 5])
    with pytest.raises(ValueError, match="count must not be negative"):
        rates([-1, 1], [5, 5])
