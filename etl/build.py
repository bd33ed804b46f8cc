"""The internal database: a new version is made beside the current one, and the core and the cube are rebuilt in it.

This is the only module of etl that knows DuckDB, and the only one that calls the cube builder.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from etl.check import Checked
from etl.coverage import Covered
from etl.declare import Return
from etl.organisations import category_of
from etl.receipts import Receipt
from etl.reference import load_reference
from metrics.cube import build_cube

SCHEMA_FILE = Path(__file__).parent / "schema.sql"
CORE_DIR = Path(__file__).parent / "core"
MEMORY_LIMIT = "3GB"


Connection = duckdb.DuckDBPyConnection


class PrefectureMismatch(ValueError):
    """A database serves one prefecture; it was asked to take another's returns."""


def schema_mark(returns: Mapping[str, Return]) -> str:
    """Changes whenever raw tables would look different, so that an old database is built again from the inbox."""
    text = SCHEMA_FILE.read_text(encoding="utf-8") + "".join(item.table_sql for item in returns.values())
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def open_work(work: Path, current: Path | None, returns: Mapping[str, Return]) -> Connection:
    """A writable copy of the current version, or an empty database with all tables."""
    if current:
        shutil.copyfile(current, work)
    con = duckdb.connect(str(work), config={"memory_limit": MEMORY_LIMIT})
    con.execute("set preserve_insertion_order = false")
    if not current:
        con.execute(SCHEMA_FILE.read_text(encoding="utf-8"))
        for declared in returns.values():
            con.execute(declared.table_sql)
        set_setting(con, "schema", schema_mark(returns))
    return con


def setting(con: Connection, name: str) -> str | None:
    row = con.execute("select value from raw.setting where name = ?", [name]).fetchall()
    return row[0][0] if row else None


def set_setting(con: Connection, name: str, value: str) -> None:
    con.execute("insert or replace into raw.setting values (?, ?)", [name, value])


def read_facts(database: Path) -> tuple[str | None, str | None, list[str]]:
    """(prefecture, schema mark, load ids) of a version, read-only."""
    with duckdb.connect(str(database), read_only=True) as con:
        loads = [row[0] for row in con.execute("select load_id from raw.load").fetchall()]
        return setting(con, "prefecture"), setting(con, "schema"), loads


def read_coverage(database: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str, str, str]]]:
    """Areas (code, name) of the prefecture and coverage rows (return, area, period, state), read-only."""
    with duckdb.connect(str(database), read_only=True) as con:
        areas = con.execute("select area_code, name from core.area order by area_code").fetchall()
        coverage = con.execute("select return_id, area_code, period, state from core.coverage").fetchall()
    return areas, coverage


def remove_covered(con: Connection, declared: Return, coverage: Sequence[Covered]) -> int:
    """Takes out the rows of the months a corrected file reports; returns how many."""
    con.register("covered", _coverage_table(coverage))
    month = f"strftime(r.{declared.month_of}, '%Y-%m')"
    removed = con.execute(
        f"delete from raw.{declared.id} as r using covered as c where r.area_code = c.area_code and {month} = c.period"
    ).fetchall()
    con.execute(
        "delete from raw.coverage as r using covered as c "
        "where r.return_id = ? and r.area_code = c.area_code and r.period = c.period",
        [declared.id],
    )
    con.unregister("covered")
    return int(removed[0][0]) if removed else 0


def already_loaded(con: Connection, declared: Return, table: pa.Table) -> np.ndarray:
    """Mask of the rows whose identity the database already holds for that municipality."""
    names = ("area_code", *declared.identity)
    held = con.execute(f"select count(*) from (select 1 from raw.{declared.id} limit 1)").fetchall()
    if not held[0][0]:
        return np.zeros(table.num_rows, bool)
    con.register("incoming", table.select(["row_number", *names]))
    same = " and ".join(f"r.{name} = i.{name}" for name in names)
    rows = con.execute(
        f"select i.row_number from incoming as i where exists (select 1 from raw.{declared.id} as r where {same})"
    ).fetchnumpy()["row_number"]
    con.unregister("incoming")
    return np.isin(table["row_number"].to_numpy(), rows)


def append(con: Connection, checked: Checked, receipt: Receipt) -> None:
    """Adds the rows of one accepted file, with what it covers."""
    declared, table = checked.declared, checked.table
    assert declared is not None and table is not None
    con.register("incoming", table)
    columns = ", ".join(name for name, _ in declared.columns if name != "load_id")
    con.execute(
        f"insert into raw.{declared.id} (load_id, {columns}) select ?, {columns} from incoming", [receipt.load_id]
    )
    con.unregister("incoming")
    con.execute(
        "insert into raw.load values (?, ?, ?, ?, ?, ?, ?)",
        [
            receipt.load_id,
            receipt.sha256,
            receipt.file,
            declared.id,
            date.fromisoformat(receipt.received),
            receipt.loaded_at,
            table.num_rows,
        ],
    )
    con.register("covered", _coverage_table(checked.coverage))
    con.execute(
        "insert into raw.coverage select ?, ?, area_code, period, row_count, quarantined_count from covered",
        [receipt.load_id, declared.id],
    )
    con.unregister("covered")


def rebuild(con: Connection, returns: Mapping[str, Return]) -> None:
    """Makes ref, core and cube anew from the raw tables."""
    load_reference(con)
    _sort_organisations(con, returns)
    for path in sorted(CORE_DIR.glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))
    build_cube(con)


def finish(con: Connection) -> None:
    """Writes everything into the one file and closes it."""
    con.execute("checkpoint")
    con.close()


def _sort_organisations(con: Connection, returns: Mapping[str, Return]) -> None:
    sources = [
        f"select {field.name} as name from raw.{declared.id}"
        for declared in returns.values()
        for field in declared.fields
        if field.type == "organisation"
    ]
    union = " union all ".join(sources)
    names = [row[0] for row in con.execute(f"select distinct name from ({union}) where name is not null").fetchall()]
    table = pa.table({"name": pa.array(names, pa.string()), "category": pa.array(map(category_of, names), pa.string())})
    con.register("sorted_names", table)
    con.execute("delete from raw.organisation")
    con.execute("insert into raw.organisation select name, category from sorted_names")
    con.unregister("sorted_names")


def _coverage_table(coverage: Sequence[Covered]) -> pa.Table:
    return pa.table(
        {
            "area_code": pa.array([c.area_code for c in coverage], pa.string()),
            "period": pa.array([c.period for c in coverage], pa.string()),
            "row_count": pa.array([c.row_count for c in coverage], pa.int64()),
            "quarantined_count": pa.array([c.quarantined_count for c in coverage], pa.int64()),
        }
    )
