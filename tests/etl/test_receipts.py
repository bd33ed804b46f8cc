"""Receipts and kept files: pending until the database that holds them is current."""

import json
from dataclasses import replace

import pytest

from etl import receipts as records
from etl.atomic import flush
from etl.receipts import Receipt, digest


def receipt_for(data, load_id=None, **changed):
    sha256 = digest(data)
    base = Receipt(
        load_id=load_id or records.new_load_id(sha256),
        file="福島市.csv",
        sha256=sha256,
        ending=".csv",
        loaded_at="2025-04-10T09:00:00",
        loaded_by="係",
        received="2025-04-10",
        prefecture="07",
        municipality=None,
        replace=False,
        return_id="referral",
        outcome="accepted",
        rows_in_file=1,
        rows_accepted=1,
        rows_quarantined=0,
        rows_replaced=0,
        unchanged=False,
        quarantined_rows=(),
        problems=(),
    )
    return replace(base, **changed)


@pytest.fixture
def inbox(tmp_path):
    return tmp_path / "inbox"


def names(inbox):
    return sorted(str(path.relative_to(inbox)) for path in inbox.rglob("*") if path.is_file())


def pend(inbox, data, **changed):
    receipt = receipt_for(data, **changed)
    flush([records.write_pending(inbox, receipt), records.keep_file(inbox, data, receipt)])
    return receipt


def test_a_receipt_comes_back_as_it_was(inbox):
    receipt = receipt_for(b"a", quarantined_rows=(3, 5), problems=({"rule": "formula", "message": "…"},))
    records.write_receipt(inbox, receipt)
    assert list(records.receipts(inbox)) == [receipt]
    assert (
        json.loads((inbox / "receipts" / f"{receipt.load_id}.json").read_text(encoding="utf-8"))["file"] == "福島市.csv"
    )


def test_receipts_are_in_the_order_of_their_coming(inbox):
    found = [receipt_for(bytes([n]), load_id=f"2025041{n}T090000000000-{n:08x}") for n in (3, 1, 2)]
    for receipt in found:
        records.write_receipt(inbox, receipt)
    assert [receipt.load_id for receipt in records.receipts(inbox)] == sorted(receipt.load_id for receipt in found)
    assert list(records.receipts(inbox.with_name("nothing"))) == []


def test_a_pending_receipt_counts_once_the_database_holds_it(inbox):
    receipt = pend(inbox, b"a")
    assert list(records.receipts(inbox)) == []
    records.settle(inbox, [receipt.load_id])
    assert list(records.receipts(inbox)) == [receipt]
    assert records.kept_file(inbox, receipt) == b"a"


def test_a_pending_receipt_that_never_happened_goes_with_its_file(inbox):
    happened, never = pend(inbox, b"a"), pend(inbox, b"b")
    records.settle(inbox, [happened.load_id])
    assert names(inbox) == [f"files/{happened.sha256}.csv", f"receipts/{happened.load_id}.json"]
    with pytest.raises(records.KeptFileMissing):
        records.kept_file(inbox, never)


def test_a_file_that_another_receipt_needs_stays(inbox):
    first = pend(inbox, b"a", municipality="072010")
    records.settle(inbox, [first.load_id])
    pend(inbox, b"a", municipality="072036")
    records.settle(inbox, [first.load_id])
    assert records.kept_file(inbox, first) == b"a"


def test_a_pending_receipt_cut_short_by_a_power_failure_is_settled_too(inbox):
    receipt = pend(inbox, b"a")
    (inbox / "receipts" / f"{receipt.load_id}.json.pending").write_bytes(b"")
    (inbox / "files" / f".{'0' * 20}.part").write_bytes(b"half a file")
    records.settle(inbox, [])
    assert names(inbox) == []


def test_settling_touches_nothing_that_has_no_pending_receipt(inbox):
    receipt = receipt_for(b"a")
    records.write_receipt(inbox, receipt)
    records.keep_file(inbox, b"a", receipt)
    (inbox / "files" / "メモ.txt").write_text("係の覚え", encoding="utf-8")
    before = names(inbox)
    records.settle(inbox, [])
    assert names(inbox) == before


def test_very_long_names_are_kept_in_the_receipt_only(inbox):
    receipt = pend(inbox, b"a", file="長い名前" * 80 + ".csv")
    records.settle(inbox, [receipt.load_id])
    assert next(records.receipts(inbox)).file == receipt.file


@pytest.mark.parametrize(
    ("outcome", "unchanged", "taken"),
    [
        ("accepted", False, True),
        ("accepted_with_quarantine", False, True),
        ("refused", False, False),
        ("accepted", True, False),
    ],
)
def test_only_what_is_in_the_database_is_taken(outcome, unchanged, taken):
    assert receipt_for(b"a", outcome=outcome, unchanged=unchanged).taken is taken
