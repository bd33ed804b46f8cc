"""The core tables, from files through the loader, against answers written down or counted slowly."""

from collections import Counter
from datetime import date

import duckdb
import pytest

from etl import build
from etl.declare import all_returns
from etl.organisations import category_of
from etl.receipts import receipts


def one(query, sql):
    [row] = query(sql)
    return row


def test_one_row_is_one_referral_with_its_derived_columns(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-1"))})
    assert one(
        query,
        "select area_code, referral_id, caught_date, period, fiscal_year, direction, from_department, to_agency, "
        "recommended, consent, handover_date, contact_date, plan_date, days_to_contact, followed_days, result "
        "from core.referral",
    ) == (
        "072010", "A-1", date(2024, 6, 24), "2024-06", 2024, "connection_to_support", "福祉", "自立相談支援機関",
        True, "given", date(2024, 6, 26), date(2024, 7, 1), None, 5, 5, "ongoing",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("caught", "period", "fiscal_year"),
    [("R6.3.31", "2024-03", 2023), ("R6.4.1", "2024-04", 2024), ("R7.1.1", "2025-01", 2024)],
)
def test_the_fiscal_year_begins_in_april(load, csv_of, referral, query, caught, period, fiscal_year):
    load({"a.csv": csv_of(referral(把握日=caught, つなぎ日="", 初回相談日=""))})
    assert one(query, "select period, fiscal_year from core.referral") == (period, fiscal_year)


@pytest.mark.parametrize(
    ("sender", "receiver", "direction"),
    [
        ("税務課", "自立相談支援センター", "connection_to_support"),
        ("自立相談支援センター", "孤独・孤立対策室", "support_to_connection"),
        ("自立相談支援センター", "ハローワーク", "support_to_connection"),
        ("税務課", "社協", "other"),
        ("", "", "other"),
    ],
)
def test_the_direction_is_told_by_the_support_agency(load, csv_of, referral, query, sender, receiver, direction):
    load({"a.csv": csv_of(referral(紹介元部署=sender, 紹介先機関=receiver))})
    assert one(query, "select direction, from_department, to_agency from core.referral") == (
        direction, category_of(sender), category_of(receiver),
    )  # fmt: skip


def test_the_data_end_is_the_last_month_or_a_later_contact_but_never_after_the_receipt(load, csv_of, referral, query):
    def data_end(received, **cells):
        load({f"{received}.csv": csv_of(referral(str(received), **cells))}, received=received)
        return one(query, "select data_end from core.area where area_code = '072010'")[0]

    assert data_end(date(2024, 6, 27), 初回相談日="") == date(2024, 6, 27)
    assert data_end(date(2024, 7, 20), 初回相談日="") == date(2024, 6, 30)
    assert data_end(date(2024, 7, 21), 初回相談日="R6.7.9") == date(2024, 7, 9)


def test_a_step_after_the_last_reported_month_is_followed_that_far(load, csv_of, referral, query):
    rows = [referral("A-1", つなぎ日="R6.8.5", 初回相談日=""), referral("A-2", つなぎ日="R6.6.25", 初回相談日="")]
    load({"a.csv": csv_of(*rows)})
    assert query("select referral_id, followed_days from core.referral order by all") == [("A-1", 0), ("A-2", 41)]


def test_areas_without_a_report_have_no_data_end(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral())})
    assert one(query, "select count(*), count(data_end) from core.area") == (59, 1)
    assert one(query, "select distinct pref_code, pref_name from core.area") == ("07", "福島県")


def test_one_row_is_one_organisation_at_one_meeting_and_one_meeting_once(load, csv_of, meeting, query):
    rows = [
        meeting(参加機関="福島市社会福祉協議会", 機関区分="", 側="", 出欠="出席"),
        meeting(参加機関="くらしサポート", 機関区分="", 側="", 出欠="代理"),
        meeting(参加機関="つながり支援室", 機関区分="", 側="双方", 出欠="欠席"),
        meeting(参加機関="まちの会", 機関区分="NPO", 側="", 出欠=""),
    ]
    load({"m.csv": csv_of(*rows)})
    assert query("select organisation, category, side, attendance from core.attendance order by organisation") == [
        ("くらしサポート", "自立相談支援機関", "support", "proxy"),
        ("つながり支援室", "孤独・孤立", "both", "absent"),
        ("まちの会", "NPO", None, None),
        ("福島市社会福祉協議会", "社協", None, "present"),
    ]
    assert query("select meeting_id, body, held_date, period, fiscal_year, form, case_count from core.meeting") == [
        ("K-1", "support_meeting", date(2024, 6, 24), "2024-06", 2024, None, 3)
    ]


