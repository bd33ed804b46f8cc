from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.stats.control import BEYOND, DRIFT, NEAR, SHIFT, Chart, p_chart, xmr

# Up and down by one round 10: moving range 2 throughout, so limits at 10 -+ 5.32 and warnings at 10 -+ 3.55.
QUIET = [11.0, 9.0] * 10


def naive_signals(values: list[float], centre: list[float], sigma3: list[float]) -> list[str]:
    """The four rules read off point by point, windows that hold a missing point are none."""
    length = len(values)
    found = [""] * length

    def window(start: int, size: int) -> list[int]:
        inside = list(range(start, start + size))
        return (
            inside if start >= 0 and start + size <= length and all(not math.isnan(values[k]) for k in inside) else []
        )

    def side(k: int, share: float = 0.0) -> int:
        away = values[k] - centre[k]
        return int(away > share * sigma3[k] + 1e-7) - int(away < -share * sigma3[k] - 1e-7)

    for start in range(length):
        for two in (window(start, 3), window(start, 2)):
            for way in (1, -1):
                out = [k for k in two if side(k, 2 / 3) == way]
                if len(out) >= 2:
                    for k in out:
                        found[k] = NEAR
    for start in range(length):
        six = window(start, 6)
        steps = [values[b] - values[a] for a, b in pairwise(six)]
        if steps and (min(steps) > 1e-7 or max(steps) < -1e-7):
            for k in six:
                found[k] = DRIFT
    for start in range(length):
        eight = window(start, 8)
        if eight and len({side(k) for k in eight}) == 1 and side(eight[0]) != 0:
            for k in eight:
                found[k] = SHIFT
    for k in range(length):
        if not math.isnan(values[k]) and side(k, 1.0) != 0:
            found[k] = BEYOND
    return found


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(st.integers(0, 9).map(float), st.just(math.nan)), min_size=12, max_size=40))
def test_signals_are_those_read_off_point_by_point(values: list[float]) -> None:
    found = xmr(values)
    if not found.method[0]:
        assert set(found.signal) == {""}
        return
    reach = list(found.upper - found.centre)
    assert list(found.signal) == naive_signals(values, list(found.centre), reach)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), min_size=12, max_size=40))
def test_a_p_chart_has_limits_of_three_standard_errors_inside_0_and_1(pairs: list[tuple[int, int]]) -> None:
    part, whole = [min(p) for p in pairs], [max(p) for p in pairs]
    found = p_chart(part, whole)
    if sum(n > 0 for n in whole) < 12:
        assert np.isnan(found.centre).all()
        return
    mean = sum(part) / sum(whole)
    for k, n in enumerate(whole):
        assert found.centre[k] == pytest.approx(mean)
        if n == 0:
            assert math.isnan(found.lower[k])
            assert found.signal[k] == ""
        else:
            reach = 3 * math.sqrt(mean * (1 - mean) / n)
            assert found.upper[k] == pytest.approx(min(1, mean + reach))
            assert found.lower[k] == pytest.approx(max(0, mean - reach))


def at(found: Chart, rule: str) -> list[int]:
    return list(np.flatnonzero(found.signal == rule))


def test_limits_of_a_quiet_series() -> None:
    found = xmr(QUIET)
    assert (found.centre[0], found.lower[0], found.upper[0]) == pytest.approx((10, 4.68, 15.32))
    assert found.range_upper[0] == pytest.approx(2 * 3.267)
    assert set(found.signal) == {""}
    assert set(found.method) == {"XmR"}


def test_one_point_beyond_three_standard_errors() -> None:
    assert at(xmr([*QUIET, 30.0, *QUIET]), BEYOND) == [20]


def test_eight_in_a_row_on_one_side() -> None:
    higher = [13.0, 12.5] * 4
    assert at(xmr([*QUIET, *higher]), SHIFT) == list(range(20, 28))
    assert at(xmr([*QUIET, *higher[:7], 9.0]), SHIFT) == []


