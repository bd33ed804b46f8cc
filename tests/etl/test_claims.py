"""What a refused file is about: municipality and months, by its rows, titles, sheet names, options or its own name."""

import pytest

from etl import receipts as records
from etl.status import status

JUNE = (("072010", "2024-06"),)


def claimed(load, name, data, **order):
    [receipt] = load({name: data}, **{"prefecture": "07", **order})
    assert receipt.outcome == "refused"
    return receipt.claimed


def test_a_taken_file_claims_the_months_it_covers(load, csv_of, referral, place):
    rows = [referral("A-1"), referral("A-2", 把握日="R6.8.1", つなぎ日="", 初回相談日="")]
    [receipt] = load({"a.csv": csv_of(*rows)})
    assert receipt.claimed == (("072010", "2024-06"), ("072010", "2024-07"), ("072010", "2024-08"))
    [kept] = records.receipts(place.inbox)
    assert kept.claimed == receipt.claimed


def test_a_file_refused_for_personal_information_claims_what_its_rows_say(load, csv_of, referral, place, bytes_of):
    data = csv_of(
        referral("A-1", 氏名="山田太郎"), referral("A-2", 団体コード="072036", 市区町村="郡山市", 氏名="鈴木花子")
    )
    assert claimed(load, "a.csv", data) == (*JUNE, ("072036", "2024-06"))
    for body in bytes_of(place.pointer.parent).values():
        assert "山田太郎".encode() not in body


def test_a_file_of_which_no_row_can_be_taken_claims_its_months(load, csv_of, referral):
    load({"a.csv": csv_of(referral("A-1"))})
    assert claimed(load, "b.csv", csv_of(referral("A-1", 結果="終結"))) == JUNE


def test_a_file_of_another_prefecture_claims_nothing_here(load, csv_of, referral):
    assert claimed(load, "t.csv", csv_of(referral("T-1", 団体コード="131016", 市区町村="千代田区"))) == ()


@pytest.mark.parametrize(
    "above",
    [
        ["福島市", "令和6年6月分"],
        ["相互紹介記録（令和6年6月分）　福島市"],
        ["福島県福島市 2024年6月"],
    ],
)
def test_titles_tell_when_rows_do_not(load, csv_of, referral, above):
    row = {"氏名": "山田太郎", "紹介番号": "A-1", "把握日": "?"}
    assert claimed(load, "a.csv", csv_of(row, above=above)) == JUNE


def test_titles_tell_when_a_required_column_is_missing(load, csv_of):
    row = {"紹介元部署": "福祉課", "紹介先機関": "社協", "結果": "支援中"}
    assert claimed(load, "a.csv", csv_of(row, above=["福島市", "令和6年6月分"])) == JUNE


def test_titles_tell_when_no_header_is_found(load, csv_of):
    row = {"あ": "1", "い": "2"}
    assert claimed(load, "a.csv", csv_of(row, above=["福島市", "令和6年6月分"])) == JUNE


def test_sheet_names_tell_the_months(load, xlsx_of):
    rows = [["福島市"], ["氏名", "紹介番号", "把握日"], ["山田太郎", "A-1", "?"]]
    data = xlsx_of({"令和6年6月": rows, "令和6年7月": rows})
    assert claimed(load, "a.xlsx", data) == (*JUNE, ("072010", "2024-07"))


@pytest.mark.parametrize(
    "name",
    [
        "福島市_令和6年6月分.csv",
        "福島市（令和6年6月）相互紹介記録.csv",
        "相互紹介記録 福島市 R6.6.csv",
        "072010_202406.csv",
        "07201_2024-06.csv",
        "R06-06福島市.csv",
        "提出\\福島市_2024.06.csv",
        "２０２４年６月_福島市.csv",
    ],
)
def test_the_name_of_an_unreadable_file_tells(load, name):
    assert claimed(load, name, b"%PDF-1.7 not a table") == JUNE


@pytest.mark.parametrize("name", ["報告.csv", "福島市.csv", "202406.csv", "R6.6.24提出分.csv", "130001_202406.csv"])
def test_a_name_that_lacks_place_or_month_claims_nothing(load, name):
    assert claimed(load, name, b"%PDF-1.7 not a table") == ()


def test_the_option_tells_the_municipality(load):
    assert claimed(load, "202406.csv", b"%PDF-1.7", municipality="072010") == JUNE


def test_a_fiscal_year_claims_its_months_up_to_the_receipt(load):
    found = claimed(load, "福島市_令和6年度.csv", b"%PDF-1.7")
    assert (len(found), found[0], found[-1]) == (12, ("072010", "2024-04"), ("072010", "2025-03"))


def test_the_status_names_months_that_were_refused_until_they_are_received(load, csv_of, referral, place):
    def months(code):
        [sent] = [one for one in status(place) if (one.area_code, one.return_id) == (code, "referral")]
        return sent.received, sent.refused, sent.missing

    koriyama = {"団体コード": "072036", "市区町村": "郡山市"}
    load({"k.csv": csv_of(referral("K-1", **koriyama))})
    load({"a.csv": csv_of(referral("A-1", 氏名="山田太郎")), "x.csv": csv_of(referral("K-2", 氏名="鈴木", **koriyama))})
    assert months("072010") == ((), ("2024-06",), ())
    assert months("072036") == (("2024-06",), (), ())
    assert months("072028") == ((), (), ("2024-06",))
    load({"a.csv": csv_of(referral("A-1"))})
    assert months("072010") == (("2024-06",), (), ())
