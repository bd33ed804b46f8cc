"""The reference tables, against sums of the ministry and a second, plain reading of the CSV files."""

import csv
import shutil
import statistics
from collections import Counter
from datetime import date

import duckdb
import pytest

from etl.reference import REFERENCE, load_reference, municipalities
from etl.sources import ReferenceMismatch, read_sources

NOWHERE = REFERENCE / "no-sample"


@pytest.fixture(scope="module")
def con():
    connection = duckdb.connect()
    load_reference(connection, sample=NOWHERE)
    yield connection
    connection.close()


@pytest.fixture
def copy(tmp_path):
    for path in REFERENCE.iterdir():
        if path.suffix in {".csv", ".toml"}:
            shutil.copy(path, tmp_path)
    return tmp_path


def rows_of(name):
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def one(con, query):
    return con.execute(query).fetchone()[0]


def test_there_are_1741_municipalities_of_six_types(con):
    found = dict(con.execute("select type, count(*) from ref.municipality group by type").fetchall())
    assert found == {"政令指定都市": 20, "中核市": 62, "特別区": 23, "市": 710, "町": 743, "村": 183}
    assert sum(found.values()) == 1741


def test_codes_are_text_with_their_leading_zero(con):
    row = con.execute("select * from ref.municipality where name = '函館市'").fetchone()
    assert row == ("012025", "01", "北海道", "函館市", "はこだてし", "中核市", True)
    assert one(con, "select count(*) from ref.municipality where length(area_code) <> 6") == 0


def test_an_unknown_welfare_office_is_null_and_never_false(con):
    query = "select has_welfare_office, count(*) from ref.municipality group by all"
    assert dict(con.execute(query).fetchall()) == {True: 815, None: 926}


def test_the_census_adds_up_to_the_nation(con):
    assert one(con, "select cast(sum(population) as bigint) from ref.population") == 126_146_099
    row = con.execute("select * from ref.population where area_code = '011002'").fetchone()
    assert row == ("011002", date(2020, 10, 1), 1_973_395, 969_161, 422_160, 541_242)


def test_the_population_of_futaba_is_a_true_zero(con):
    query = "select area_code, population, households from ref.population where population = 0"
    assert con.execute(query).fetchall() == [("075469", 0, 0)]


@pytest.mark.parametrize(("year", "consultations", "plans"), [(2024, 302_828, 89_492), (2023, 293_455, 93_282)])
def test_the_129_bodies_add_up_to_the_national_total(con, year, consultations, plans):
    query = """select count(*), cast(sum(new_consultations) as bigint), cast(sum(plans) as bigint)
               from ref.ministry_body where fiscal_year = ?"""
    assert con.execute(query, [year]).fetchone() == (129, consultations, plans)
    query = "select bodies, new_consultations, plans from ref.ministry_national where fiscal_year = ?"
    assert con.execute(query, [year]).fetchone() == (129, consultations, plans)


def test_a_body_has_every_measure_of_2024(con):
    cursor = con.execute("select * from ref.ministry_body where fiscal_year = 2024 and body = '札幌市'")
    names = [column[0] for column in cursor.description]
    assert dict(zip(names, cursor.fetchone(), strict=True)) == {
        "fiscal_year": 2024,
        "pref_code": "01",
        "pref_area_code": "010006",
        "pref_name": "北海道",
        "body": "札幌市",
        "kind": "指定都市",
        "population": 1_956_928,
        "new_consultations": 5_218,
        "published_rate_per_100k_month": 22.2,
        "plans": 1_606,
        "employment_support_targets": 692,
        "housing_benefit": 269,
        "temporary_housing": 272,
        "household_budget_support": 178,
        "employment_preparation": 14,
        "employment_training": 5,
        "employment_by_support_agency": 690,
        "welfare_fund_loans": 19,
        "employment_promotion_program": 138,
        "employed": 412,
        "employed_of_targets": 329,
        "increased_income": 82,
        "increased_income_of_targets": 45,
    }


def test_what_the_table_of_2023_lacks_is_null(con):
    query = """select count(published_rate_per_100k_month), count(housing_benefit), count(employed)
               from ref.ministry_body where fiscal_year = 2023"""
    assert con.execute(query).fetchone() == (0, 0, 0)


