"""Files into the database: all or nothing, nothing twice, nothing personal anywhere."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl import build
from etl import receipts as records
from etl.build import PrefectureMismatch
from etl.load import Incoming, Order, load_files

ROOT = Path(__file__).parents[2]
ROWS = "select area_code, referral_id, strftime(caught_date, '%Y-%m-%d') from raw.referral order by all"
COVERAGE = "select return_id, area_code, period, state, row_count from core.coverage order by all"
CUBE = "select * from cube.count order by all"


def outcomes(receipts):
    return [(receipt.outcome, receipt.rows_accepted, receipt.rows_quarantined) for receipt in receipts]


def rules(receipt):
    return [problem["rule"] for problem in receipt.problems]


def test_a_file_goes_in_and_its_receipt_and_bytes_are_kept(load, csv_of, referral, query, place):
    data = csv_of(referral("A-1"), referral("A-2", 把握日="?"), encoding="cp932")
    [receipt] = load({"福島市 R6.csv": data})
    assert outcomes([receipt]) == [("accepted_with_quarantine", 1, 1)]
    assert query(ROWS) == [("072010", "A-1", "2024-06-24")]
    assert query(COVERAGE) == [("referral", "072010", "2024-06", "received", 1)]
    assert [(kept.load_id, kept.file) for kept in records.receipts(place.inbox)] == [(receipt.load_id, "福島市 R6.csv")]
    assert (place.inbox / "files" / f"{receipt.sha256}.csv").read_bytes() == data
    assert query("select prefecture from (select value as prefecture from raw.setting where name = 'prefecture')") == [
        ("07",)
    ]


def test_several_files_become_current_together(load, csv_of, referral, meeting, query, place):
    files = {"a.csv": csv_of(referral("A-1")), "b.csv": b"%PDF", "c.csv": csv_of(meeting())}
    heard = []
    receipts = load_files(
        [Incoming(name, data) for name, data in files.items()], place, Order(received=date(2025, 4, 10)), heard.append
    )
    assert heard == receipts
    assert outcomes(receipts) == [("accepted", 1, 0), ("refused", 0, 0), ("accepted", 1, 0)]
    assert len(place.versions) == 1
    assert query("select count(*) from raw.referral union all select count(*) from raw.meeting") == [(1,), (1,)]


def test_the_same_file_twice_changes_nothing(load, csv_of, referral, place, bytes_of):
    data = csv_of(referral("A-1"))
    load({"a.csv": data})
    before = bytes_of(place.pointer.parent)
    [again] = load({"別名.csv": data}, replace=True)
    after = bytes_of(place.pointer.parent)
    assert (again.outcome, again.rows_accepted, again.unchanged, rules(again)) == ("accepted", 0, True, ["same_file"])
    assert {name: after[name] for name in before} == before
    assert [name for name in after if name not in before] == [f"internal_inbox/receipts/{again.load_id}.json"]


def test_the_same_file_twice_in_one_call_goes_in_once(load, csv_of, referral, query):
    data = csv_of(referral("A-1"))
    assert [receipt.unchanged for receipt in load({"a.csv": data, "b.csv": data})] == [False, True]
    assert query("select count(*) from raw.referral") == [(1,)]


def test_one_form_without_rows_may_serve_two_municipalities(load, csv_of, referral, query):
    data = csv_of(above=["令和6年5月分"], headings=list(referral()))
    load({"a.csv": data}, municipality="072010")
    load({"a.csv": data}, municipality="072036")
    [again] = load({"a.csv": data}, municipality="072036")
    assert again.unchanged
    assert query("select area_code, state from core.coverage order by all") == [("072010", "zero"), ("072036", "zero")]


def test_a_number_already_loaded_is_set_aside_with_its_place(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-1"), referral("A-2"))})
    [receipt] = load({"b.csv": csv_of(referral("A-3"), referral("A-2", 結果="終結"), above=["続き"])})
    assert outcomes([receipt]) == [("accepted_with_quarantine", 1, 1)]
    [problem] = receipt.problems
    assert (problem["rule"], problem["row"], problem["line"]) == ("duplicate_in_database", 2, 4)
    assert "4行目（データの2行目）・「紹介番号」列：「A-2」" in problem["message"]
    assert "--replace" in problem["message"]
    assert query("select count(*), count(distinct referral_id) from raw.referral") == [(3, 3)]


def test_another_municipality_may_use_the_same_number(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-1"))})
    load({"b.csv": csv_of(referral("A-1", 団体コード="072036", 市区町村="郡山市"))})
    assert query("select area_code, referral_id from raw.referral order by all") == [
        ("072010", "A-1"),
        ("072036", "A-1"),
    ]


def test_numbers_within_one_call_are_compared_too(load, csv_of, referral):
    receipts = load({"a.csv": csv_of(referral("A-1")), "b.csv": csv_of(referral("A-1", 結果="終結"))})
    assert outcomes(receipts) == [("accepted", 1, 0), ("refused", 0, 1)]
    assert rules(receipts[1]) == ["no_good_row", "duplicate_in_database"]


def test_a_corrected_file_replaces_its_months_when_asked(load, csv_of, referral, query):
    august = referral("B-1", 把握日="R6.8.1", つなぎ日="", 初回相談日="")
    load({"a.csv": csv_of(referral("A-1"), referral("A-2"), august)})
    other = csv_of(referral("C-1", 団体コード="072036", 市区町村="郡山市"))
    load({"other.csv": other})
    corrected = csv_of(referral("A-1", 結果="終結"), referral("A-9"))
    [receipt] = load({"b.csv": corrected}, replace=True)
    assert (receipt.outcome, receipt.rows_accepted, receipt.rows_replaced, receipt.replace) == ("accepted", 2, 2, True)
    assert query("select referral_id, result from raw.referral order by all") == [
        ("A-1", "closed"), ("A-9", "ongoing"), ("B-1", "ongoing"), ("C-1", "ongoing"),
    ]  # fmt: skip
    assert query(COVERAGE) == [
        ("referral", "072010", "2024-06", "received", 2),
        ("referral", "072010", "2024-07", "zero", 0),
        ("referral", "072010", "2024-08", "received", 1),
        ("referral", "072036", "2024-06", "received", 1),
    ]


def test_replacing_leaves_the_other_return_alone(load, csv_of, referral, meeting, query):
    load({"a.csv": csv_of(referral("A-1")), "m.csv": csv_of(meeting())})
    load({"b.csv": csv_of(referral("A-2"))}, replace=True)
    assert query("select count(*) from raw.meeting") == [(1,)]
    assert query("select state from core.coverage where return_id = 'meeting'") == [("received",)]


def test_a_replacing_file_whose_rows_are_held_elsewhere_is_refused_and_removes_nothing(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-1"))})
    moved = csv_of(referral("A-1", 把握日="R6.5.1"))
    [receipt] = load({"b.csv": moved}, replace=True)
    assert rules(receipt) == ["no_good_row", "duplicate_in_database"]
    assert query(ROWS) == [("072010", "A-1", "2024-06-24")]


def test_a_report_of_none_that_replaces_takes_the_month_out(load, csv_of, referral, query):
    load({"a.csv": csv_of(referral("A-1"))})
    nil = csv_of(above=["福島市", "令和6年6月分"], headings=list(referral()))
    [receipt] = load({"b.csv": nil}, replace=True)
    assert (receipt.rows_replaced, receipt.outcome) == (1, "accepted")
    assert query(COVERAGE) == [("referral", "072010", "2024-06", "zero", 0)]


# ---- prefectures


def test_the_first_file_decides_which_prefecture_is_served(load, csv_of, referral):
    load({"a.csv": csv_of(referral("A-1"))})
    tokyo = csv_of(referral("T-1", 団体コード="131016", 市区町村="千代田区"))
    [receipt] = load({"b.csv": tokyo})
    assert rules(receipt)[0] == "other_prefecture_file"
    with pytest.raises(PrefectureMismatch, match="07"):
        load({"b.csv": tokyo}, prefecture="13")
    with pytest.raises(PrefectureMismatch, match="07"):
        load({"b.csv": tokyo}, municipality="131016")


def test_rows_of_another_prefecture_in_the_first_file_are_set_aside(load, csv_of, referral, query):
    rows = [referral("T-1", 団体コード="131016", 市区町村="千代田区"), referral("A-1"), referral("A-2")]
    [receipt] = load({"a.csv": csv_of(*rows)})
    assert outcomes([receipt]) == [("accepted_with_quarantine", 2, 1)]
    assert query("select count(*) from core.area") == [(59,)]


def test_a_refused_first_file_decides_nothing(load, csv_of, referral, place):
    load({"a.csv": csv_of(referral("T-1", 団体コード="131016", 市区町村="千代田区", 備考="090-1234-5678"))})
    assert place.current() is None
    load({"b.csv": csv_of(referral("A-1"))})
    assert build.read_facts(place.current()).prefecture == "07"


# ---- refused files leave nothing

SECRET = "山田太郎"
SECRETS = (SECRET, "090-1234-5678", "taro@example.jp", "123456789018")


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("氏名.csv", {"氏名": SECRET}),
        ("電話.csv", {"備考": "090-1234-5678"}),
        ("メール.csv", {"備考": "taro@example.jp"}),
        ("番号.csv", {"備考": "マイナンバー123456789018"}),
        ("様.csv", {"備考": f"{SECRET}様"}),
        ("部署.csv", {"紹介元部署": f"{SECRET}様"}),
        ("日付.csv", {"把握日": f"R6.6.24 {SECRET}様"}),
    ],
)
def test_a_refused_file_leaves_the_store_as_it_was_and_its_content_nowhere(
    load, csv_of, referral, place, bytes_of, tmp_path, name, row, capfd
):
    load({"a.csv": csv_of(referral("A-1"))})
    before = bytes_of(place.pointer.parent)
    data = csv_of(referral("B-1", **row), referral("B-2", **row), encoding="cp932")
    [receipt] = load({name: data})
    assert receipt.outcome == "refused"
    after = bytes_of(place.pointer.parent)
    assert {key: after[key] for key in before} == before
    assert [key for key in after if key not in before] == [f"internal_inbox/receipts/{receipt.load_id}.json"]
    out, err = capfd.readouterr()
    for held in [out.encode(), err.encode(), *bytes_of(tmp_path).values()]:
        for secret in SECRETS:
            assert secret.encode() not in held
            assert secret.encode("cp932") not in held
            assert secret.encode("unicode_escape") not in held


def test_a_file_that_needs_the_work_copy_and_is_then_refused_leaves_no_trace(load, csv_of, referral, place, bytes_of):
    load({"a.csv": csv_of(referral("A-1"))})
    before = bytes_of(place.pointer.parent)
    [receipt] = load({"b.csv": csv_of(referral("A-1", 結果="終結"))})
    after = bytes_of(place.pointer.parent)
    assert rules(receipt) == ["no_good_row", "duplicate_in_database"]
    assert [key for key in after if key not in before] == [f"internal_inbox/receipts/{receipt.load_id}.json"]
    assert {key: after[key] for key in before} == before


@pytest.mark.parametrize("moment", ["check", "append", "rebuild", "finish", "publish"])
def test_a_mistake_of_our_own_leaves_the_old_version_and_no_half_of_a_new_one(
    load, csv_of, referral, place, bytes_of, monkeypatch, moment
):
    load({"a.csv": csv_of(referral("A-1"))})
    before = bytes_of(place.pointer.parent)

    def fail(*_args, **_more):
        raise RuntimeError("a mistake of our own")

    targets = {
        "check": "etl.judge.check_file",
        "append": "etl.raw.append",
        "rebuild": "etl.build.rebuild",
        "finish": "etl.build.finish",
        "publish": "etl.session.publish",
    }
    with monkeypatch.context() as patch:
        if moment == "check":
            from etl.check import check_file

            bad = b"the second file"
            patch.setattr(targets[moment], lambda data, *rest: fail() if data == bad else check_file(data, *rest))
        else:
            patch.setattr(targets[moment], fail)
        with pytest.raises(RuntimeError):
            load({"b.csv": csv_of(referral("B-1")), "c.csv": b"the second file"})
    after = bytes_of(place.pointer.parent)
    assert {key: after[key] for key in before} == before
    new = [key for key in after if key not in before]
    assert all("/receipts/" in key and b'"refused"' in after[key] for key in new), new
    assert outcomes(load({"b.csv": csv_of(referral("B-1"))})) == [("accepted", 1, 0)]


def test_no_table_of_the_database_holds_what_was_refused(load, csv_of, referral, place):
    """The database may pack texts: what was refused must not be found by reading its tables either."""
    load({"a.csv": csv_of(referral("A-1"))})
    load({"b.csv": csv_of(referral("A-2", 備考=f"{SECRET}様"), referral("A-3", 備考=""))})
    with duckdb.connect(str(place.current()), read_only=True) as con:
        tables = con.execute("select table_schema || '.' || table_name from information_schema.tables").fetchall()
        for (table,) in tables:
            assert SECRET not in str(con.execute(f"select * from {table}").fetchall())


def test_a_report_of_none_that_tells_no_month_is_kept_with_a_word(load, csv_of, referral, query):
    [receipt] = load({"a.csv": csv_of(headings=list(referral()))})
    assert (receipt.outcome, rules(receipt)) == ("accepted", ["nil_without_period"])
    assert query("select count(*) from raw.load") == [(1,)]
    assert query(COVERAGE) == []
