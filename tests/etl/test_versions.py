"""The pointer and the versions beside it (etl.store): readers see the old version or the new one, nothing between."""

import os
import threading
from datetime import datetime
from pathlib import Path

import pytest

from etl.store import (
    DEFAULT_DATABASE,
    SAMPLE_DATABASE,
    VERSIONS_KEPT,
    StoreBusy,
    clear_work_files,
    current_version,
    discard,
    new_version_path,
    place_of,
    publish,
    writing,
)


def published(place, content):
    place.pointer.parent.mkdir(parents=True, exist_ok=True)
    work = new_version_path(place)
    work.write_bytes(content)
    return publish(place, work)


def test_the_default_database_is_built_from_data_inbox():
    assert place_of(DEFAULT_DATABASE).inbox == Path("data/inbox")
    assert place_of(SAMPLE_DATABASE).inbox == Path("data/build/sample_inbox")
    assert place_of(Path("x/y.duckdb")).inbox == Path("x/y_inbox")
    assert place_of(Path("y/build/y.duckdb")).inbox == Path("y/y_inbox")


def test_a_published_version_is_current_and_the_work_file_gone(place):
    version = published(place, b"one")
    assert place.current() == version
    assert place.pointer.read_bytes() == b"one"
    assert {path.name for path in place.pointer.parent.iterdir()} == {place.pointer.name, version.name}


def test_an_open_reader_keeps_the_old_version(place):
    published(place, b"one")
    with place.pointer.open("rb") as reader:
        published(place, b"two")
        assert reader.read() == b"one"
    assert place.pointer.read_bytes() == b"two"


def test_only_the_latest_versions_are_kept(place):
    versions = [published(place, bytes([n])) for n in range(6)]
    assert place.versions == versions[-VERSIONS_KEPT:]


def test_another_database_in_the_same_folder_is_left_alone(place):
    folder = place.pointer.parent
    others = [folder / name for name in ("internal-2.duckdb", "internal-backup.duckdb", ".internal-2.duckdb.lock")]
    folder.mkdir(parents=True)
    for path in others:
        path.write_bytes(b"mine")
    for n in range(5):
        published(place, bytes([n]))
    clear_work_files(place)
    assert all(path.read_bytes() == b"mine" for path in others)


def test_a_system_without_links_gets_a_text_pointer(place, monkeypatch):
    def no_links(*_):
        raise OSError("not permitted")

    monkeypatch.setattr(os, "symlink", no_links)
    version = published(place, b"one" * 5_000)
    assert not place.pointer.is_symlink()
    assert place.pointer.read_text(encoding="utf-8") == version.name
    assert place.current() == version
    assert published(place, b"two") == place.current()


def test_a_pointer_to_a_version_gone_is_none(place):
    published(place, b"one").unlink()
    assert place.current() is None
    assert current_version(place.pointer.with_name("nothing.duckdb")) is None


def test_a_database_put_there_by_hand_is_its_own_version(place):
    place.pointer.parent.mkdir(parents=True)
    place.pointer.write_bytes(bytes(5_000))
    assert place.current() == place.pointer


def test_what_a_killed_load_left_is_cleared(place):
    version = published(place, b"one")
    work = new_version_path(place)
    folder = place.pointer.parent
    work.write_bytes(b"half")
    work.with_name(f"{work.name}.wal").write_bytes(b"log")
    (work.with_name(f"{work.name}.tmp")).mkdir()
    (work.with_name(f"{work.name}.tmp") / "spill").write_bytes(b"rows")
    (folder / f".{place.pointer.name}.{'0' * 32}").write_bytes(b"pointer")
    with writing(place):
        pass
    assert {path.name for path in folder.iterdir()} == {place.pointer.name, version.name, place.lock_file.name}


def test_discarding_what_is_not_there_is_no_mistake(place):
    discard(place.pointer.with_name(".internal-x.duckdb"))


def test_a_new_version_sorts_after_the_old_ones(place):
    names = [new_version_path(place).name for _ in range(20)]
    assert names == sorted(names, key=lambda name: name.split("-")[1])
    assert str(datetime.now().year) in names[0]


def test_the_second_writer_waits_for_the_first(place):
    order = []

    def second():
        with writing(place):
            order.append("second")

    with writing(place):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_second_writer_in_a_hurry_learns_who_is_at_work(place):
    with writing(place):
        with pytest.raises(StoreBusy) as busy, writing(place, seconds=0.05):
            pass
        assert f"処理{os.getpid()}" in str(busy.value)
        place.lock_file.with_suffix(".holder").write_text("{", encoding="utf-8")
        with pytest.raises(StoreBusy, match="別の処理が読み込みを行っています"), writing(place, seconds=0.05):
            pass


def test_a_waiting_writer_does_not_take_the_name_off_the_door(place):
    with writing(place):
        with pytest.raises(StoreBusy), writing(place, seconds=0.05):
            pass
        assert place.lock_file.with_suffix(".holder").exists()
    assert not place.lock_file.with_suffix(".holder").exists()