def test_blanks_of_2015_and_2016_are_null_and_not_zero(con):
    query = """select fiscal_year, bodies, population, new_consultations, housing_benefit, employed_of_targets
               from ref.ministry_national where fiscal_year <= 2017 order by fiscal_year"""
    assert con.execute(query).fetchall() == [
        (2015, None, None, 226_411, None, None),
        (2016, None, None, 222_426, None, 17_836),
        (2017, 115, 128_066_211, 229_685, 5_539, 17_958),
    ]


def test_bodies_and_national_table_share_the_names_of_their_measures(con):
    def names(table):
        return {row[0] for row in con.execute(f"describe ref.{table}").fetchall()}

    assert names("ministry_body") - names("ministry_national") == {
        "pref_code",
        "pref_area_code",
        "pref_name",
        "body",
        "kind",
    }


def naive_rates():
    consultations, people = Counter(), Counter()
    for row in rows_of("konkyu_fy2024_by_body.csv"):
        consultations[row["都道府県名"]] += int(row["新規相談受付件数"])
        people[row["都道府県名"]] += int(row["対象地区人口"])
    return {name: consultations[name] / people[name] * 100_000 / 12 for name in people}


def test_the_prefecture_rate_is_per_month_and_adds_the_cities_once(con):
    query = "select pref_name, rate_per_100k_month from ref.ministry_prefecture where fiscal_year = 2024"
    rates = dict(con.execute(query).fetchall())
    assert len(rates) == 47
    assert rates == pytest.approx(naive_rates())
    assert round(statistics.median(rates.values()), 1) == 17.0
    assert round(rates["富山県"], 1) == 6.9 == round(min(rates.values()), 1)
    assert round(rates["岡山県"], 1) == 34.1


def test_the_prefecture_of_okayama_is_three_bodies(con):
    query = """select body_count, population, new_consultations, plans from ref.ministry_prefecture
               where fiscal_year = 2024 and pref_code = '33'"""
    okayama = [row for row in rows_of("konkyu_fy2024_by_body.csv") if row["都道府県名"] == "岡山県"]
    assert sorted(row["種別"] for row in okayama) == ["中核市", "指定都市", "都道府県"]
    expected = [sum(int(row[c]) for row in okayama) for c in ("対象地区人口", "新規相談受付件数", "プラン作成件数")]
    assert con.execute(query).fetchone() == (3, *expected)


def test_the_published_rate_of_a_body_is_the_monthly_one(con):
    query = """select published_rate_per_100k_month from ref.ministry_body
               where fiscal_year = 2024 and body = '倉敷市'"""
    assert one(con, query) == 72.1
    query = """select max(abs(new_consultations / 12.0 / population * 100000 - published_rate_per_100k_month))
               from ref.ministry_body where fiscal_year = 2024"""
    assert one(con, query) < 0.0501
    (kurashiki,) = [row for row in rows_of("konkyu_fy2024_by_body.csv") if row["実施主体"] == "倉敷市"]
    naive = int(kurashiki["新規相談受付件数"]) / int(kurashiki["対象地区人口"]) * 100_000 / 12
    assert round(naive, 1) == 72.1


def test_every_city_of_the_ministry_is_a_municipality_of_that_prefecture(con):
    query = """select count(*) from ref.ministry_body b join ref.municipality m
               on m.pref_code = b.pref_code and m.name = b.body where b.kind <> '都道府県'"""
    assert one(con, query) == 2 * 82


def test_the_symbols_of_statistics_are_kept_as_written(con):
    symbols = [row[0] for row in con.execute("select symbol from ref.symbol").fetchall()]
    assert symbols == ["0", "-", "…", "x", "p", "r", "△", "#"]


def test_every_file_has_a_source_and_every_source_a_file(con):
    files = {path.name for path in REFERENCE.iterdir()} - {"README.md", "sources.toml", "columns.toml"}
    assert {row[0] for row in con.execute("select file from ref.source").fetchall()} == files
    assert all(source.title and source.credit and source.origin for source in read_sources(REFERENCE))


