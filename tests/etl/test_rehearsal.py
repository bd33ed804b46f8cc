"""A load that is only tried: it says what a load would say, and keeps nothing."""

from datetime import date

from etl.load import Incoming, Order, load_files, preview_files
from etl.store import writing


def rules(receipt):
    return [problem["rule"] for problem in receipt.problems]


def test_a_preview_says_what_a_load_would_say_and_keeps_nothing(load, csv_of, referral, meeting, place, bytes_of):
    load({"a.csv": csv_of(referral("A-1"))})
    files = {
        "same.csv": csv_of(referral("A-1")),
        "new.csv": csv_of(referral("A-2"), referral("A-3", 把握日="?"), referral("A-1", 結果="終結")),
        "again.csv": csv_of(referral("A-2", 結果="終結")),
        "m.csv": csv_of(meeting()),
        "氏名.csv": csv_of(referral("P-1", 氏名="山田太郎")),
        "pdf.csv": b"%PDF",
    }
    before = bytes_of(place.pointer.parent)
    order = Order(received=date(2025, 4, 10))
    incoming = [Incoming(name, data) for name, data in files.items()]
    heard = []
    previewed = preview_files(incoming, place, order, heard.append)
    assert heard == previewed
    assert bytes_of(place.pointer.parent) == before
    loaded = load_files(incoming, place, order)

    def told(receipt):
        return (
            receipt.file, receipt.return_id, receipt.outcome, receipt.rows_in_file, receipt.rows_accepted,
            receipt.quarantined_rows, receipt.unchanged, receipt.claimed, rules(receipt),
        )  # fmt: skip

    assert [told(receipt) for receipt in previewed] == [told(receipt) for receipt in loaded]
    assert {receipt.load_id for receipt in previewed} == {""}
    assert rules(previewed[2]) == ["no_good_row", "duplicate_in_database"]  # as an earlier file of the same call has it


def test_a_preview_counts_what_would_be_replaced(load, csv_of, referral, place, query):
    load({"a.csv": csv_of(referral("A-1"), referral("A-2"))})
    load({"k.csv": csv_of(referral("K-1", 団体コード="072036", 市区町村="郡山市"))})
    corrected = [Incoming("b.csv", csv_of(referral("A-1", 結果="終結")))]
    [asked] = preview_files(corrected, place, Order(received=date(2025, 4, 10), replace=True))
    assert (asked.outcome, asked.rows_accepted, asked.rows_replaced) == ("accepted", 1, 2)
    assert query("select count(*) from raw.referral") == [(3,)]


def test_a_preview_of_a_place_without_a_database_makes_none(csv_of, referral, place):
    [told] = preview_files([Incoming("a.csv", csv_of(referral("A-1")))], place, Order(received=date(2025, 4, 10)))
    assert (told.outcome, told.rows_accepted) == ("accepted", 1)
    assert not place.pointer.parent.exists()


def test_a_preview_after_the_build_was_deleted_knows_the_inbox(load, csv_of, referral, place):
    data = csv_of(referral("A-1"))
    load({"a.csv": data})
    for path in place.pointer.parent.glob("*.duckdb"):
        path.unlink()
    order = Order(received=date(2025, 4, 10))
    told = preview_files(
        [Incoming("b.csv", csv_of(referral("A-1", 結果="終結"))), Incoming("a.csv", data)], place, order
    )
    assert rules(told[0]) == ["no_good_row", "duplicate_in_database"]
    assert told[1].unchanged


def test_a_preview_need_not_wait_for_a_load(load, csv_of, referral, place):
    load({"a.csv": csv_of(referral("A-1"))})
    with writing(place):
        order = Order(received=date(2025, 4, 10))
        [told] = preview_files([Incoming("b.csv", csv_of(referral("A-1", 結果="終結")))], place, order)
    assert rules(told) == ["no_good_row", "duplicate_in_database"]
