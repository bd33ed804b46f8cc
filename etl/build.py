"""The internal database: a new version is made beside the current one, and the core and the cube are rebuilt in it.

This is the only module of etl that knows DuckDB and the desk, and the only one that calls the cube builder.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from desk.where import DeskUnavailable, desk_url, may_have_records
from etl import invented
from etl.corrections import correct
from etl.declare import Return
from etl.gazetteer import reference_mark
from etl.organisations import sorter
from etl.store import Place
from etl.unsorted import Unsorted, find_unsorted
from metrics.cube import build_cube

if TYPE_CHECKING:
    from desk.adoptions import Adoption

__all__ = ["Connection", "DeskUnavailable", "Entered", "Facts", "PrefectureMismatch"]

SCHEMA_FILE = Path(__file__).parent / "schema.sql"
CORE_DIR = Path(__file__).parent / "core"
MEMORY_LIMIT = "3GB"

Connection = duckdb.DuckDBPyConnection


class PrefectureMismatch(ValueError):  # noqa: N818
    """A database serves one prefecture; it was asked to take another's returns. Carries the code it serves."""


@dataclass(frozen=True)
class Facts:
    """What a version says about itself. `mark` tells which schema its raw tables were made by."""

    prefecture: str | None
    mark: str | None
    load_ids: tuple[str, ...]


@dataclass(frozen=True)
class Entered:
    """What people entered at the desk of a place: the category of names sorted by hand, and adoptions of cases."""

    names: Mapping[str, str] = field(default_factory=dict)
    adoptions: Sequence[Adoption] = ()


def schema_mark(returns: Mapping[str, Return]) -> str:
    """Changes whenever raw tables would look different, so that an old database is built again from the inbox."""
    text = SCHEMA_FILE.read_text(encoding="utf-8") + "".join(item.table_sql for item in returns.values())
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def open_work(work: Path, current: Path | None, returns: Mapping[str, Return]) -> Connection:
    """A writable copy of the current version, or an empty database with all tables.

    Everything until `finish` is one transaction: a log of single steps would only be written to be thrown away.
    """
    if current:
        shutil.copyfile(current, work)
    con = duckdb.connect(str(work), config={"memory_limit": MEMORY_LIMIT})
    con.execute("set preserve_insertion_order = false")
    con.begin()
    if not current:
        con.execute(SCHEMA_FILE.read_text(encoding="utf-8"))
        for declared in returns.values():
            con.execute(declared.table_sql)
        set_setting(con, "schema", schema_mark(returns))
    return con


def open_in_memory(current: Path | None, returns: Mapping[str, Return]) -> Connection:
    """An empty database in memory that never spills to a disk, with the current version beside it for `bring`."""
    con = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": ""})
    if current:
        _attach(con, current)
    con.execute(SCHEMA_FILE.read_text(encoding="utf-8"))
    for declared in returns.values():
        con.execute(declared.table_sql)
    return con


def bring(con: Connection, declared: Return, area_codes: Iterable[str]) -> None:
    """Copies what the current version holds of some municipalities, each once, into a database in memory."""
    con.execute(f"create table if not exists raw.brought_{declared.id} (area_code text)")
    wanted = [list(area_codes)]
    fresh = f"select unnest(?) except select area_code from raw.brought_{declared.id}"
    columns = ", ".join(name for name, _ in declared.columns)
    con.execute(
        f"insert into raw.{declared.id} ({columns}) select {columns} from version.raw.{declared.id} "
        f"where area_code in ({fresh})",
        wanted,
    )
    con.execute(f"insert into raw.brought_{declared.id} {fresh}", wanted)


def finish(con: Connection) -> None:
    """Writes everything into the one file and closes it."""
    con.commit()
    con.execute("checkpoint")
    con.close()


def setting(con: Connection, name: str) -> str | None:
    row = con.execute("select value from raw.setting where name = ?", [name]).fetchone()
    return row[0] if row else None


