"""Decisions of review meetings: the last meeting's stand in the next pack, with the figures of that day."""

from datetime import date, timedelta

import pytest

from desk import meetings
from desk.meetings import Decision, Figure
from desk.records import Desk, RecordNotFound

THEN = Figure("recommendation_rate", ("2024-04", "2024-05"), 0.412, "41.2％", "partial")
SPRING = Decision(date(2025, 4, 20), "第1回連携会議", "手順を作る。", "予算は次回", None, (THEN,))
OF_TOWN = Decision(date(2025, 7, 1), "第2回連携会議", "青苑市と窓口の場所を決める。", "", "992038")
SUMMER = Decision(date(2025, 7, 1), "第2回連携会議", "研修を合同で開く。")


@pytest.fixture
def desk(tmp_path):
    return Desk(f"sqlite:///{tmp_path}/desk.sqlite")


def test_an_entry_comes_back_as_it_was_said_with_the_figures_of_that_day(desk):
    record = meetings.enter(desk, SPRING, "山田")
    assert [meetings.decision_of(one) for one in meetings.standing(desk)] == [SPRING]
    assert (record.who, meetings.last_meeting(desk)[0].figures[0].value) == ("山田", 0.412)


def test_the_last_meeting_is_the_latest_day_whatever_was_typed_last(desk):
    for one in (OF_TOWN, SUMMER, SPRING):
        meetings.enter(desk, one, "山田")
    assert meetings.last_meeting(desk) == [OF_TOWN, SUMMER]
    assert meetings.last_meeting(desk, until=date(2025, 6, 30)) == [SPRING]
    assert meetings.last_meeting(desk, area="992038") == [OF_TOWN]
    assert meetings.last_meeting(desk, area="992011") == []


def test_what_is_taken_back_no_longer_counts_but_stays_on_record(desk):
    meetings.enter(desk, SPRING, "山田")
    second = meetings.enter(desk, SUMMER, "鈴木")
    meetings.undo(desk, second.id, "山田")
    assert meetings.last_meeting(desk) == [SPRING]
    assert [one.undoes for one in meetings.history(desk)] == [None, None, second.id]
    with pytest.raises(RecordNotFound):
        meetings.undo(desk, second.id, "山田")


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (Decision(date.today() + timedelta(days=1), "会議", "決定"), "to come"),
        (Decision(date(2025, 4, 1), "　", "決定"), "name"),
        (Decision(date(2025, 4, 1), "会議", " ", "\n"), "needed"),
        (Decision(date(2025, 4, 1), "会議", "長" * 1001), "1000"),
    ],
)
def test_what_is_no_decision_is_not_entered(desk, decision, reason):
    with pytest.raises(ValueError, match=reason):
        meetings.enter(desk, decision, "山田")
    assert meetings.history(desk) == []
