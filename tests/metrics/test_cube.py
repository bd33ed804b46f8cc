from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb
import pytest

from metrics.catalog import Breakdown, Indicator, load_catalog
from metrics.cube import CubeError, build_cube

RATE = load_catalog()["recommendation_rate"]
DAYS = load_catalog()["days_to_contact"]
SELECT = "select '990019' as area_code, '2024-04' as period, '福祉' as breakdown, 1 as numerator, 2 as denominator"


@pytest.fixture
def fresh(synthetic: Any, tables: Any) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    synthetic.fill(con, tables)
    return con


def build(con: duckdb.DuckDBPyConnection, *indicators: Indicator) -> None:
    build_cube(con, catalog={indicator.id: indicator for indicator in indicators})


def test_every_indicator_is_in_the_cube(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute("select indicator_id from cube.count union select indicator_id from cube.duration").fetchall()
    assert {row[0] for row in found} == set(load_catalog())


def test_building_twice_gives_the_same_cube(fresh: duckdb.DuckDBPyConnection) -> None:
    build_cube(fresh)
    first = fresh.execute("select * from cube.count order by all").fetchall()
    build_cube(fresh)
    assert fresh.execute("select * from cube.count order by all").fetchall() == first


def test_coverage_and_areas_are_copied(con: duckdb.DuckDBPyConnection) -> None:
    for table in ("coverage", "area"):
        copy, original = (
            con.execute(f"select * from {schema}.{table} order by all").fetchall() for schema in ("cube", "core")
        )
        assert copy == original
        assert copy


def test_meta_says_what_is_known_and_takes_what_is_given(fresh: duckdb.DuckDBPyConnection) -> None:
    build_cube(fresh, meta={"version": "7", "built_at": "2025-04-10T09:00:00+09:00"})
    assert dict(fresh.execute("select key, value from cube.meta").fetchall()) == {
        "prefecture": "99",
        "data_end": "2024-09-30",
        "sample": "1",
        "version": "7",
        "built_at": "2025-04-10T09:00:00+09:00",
    }


def test_a_real_prefecture_is_no_sample(fresh: duckdb.DuckDBPyConnection) -> None:
    fresh.execute("update core.area set pref_code = '07'")
    build(fresh, RATE)
    assert fresh.execute("select value from cube.meta where key = 'sample'").fetchall() == [("0",)]


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        (SELECT.replace("1 as num", "3 as num"), "the numerator is greater than the denominator"),
        (SELECT.replace("1 as num", "-1 as num"), "a count is negative"),
        (f"{SELECT} union all {SELECT}", "area, period and breakdown occur twice"),
        (SELECT.replace("2024-04", "2024-4"), "a period is not of the form declared"),
        (SELECT.replace("2024-04", "2024"), "a period is not of the form declared"),
        (SELECT.replace("as breakdown", "as department"), "columns are area_code, period, department"),
        (SELECT.replace("'990019'", "null"), "NOT NULL constraint failed"),
        (SELECT.replace("select", "selec"), "syntax error"),
    ],
)
def test_a_broken_contract_names_the_indicator_and_the_rule(
    fresh: duckdb.DuckDBPyConnection, sql: str, rule: str
) -> None:
    with pytest.raises(CubeError, match=f"recommendation_rate: (.|\n)*{rule}"):
        build(fresh, replace(RATE, sql=sql))


@pytest.mark.parametrize("kind", ["rate", "ratio"])
def test_rates_and_ratios_may_have_more_above_than_below(fresh: duckdb.DuckDBPyConnection, kind: str) -> None:
    build(fresh, replace(RATE, kind=kind, sql=SELECT.replace("1 as num", "3 as num")))


def test_a_complete_count_has_no_more_than_all(fresh: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(CubeError, match="the numerator is greater than the denominator"):
        build(fresh, replace(RATE, kind="count", sql=SELECT.replace("1 as num", "3 as num")))


def test_a_yearly_indicator_has_years_and_no_months(fresh: duckdb.DuckDBPyConnection) -> None:
    yearly = replace(RATE, period="fiscal_year")
    build(fresh, replace(yearly, sql=SELECT.replace("2024-04", "2024")))
    with pytest.raises(CubeError, match="a period is not of the form declared"):
        build(fresh, replace(yearly, sql=SELECT))


@pytest.mark.parametrize(
    ("days", "events", "rule"),
    [(-1, 1, "a number of days is negative"), (1, -1, "a count is negative")],
)
def test_impossible_durations_are_refused(fresh: duckdb.DuckDBPyConnection, days: int, events: int, rule: str) -> None:
    sql = (
        "select '990019' as area_code, '2024-04' as period, 'all' as breakdown,"
        f" {days} as days, {events} as events, 0 as censored"
    )
    with pytest.raises(CubeError, match=f"days_to_contact: {rule}"):
        build(fresh, replace(DAYS, sql=sql))


def test_an_undivided_indicator_counts_all(fresh: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(CubeError, match="a breakdown value has no label"):
        build(fresh, replace(RATE, breakdown=None, sql=SELECT))


def test_a_value_without_label_is_refused_where_labels_are_declared(fresh: duckdb.DuckDBPyConnection) -> None:
    divided = Breakdown("部署", "both", labels={"税務": "税務"})
    with pytest.raises(CubeError, match="a breakdown value has no label"):
        build(fresh, replace(RATE, breakdown=divided, sql=SELECT))


def test_values_that_split_the_numerator_are_all_there_over_one_denominator(
    fresh: duckdb.DuckDBPyConnection,
) -> None:
    divided = Breakdown("部署", "numerator", labels={"福祉": "福祉", "税務": "税務"})
    with pytest.raises(CubeError, match="a value that splits the numerator is left out"):
        build(fresh, replace(RATE, breakdown=divided, sql=SELECT))
    other = SELECT.replace("福祉", "税務")
    build(fresh, replace(RATE, breakdown=divided, sql=f"{SELECT} union all {other}"))
    unequal = other.replace("2 as denominator", "5 as denominator")
    with pytest.raises(CubeError, match="values that share a denominator disagree on it"):
        build(fresh, replace(RATE, breakdown=divided, sql=f"{SELECT} union all {unequal}"))
