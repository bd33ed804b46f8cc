"""Every indicator recounted row by row in Python, and once more by another database engine."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from metrics.catalog import ALL, Indicator, load_catalog

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Counted = dict[tuple[Any, ...], tuple[int, int]]
FORMS = ["single", "added", "same_day", "joint"]
DIRECTIONS = ["connection_to_support", "support_to_connection", "other"]


def divided(
    rows: Iterable[Row],
    value: Callable[[Row], str],
    outcome: Callable[[Row], bool],
    case: Callable[[Row], bool],
) -> Counted:
    """Outcomes of cases per area, month and value; a key stays when it has rows but no case."""
    counted: Counted = {}
    for row in rows:
        key = (row["area_code"], row["period"], value(row))
        part, whole = counted.get(key, (0, 0))
        counted[key] = (part + (case(row) and outcome(row)), whole + case(row))
    return counted


def shared(rows: list[Row], field: str, values: list[str]) -> Counted:
    """Every value of a field over all rows of the area and month in which the field was sent."""
    found: Counted = {}
    for area, month in {(row["area_code"], row["period"]) for row in rows}:
        sent = [r[field] for r in rows if (r["area_code"], r["period"]) == (area, month) and r[field]]
        for value in values:
            found[area, month, value] = (sent.count(value), len(sent))
    return found


def recommendation_rate(tables: Tables) -> Counted:
    rows = [row for row in tables["core.referral"] if row["from_department"] != "自立相談支援機関"]
    return divided(
        rows,
        lambda row: row["from_department"],
        lambda row: row["recommended"] is True,
        lambda row: row["recommended"] is not None,
    )


def handover_rate(tables: Tables) -> Counted:
    return divided(
        tables["core.referral"],
        lambda row: row["direction"],
        lambda row: row["handover_date"] is not None,
        lambda _: True,
    )


def contact_within_30_days(tables: Tables) -> Counted:
    rows = [row for row in tables["core.referral"] if (row["followed_days"] or 0) >= 30]
    return divided(
        rows,
        lambda _: ALL,
        lambda row: row["days_to_contact"] is not None and row["days_to_contact"] <= 30,
        lambda _: True,
    )


def days_to_contact(tables: Tables) -> Counted:
    found: Counted = {}
    for row in tables["core.referral"]:
        if row["handover_date"] is None:
            continue
        had = row["contact_date"] is not None
        days = row["days_to_contact"] if had else row["followed_days"]
        key = (row["area_code"], row["period"], ALL, days)
        events, censored = found.get(key, (0, 0))
        found[key] = (events + had, censored + (not had))
    return found


def referrals_per_100k_month(tables: Tables) -> Counted:
    made = Counter((row["area_code"], row["period"], row["direction"]) for row in tables["core.referral"])
    return {
        (month["area_code"], month["period"], direction): (
            made[month["area_code"], month["period"], direction],
            month["population"],
        )
        for month in tables["core.area_month"]
        if month["population"] is not None
        for direction in DIRECTIONS
    }


def consent_rate(tables: Tables) -> Counted:
    rows = tables["core.referral"]
    found = shared(rows, "consent", ["given", "refused", "unasked"])
    for area, month in {(row["area_code"], row["period"]) for row in rows}:
        here = [row for row in rows if (row["area_code"], row["period"]) == (area, month)]
        found[area, month, "not_recorded"] = (sum(row["consent"] is None for row in here), len(here))
    return found


def platform_attendance(tables: Tables) -> Counted:
    return divided(
        [row for row in tables["core.attendance"] if row["body"] == "platform"],
        lambda row: row["side"] or "not_recorded",
        lambda row: row["attendance"] in ("present", "proxy"),
        lambda row: row["attendance"] is not None,
    )


def support_meeting_participation(tables: Tables) -> Counted:
    meetings = []
    for meeting in tables["core.meeting"]:
        if meeting["body"] != "support_meeting":
            continue
        key = (meeting["area_code"], meeting["meeting_id"])
        seats = [r for r in tables["core.attendance"] if (r["area_code"], r["meeting_id"]) == key]
        known = any(seat["side"] and seat["attendance"] for seat in seats)
        came = any(
            seat["side"] in ("connection", "both") and seat["attendance"] in ("present", "proxy") for seat in seats
        )
        meetings.append(meeting | {"known": known, "came": came})
    return divided(meetings, lambda _: ALL, lambda row: row["came"], lambda row: row["known"])


def joint_operation_rate(tables: Tables) -> Counted:
    rows = [row for row in tables["core.meeting"] if row["body"] in ("council", "support_meeting")]
    return shared(rows, "form", FORMS)


def consultations_per_100k_month(tables: Tables) -> Counted:
    codes = {"見本0市": "990019", "見本1市": "990027"}
    return {
        (codes.get(row["body"], "990001"), str(row["fiscal_year"]), ALL): (
            row["new_consultations"],
            row["population"] * 12,
        )
        for row in tables["ref.ministry_body"]
    }


RECOUNTS: dict[str, Callable[[Tables], Counted]] = {
    "recommendation_rate": recommendation_rate,
    "handover_rate": handover_rate,
    "contact_within_30_days": contact_within_30_days,
    "days_to_contact": days_to_contact,
    "referrals_per_100k_month": referrals_per_100k_month,
    "consent_rate": consent_rate,
    "platform_attendance": platform_attendance,
    "support_meeting_participation": support_meeting_participation,
    "joint_operation_rate": joint_operation_rate,
    "consultations_per_100k_month": consultations_per_100k_month,
}
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
    months = [row for row in tables["core.area_month"] if row["population"] is not None]
    assert len(found) == 3 * len(months) > 0
    assert {(numerator, denominator) for *_, numerator, denominator in found} == {(0, 40_000)}


def test_no_area_of_the_ministrys_table_is_guessed(synthetic: Any) -> None:
    tables = synthetic.make_tables(4)
    tables["ref.ministry_body"].append(tables["ref.ministry_body"][0] | {"body": "どこにもない市", "kind": "中核市"})
    con = duckdb.connect()
    synthetic.fill(con, tables)
    found = con.execute(load_catalog()["consultations_per_100k_month"].sql).fetchall()
    assert [row[0] for row in found].count(None) == 1
