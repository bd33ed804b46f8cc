from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats.inequality import decile_ratio, theil

AREAS = st.lists(
    st.tuples(
        st.floats(0, 1000).map(lambda value: round(value, 6)), st.floats(0.5, 500), st.sampled_from(["市", "町", "村"])
    ),
    min_size=2,
    max_size=40,
)


def naive_theil(values: list[float], weights: list[float]) -> float:
    mean = sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)
    terms = [w / sum(weights) * v / mean * math.log(v / mean) for v, w in zip(values, weights, strict=True) if v > 0]
    return sum(terms)


@settings(deadline=None)
@given(AREAS.filter(lambda areas: sum(a[0] for a in areas) > 1e-3))
def test_within_and_between_add_up_to_the_total(areas: list[tuple[float, float, str]]) -> None:
    values, weights, groups = (list(column) for column in zip(*areas, strict=True))
    found = theil(values, weights, groups)
    assert found.total == found.within + found.between
    assert found.total == pytest.approx(naive_theil(values, weights), abs=1e-9)
    assert found.within >= -1e-12
    assert found.between >= -1e-12


@settings(deadline=None)
@given(AREAS.filter(lambda areas: sum(a[0] for a in areas) > 1e-3))
def test_between_is_the_index_when_each_area_has_the_mean_of_its_group(areas: list[tuple[float, float, str]]) -> None:
    values, weights, groups = (np.array(column) for column in zip(*areas, strict=True))
    means = [np.average(values[groups == g], weights=weights[groups == g]) for g in groups]
    found = theil(values, weights, groups)
    assert found.between == pytest.approx(naive_theil(means, list(weights)), abs=1e-9)


def test_two_groups_by_hand() -> None:
    # Means 2 and 6, mean 4: between = (1/2)(2/4) ln(2/4) + (1/2)(6/4) ln(6/4). Only the second group differs inside.
    found = theil([2, 2, 3, 9], [1, 1, 1, 1], ["a", "a", "b", "b"])
    assert found.between == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))
    assert found.within == pytest.approx(0.75 * (0.25 * math.log(0.5) + 0.75 * math.log(1.5)))
    assert (found.n, found.method) == (4, "Theil T (weighted)")


def test_weights_count_like_repeated_areas() -> None:
    assert theil([1, 5], [3, 1], ["a", "b"]).total == pytest.approx(
        theil([1, 1, 1, 5], [1] * 4, ["a"] * 3 + ["b"]).total
    )


def test_an_area_without_value_weight_or_group_is_left_out() -> None:
    found = theil([1, np.nan, 5, 7, 9], [1, 1, 1, 0, 1], ["a", "a", "b", "a", None])
    assert found.n == 2
    assert found.total == pytest.approx(theil([1, 5], [1, 1], ["a", "b"]).total)


def test_a_group_of_zeros_only_is_equal_inside() -> None:
    found = theil([0, 0, 4, 4], [1] * 4, ["a", "a", "b", "b"])
    assert (found.within, found.total) == (0, pytest.approx(math.log(2)))


def test_theil_refuses_when_everything_is_zero_or_missing() -> None:
    for values in ([0, 0], [np.nan, np.nan], []):
        found = theil(values, [1] * len(values), ["a", "b"][: len(values)])
        assert math.isnan(found.total)
        assert found.method == ""


def test_deciles_are_interpolated_and_take_every_area_once() -> None:
    found = decile_ratio([*range(1, 12), np.nan])
    assert (found.p10, found.p90, found.value, found.n) == (2, 10, 5, 11)
    # Between the first two of six: 10 + 0.5 (20 - 10); between the last two: 50 + 0.5 (60 - 50).
    assert decile_ratio([60, 10, 20, 30, 40, 50]).value == pytest.approx(55 / 15)


def test_the_ratio_is_refused_for_few_areas_and_a_first_decile_of_zero() -> None:
    for values in ([1, 2, 3, 4], [0, 0, 0, 1, 2, 3]):
        found = decile_ratio(values)
        assert math.isnan(found.value)
        assert found.method == ""
    assert decile_ratio([0, 0, 0, 1, 2, 3]).p10 == 0


def test_negative_values_are_refused() -> None:
    with pytest.raises(ValueError, match="value must not be negative"):
        decile_ratio([-1, 2, 3, 4, 5])
    with pytest.raises(ValueError, match="weight must not be negative"):
        theil([1], [-1], ["a"])