def test_a_number_used_by_two_municipalities_is_two_meetings(load, csv_of, meeting, query):
    load({"m.csv": csv_of(meeting(), meeting(市区町村="郡山市"))})
    assert one(query, "select count(*) from core.meeting") == (2,)


def test_population_is_the_latest_figure_not_after_the_month(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral())})
    population, as_of = one(query, "select population, population_as_of from core.area_month")
    expected = one(query, "select population, as_of from ref.population where area_code = '072010'")
    assert (population, as_of) == expected
    load({"b.csv": csv_of(referral("A-2", 把握日="R2.9.1", つなぎ日="", 初回相談日=""))})
    assert one(query, "select population from core.area_month where period = '2020-09'") == (None,)


def test_coverage_states_follow_the_rows(load, csv_of, referral, query):
    rows = [
        referral("A-1", 把握日="R6.4.1", つなぎ日="", 初回相談日=""),
        referral("A-2", 把握日="R6.6.1", つなぎ日="", 初回相談日="", 結果="?"),
        referral("A-3", 把握日="R6.7.1", つなぎ日="", 初回相談日=""),
    ]
    load({"a.csv": csv_of(*rows)})
    assert query("select period, state, row_count from core.coverage order by period") == [
        ("2024-04", "received", 1), ("2024-05", "zero", 0), ("2024-06", "partial", 0), ("2024-07", "received", 1),
    ]  # fmt: skip


def test_the_demo_counts_the_same_slowly(tmp_path):
    """Every file of the invented prefecture through the loader; counts are made again row by row in Python."""
    from etl.load import Incoming, Order, load_files
    from etl.sample import write_sample
    from etl.store import place_of

    place = place_of(tmp_path / "demo.duckdb")
    paths = sorted(path for path in write_sample(tmp_path / "demo") if "_相互紹介記録_" in path.name)[:30]
    files = [Incoming(path.name, path.read_bytes()) for path in paths]
    load_files(files, place, Order(prefecture="99", received=date(2025, 4, 10)))
    with duckdb.connect(str(place.current()), read_only=True) as con:
        raw = con.execute("select area_code, caught_date, from_department, to_agency from raw.referral").fetchall()
        counted = "select area_code, period, from_department, to_agency, count(*) from core.referral group by all"
        found = {row[:4]: row[4] for row in con.execute(counted).fetchall()}
        accepted = sum(receipt.rows_accepted for receipt in receipts(place.inbox))
    slowly = Counter((a, f"{d:%Y-%m}", category_of(sender), category_of(to)) for a, d, sender, to in raw)
    assert found == slowly
    assert sum(found.values()) == len(raw) == accepted > 500


def test_reading_facts_needs_no_private_hold_of_the_file(load, csv_of, referral, place):
    load({"a.csv": csv_of(referral())})
    current = place.current()
    with duckdb.connect(str(current), read_only=True, config={"lock_configuration": True, "threads": 1}):
        facts = build.read_facts(current)
        areas, coverage = build.read_coverage(current)
    assert facts.prefecture == "07"
    assert facts.mark == build.schema_mark(all_returns())
    assert len(facts.load_ids) == 1
    assert ("072010", "福島市") in areas
    assert coverage == [("referral", "072010", "2024-06", "received")]


def test_a_path_with_a_quotation_mark_is_read(load, csv_of, referral, place):
    load({"a.csv": csv_of(referral())})
    quoted = place.current().rename(place.pointer.parent / "it's.duckdb")
    assert build.read_facts(quoted).prefecture == "07"


def test_reference_tables_follow_their_files(load, csv_of, referral, query, monkeypatch):
    load({"a.csv": csv_of(referral())})
    calls = []
    monkeypatch.setattr("etl.reference.load_reference", calls.append)
    load({"b.csv": csv_of(referral("A-2"))})
    assert calls == []
    monkeypatch.setattr(build, "reference_mark", lambda: "newer files")
    load({"c.csv": csv_of(referral("A-3"))})
    assert len(calls) == 1
    assert one(query, "select value from raw.setting where name = 'reference'") == ("newer files",)