def test_six_in_a_row_rising() -> None:
    assert at(xmr([*QUIET, 9.0, 9.5, 10.5, 11.0, 12.0, 9.0]), DRIFT) == []
    assert at(xmr([*QUIET, 8.0, 9.0, 9.5, 10.5, 11.0, 12.0, 9.0]), DRIFT) == list(range(20, 26))


def test_two_of_three_beyond_two_standard_errors() -> None:
    found = xmr([*QUIET, 14.5, 10.0, 14.5, *QUIET])
    assert at(found, NEAR) == [20, 22]
    assert at(xmr([*QUIET, 14.5, 10.0, 5.5, *QUIET]), NEAR) == []


def test_a_gap_ends_a_run_and_has_no_moving_range() -> None:
    found = xmr([*QUIET, 13.0, 12.5, 13.0, 12.5, np.nan, 13.0, 12.5, 13.0, 12.5])
    assert at(found, SHIFT) == []
    assert list(np.flatnonzero(np.isnan(found.moving_range))) == [0, 24, 25]
    assert found.signal[24] == ""


def test_a_point_on_the_centre_line_ends_a_run() -> None:
    quiet = [45, 55] * 8
    on_the_line = p_chart([*quiet, 52, 52, 52, 52, 50, 52, 52, 52, 52, 42, 55, 42, 45], [100] * 29)
    assert on_the_line.centre[0] == 0.5
    assert SHIFT not in on_the_line.signal
    above = p_chart([*quiet, 52, 52, 52, 52, 52, 52, 52, 52, 52, 42, 55, 40, 45], [100] * 29)
    assert above.centre[0] == 0.5
    assert at(above, SHIFT) == list(range(15, 25))


def test_after_a_declared_break_the_centre_line_is_a_new_one() -> None:
    values = [*QUIET, *[value + 20 for value in QUIET]]
    found = xmr(values, breaks=[20])
    assert (found.centre[0], found.centre[-1]) == pytest.approx((10, 30))
    assert set(found.signal) == {""}
    assert math.isnan(found.moving_range[20])
    assert BEYOND in xmr(values).signal or SHIFT in xmr(values).signal


def test_a_run_does_not_reach_over_a_break() -> None:
    values = [*QUIET[:16], 13.0, 13.5, 13.0, 13.5, 33.0, 33.5, 33.0, 33.5, *[value + 20 for value in QUIET[:16]]]
    assert SHIFT not in xmr(values, breaks=[20]).signal


@pytest.mark.parametrize("points", [0, 1, 2, 11])
def test_with_fewer_than_twelve_points_nothing_is_said(points: int) -> None:
    for found in (xmr(QUIET[:points]), p_chart([1] * points, [9] * points)):
        assert np.isnan(found.centre).all()
        assert np.isnan(found.upper).all()
        assert set(found.signal) <= {""}
        assert set(found.method) <= {""}


def test_a_short_stretch_after_a_break_says_nothing_while_the_long_one_does() -> None:
    found = xmr([*QUIET, 90.0, 10.0], breaks=[20])
    assert list(np.isnan(found.centre)) == [False] * 20 + [True] * 2
    assert set(found.signal) == {""}


def test_no_limit_lies_below_the_least_value_there_can_be() -> None:
    assert xmr([0.0, 5.0] * 10).lower[0] < 0
    assert xmr([0.0, 5.0] * 10, least=0.0).lower[0] == 0


def test_a_series_that_never_moves_has_no_signal() -> None:
    for found in (xmr([0.1 + 0.2] * 20), p_chart([3] * 20, [10] * 20), p_chart([10] * 20, [10] * 20)):
        assert set(found.signal) == {""}
        assert found.method[0]


def test_impossible_input_is_refused() -> None:
    with pytest.raises(ValueError, match="position of a point"):
        xmr(QUIET, breaks=[20])
    with pytest.raises(ValueError, match="numerator must not be greater"):
        p_chart([2], [1])
