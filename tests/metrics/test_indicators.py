"""Every indicator recounted row by row in Python, and once more by another database engine."""

from __future__ import annotations

import sqlite3
from typing import Any

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from metrics.catalog import Indicator, load_catalog
from metrics.cube import build_cube
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


# Their fields are required, or a blank tells by itself: not handed over, not met, no plan yet.
HAS_NO_BLANK = {
    *("handover_rate", "contact_within_30_days", "plan_rate", "direction_balance", "referrals_per_100k_month"),
    "example_contribution",
    "example_adoption",
}
counted = pytest.mark.parametrize(
    "indicator", [one for one in load_catalog().values() if one.kind != "duration"], ids=lambda one: one.id
)


@counted
def test_a_field_left_empty_has_its_row_of_nought_and_nothing_to_count_has_none(
    indicator: Indicator, synthetic: Any
) -> None:
    found = RECOUNTS[indicator.id](synthetic.make_tables(20240624)) | RECOUNTS[indicator.id](synthetic.make_tables(7))
    empty = [key for key, (_, denominator) in found.items() if denominator == 0]
    assert all(found[key][0] == 0 for key in empty)
    assert bool(empty) == (indicator.id not in HAS_NO_BLANK)
    assert any(denominator > 0 for _, denominator in found.values())


def test_a_count_that_contradicts_its_whole_does_not_stop_the_cube(synthetic: Any) -> None:
    tables = synthetic.make_tables(5)
    tables["core.consultation"] = [
        {"area_code": "990019", "period": "2024-04", "fiscal_year": 2024, "side": "support",
         "new_consultations": 3, "both_needs": 4, "outreach": 9, "plans": 5}
    ]  # fmt: skip
    con = duckdb.connect()
    synthetic.fill(con, tables)
    build_cube(con)
    rows = con.execute(
        "select indicator_id, numerator, denominator from cube.count"
        " where indicator_id in ('both_needs_share', 'outreach_share', 'plans_per_consultation') order by 1"
    ).fetchall()
    assert rows == [("both_needs_share", 0, 0), ("outreach_share", 0, 0), ("plans_per_consultation", 5, 3)]


def test_plans_that_follow_in_a_month_without_a_new_consultation_are_kept(synthetic: Any) -> None:
    tables = synthetic.make_tables(5)
    month = {"area_code": "990019", "fiscal_year": 2024, "side": "support"}
    tables["core.consultation"] = [
        month | {"period": "2024-04", "new_consultations": 2, "plans": 0},
        month | {"period": "2024-05", "new_consultations": 0, "plans": 1},
        month | {"period": "2024-06", "new_consultations": 4, "plans_mark": "suppressed"},
    ]
    con = duckdb.connect()
    synthetic.fill(con, tables)
    found = con.execute(load_catalog()["plans_per_consultation"].sql).fetchall()
    assert found == [("990019", "2024", "support", 1, 2)]


def test_departments_are_of_bodies_with_a_welfare_office_only(synthetic: Any) -> None:
    tables = synthetic.make_tables(5)
    for row in tables["core.area"]:
        row["has_welfare_office"] = None if row["area_code"] == "990027" else True
    tables["core.practice"] = [{"area_code": "990019", "fiscal_year": 2024, "has_welfare_office": False}]
    con = duckdb.connect()
    synthetic.fill(con, tables)
    areas = {row[0] for row in con.execute(load_catalog()["department_coverage"].sql).fetchall()}
    assert "990019" not in areas  # its own word wins over the law's presumption
    assert "990027" in areas  # unknown is not "no"


def test_a_month_without_a_referral_still_counts_its_population(synthetic: Any) -> None:
    tables = synthetic.make_tables(9, referrals=0)
    con = duckdb.connect()
    synthetic.fill(con, tables)
    found = con.execute(load_catalog()["referrals_per_100k_month"].sql).fetchall()
    months = [row for row in tables["core.area_month"] if row["return_id"] == "referral" and row["population"]]
    assert len(found) == 3 * len(months) > 0
    assert {(numerator, denominator) for *_, numerator, denominator in found} == {(0, 40_000)}
