"""Rows in and out of the raw tables: is a number already in, take out what is corrected, add what was accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa

from etl import invented
from etl.check import Checked, refuse_without_rows
from etl.connection import Connection
from etl.coverage import Covered, month_number, period_text
from etl.declare import Return
from etl.findings import MAX_PROBLEMS
from etl.problems import Problem
from etl.receipts import Receipt

# Rows of one piece handed to the database: it stores pieces of this size, and works on as many at once as it has cores.
_ROW_GROUP = 122_880


def without_known(con: Connection, checked: Checked, *, replacing: bool) -> Checked:
    """Sets aside the rows whose number the database already holds for that municipality.

    With `replacing`, what the file's months hold is about to go and does not count. What is set aside may leave a
    month without rows, which then replaces nothing: so the question is asked again.
    """
    if checked.refused or checked.declared is None or checked.table is None or checked.places is None:
        return checked
    if replacing and not checked.declared.time:  # its own numbers are what it replaces
        return checked
    clearing = replaced_months(checked.coverage) if replacing else ()
    known = _already_loaded(con, checked.declared, checked.table, clearing)
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
            value="・".join(checked.declared.field(name).spoken(row[name]) for name in checked.declared.identity),
        )
        for row in repeated.slice(0, MAX_PROBLEMS).to_pylist()
    ]
    if len(numbers) > MAX_PROBLEMS:
        problems.append(Problem(checked.name, "problems_cut", detail=f"{MAX_PROBLEMS:,}"))
    rest = refuse_without_rows(
        replace(
            checked,
            problems=(*checked.problems, *problems),
            quarantined=tuple(sorted({*checked.quarantined, *numbers})),
            table=checked.table.filter(pa.array(~known)),
            coverage=_counted_without(con, checked.declared, checked.coverage, repeated),
        )
    )
    return without_known(con, rest, replacing=True) if replacing else rest


def replaced_months(coverage: Sequence[Covered]) -> tuple[Covered, ...]:
    """The months a corrected file replaces: all it reports, but for those of which every row was set aside."""
    return tuple(covered for covered in coverage if covered.row_count or not covered.quarantined_count)


def areas_of(checked: Checked) -> set[str]:
    """Municipalities that a file has rows of or reports on."""
    with_rows = checked.table["area_code"].unique().to_pylist() if checked.table is not None else []
    return {*with_rows, *(covered.area_code for covered in checked.coverage)}


def _already_loaded(con: Connection, declared: Return, table: pa.Table, clearing: Sequence[Covered]) -> np.ndarray:
    names = ("area_code", *declared.identity)
    if not con.execute(f"select 1 from raw.{declared.id} limit 1").fetchall():
        return np.zeros(table.num_rows, bool)
    con.register("incoming", table.select(["row_number", *names]))
    if clearing:
        con.register("clearing", _months(clearing))
    same = " and ".join(f"held.{name} = incoming.{name}" for name in names)
    stays = f"(held.area_code, {declared.period_sql('held')}) not in (select area_code, period from clearing)"
    held = f"select 1 from raw.{declared.id} as held where {same}" + (f" and {stays}" if clearing else "")
    rows = con.execute(f"select row_number from incoming where exists ({held})").fetchnumpy()["row_number"]
    con.unregister("incoming")
    if clearing:
        con.unregister("clearing")
    known: np.ndarray = np.isin(table["row_number"].to_numpy(), rows)
    return known


def _counted_without(
    con: Connection, declared: Return, coverage: Sequence[Covered], repeated: pa.Table
) -> tuple[Covered, ...]:
    """Coverage without rows the database holds already. A month is partly told where it holds them elsewhere."""
    if not declared.time:
        return tuple(coverage)
    names = ("area_code", *declared.identity)
    con.register("incoming", repeated.select(list(dict.fromkeys([*names, declared.month_of]))))
    same = " and ".join(f"held.{name} = incoming.{name}" for name in names)
    month = declared.period_sql("incoming")
    held = f"select 1 from raw.{declared.id} as held where {same} and {declared.period_sql('held')} = {month}"
    told = con.execute(
        f"select area_code, {month}, count(*), count(*) filter (where not exists ({held})) from incoming group by all"
    ).fetchall()
    con.unregister("incoming")
    months = 12 if declared.time == "fiscal_year" else 1
    fewer = {
        (area_code, period_text(month_number(first) + later)): (rows, disputed)
        for area_code, first, rows, disputed in told
        for later in range(months)
    }
    return tuple(
        replace(one, row_count=one.row_count - rows, quarantined_count=one.quarantined_count + disputed)
        for one in coverage
        for rows, disputed in [fewer.get((one.area_code, one.period), (0, 0))]
    )


def remove_covered(con: Connection, declared: Return, coverage: Sequence[Covered], table: pa.Table | None) -> int:
    """Takes out the rows of the months a corrected file replaces; returns how many.

    A return that belongs to no month replaces row by row: those of the same municipality and number.
    """
    if not declared.time and table is not None:
        return _remove_same(con, declared, table)
    con.register("clearing", _months(replaced_months(coverage)))
    removed = con.execute(
        f"delete from raw.{declared.id} as held using clearing "
        f"where held.area_code = clearing.area_code and {declared.period_sql('held')} = clearing.period"
    ).fetchall()
    con.execute(
        "delete from raw.coverage as held using clearing "
        "where held.return_id = ? and held.area_code = clearing.area_code and held.period = clearing.period",
        [declared.id],
    )
    con.unregister("clearing")
    return int(removed[0][0])


def _remove_same(con: Connection, declared: Return, table: pa.Table) -> int:
    names = ("area_code", *declared.identity)
    con.register("incoming", table.select(list(names)))
    same = " and ".join(f"held.{name} = incoming.{name}" for name in names)
    removed = con.execute(f"delete from raw.{declared.id} as held using incoming where {same}").fetchall()
    con.unregister("incoming")
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
    if checked.is_invented:
        con.execute("insert or replace into raw.setting values (?, '1')", [invented.SETTING])
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
