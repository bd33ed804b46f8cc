"""core.area: what describes a municipality, of the latest census and the prefecture's own list of 圏域."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from etl.reference import load_reference

ETL = Path(__file__).parents[2] / "etl"
SCHEMA, AREA = ETL / "schema.sql", ETL / "core" / "20_area.sql"


def test_people_and_households_are_those_of_the_census(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral())})
    columns = "population, population_as_of, households, single_households, population_65plus"
    found = query(f"select {columns} from core.area where area_code = '072010'")
    assert found == query(
        "select population, as_of, households, single_households, population_65plus"
        " from ref.population where area_code = '072010'"
    )
    assert found[0][0] > found[0][2] > found[0][3] > 0
    assert query("select population, households from core.area where name = '双葉町'") == [(0, 0)]


def test_a_later_census_takes_the_place_of_an_earlier_one():
    with duckdb.connect() as con:
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        load_reference(con)
        con.execute("insert into raw.setting values ('prefecture', '07')")
        con.execute("create table corrected.referral (area_code text, caught_date date, handover_date date,"
                    " contact_date date, plan_date date)")  # fmt: skip
        con.execute("insert into ref.population values ('072010', date '2025-10-01', 270000, 123000, 45000, null)")
        con.execute(AREA.read_text(encoding="utf-8"))
        row = "select population, population_as_of, population_65plus from core.area where area_code = '072010'"
        assert con.execute(row).fetchone() == (270_000, date(2025, 10, 1), None)
        assert con.execute("select count(*), count(distinct area_code) from core.area").fetchone() == (59, 59)


def test_without_a_list_there_is_no_region(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral())})
    assert query("select count(region) from core.area") == [(0,)]
    assert query("select count(*) from cube.area where region is null") == [(59,)]


def test_the_sample_prefecture_has_its_regions(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral(市区町村="夕凪原市", 団体コード="992011"))}, prefecture="99")
    assert query("select count(*), count(region), count(distinct region) from cube.area") == [(41, 41, 3)]
