"""Rows in and out of the raw tables: is a number already in, take out what is corrected, add what was accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa

from etl.check import Checked, refuse_without_rows
from etl.connection import Connection
from etl.coverage import Covered
from etl.declare import Return
from etl.findings import MAX_PROBLEMS
from etl.problems import Problem
from etl.receipts import Receipt

# Rows of one piece handed to the database: it stores pieces of this size, and works on as many at once as it has cores.
_ROW_GROUP = 122_880


def without_known(con: Connection, checked: Checked, *, replacing: bool) -> Checked:
    """Sets aside the rows whose number the database already holds for that municipality.

    With `replacing`, what the file's months hold is about to go and does not count.
    """
    if checked.refused or checked.declared is None or checked.table is None or checked.places is None:
        return checked
    known = _already_loaded(con, checked.declared, checked.table, checked.coverage if replacing else ())
    if not known.any():
        return checked
    repeated = checked.table.filter(pa.array(known))
    numbers = repeated["row_number"].to_pylist()
    problems = [
        Problem(
            checked.name,
            "duplicate_in_database",
            sheet=checked.places.sheet(row["row_number"] - 1),
            row=row["row_number"],
            line=checked.places.line(row["row_number"] - 1),
            column=checked.declared.field(checked.declared.identity[0]).heading,
            value="・".join(str(row[name]) for name in checked.declared.identity),
        )
        for row in repeated.slice(0, MAX_PROBLEMS).to_pylist()
    ]
    if len(numbers) > MAX_PROBLEMS:
        problems.append(Problem(checked.name, "problems_cut", detail=f"{MAX_PROBLEMS:,}"))
    return refuse_without_rows(
        replace(
            checked,
            problems=(*checked.problems, *problems),
            quarantined=tuple(sorted({*checked.quarantined, *numbers})),
            table=checked.table.filter(pa.array(~known)),
        )
    )


def _already_loaded(con: Connection, declared: Return, table: pa.Table, clearing: Sequence[Covered]) -> np.ndarray:
    names = ("area_code", *declared.identity)
    if not con.execute(f"select 1 from raw.{declared.id} limit 1").fetchall():
        return np.zeros(table.num_rows, bool)
    con.register("incoming", table.select(["row_number", *names]))
    if clearing:
        con.register("clearing", _months(clearing))
    same = " and ".join(f"held.{name} = incoming.{name}" for name in names)
    stays = (
        f"(held.area_code, strftime(held.{declared.month_of}, '%Y-%m')) not in (select area_code, period from clearing)"
    )
    held = f"select 1 from raw.{declared.id} as held where {same}" + (f" and {stays}" if clearing else "")
    rows = con.execute(f"select row_number from incoming where exists ({held})").fetchnumpy()["row_number"]
    con.unregister("incoming")
    if clearing:
        con.unregister("clearing")
    known: np.ndarray = np.isin(table["row_number"].to_numpy(), rows)
    return known


def remove_covered(con: Connection, declared: Return, coverage: Sequence[Covered]) -> int:
    """Takes out the rows of the months a corrected file reports; returns how many."""
    con.register("clearing", _months(coverage))
    removed = con.execute(
        f"delete from raw.{declared.id} as held using clearing "
        f"where held.area_code = clearing.area_code and strftime(held.{declared.month_of}, '%Y-%m') = clearing.period"
    ).fetchall()
    con.execute(
        "delete from raw.coverage as held using clearing "
        "where held.return_id = ? and held.area_code = clearing.area_code and held.period = clearing.period",
        [declared.id],
    )
    con.unregister("clearing")
    return int(removed[0][0])


def append(con: Connection, checked: Checked, receipt: Receipt) -> None:
    """Adds the rows of one accepted file, with what it covers."""
    declared, table = checked.declared, checked.table
    if declared is None or table is None:
        raise ValueError(f"{checked.name} was refused and has no rows to add")
    if table.num_rows:
        con.register("incoming", pa.Table.from_batches(table.to_batches(max_chunksize=_ROW_GROUP), table.schema))
        columns = ", ".join(name for name, _ in declared.columns if name != "load_id")
        con.execute(
            f"insert into raw.{declared.id} (load_id, {columns}) select ?, {columns} from incoming", [receipt.load_id]
        )
        con.unregister("incoming")
    received = date.fromisoformat(receipt.received)
    con.execute(
        "insert into raw.load values (?, ?, ?, ?, ?, ?, ?)",
        [receipt.load_id, receipt.sha256, receipt.file, declared.id, received, receipt.loaded_at, table.num_rows],
    )
    con.execute(
        "insert into raw.coverage select ?, ?, unnest(?), unnest(?), unnest(?), unnest(?)",
        [
            receipt.load_id,
            declared.id,
            [covered.area_code for covered in checked.coverage],
            [covered.period for covered in checked.coverage],
            [covered.row_count for covered in checked.coverage],
            [covered.quarantined_count for covered in checked.coverage],
        ],
    )


def _months(coverage: Sequence[Covered]) -> pa.Table:
    return pa.table(
        {
            "area_code": pa.array([covered.area_code for covered in coverage], pa.string()),
            "period": pa.array([covered.period for covered in coverage], pa.string()),
        }
    )