def set_setting(con: Connection, name: str, value: str) -> None:
    con.execute("insert or replace into raw.setting values (?, ?)", [name, value])


@contextmanager
def _reading(database: Path) -> Iterator[Connection]:
    """A connection with the version attached as `version`.

    Not opened directly: within one process DuckDB refuses to open a file twice on different terms, and the pages
    keep it open on theirs.
    """
    with duckdb.connect() as con:
        _attach(con, database)
        yield con


def _attach(con: Connection, database: Path) -> None:
    path = str(database).replace("'", "''")
    con.execute(f"attach '{path}' as version (read_only)")


def read_facts(database: Path) -> Facts:
    with _reading(database) as con:
        settings = dict(con.execute("select name, value from version.raw.setting").fetchall())
        loads = con.execute("select load_id from version.raw.load").fetchall()
    return Facts(settings.get("prefecture"), settings.get("schema"), tuple(load_id for (load_id,) in loads))


def read_coverage(database: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str, str, str]]]:
    """Areas (code, name) of the prefecture and coverage rows (return, area, period, state)."""
    with _reading(database) as con:
        areas = con.execute("select area_code, name from version.core.area order by area_code").fetchall()
        coverage = con.execute("select return_id, area_code, period, state from version.core.coverage").fetchall()
    return areas, coverage


def entered_at(place: Place) -> Entered:
    """What stands at the desk of a place. Raises DeskUnavailable."""
    if not may_have_records(place):
        return Entered()
    from desk import adoptions, aliases, records  # bring a database's tools, which most loads can do without

    desk = records.Desk(desk_url(place))
    return Entered(aliases.mappings(desk), adoptions.adoptions(desk))


def read_unsorted(database: Path, returns: Mapping[str, Return]) -> list[Unsorted]:
    """Names without a category, with where they stand."""
    with _reading(database) as con:
        return find_unsorted(con, returns)


def rebuild(con: Connection, returns: Mapping[str, Return], entered: Entered | None = None) -> None:
    """Makes core and cube anew from the raw tables, with what corrections and the desk say.

    ref is made again when its files have changed.

    Raises CorrectionMismatch.
    """
    mark = reference_mark()
    if setting(con, "reference") != mark:
        from etl.reference import load_reference  # brings pandas, which most loads can do without

        load_reference(con)
        set_setting(con, "reference", mark)
    correct(con, returns)
    entered = entered or Entered()
    _sort_organisations(con, returns, entered.names)
    _take_adoptions(con, entered.adoptions)
    for path in sorted(CORE_DIR.glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))
    # The fictional prefecture is known by its code; its returns loaded for a real one, by what they say of themselves.
    build_cube(con, {"sample": "1"} if setting(con, invented.SETTING) == "1" else None)


def _sort_organisations(con: Connection, returns: Mapping[str, Return], by_hand: Mapping[str, str]) -> None:
    sources = [
        f"select distinct {field.name} as name from corrected.{declared.id}"
        for declared in returns.values()
        for field in declared.fields
        if field.type == "organisation"
    ]
    found = con.execute(f"select name from ({' union '.join(sources)}) where name is not null order by name").fetchall()
    names = [name for (name,) in found]
    sort = sorter(by_hand)
    table = pa.table({"name": pa.array(names, pa.string()), "category": pa.array(map(sort, names), pa.string())})
    con.execute("delete from raw.organisation")
    con.register("sorted_names", table)
    con.execute("insert into raw.organisation select name, category from sorted_names")
    con.unregister("sorted_names")


def _take_adoptions(con: Connection, adoptions: Sequence[Adoption]) -> None:
    con.execute("delete from raw.adoption")
    for one in adoptions:
        con.execute(
            "insert into raw.adoption (area_code, example_id, example_area_code, stage, adopted_date) "
            "values (?, ?, ?, ?, ?)",
            [one.area_code, one.example_id, one.example_area_code, one.stage, one.on],
        )
