"""A database of any size: the invented returns of one prefecture, their referrals and attendances multiplied by SQL.

What the multiplied rows say is what the returns said, so every code is a right one; only their numbers and the days of referrals are
their own. Days move back within their month, so that coverage stays true and nothing lies after the day of receipt.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from etl import build
from etl.declare import all_returns
from etl.load import Incoming, Order, load_files
from etl.sample import write_sample
from etl.store import Place, new_version_path, place_of, publish

PREFECTURE = "28"
RECEIVED = date(2025, 4, 10)
ATTENDANCES_PER_REFERRAL = 1 / 20
IDENTITY = {"referral": "referral_id", "meeting": "meeting_id"}


def small_database(folder: Path) -> Place:
    """What the municipalities of the prefecture sent over three years, loaded as files that came in."""
    files = write_sample(folder / "sent", prefecture=PREFECTURE)
    place = place_of(folder / "build" / "internal.duckdb")
    incoming = [Incoming(path.name, path.read_bytes()) for path in files]
    load_files(incoming, place, Order(prefecture=PREFECTURE, received=RECEIVED))
    return place


def multiply(small: Place, work: Path, referrals: int) -> None:
    """A copy of a database with as many raw rows as asked; its core and cube are still the small ones."""
    con = build.open_work(work, small.current(), all_returns())
    for table, rows in (("referral", referrals), ("meeting", int(referrals * ATTENDANCES_PER_REFERRAL))):
        _multiply(con, table, rows)
    build.finish(con)


def large_database(small: Place, folder: Path, referrals: int) -> Path:
    """Pointer of a complete database of that many referrals below `folder`."""
    place = place_of(folder / "build" / "internal.duckdb")
    place.pointer.parent.mkdir(parents=True)
    work = new_version_path(place)
    multiply(small, work, referrals)
    con = duckdb.connect(str(work), config={"memory_limit": build.MEMORY_LIMIT})
    con.begin()
    build.rebuild(con, all_returns())
    build.finish(con)
    publish(place, work)
    return place.pointer


def _multiply(con: build.Connection, table: str, rows: int) -> None:
    names = [name for name, _ in all_returns()[table].columns]
    changed = {"row_number": "row_number * 100000 + copy", IDENTITY[table]: f"{IDENTITY[table]} || '-' || copy"}
    if table == "referral":
        back = "cast(hash(row_number, load_id, copy) % day(caught_date) as int)"
        changed |= {name: f"{name} - {back}" for name in names if name.endswith("_date")}
    there = con.execute(f"select count(*) from raw.{table}").fetchall()[0][0]
    con.execute(f"create temp table sent as select * from raw.{table}")
    con.execute(f"delete from raw.{table}")
    con.execute(
        f"insert into raw.{table} ({', '.join(names)}) "
        f"select {', '.join(changed.get(name, name) for name in names)} "
        f"from sent, range({-(-rows // there)}) as numbers(copy) limit {rows}"
    )
    con.execute("drop table sent")
