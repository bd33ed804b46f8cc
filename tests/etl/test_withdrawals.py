"""Taking a load back: its rows go, replaced rows return, nothing else is lost, and who did it stays on record."""

import json
from datetime import date

import pytest

from etl import build
from etl import receipts as records
from etl.__main__ import main
from etl.load import NotWithdrawable, rebuild, undo

NUMBERS = "select area_code, referral_id, result from raw.referral order by all"
COVERAGE = "select area_code, period, state, row_count from core.coverage order by all"
ALL = [
    NUMBERS,
    COVERAGE,
    "select * from cube.count order by all",
    "select sha256, row_count from raw.load order by all",
]


def test_an_undone_load_is_gone_and_its_receipt_says_who_and_why(load, csv_of, referral, query, place):
    load({"a.csv": csv_of(referral("A-1"))})
    [second] = load({"b.csv": csv_of(referral("B-1"))})
    before = place.current()
    version = undo(place, second.load_id, "山田", "別の市のファイルだった")
    assert version == place.current() != before
    assert query(NUMBERS) == [("072010", "A-1", "ongoing")]
    first, told = records.receipts(place.inbox)
    assert (first.withdrawn, first.taken) == (None, True)
    assert (told.load_id, told.outcome, told.rows_accepted, told.taken) == (second.load_id, "accepted", 1, False)
    assert told.withdrawn.endswith(" 山田：別の市のファイルだった")
    assert told.withdrawn.startswith(f"{date.today()} ")


def test_undoing_gives_exactly_the_database_without_that_load(load, csv_of, referral, meeting, query, place):
    files = {"a.csv": csv_of(referral("A-1"), referral("A-2")), "m.csv": csv_of(meeting())}
    load(files)
    without = [query(sql) for sql in ALL]
    [extra] = load({"c.csv": csv_of(referral("C-1", 団体コード="072036", 市区町村="郡山市"))})
    assert [query(sql) for sql in ALL] != without
    undo(place, extra.load_id, "山田", "誤り")
    assert [query(sql) for sql in ALL] == without


def test_rows_it_had_replaced_come_back(load, csv_of, referral, query, place):
    load({"a.csv": csv_of(referral("A-1"), referral("A-2"))})
    held = [query(sql) for sql in ALL]
    [corrected] = load({"b.csv": csv_of(referral("A-1", 結果="終結"))}, replace=True)
    assert corrected.rows_replaced == 2
    undo(place, corrected.load_id, "山田", "訂正が誤り")
    assert [query(sql) for sql in ALL] == held


def test_the_same_file_may_be_loaded_again(load, csv_of, referral, query, place):
    data = csv_of(referral("A-1"))
    load({"other.csv": csv_of(referral("O-1"))})
    [first] = load({"a.csv": data})
    undo(place, first.load_id, "山田", "早すぎた")
    [again] = load({"a.csv": data})
    assert (again.outcome, again.unchanged, again.rows_accepted) == ("accepted", False, 1)
    assert query("select referral_id from raw.referral order by all") == [("A-1",), ("O-1",)]
    assert [(one.load_id, one.taken) for one in records.receipts(place.inbox)][1:] == [
        (first.load_id, False),
        (again.load_id, True),
    ]


def test_undoing_the_only_load_leaves_nothing_and_another_prefecture_may_come(load, csv_of, referral, query, place):
    [only] = load({"a.csv": csv_of(referral("A-1"))})
    assert undo(place, only.load_id, "山田", "誤り") is None
    assert place.current() is None
    assert rebuild(place) is None
    load({"t.csv": csv_of(referral("T-1", 団体コード="131016", 市区町村="千代田区"))})
    assert build.read_facts(place.current()).prefecture == "13"
    assert query("select area_code from raw.referral") == [("131016",)]


def test_an_undone_load_stays_away_when_the_build_is_deleted(load, csv_of, referral, query, place):
    load({"a.csv": csv_of(referral("A-1"))})
    [second] = load({"b.csv": csv_of(referral("B-1"))})
    undo(place, second.load_id, "山田", "誤り")
    for path in place.pointer.parent.glob("*.duckdb"):
        path.unlink()
    rebuild(place)
    assert query("select referral_id from raw.referral") == [("A-1",)]


def test_rows_that_were_set_aside_for_it_come_in(load, csv_of, referral, query, place):
    [first] = load({"a.csv": csv_of(referral("A-1"))})
    [second] = load({"b.csv": csv_of(referral("A-1", 結果="終結"), referral("B-1"))})
    assert second.rows_quarantined == 1
    undo(place, first.load_id, "山田", "誤り")
    assert query(NUMBERS) == [("072010", "A-1", "closed"), ("072010", "B-1", "ongoing")]


