"""Loads, undos and rebuilds killed at moments spread over their run: what must hold of the place afterwards.

Used by tests/etl/test_kill.py (a few moments) and tests/bench/bench_kill.py (many).
"""

from __future__ import annotations

import csv
import io
import multiprocessing
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from etl import receipts as records
from etl.load import Incoming, Order, load_files, rebuild, undo
from etl.store import Place, place_of

RECEIVED = date(2025, 4, 10)
KINDS = ("load", "undo", "rebuild", "replay")
# A fork server that has the loader imported: a child begins its work at once, as most of a run would be imports.
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.killing"])


def returns(name: str, rows: int, day: str = "R6.6.24") -> Incoming:
    """A file of 福島市 with numbers of its own."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["紹介番号", "市区町村", "把握日", "紹介元部署", "紹介先機関", "結果"])
    writer.writerows([f"{name}-{n}", "福島市", day, "生活福祉課", "自立相談支援機関", "支援中"] for n in range(rows))
    return Incoming(f"{name}.csv", text.getvalue().encode())


def prepare(folder: Path, rows: int) -> Place:
    """A place with three loads; the second replaced rows of the first."""
    place = place_of(folder / "internal.duckdb")
    load_files([returns("june", rows)], place, Order(received=RECEIVED))
    load_files([returns("corrected", rows + 1)], place, Order(received=RECEIVED, replace=True))
    load_files([returns("july", rows, "R6.7.1")], place, Order(received=RECEIVED))
    return place


def operate(kind: str, pointer: Path, rows: int) -> None:
    """What is killed."""
    place = place_of(pointer)
    if kind == "load":
        files = [returns("july-corrected", rows + 3, "R6.7.1"), returns("august", rows, "R6.8.1")]
        load_files(files, place, Order(received=RECEIVED, replace=True))
    elif kind == "undo":
        undo(place, [receipt.load_id for receipt in records.receipts(place.inbox)][1], "山田", "誤り")
    else:
        rebuild(place)


@dataclass(frozen=True)
class State:
    """What a reader finds; None in all but `rows` when there is no database."""

    rows: tuple[Any, ...]
    core: tuple[Any, ...] | None = None
    cube: tuple[Any, ...] | None = None


def state(place: Place) -> State:
    current = place.current()
    if current is None:
        return State(())
    with duckdb.connect(str(current), read_only=True) as con:

        def ask(sql: str) -> tuple[Any, ...]:
            return tuple(con.execute(sql).fetchall())

        return State(
            ask("select split_part(referral_id, '-', 1) as file, count(*) from raw.referral group by all order by all"),
            ask("select period, state, row_count from core.coverage order by all")
            + ask("select count(*) from core.referral"),
            ask("select * from cube.count order by all"),
        )


def trials(kind: str, folder: Path, moments: int, rows: int = 2_000, seed: int = 20240624) -> Iterator[str]:
    """Kills a run at `moments` random moments spread over its length; says what each left: 'before' or 'after'.

    Raises AssertionError naming the moment at which something else was left.
    """
    template = prepare(folder / "template", rows)
    if kind == "replay":
        for path in [*template.versions, template.pointer]:
            path.unlink()
    before = state(template)
    whole = _copy(folder, "whole")
    warm = SERVER.Process(target=returns, args=("warm", 1))  # the server's own start is no part of a run
    warm.start()
    warm.join()
    started = time.perf_counter()
    child = SERVER.Process(target=operate, args=(kind, whole.pointer, rows))
    child.start()
    child.join()
    length = time.perf_counter() - started
    after = state(whole)
    assert child.exitcode == 0 and (after != before or kind == "rebuild")
    draw = random.Random(seed)
    parts = [(number + draw.random()) / moments for number in range(moments)]
    draw.shuffle(parts)
    for number, part in enumerate(parts):
        moment = part * length
        place = _copy(folder, str(number))
        child = SERVER.Process(target=operate, args=(kind, place.pointer, rows))
        child.start()
        time.sleep(moment)
        child.kill()
        child.join()
        # Runs are not equally long on a busy machine: the length is measured anew by what the moment turned out to be.
        if child.exitcode == 0 and part < 0.8:
            length = moment / 0.8
        elif child.exitcode != 0 and part > 0.9:
            length *= 1.3
        try:
            yield _left(kind, place, before, after, rows)
        except AssertionError as error:
            when = f"{kind} killed after {moment:.3f} of {length:.3f} s (seed {seed})"
            raise AssertionError(f"{when}: {error}") from error
        shutil.rmtree(place.pointer.parent)


def _copy(folder: Path, name: str) -> Place:
    shutil.copytree(folder / "template", folder / name, symlinks=True)
    return place_of(folder / name / "internal.duckdb")


def _left(kind: str, place: Place, before: State, after: State, rows: int) -> str:
    found = state(place)
    assert found in (before, after), f"neither before nor after: {found.rows} {found.core}"
    [receipt] = load_files([returns("next", rows + 7, "R6.9.1")], place, Order(received=RECEIVED))
    assert receipt.rows_accepted == rows + 7, receipt
    held = dict(state(place).rows)
    assert held.pop("next") == rows + 7
    with duckdb.connect(str(place.current()), read_only=True) as con:
        loads = {load_id for (load_id,) in con.execute("select load_id from raw.load").fetchall()}
    kept = list(records.receipts(place.inbox))
    assert loads == {one.load_id for one in kept if one.taken}, "receipts and database differ"
    files = {path.name for path in (place.inbox / "files").iterdir()}
    assert files == {f"{one.sha256}{one.ending}" for one in kept if one.kept}, "receipts and kept files differ"
    left = [path.name for path in place.inbox.rglob("*") if path.name.endswith((".pending", ".part"))]
    assert left == [] and not list(place.pointer.parent.glob(".internal-*")), f"left behind: {left}"
    # A replay has no state but the inbox's: the next load finishes it.
    settled = after if kind == "replay" or (kind != "rebuild" and found == after) else before
    assert held == dict(settled.rows), "a run that was killed came back or went away later"
    withdrawn = [one for one in kept if one.withdrawn]
    assert len(withdrawn) == (kind == "undo" and settled is after), "withdrawals and database differ"
    return "after" if found == after != before else "before"
