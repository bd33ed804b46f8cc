"""Shades: classes of about equal size, colours that tell states apart."""

from __future__ import annotations

import math

import pytest

from ui import shades, theme

NAN = math.nan


def classes(values: list[float]) -> list[int]:
    bounds = shades.class_bounds(values)
    return [shades.class_of(value, bounds) for value in values]


def test_areas_are_spread_over_the_classes_in_about_equal_numbers() -> None:
    assert classes([float(value) for value in range(1, 11)]) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_a_greater_value_never_has_a_lighter_colour() -> None:
    values = [0.0, 0.0, 0.1, 0.5, 0.5, 0.5, 0.7, 0.71, 0.9, 1.0, 1.0]
    found = classes(values)
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_equal_values_have_equal_colours() -> None:
    found = dict(zip([3.0, 1.0, 3.0, 2.0, 1.0], classes([3.0, 1.0, 3.0, 2.0, 1.0]), strict=True))
    assert len(found) == 3


@pytest.mark.parametrize("values", [[], [NAN, NAN], [0.5], [0.5, 0.5, 0.5], [0.0], [0.1, 0.9], [0.1, 0.1, 0.9]])
def test_few_or_equal_values_still_get_a_colour_of_the_scale(values: list[float]) -> None:
    bounds = shades.class_bounds(values)
    for value in values:
        shown = shades.colour_of(value, "value" if value == value else "not_sent", bounds)
        assert shown == theme.NO_DATA if math.isnan(value) else shown in theme.SCALE


def test_zero_not_sent_and_not_applicable_have_three_colours() -> None:
    bounds = shades.class_bounds([0.0, 0.2, 0.4, 0.6, 0.8])
    shown = {
        shades.colour_of(0.0, "value", bounds),
        shades.colour_of(NAN, "not_sent", bounds),
        shades.colour_of(NAN, "not_applicable", bounds),
    }
    assert len(shown) == 3