def test_the_readme_shows_the_credit_lines_of_the_sources():
    readme = (REFERENCE / "README.md").read_text(encoding="utf-8")
    for source in read_sources(REFERENCE):
        assert source.file in readme
        if source.licence == "CC BY 4.0" or "加工して作成" in source.credit:
            assert source.credit in readme


def test_only_openly_licensed_sources_are_confirmed_for_the_public(con):
    query = "select distinct licence from ref.source where confirmed_for_public order by licence"
    assert con.execute(query).fetchall() == [("CC BY 4.0",), ("CC0",)]


@pytest.mark.parametrize(
    "source", [s for s in read_sources(REFERENCE) if s.file.endswith(".csv")], ids=lambda s: s.file
)
def test_the_declared_rows_are_the_rows_of_the_file(source):
    assert len(rows_of(source.file)) == source.rows


def test_loading_twice_changes_nothing(con):
    load_reference(con, sample=NOWHERE)
    assert one(con, "select count(*) from ref.municipality") == 1741


def test_a_changed_figure_stops_the_load_and_is_named(copy):
    path = copy / "konkyu_fy2024_by_body.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",5218,22.2,", ",5219,22.2,"), encoding="utf-8")
    with pytest.raises(ReferenceMismatch) as caught:
        load_reference(duckdb.connect(), copy, NOWHERE)
    assert "ministry 2024, sum of new_consultations: expected 302828, found 302829" in str(caught.value)
    assert "sum of new_consultations 2024: bodies 302829, national 302828" in str(caught.value)


def test_a_lost_municipality_stops_the_load(copy):
    path = copy / "municipalities.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(True)[:-1]), encoding="utf-8")
    with pytest.raises(ReferenceMismatch, match="number of municipalities: expected 1741, found 1740"):
        load_reference(duckdb.connect(), copy, NOWHERE)


def test_a_fraction_in_a_count_is_refused_and_not_rounded(copy):
    path = copy / "population.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1973395", "1973395.5"), encoding="utf-8")
    with pytest.raises(ReferenceMismatch, match=r"population\.csv: population cannot be read as Int64"):
        load_reference(duckdb.connect(), copy, NOWHERE)


def test_a_new_heading_is_refused_with_the_known_ones(copy):
    path = copy / "konkyu_fy2023_by_body.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("対象地区人口", "人口", 1), encoding="utf-8")
    with pytest.raises(ReferenceMismatch, match=r"unknown columns \['人口'\]; known are \['年度'"):
        load_reference(duckdb.connect(), copy, NOWHERE)


def test_the_register_lists_the_municipalities_in_code_order():
    found = municipalities(sample=NOWHERE)
    assert len(found) == 1741
    assert [one.area_code for one in found] == sorted(one.area_code for one in found)
    first = found[0]
    assert (first.area_code, first.pref_code, first.pref_name, first.name, first.type) == (
        "011002",
        "01",
        "北海道",
        "札幌市",
        "政令指定都市",
    )


@pytest.fixture
def invented(tmp_path):
    (tmp_path / "municipalities.csv").write_text(
        "code5,code6,pref_code,pref_name,name,kana,type,welfare_office_by_law,office_lat,office_lng\n"
        "99201,992011,99,見本県,あおば見本市,あおばみほんし,市,1,,\n"
        "99301,993018,99,見本県,みほん町,みほんまち,町,,,\n",
        encoding="utf-8",
    )
    (tmp_path / "population.csv").write_text(
        "code5,code6,name,as_of,population,households,single_households,population_65plus\n"
        "99201,992011,あおば見本市,2020-10-01,50000,20000,7000,15000\n"
        "99301,993018,みほん町,2020-10-01,4000,1600,,1500\n",
        encoding="utf-8",
    )
    return tmp_path


def test_the_invented_prefecture_is_loaded_beside_the_real_ones(invented):
    connection = duckdb.connect()
    load_reference(connection, sample=invented)
    assert one(connection, "select count(*) from ref.municipality") == 1743
    query = "select area_code, single_households from ref.population where area_code like '99%' order by 1"
    assert connection.execute(query).fetchall() == [("992011", 7000), ("993018", None)]
    assert [place.name for place in municipalities(sample=invented)[1741:]] == ["あおば見本市", "みほん町"]
