"""Names sorted by hand: the latest entry counts, undone ones do not."""

import pytest

from desk import aliases
from desk.records import Desk, RecordNotFound


@pytest.fixture
def desk(tmp_path):
    return Desk(f"sqlite:///{tmp_path}/desk.sqlite")


def test_a_desk_without_entries_has_no_mappings(desk):
    assert aliases.mappings(desk) == {}
    assert aliases.history(desk) == []


def test_the_latest_entry_about_a_name_counts(desk):
    aliases.map_name(desk, "ひだまり", "NPO", "山田")
    aliases.map_name(desk, "なごみ", "福祉", "山田")
    aliases.map_name(desk, "ひだまり", "医療", "鈴木")
    assert list(aliases.mappings(desk).items()) == [("なごみ", "福祉"), ("ひだまり", "医療")]


def test_an_undo_brings_the_entry_before_it_back(desk):
    aliases.map_name(desk, "ひだまり", "NPO", "山田")
    second = aliases.map_name(desk, "ひだまり", "医療", "鈴木")
    aliases.undo(desk, second.id, "山田")
    assert aliases.mappings(desk) == {"ひだまり": "NPO"}
    aliases.undo(desk, 1, "山田")
    assert aliases.mappings(desk) == {}
    assert [(one.who, one.undoes, one.stands) for one in aliases.history(desk)] == [
        ("山田", None, False), ("鈴木", None, False), ("山田", 2, True), ("山田", 1, True),
    ]  # fmt: skip


def test_an_undo_of_what_is_no_mapping_is_refused(desk):
    desk.append("view", "ひだまり", 1, "山田")
    with pytest.raises(RecordNotFound):
        aliases.undo(desk, 1, "山田")


@pytest.mark.parametrize(("name", "category"), [("", "NPO"), ("　", "NPO"), ("ひだまり", " ")])
def test_a_mapping_needs_a_name_and_a_category(desk, name, category):
    with pytest.raises(ValueError, match="needed"):
        aliases.map_name(desk, name, category, "山田")
