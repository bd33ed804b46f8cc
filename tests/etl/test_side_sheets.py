"""Sheets that are no part of a return."""

import pytest

from etl.side_sheets import is_side_sheet

KNOWN = (
    "記入例",
    "記入例2",
    "記入例（1）",
    "記入例 (2)",
    "記入例（架空データ）",
    "記載例",
    "リスト",
    "確認事項",
    " 用語と選択肢 ",
)
READ = ("入力", "R6.4", "6月", "見本市", "記入例を見て入力", "福島市リスト", "", "4月分", "Sheet1")


@pytest.mark.parametrize("name", KNOWN)
def test_declared_names_are_known(name):
    assert is_side_sheet(name)


@pytest.mark.parametrize(
    "name", ["入力", "R6.4", "6月", "見本市", "記入例を見て入力", "福島市リスト", "", "4月分", "Sheet1"]
)
def test_other_names_are_sheets_to_read(name):
    assert not is_side_sheet(name)


def test_an_example_is_neither_read_nor_told(check, xlsx_of, referral):
    rows = [list(referral()), list(referral("A-1").values())]
    example = [list(referral()), list(referral("見本-1").values())]
    checked = check(
        xlsx_of({"入力": rows, "記入例": example, "用語と選択肢": [["項目", "書き方"], ["結果", "選ぶ"]]}), "x.xlsx"
    )
    assert checked.table["referral_id"].to_pylist() == ["A-1"]
    assert checked.problems == ()


def test_a_workbook_with_nothing_else_is_read(check, xlsx_of, referral):
    checked = check(xlsx_of({"リスト": [list(referral()), list(referral("A-1").values())]}), "x.xlsx")
    assert checked.table["referral_id"].to_pylist() == ["A-1"]


def test_a_person_in_a_side_sheet_is_found_all_the_same(check, xlsx_of, referral):
    rows = [list(referral()), list(referral("A-1").values())]
    checked = check(xlsx_of({"入力": rows, "記入例": [["番号", "氏名", "年代"], ["1", "山田太郎", "50代"]]}), "x.xlsx")
    assert [problem.rule for problem in checked.problems] == ["personal_column"]