def test_a_database_goes_on_serving_its_prefecture_without_the_load_that_decided_it(
    load, csv_of, referral, query, place
):
    tokyo = [referral(f"T-{n}", 団体コード="131016", 市区町村="千代田区") for n in range(3)]
    [first] = load({"a.csv": csv_of(referral("A-1"))})
    load({"b.csv": csv_of(referral("B-1"), *tokyo)})
    undo(place, first.load_id, "山田", "誤り")
    assert query(NUMBERS) == [("072010", "B-1", "ongoing")]
    for path in place.pointer.parent.glob("*.duckdb"):
        path.unlink()
    rebuild(place)
    assert query(NUMBERS) == [("072010", "B-1", "ongoing")]


def test_only_what_is_in_the_database_can_be_taken_back(load, csv_of, referral, place, bytes_of):
    data = csv_of(referral("A-1"))
    [taken] = load({"a.csv": data})
    [refused] = load({"b.csv": b"%PDF"})
    [repeated] = load({"a.csv": data})
    before = bytes_of(place.pointer.parent)
    for load_id in (refused.load_id, repeated.load_id, "20250410T000000000000-00000000"):
        with pytest.raises(NotWithdrawable, match=load_id):
            undo(place, load_id, "山田", "誤り")
    assert bytes_of(place.pointer.parent) == before
    undo(place, taken.load_id, "山田", "誤り")
    with pytest.raises(NotWithdrawable):
        undo(place, taken.load_id, "山田", "もう一度")


@pytest.mark.parametrize("moment", ["etl.build.rebuild", "etl.build.finish", "etl.replay.publish", "etl.load.replay"])
def test_a_mistake_of_our_own_leaves_the_load_in(load, csv_of, referral, place, bytes_of, monkeypatch, moment):
    load({"a.csv": csv_of(referral("A-1"))})
    [second] = load({"b.csv": csv_of(referral("B-1"))})
    before = bytes_of(place.pointer.parent)

    def fail(*_args, **_more):
        raise RuntimeError("a mistake of our own")

    with monkeypatch.context() as patch:
        patch.setattr(moment, fail)
        with pytest.raises(RuntimeError):
            undo(place, second.load_id, "山田", "誤り")
    assert bytes_of(place.pointer.parent) == before
    assert undo(place, second.load_id, "山田", "誤り") is not None


def test_an_undo_killed_before_the_swap_never_happened(load, csv_of, referral, place, query):
    """The next load finds the pending withdrawal and the load still in."""
    [first] = load({"a.csv": csv_of(referral("A-1"))})
    folder = place.inbox / "withdrawals"
    folder.mkdir()
    told = {"load_id": first.load_id, "who": "山田", "at": "2025-04-10T09:00:00", "reason": "誤り"}
    (folder / f"{first.load_id}.json.pending").write_text(json.dumps(told), encoding="utf-8")
    load({"b.csv": csv_of(referral("B-1"))})
    assert query("select referral_id from raw.referral order by all") == [("A-1",), ("B-1",)]
    assert list(folder.iterdir()) == []
    assert [one.withdrawn for one in records.receipts(place.inbox)] == [None, None]


def test_an_undo_killed_after_the_swap_is_settled_by_the_next_load(load, csv_of, referral, place, query, monkeypatch):
    load({"a.csv": csv_of(referral("A-1"))})
    [second] = load({"b.csv": csv_of(referral("B-1"))})
    with monkeypatch.context() as patch:
        patch.setattr("etl.withdrawals.settle", lambda *_: None)
        undo(place, second.load_id, "山田", "誤り")
    assert [one.taken for one in records.receipts(place.inbox)] == [True, True]
    load({"c.csv": csv_of(referral("C-1"))})
    assert [one.taken for one in records.receipts(place.inbox)] == [True, False, True]
    assert query("select referral_id from raw.referral order by all") == [("A-1",), ("C-1",)]


def test_a_file_taken_back_is_kept_when_a_later_load_of_it_is_killed(load, csv_of, referral, place, monkeypatch):
    data = csv_of(referral("A-1"))
    load({"other.csv": csv_of(referral("O-1"))})
    [first] = load({"a.csv": data})
    undo(place, first.load_id, "山田", "誤り")

    def fail(*_args):
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr("etl.session.publish", fail)
        with pytest.raises(RuntimeError):
            load({"a.csv": data})
    assert records.kept_file(place.inbox, first) == data


def test_the_command_takes_a_load_back_and_says_so(load, csv_of, referral, place, query, capsys):
    load({"a.csv": csv_of(referral("A-1"))})
    [second] = load({"b.csv": csv_of(referral("B-1"))})
    command = ["undo", second.load_id, "--reason", "誤り", "--who", "山田", "--db", str(place.pointer)]
    assert main(command) == 0
    assert capsys.readouterr().out == f"取り消しました：{second.load_id}\n"
    assert query("select referral_id from raw.referral") == [("A-1",)]
    assert list(records.receipts(place.inbox))[1].withdrawn.endswith("山田：誤り")
    assert main(command) == 2
    assert "取り消せる読み込みがありません" in capsys.readouterr().err
