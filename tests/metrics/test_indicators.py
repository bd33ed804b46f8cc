"""Every indicator recounted row by row in Python, and once more by another database engine."""

from __future__ import annotations

import sqlite3
from typing import Any

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from metrics.catalog import Indicator, load_catalog
from tests.metrics.recounts import bodies, referral
from tests.metrics.recounts.counting import Counted, Recount, Tables

RECOUNTS: dict[str, Recount] = referral.RECOUNTS | bodies.RECOUNTS
every_indicator = pytest.mark.parametrize("indicator", load_catalog().values(), ids=lambda one: one.id)


def as_counted(rows: list[tuple[Any, ...]]) -> Counted:
    counted = {tuple(row[:-2]): (row[-2], row[-1]) for row in rows}
    assert len(counted) == len(rows), "a key occurs twice"
    return counted


def in_sqlite(tables: Tables, definitions: dict[str, str]) -> sqlite3.Connection:
    """The same tables in SQLite; dates become text there, so no indicator may compute with them."""
    con = sqlite3.connect(":memory:")
    for schema in ("ref", "core"):
        con.execute(f"attach ':memory:' as {schema}")
    for name, columns in definitions.items():
        con.execute(f"create table {name} ({columns})")
        names = [column.split()[0] for column in columns.split(",")]
        places = ", ".join("?" * len(names))
        for row in tables[name]:
            values = [row.get(column) for column in names]
            con.execute(
                f"insert into {name} values ({places})",
                [str(value) if hasattr(value, "isoformat") else value for value in values],
            )
    return con


def test_every_indicator_has_a_recount() -> None:
    assert set(load_catalog()) == set(RECOUNTS)


@pytest.mark.parametrize("seed", [1, 2, 3])
@every_indicator
def test_the_select_equals_a_recount_row_by_row(indicator: Indicator, seed: int, synthetic: Any) -> None:
    tables = synthetic.make_tables(seed)
    con = duckdb.connect()
    synthetic.fill(con, tables)
    assert as_counted(con.execute(indicator.sql).fetchall()) == RECOUNTS[indicator.id](tables)


@every_indicator
def test_the_select_gives_the_same_in_sqlite(indicator: Indicator, tables: Tables, synthetic: Any) -> None:
    (statement,) = sqlglot.transpile(indicator.sql, read="duckdb", write="sqlite")
    found = as_counted(in_sqlite(tables, synthetic.COLUMNS).execute(statement).fetchall())
    assert found == RECOUNTS[indicator.id](tables)
    assert found, "the synthetic tables give this indicator nothing to count"


@every_indicator
def test_the_select_divides_nothing_and_uses_portable_functions_only(indicator: Indicator) -> None:
    tree = sqlglot.parse_one(indicator.sql, read="duckdb")
    assert not list(tree.find_all(exp.Div, exp.Round, exp.Filter, exp.Qualify, exp.Window, exp.Anonymous))
    functions = {type(one) for one in tree.find_all(exp.Func)} - {exp.And, exp.Or}
    assert functions <= {exp.Sum, exp.Count, exp.Max, exp.Case, exp.If, exp.Coalesce, exp.Cast}, functions


@every_indicator
def test_the_file_says_its_grain_first_and_reads_no_other_schema(indicator: Indicator) -> None:
    assert indicator.sql.startswith("-- One row per ")
    tables = sqlglot.parse_one(indicator.sql, read="duckdb").find_all(exp.Table)
    assert {table.db for table in tables} <= {"ref", "core", ""}


def test_a_month_without_a_referral_still_counts_its_population(synthetic: Any) -> None:
    tables = synthetic.make_tables(9, referrals=0)
    con = duckdb.connect()
    synthetic.fill(con, tables)
    found = con.execute(load_catalog()["referrals_per_100k_month"].sql).fetchall()
    months = [row for row in tables["core.area_month"] if row["return_id"] == "referral" and row["population"]]
    assert len(found) == 3 * len(months) > 0
    assert {(numerator, denominator) for *_, numerator, denominator in found} == {(0, 40_000)}
