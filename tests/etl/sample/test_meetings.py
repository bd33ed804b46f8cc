"""The invented meetings: neither everybody comes nor nobody, and places differ as places do."""

from collections import defaultdict

import pytest

from etl.sample.meetings import meetings_of
from etl.sample.plan import fiscal_year, load_plan
from etl.sample.town import load_towns

SEED = 20240624
PLATFORM, COUNCIL, SUPPORT_MEETING = "官民連携プラットフォーム", "地域協議会", "支援会議"
CAME = ("出席", "代理")


@pytest.fixture(scope="module")
def meetings():
    """Every meeting by municipality, of those that send anything."""
    towns = [town for town in load_towns("99", load_plan(), SEED) if town.months]
    return {town.name: meetings_of(town, load_plan(), SEED) for town in towns}


def joined(meetings, body, side):
    """Whether that side came, meeting by meeting, by municipality."""
    found = defaultdict(list)
    for town, held in meetings.items():
        for one in held:
            if one.body == body:
                came = [seat for seat in one.attendance if seat.answer in CAME]
                found[town].append(any(seat.organisation.side in (side, "双方") for seat in came))
    return found


@pytest.mark.parametrize(("body", "side"), [(SUPPORT_MEETING, "孤独・孤立"), (PLATFORM, "困窮")])
def test_the_other_side_comes_to_half_to_four_fifths_of_the_meetings_and_places_differ(meetings, body, side):
    by_town = joined(meetings, body, side)
    every = [came for found in by_town.values() for came in found]
    assert 0.5 < sum(every) / len(every) < 0.82
    shares = sorted(sum(found) / len(found) for found in by_town.values())
    assert shares[0] < 0.3 and shares[-1] == 1.0
    assert len({round(share, 1) for share in shares}) >= 5


def test_the_bodies_of_a_place_share_some_members_but_not_all(meetings):
    overlaps = []
    for held in meetings.values():
        members = [
            {seat.organisation.name for one in held if one.body == body for seat in one.attendance}
            for body in (COUNCIL, SUPPORT_MEETING)
        ]
        if all(members):
            overlaps.append(len(members[0] & members[1]) / len(members[0] | members[1]))
    assert len(overlaps) >= 4
    assert min(overlaps) > 0.4 and max(overlaps) < 1
    assert max(overlaps) - min(overlaps) > 0.1


def test_all_four_forms_of_holding_occur(meetings):
    forms = {one.form for held in meetings.values() for one in held if one.body in (COUNCIL, SUPPORT_MEETING)}
    assert forms == {"単独", "機能追加", "同日分割", "一体開催"}


def test_all_four_activities_occur_and_most_places_have_some_of_them(meetings):
    by_town = {
        town: {one.activity for one in held if one.body == PLATFORM and fiscal_year(one.month) == 2024}
        for town, held in meetings.items()
    }
    named = [found for found in by_town.values() if found]
    assert len(set().union(*named)) == 4
    assert {len(found) for found in named} >= {1, 2, 3}


def test_some_are_asked_and_do_not_come_and_some_are_never_asked(meetings):
    seats = [
        seat
        for held in meetings.values()
        for one in held
        if one.body == PLATFORM
        for seat in one.attendance
        if seat.organisation.side == "困窮"
    ]
    asked = [seat for seat in seats if seat.invited]
    assert 0.3 < len(asked) / len(seats) < 0.8
    assert 0.5 < sum(seat.answer in CAME for seat in asked) / len(asked) < 0.9
    assert not any(seat.answer in CAME for seat in seats if not seat.invited)


def test_some_places_have_none_of_the_bodies(meetings):
    bodies = {PLATFORM, COUNCIL, SUPPORT_MEETING}
    without = [town for town, held in meetings.items() if not bodies & {one.body for one in held}]
    assert 2 <= len(without) <= len(meetings) // 3
