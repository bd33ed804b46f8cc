"""The invented monthly counts and yearly answers: sums that must hold, and agreement with the meetings invented."""

import pytest

from etl.sample.consultations import consultations_of
from etl.sample.meetings import meetings_of
from etl.sample.plan import fiscal_year, load_plan
from etl.sample.practices import practices_of
from etl.sample.town import load_towns

SEED = 20240624


@pytest.fixture(scope="module")
def towns():
    return load_towns("99", load_plan(), SEED)


@pytest.fixture(scope="module")
def consultations(towns):
    return {town.name: consultations_of(town, load_plan(), SEED) for town in towns}


def test_a_part_is_never_more_than_the_whole(consultations):
    for found in consultations.values():
        for one in found:
            assert all(isinstance(part, str) or part <= one.new for part in (one.both_needs, one.outreach))


def test_there_is_one_record_for_each_month_sent_and_side(towns, consultations):
    for town in towns:
        told = [(one.month, one.side) for one in consultations[town.name]]
        later = [month for month in town.months if month >= "2023-04"]
        expected = {(month, "困窮") for month in town.months} | {(month, "孤独・孤立") for month in later}
        assert len(told) == len(set(told)) and set(told) == expected


def test_only_small_places_hide_small_counts(towns, consultations):
    hiding = {name for name, found in consultations.items() if any(one.both_needs == "x" for one in found)}
    population = {town.name: town.population for town in towns}
    assert "風花村" in hiding
    assert all(population[name] < 6000 for name in hiding)


def test_the_connection_side_makes_no_plans(consultations):
    for found in consultations.values():
        assert all((one.plans == "-") == (one.side == "孤独・孤立") for one in found)


def test_yearly_answers_agree_with_the_meetings_held(towns):
    for town in towns:
        meetings = meetings_of(town, load_plan(), SEED)
        practices = practices_of(town, load_plan(), meetings, SEED)
        assert [one.fiscal_year for one in practices] == sorted({fiscal_year(month) for month in town.months})
        for one in practices:
            held = [m.held for m in meetings if m.body == "支援会議" and fiscal_year(m.month) <= one.fiscal_year]
            assert one.support_meeting.is_there == bool(held)
            assert one.support_meeting.since == (min(held).replace(day=1) if held else None)
            assert one.platform.is_there or one.platform.other_side is None
