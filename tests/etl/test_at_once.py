"""Loads beside readers, previews and each other."""

import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from etl import receipts as records
from etl.load import Incoming, Order, load_files, preview_files, undo
from metrics.store import Store

ROOT = Path(__file__).parents[2]
ORDER = Order(received=date(2025, 4, 10))
NUMBERS = "select count(*), count(distinct referral_id) from raw.referral"


def command(*arguments):
    line = [sys.executable, "-m", "etl", *map(str, arguments)]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_pages_that_read_all_the_time_hinder_no_load_and_see_only_whole_versions(load, csv_of, referral, place):
    load({"0.csv": csv_of(referral("N0-0"))})
    seen, failures, done = set(), [], threading.Event()

    def read():
        while not done.is_set():
            try:
                with Store(place.current()) as store:
                    rows = store.coverage()
                    seen.add(int(rows["row_count"].sum()))
                    store.counts("handover_rate")
                preview_files([Incoming("p.csv", csv_of(referral("P-1")))], place, ORDER)
            except Exception as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, 4):
            rows = [referral(f"N{number}-{n}") for n in range(100)]
            assert [one.outcome for one in load({f"{number}.csv": csv_of(*rows)})] == ["accepted"]
        undo(place, list(records.receipts(place.inbox))[1].load_id, "山田", "誤り")
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert seen <= {1, 101, 201, 301}


@pytest.mark.slow
def test_a_load_and_an_undo_of_another_process_wait_for_each_other(load, csv_of, referral, place, query, tmp_path):
    load({"a.csv": csv_of(referral("A-1"))})
    [second] = load({"b.csv": csv_of(*[referral(f"B-{n}") for n in range(50)])})
    (tmp_path / "c.csv").write_bytes(csv_of(*[referral(f"C-{n}") for n in range(50)]))
    others = [
        command("load", tmp_path / "c.csv", "--db", place.pointer, "--received", "2025-04-10"),
        command("undo", second.load_id, "--reason", "誤り", "--db", place.pointer),
    ]
    load_files([Incoming("d.csv", csv_of(referral("D-1")))], place, ORDER)
    assert [(other.wait(60), other.communicate()[1]) for other in others] == [(0, ""), (0, "")]
    assert query(NUMBERS) == [(52, 52)]
    assert [one.taken for one in records.receipts(place.inbox)].count(True) == 3
