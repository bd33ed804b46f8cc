"""What survives: a deleted build, a load beside others, a process killed at any moment."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from etl import build
from etl import receipts as records
from etl.load import Incoming, Order, load_files, rebuild
from etl.store import StoreBusy, place_of, writing

ROOT = Path(__file__).parents[2]
ROWS = "select area_code, referral_id, strftime(caught_date, '%Y-%m-%d') from raw.referral order by all"
COVERAGE = "select return_id, area_code, period, state, row_count from core.coverage order by all"
CUBE = "select * from cube.count order by all"


def outcomes(receipts):
    return [(receipt.outcome, receipt.rows_accepted, receipt.rows_quarantined) for receipt in receipts]


def test_deleting_the_build_loses_nothing(load, csv_of, referral, meeting, query, place):
    load({"a.csv": csv_of(referral("A-1"), referral("A-2", 把握日="?"))})
    load({"m.csv": csv_of(meeting())}, municipality="072010")
    load({"b.csv": csv_of(referral("A-3", 把握日="R6.7.2", つなぎ日="", 初回相談日=""))}, received=date(2024, 7, 3))
    load({"c.csv": csv_of(referral("A-1", 結果="終結"))}, replace=True)
    load({"d.csv": b"%PDF"})
    held = [query(sql) for sql in (ROWS, COVERAGE, CUBE, "select * exclude (kana) from core.area order by all")]
    for path in place.pointer.parent.glob("*.duckdb"):
        path.unlink()
    assert place.current() is None
    assert rebuild(place) == place.current()
    assert [query(sql) for sql in (ROWS, COVERAGE, CUBE, "select * exclude (kana) from core.area order by all")] == held
    assert outcomes(load({"e.csv": csv_of(referral("A-9"))})) == [("accepted", 1, 0)]


def test_a_load_after_the_build_was_deleted_brings_the_old_rows_back(load, csv_of, referral, query, place):
    load({"a.csv": csv_of(referral("A-1"))})
    for path in place.pointer.parent.glob("*.duckdb"):
        path.unlink()
    load({"b.csv": csv_of(referral("A-2"))})
    assert query("select referral_id from raw.referral order by all") == [("A-1",), ("A-2",)]


def test_a_database_of_an_older_schema_is_built_again(load, csv_of, referral, query, place, monkeypatch):
    load({"a.csv": csv_of(referral("A-1"))})
    monkeypatch.setattr(build, "schema_mark", lambda _: "newer")
    first = place.current()
    assert rebuild(place) != first
    assert query("select value from raw.setting where name = 'schema'") == [("newer",)]
    assert query("select count(*) from raw.referral") == [(1,)]


def test_building_again_gives_the_same_cube_in_a_new_version(load, csv_of, referral, query, place):
    load({"a.csv": csv_of(referral("A-1"))})
    before, cube = place.current(), query(CUBE)
    assert rebuild(place) not in (None, before)
    assert query(CUBE) == cube
    assert query("select count(*) from raw.load") == [(1,)]


def test_building_from_nothing_makes_nothing(place):
    assert rebuild(place) is None
    assert place.current() is None


def test_a_file_gone_from_the_inbox_is_named(load, csv_of, referral, place):
    load({"福島市.csv": csv_of(referral("A-1"))})
    for path in [*place.pointer.parent.glob("*.duckdb"), *(place.inbox / "files").iterdir()]:
        path.unlink()
    with pytest.raises(records.KeptFileMissing, match=r"福島市\.csv"):
        rebuild(place)
    assert {path.name for path in place.pointer.parent.iterdir()} == {"internal_inbox", ".internal.duckdb.lock"}


# ---- other readers, other loads, sudden ends


def test_a_page_that_holds_the_database_open_does_not_stop_a_load(load, csv_of, referral, place):
    from metrics.store import Store

    load({"a.csv": csv_of(referral("A-1"))})
    with Store(place.current()) as held:
        assert outcomes(load({"b.csv": csv_of(referral("A-2"))})) == [("accepted", 1, 0)]
        assert rebuild(place) is not None
        assert len(held.coverage()) == 1


def test_a_busy_store_says_who_holds_it(place):
    with (
        writing(place),
        pytest.raises(StoreBusy, match=rf"処理{os.getpid()}が読み込みを行っています"),
        writing(place, 0.05),
    ):
        pass


def run(arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.slow
def test_two_loads_at_once_both_end_well(csv_of, referral, place, query, tmp_path):
    for name in "ab":
        rows = [referral(f"{name}-{n}") for n in range(200)] + [referral(f"both-{n}") for n in range(10)]
        (tmp_path / f"{name}.csv").write_bytes(csv_of(*rows))
    loads = [
        run(["load", tmp_path / f"{name}.csv", "--db", place.pointer, "--received", "2025-04-10"]) for name in "ab"
    ]
    assert sorted(load.wait(60) for load in loads) == [0, 1]  # the second finds the common numbers already in
    assert query("select count(*), count(distinct referral_id) from raw.referral") == [(410, 410)]
    assert len([receipt for receipt in records.receipts(place.inbox) if receipt.taken]) == 2
    for process in loads:
        process.communicate()


@pytest.mark.slow
def test_a_load_killed_at_any_moment_leaves_all_or_nothing(load, csv_of, referral, place, query, tmp_path):
    load({"first.csv": csv_of(referral("A-0"))})
    seed = 20240624
    draw = random.Random(seed)
    total = 1
    for attempt in range(6):
        rows = 3_000 + attempt
        path = tmp_path / f"{attempt}.csv"
        path.write_bytes(csv_of(*[referral(f"K{attempt}-{n}") for n in range(rows)]))
        process = run(["load", path, "--db", place.pointer, "--received", "2025-04-10"])
        # From before the first byte is written to after the last: the work copy shows when the load has begun.
        while attempt % 4 and process.poll() is None and not list(place.pointer.parent.glob(".internal-*.duckdb")):
            time.sleep(0.002)
        time.sleep(draw.uniform(0, 0.7))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        [(found,)] = query("select count(*) from raw.referral")
        assert found in (total, total + rows)
        assert query("select count(*) from core.referral") == [(found,)]
        [receipt] = load({"again.csv": path.read_bytes()})
        assert receipt.unchanged == (found == total + rows)
        total += rows
        assert query("select count(*), count(distinct referral_id) from raw.referral") == [(total, total)]
        assert not list(place.pointer.parent.glob(".internal-*")), "a killed load's work file is cleared by the next"
        kept = {f"{r.sha256}{r.ending}" for r in records.receipts(place.inbox) if r.taken}
        assert {entry.name for entry in (place.inbox / "files").iterdir()} == kept
        assert not list((place.inbox / "receipts").glob("*.pending"))


def test_a_database_by_another_name_has_its_own_inbox(csv_of, referral, tmp_path):
    one, other = place_of(tmp_path / "one.duckdb"), place_of(tmp_path / "one-2.duckdb")
    order = Order(received=date(2025, 4, 10))
    load_files([Incoming("a.csv", csv_of(referral("A-1")))], one, order)
    for n in range(5):
        load_files([Incoming("b.csv", csv_of(referral(f"B-{n}")))], other, order)
        rebuild(one)
    assert len(other.versions) == 3
    assert len(one.versions) == 3
    assert one.current() is not None
    assert other.current() is not None
