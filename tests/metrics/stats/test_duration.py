from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from metrics.stats.duration import curve, kaplan_meier_median

Z95 = 1.959963984540054
people = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=60)


def naive_curve(observed: list[tuple[int, bool]]) -> list[tuple[int, float, float, float]]:
    """(day, share without event, low, high) person by person, by the textbook."""
    corners, share, variance = [], 1.0, 0.0
    for day in sorted({day for day, happened in observed if happened}):
        at_risk = sum(1 for other, _ in observed if other >= day)
        events = sum(1 for other, happened in observed if other == day and happened)
        share *= 1 - events / at_risk
        if events == at_risk:
            corners.append((day, 0.0, math.nan, math.nan))
            break
        variance += events / (at_risk * (at_risk - events))
        width = Z95 * math.sqrt(variance) / abs(math.log(share))
        corners.append((day, share, share ** math.exp(width), share ** math.exp(-width)))
    return corners


def naive_median(observed: list[tuple[int, bool]]) -> tuple[float, float, float]:
    corners = naive_curve(observed)

    def first(part: int, otherwise: float) -> float:
        return next((float(corner[0]) for corner in corners if corner[part] <= 0.5 + 1e-9), otherwise)

    return first(1, math.nan), first(2, math.nan), first(3, math.inf)


def grouped(observed: list[tuple[int, bool]]) -> tuple[list[int], list[int], list[int]]:
    days = sorted({day for day, _ in observed})
    events = [observed.count((day, True)) for day in days]
    return days, events, [observed.count((day, False)) for day in days]


@settings(deadline=None)
@given(people)
def test_curve_equals_the_textbook_person_by_person(observed: list[tuple[int, bool]]) -> None:
    found, expected = curve(*grouped(observed)), naive_curve(observed)
    assert list(found.days) == [corner[0] for corner in expected]
    for part, values in ((1, found.survival), (2, found.low), (3, found.high)):
        assert values == pytest.approx([corner[part] for corner in expected], abs=1e-9, nan_ok=True)


@settings(deadline=None)
@given(people)
def test_median_and_limits_equal_the_textbook(observed: list[tuple[int, bool]]) -> None:
    found = kaplan_meier_median(*grouped(observed))
    expected = naive_median(observed)
    assert (found.value[0], found.low[0], found.high[0]) == pytest.approx(expected, nan_ok=True)


@settings(deadline=None)
@given(people)
def test_curve_equals_statsmodels_on_one_row_per_person(observed: list[tuple[int, bool]]) -> None:
    if not any(happened for _, happened in observed):
        return
    fit = SurvfuncRight(np.array([day for day, _ in observed]), np.array([int(e) for _, e in observed]))
    found = curve(*grouped(observed))
    assert list(found.at_risk) == list(fit.n_risk)
    assert list(found.events) == list(fit.n_events)
    assert found.survival == pytest.approx(fit.surv_prob, abs=1e-9)


@settings(deadline=None)
@given(people, st.integers(2, 50))
def test_grouping_and_order_do_not_change_the_curve(observed: list[tuple[int, bool]], cut: int) -> None:
    whole = curve(*grouped(observed))
    parts = [grouped(part) for part in (observed[cut:], observed[:cut])]
    split = curve(*([*first, *second] for first, second in zip(*parts, strict=True)))
    assert split.survival == pytest.approx(whole.survival)
    assert split.low == pytest.approx(whole.low, nan_ok=True)


def test_median_without_censoring_is_the_first_day_half_have_had_the_event() -> None:
    assert kaplan_meier_median([1, 2, 3, 4], [1, 1, 1, 1], [0, 0, 0, 0]).value[0] == 2
    assert kaplan_meier_median([1, 2, 3], [1, 1, 1], [0, 0, 0]).value[0] == 2


def test_a_median_not_reached_is_missing_with_an_open_upper_limit() -> None:
    found = kaplan_meier_median([5, 10, 60], [20, 20, 0], [0, 0, 50])
    assert math.isnan(found.value[0])
    assert math.isinf(found.high[0])
    assert found.method[0] == "Kaplan–Meier (log-log)"


def test_the_lower_limit_is_known_before_the_median_is() -> None:
    found = kaplan_meier_median([5, 10, 60], [2, 2, 0], [0, 0, 5])
    assert (math.isnan(found.value[0]), found.low[0], found.high[0]) == (True, 5.0, math.inf)


def test_observed_without_any_event_has_no_median_but_a_method() -> None:
    found = kaplan_meier_median([30], [0], [8])
    assert math.isnan(found.value[0])
    assert found.method[0] == "Kaplan–Meier (log-log)"


def test_nobody_observed_has_neither_value_nor_method() -> None:
    for found in (
        kaplan_meier_median([], [], []),
        kaplan_meier_median([4], [0], [0]),
        kaplan_meier_median([np.nan, 4], [1, np.nan], [0, 2]),
    ):
        assert math.isnan(found.value[0])
        assert math.isnan(found.high[0])
        assert found.method[0] == ""


def test_elements_with_a_missing_input_are_left_out() -> None:
    with_gap = kaplan_meier_median([1, 2, np.nan, 3], [1, 1, 5, 1], [0, 0, 0, 0])
    assert with_gap.value[0] == kaplan_meier_median([1, 2, 3], [1, 1, 1], [0, 0, 0]).value[0]


@pytest.mark.parametrize("name", ["days", "events", "censored"])
def test_impossible_counts_are_refused_with_the_rule(name: str) -> None:
    inputs = {"days": [3], "events": [1], "censored": [1]} | {name: [-1]}
    with pytest.raises(ValueError, match=f"{name} must not be negative"):
        kaplan_meier_median(**inputs)
