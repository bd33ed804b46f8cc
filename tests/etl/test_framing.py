"""The box a map is fitted to."""

import pytest

from etl.framing import area, frame, gap_km


def square(west, south, size=0.1):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


MAINLAND = [[square(0.0, 0.0, 1.0)], [square(1.0, 0.0, 1.0)]]


def test_neighbours_that_share_points_are_the_mainland():
    assert frame(MAINLAND) == (0.0, 0.0, 2.0, 1.0)


def test_an_island_within_60_km_is_in_the_box():
    assert frame([*MAINLAND, [square(0.0, 1.5)]]) == (0.0, 0.0, 2.0, 1.6)


def test_an_island_beyond_60_km_is_not():
    assert frame([*MAINLAND, [square(0.0, 1.6)]]) == (0.0, 0.0, 2.0, 1.0)


def test_an_island_beyond_60_km_is_in_when_another_lies_between():
    assert frame([*MAINLAND, [square(0.0, 1.8)], [square(0.0, 1.4)]])[3] == pytest.approx(1.9)


def test_a_chain_of_islands_ends_at_100_km():
    chain = [[square(0.0, 1.3)], [square(0.0, 1.6)], [square(0.0, 1.85)], [square(0.0, 2.0)]]
    assert frame([*MAINLAND, *chain])[3] == pytest.approx(1.95)


def test_a_small_far_rock_does_not_stretch_the_box():
    assert frame([[square(0.0, 0.0, 1.0), square(9.0, 9.0, 0.1)], MAINLAND[1]]) == (0.0, 0.0, 2.0, 1.0)


def test_a_municipality_of_many_small_islands_is_framed_by_its_largest():
    islets = [square(2.1 + n / 100, 0.5, 0.002) for n in range(40)] + [square(2.1, 0.1, 0.003)]
    assert frame([*MAINLAND, islets]) == pytest.approx((0.0, 0.0, 2.103, 1.0))


def test_the_gap_between_boxes_is_in_kilometres():
    assert gap_km((0, 0, 1, 1), (0.5, 2, 1, 3)) == pytest.approx(111.2)
    assert gap_km((0, 60, 1, 60), (2, 60, 3, 60)) == pytest.approx(55.6)
    assert gap_km((0, 0, 1, 1), (0.5, 0.5, 2, 2)) == 0


def test_the_area_of_a_ring_does_not_depend_on_its_direction():
    assert area(square(5.0, 5.0, 2.0)) == pytest.approx(4.0)
    assert area(square(5.0, 5.0, 2.0)[::-1]) == pytest.approx(4.0)
