"""A case as a workbook: the headings of the case sheet, nothing that a spreadsheet would run."""

from __future__ import annotations

import io

import openpyxl

from desk.case_sheet import HEADINGS, Case
from ui.internal.library.book import book_name, book_of

SHEET = {
    "case_title": "見守り/訪問",
    "difficulties": "=cmd|'/c calc'!A1",
    "publication": "ask",
    "started_date": "2024-04-01",
    "source": "@SUM(1)",
}
CASE = Case("992011", "J-01", SHEET, SHEET, "return")


def cells() -> dict[str, object]:
    book = openpyxl.load_workbook(io.BytesIO(book_of(CASE, "夕凪原市", ["架空データ", ""])))
    assert all(cell.data_type != "f" for row in book["事例シート"].iter_rows() for cell in row)
    return {row[0]: row[1] for row in book["事例シート"].iter_rows(values_only=True) if row[0]}


def test_every_field_of_the_case_sheet_has_its_row() -> None:
    shown = cells()
    assert [heading for heading in HEADINGS.values() if heading not in shown] == []
    assert shown["団体コード"] == "992011"
    assert shown["公開可否"] == "要確認"
    assert shown["取組開始日"] == "令和6年4月1日"
    assert shown["状態"] == "◇ 下書き"
    assert "※ 架空データ" in shown


def test_text_that_a_spreadsheet_would_run_is_led_by_an_apostrophe() -> None:
    assert cells()["苦労したこと"] == "'=cmd|'/c calc'!A1"
    assert cells()["出典"] == "'@SUM(1)"


def test_a_file_name_has_no_letter_that_a_system_refuses() -> None:
    assert book_name(CASE, "夕凪原市") == "事例シート_夕凪原市_見守り_訪問.xlsx"
