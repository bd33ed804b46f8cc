"""Records of the desk: only ever added, by several processes at once, found again by the next one."""

import multiprocessing
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from desk import engine
from desk.records import Desk, DeskUnavailable, RecordNotFound, desk_url
from etl.store import DEFAULT_DATABASE, SAMPLE_DATABASE, place_of


@pytest.fixture
def file(tmp_path):
    return tmp_path / "new" / "desk.sqlite"


@pytest.fixture
def desk(file):
    return Desk(f"sqlite:///{file}")


def values(desk, kind="note"):
    return [(record.subject, record.value, record.stands) for record in desk.records(kind)]


def test_a_desk_lies_beside_the_inbox_it_belongs_to(monkeypatch, tmp_path):
    monkeypatch.delenv("RENKEI_DESK_URL", raising=False)
    assert desk_url(place_of(DEFAULT_DATABASE)) == "sqlite:///data/desk.sqlite"
    assert desk_url(place_of(Path("elsewhere/kenmin.duckdb"))) == "sqlite:///elsewhere/kenmin_desk.sqlite"
    assert desk_url(place_of(tmp_path / "a.duckdb")) == f"sqlite:///{tmp_path}/a_desk.sqlite"


def test_a_shared_desk_is_named_by_the_environment_but_never_holds_invented_names(monkeypatch):
    monkeypatch.setenv("RENKEI_DESK_URL", "postgresql+psycopg://desk.example/renkei")
    assert desk_url(place_of(DEFAULT_DATABASE)) == "postgresql+psycopg://desk.example/renkei"
    assert desk_url(place_of(SAMPLE_DATABASE)) == "sqlite:///data/build/sample_desk.sqlite"


def test_reading_a_desk_makes_no_file(desk, file):
    assert desk.records("note") == []
    assert not file.parent.exists()


def test_an_entry_is_found_again_with_who_and_when(desk, file):
    entered = desk.append("note", "福島市", {"text": "確認済み", "count": 3}, "山田")
    [found] = Desk(f"sqlite:///{file}").records("note")
    assert found == entered
    assert (found.id, found.subject, found.value, found.who) == (1, "福島市", {"text": "確認済み", "count": 3}, "山田")
    assert len(found.at) == len("2025-04-10T09:30:00")


def test_kinds_are_kept_apart_and_each_is_in_the_order_of_entry(desk):
    for kind, subject in [("note", "a"), ("view", "b"), ("note", "c")]:
        desk.append(kind, subject, 1, "山田")
    assert [record.subject for record in desk.records("note")] == ["a", "c"]


def test_an_undo_is_a_further_record_and_can_be_undone(desk):
    first = desk.append("note", "a", 1, "山田")
    undo = desk.undo("note", first.id, "鈴木")
    assert values(desk) == [("a", 1, False), ("a", None, True)]
    desk.undo("note", undo.id, "山田")
    assert values(desk) == [("a", 1, True), ("a", None, False), ("a", None, True)]
    desk.undo("note", first.id, "鈴木")
    assert values(desk)[0] == ("a", 1, False)


@pytest.mark.parametrize("number", [2, 99])
def test_only_a_standing_record_of_its_kind_can_be_undone(desk, number):
    desk.append("note", "a", 1, "山田")
    desk.append("view", "b", 1, "山田")
    with pytest.raises(RecordNotFound):
        desk.undo("note", number, "山田")
    desk.undo("note", 1, "山田")
    with pytest.raises(RecordNotFound):
        desk.undo("note", 1, "山田")


@pytest.mark.parametrize("statement", ["update record set value = '2'", "delete from record"])
def test_the_database_itself_refuses_to_change_or_drop_a_record(desk, file, statement):
    desk.append("note", "a", 1, "山田")
    with sqlite3.connect(file) as con, pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        con.execute(statement)
    assert values(desk) == [("a", 1, True)]


def test_text_is_bound_and_not_run(desk):
    nasty = "'); drop table record; --"
    desk.append("note", nasty, nasty, nasty)
    assert values(desk) == [(nasty, nasty, True)]


def enter(url, name, count):
    for number in range(count):
        Desk(url).append("note", name, number, name)


def test_processes_that_enter_at_once_lose_nothing(desk):
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=enter, args=(desk.url, name, 40)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    found = desk.records("note")
    assert [record.id for record in found] == list(range(1, 121))
    for name in "abc":
        assert [record.value for record in found if record.subject == name] == list(range(40))


def test_a_reader_does_not_stop_an_entry(desk, file):
    desk.append("note", "a", 1, "山田")
    with sqlite3.connect(file) as con:
        con.execute("begin")
        assert con.execute("select count(*) from record").fetchone() == (1,)
        desk.append("note", "b", 2, "鈴木")
        assert con.execute("select count(*) from record").fetchone() == (1,)
    assert len(desk.records("note")) == 2


def test_a_desk_of_another_version_is_left_alone(desk, file):
    desk.append("note", "a", 1, "山田")
    with sqlite3.connect(file) as con:
        con.execute("update desk_version set version = 99")
    for call in (lambda: desk.append("note", "b", 1, "山田"), lambda: desk.records("note")):
        with pytest.raises(DeskUnavailable, match="別の版"):
            call()


def test_a_desk_that_cannot_be_opened_says_so_without_a_password(file):
    file.parent.mkdir()
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(DeskUnavailable, match=r"desk\.sqlite"):
        Desk(f"sqlite:///{file}").records("note")
    with pytest.raises(DeskUnavailable) as told:
        Desk("postgresql+nodriver://me:secret@desk.example/renkei").records("note")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("made", [(), (engine.RECORD,), (engine.RECORD, engine.VERSION)])
def test_a_desk_that_was_only_begun_is_finished_by_the_next_entry(desk, file, made):
    """What a process killed between the first steps leaves."""
    file.parent.mkdir()
    file.touch()
    with sa.create_engine(desk.url).begin() as con:
        for table in made:
            table.create(con)
    assert desk.records("note") == []
    desk.append("note", "a", 1, "山田")
    assert values(desk) == [("a", 1, True)]


def test_the_count_tells_every_entry_and_every_undo(tmp_path: Path) -> None:
    desk = Desk(f"sqlite:///{(tmp_path / 'desk.sqlite').as_posix()}")
    assert desk.count() == 0
    first = desk.append("alias", "甲", {"category": "福祉"}, "佐竹")
    desk.append("adoption", "992011", {}, "佐竹")
    desk.undo("alias", first.id, "佐竹")
    assert desk.count() == 3
