"""Adoptions of cases: the latest entry about a stage counts, undone ones do not."""

from datetime import date, timedelta

import pytest

from desk import adoptions
from desk.adoptions import Adoption
from desk.records import Desk, RecordNotFound

TRIED = Adoption("992038", "992011", "J-01", "tried", date(2024, 6, 1))
ADOPTED = Adoption("992038", "992011", "J-01", "adopted", date(2025, 2, 3))


@pytest.fixture
def desk(tmp_path):
    return Desk(f"sqlite:///{tmp_path}/desk.sqlite")


def moved(adoption, day):
    return Adoption(*adoption.key, day)


def test_a_desk_without_entries_has_no_adoptions(desk):
    assert adoptions.adoptions(desk) == []
    assert adoptions.history(desk) == []


def test_every_stage_of_a_case_stands_with_its_own_day(desk):
    adoptions.enter(desk, TRIED, "山田")
    record = adoptions.enter(desk, ADOPTED, "鈴木")
    assert adoptions.adoptions(desk) == [TRIED, ADOPTED]
    assert (record.subject, record.who, adoptions.adoption_of(record)) == ("992038", "鈴木", ADOPTED)


def test_a_later_entry_about_the_same_stage_corrects_its_day(desk):
    adoptions.enter(desk, TRIED, "山田")
    adoptions.enter(desk, ADOPTED, "山田")
    adoptions.enter(desk, moved(TRIED, date(2024, 7, 1)), "鈴木")
    assert adoptions.adoptions(desk) == [ADOPTED, moved(TRIED, date(2024, 7, 1))]


def test_cases_of_two_municipalities_with_one_number_are_two(desk):
    other = Adoption("992038", "993026", "J-01", "tried", date(2024, 6, 1))
    adoptions.enter(desk, TRIED, "山田")
    adoptions.enter(desk, other, "山田")
    assert adoptions.adoptions(desk) == [TRIED, other]


def test_an_undo_brings_the_entry_before_it_back_and_may_be_undone_itself(desk):
    adoptions.enter(desk, TRIED, "山田")
    second = adoptions.enter(desk, moved(TRIED, date(2024, 7, 1)), "鈴木")
    back = adoptions.undo(desk, second.id, "山田")
    assert adoptions.adoptions(desk) == [TRIED]
    adoptions.undo(desk, back.id, "鈴木")
    assert adoptions.adoptions(desk) == [moved(TRIED, date(2024, 7, 1))]
    assert [(one.undoes, one.stands) for one in adoptions.history(desk)] == [
        (None, True), (None, True), (2, False), (3, True),
    ]  # fmt: skip


def test_an_undo_of_what_is_no_adoption_is_refused(desk):
    desk.append("alias", "ひだまり", {"category": "NPO"}, "山田")
    with pytest.raises(RecordNotFound):
        adoptions.undo(desk, 1, "山田")


@pytest.mark.parametrize(
    ("adoption", "reason"),
    [
        (Adoption("992038", "992011", "J-01", "liked", date(2024, 6, 1)), "stage"),
        (Adoption("992038", "992011", "　", "tried", date(2024, 6, 1)), "needed"),
        (Adoption("", "992011", "J-01", "tried", date(2024, 6, 1)), "needed"),
        (Adoption("992011", "992011", "J-01", "tried", date(2024, 6, 1)), "own case"),
        (moved(TRIED, date.today() + timedelta(days=1)), "to come"),
    ],
)
def test_what_is_no_adoption_is_not_entered(desk, adoption, reason):
    with pytest.raises(ValueError, match=reason):
        adoptions.enter(desk, adoption, "山田")
    assert adoptions.history(desk) == []
