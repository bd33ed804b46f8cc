from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import theilslopes

from metrics.stats.tendency import mann_kendall

SERIES = st.lists(st.integers(0, 12).map(float), min_size=5, max_size=25)


def score(values: list[float]) -> int:
    return sum((b > a) - (b < a) for i, a in enumerate(values) for b in values[i + 1 :])


@pytest.mark.parametrize("values", [[3, 1, 4, 9, 5, 2], [2, 7, 1, 8, 3]])
def test_without_ties_p_counts_all_orders(values: list[float]) -> None:
    found = mann_kendall(values)
    orders = [score(list(order)) for order in permutations(values)]
    assert found.p == pytest.approx(np.mean([abs(s) >= abs(found.s) for s in orders]))
    assert found.variance == pytest.approx(np.var(orders))
    assert found.method == "Mann–Kendall (exact) with Sen's slope"


@pytest.mark.parametrize("values", [[3, 1, 3, 9, 5, 3], [2, 7, 7, 7, 2, 2, 4]])
def test_with_ties_the_variance_is_that_of_all_orders(values: list[float]) -> None:
    found = mann_kendall(values)
    assert found.variance == pytest.approx(np.var([score(list(order)) for order in permutations(values)]))
    assert found.z == pytest.approx((found.s - np.sign(found.s)) / math.sqrt(found.variance))
    assert found.p == pytest.approx(math.erfc(abs(found.z) / math.sqrt(2)))
    assert found.method == "Mann–Kendall with Sen's slope"


@settings(deadline=None)
@given(SERIES)
def test_score_and_slope_step_by_step(values: list[float]) -> None:
    found = mann_kendall(values)
    slopes = sorted((values[j] - values[i]) / (j - i) for i in range(len(values)) for j in range(i + 1, len(values)))
    assert found.s == score(values)
    assert found.slope == pytest.approx(np.median(slopes))
    assert found.low <= found.slope + 1e-12
    assert found.high >= found.slope - 1e-12
    # Gilbert's steps: C = z sqrt(VAR(S)), M1 = (N' - C) / 2, M2 = (N' + C) / 2, read between ranks M1 and M2 + 1.
    c = 1.959963984540054 * math.sqrt(found.variance)
    for rank, limit in (((len(slopes) - c) / 2, found.low), ((len(slopes) + c) / 2 + 1, found.high)):
        inside = min(max(rank, 1), len(slopes))
        below = math.floor(inside)
        above = min(below + 1, len(slopes))
        share = inside - below
        assert limit == pytest.approx(slopes[below - 1] + share * (slopes[above - 1] - slopes[below - 1]), abs=1e-9)


@settings(deadline=None)
@given(SERIES)
def test_scipy_has_the_same_slope_and_limits_at_most_one_rank_away(values: list[float]) -> None:
    found = mann_kendall(values)
    other = theilslopes(values, range(len(values)), alpha=0.95)
    slopes = np.sort([(values[j] - values[i]) / (j - i) for i in range(len(values)) for j in range(i + 1, len(values))])
    assert found.slope == pytest.approx(other[0])
    if found.variance > 0:
        # It rounds the rank where Gilbert interpolates.
        at = (np.searchsorted(slopes, other[2] - 1e-12), np.searchsorted(slopes, other[3] + 1e-12, side="right") - 1)
        assert slopes[max(at[0] - 1, 0)] - 1e-9 <= found.low
        assert found.high <= slopes[min(at[1] + 1, len(slopes) - 1)] + 1e-9


@settings(deadline=None)
@given(SERIES)
def test_a_series_turned_round_has_the_opposite_trend(values: list[float]) -> None:
    found, turned = mann_kendall(values), mann_kendall(values[::-1])
    assert (turned.s, turned.p) == (-found.s, pytest.approx(found.p))
    assert (turned.low, turned.high) == (pytest.approx(-found.high), pytest.approx(-found.low))


@pytest.mark.parametrize("points", [0, 1, 4])
def test_under_five_points_nothing_is_said(points: int) -> None:
    found = mann_kendall([*range(points), np.nan, np.nan])
    assert found.n == points
    assert found.method == ""
    assert all(math.isnan(getattr(found, part)) for part in ("slope", "low", "high", "s", "variance", "z", "p"))


def test_a_missing_year_keeps_its_place() -> None:
    found = mann_kendall([0, 2, np.nan, 6, 8, 10])
    assert (found.slope, found.n, found.s) == (2, 5, 10)


def test_uneven_times_are_used() -> None:
    assert mann_kendall([0, 2, 4, 20, 40], [2000, 2001, 2002, 2010, 2020]).slope == 2


def test_a_flat_series_has_no_trend() -> None:
    found = mann_kendall([4.0] * 7)
    assert (found.slope, found.low, found.high, found.s, found.z, found.p) == (0, 0, 0, 0, 0, 1)


def test_noise_is_called_a_trend_about_as_often_as_stated() -> None:
    dice = np.random.default_rng(11)
    assert np.mean([mann_kendall(dice.normal(size=20)).p < 0.05 for _ in range(1500)]) == pytest.approx(0.05, abs=0.015)


def test_impossible_times_are_refused() -> None:
    for times in ([1, 2, 2, 3, 4], [1, 2, 3], [1, 2, 3, 4, np.nan]):
        with pytest.raises(ValueError, match="times must rise"):
            mann_kendall([1, 2, 3, 4, 5], times)
    with pytest.raises(ValueError, match="confidence"):
        mann_kendall([1, 2, 3, 4, 5], confidence=95)
