"""Files as they come: encodings, separators, kinds of Excel, and what is no return at all."""

import io

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.decode import decode
from etl.excel import cell_text, texts_beside_cells
from etl.problems import Refused
from etl.read import read_sheets

TABLE = "紹介番号,把握日,市区町村\r\nA-1,R6.6.24,福島市\r\nA-2,R6.6.25,郡山市\r\n"
ROWS = [["A-1", "R6.6.24", "福島市"], ["A-2", "R6.6.25", "郡山市"]]


def rows_of(data: bytes, name: str = "報告.csv", first: int = 1, width: int = 3) -> list[list[str]]:
    body = read_sheets(data, name)[0].body(first, width)
    return [list(row) for row in zip(*(column.to_pylist() for column in body.columns), strict=True)]


def refused(data: bytes, name: str = "報告.csv") -> str:
    with pytest.raises(Refused) as caught:
        read_sheets(data, name)
    return caught.value.problem.rule


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", pytest.param("utf-16-be", id="utf-16-be with BOM")]
)
def test_every_encoding_of_excel_is_read(encoding):
    data = TABLE.encode(encoding)
    assert rows_of(b"\xfe\xff" + data if encoding == "utf-16-be" else data) == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(end):
    assert rows_of(TABLE.replace("\r\n", end).encode()) == ROWS


@pytest.mark.parametrize("name", ["報告.csv", "報告.txt", "報告.TSV"])
def test_tab_is_seen_whatever_the_ending_says(name):
    assert rows_of(TABLE.replace(",", "\t").encode("cp932"), name) == ROWS


def test_characters_beyond_jis_survive_cp932():
    assert rows_of("番号,名前,町\n①,㈱髙﨑,Ⅳ\n".encode("cp932")) == [["①", "㈱髙﨑", "Ⅳ"]]


def test_a_line_break_inside_a_cell_does_not_break_the_record():
    assert rows_of('a,b,c\n1,"二行\nのセル",3\n4,5,6\n'.encode()) == [["1", "二行\nのセル", "3"], ["4", "5", "6"]]


def test_short_records_are_padded_and_long_ones_cut_in_their_place():
    data = b"a,b,c\n1,2,3\n4\n5,6,7,8,9\n\n10,11,12\n"
    body = read_sheets(data, "x.csv")[0].body(1, 3)
    assert rows_of(data) == [["1", "2", "3"], ["4", "", ""], ["5", "6", "7"], ["", "", ""], ["10", "11", "12"]]
    assert body.lines.tolist() == [2, 3, 4, 5, 6]
    assert body.beyond == ((4, "8"), (4, "9"))


def test_records_of_another_width_keep_their_place_in_a_large_file():
    lines = [f"{n},x,y" for n in range(50_000)]
    lines[12_345] = "12345"
    lines[49_999] = "49999,x,y,z"
    rows = rows_of(("a,b,c\n" + "\n".join(lines)).encode())
    assert [row[0] for row in rows] == [str(n) for n in range(50_000)]
    assert rows[12_345] == ["12345", "", ""]


def test_a_column_that_hardly_repeats_is_read_the_same():
    sheet = read_sheets(TABLE.encode(), "x.csv")[0]
    plain, repeating = sheet.body(1, 3, frozenset({0})), sheet.body(1, 3)
    assert [c.to_pylist() for c in plain.columns] == [c.to_pylist() for c in repeating.columns]


def test_a_cell_longer_than_a_block_is_read():
    assert rows_of(("a,b,c\n1," + "長" * 4_000_000 + ",3\n4,5,6\n").encode())[1] == ["4", "5", "6"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.text(st.sampled_from('あ髙a1,"\n　・ 様'), max_size=6), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]),
)
def test_what_a_csv_writer_wrote_comes_back(rows, encoding):
    import csv

    text = io.StringIO()
    csv.writer(text).writerows([["a", "b", "c"], *rows])
    try:
        assert rows_of(text.getvalue().encode(encoding)) == rows
    except Refused as refusal:  # a cell of many lines and commas looks like a quotation mark never closed
        assert refusal.problem.rule == "quote_unclosed"
        assert any(cell.count(",") >= 3 and "\n" in cell for row in rows for cell in row)


@pytest.mark.parametrize(
    ("data", "name", "rule"),
    [
        (b"", "空.csv", "file_empty"),
        (b" \r\n\r\n", "空白.csv", "file_empty"),
        (b"\xef\xbb\xbf", "BOMだけ.csv", "file_empty"),
        (b",,,\n,,\n", "区切りだけ.csv", "file_empty"),
        (b"%PDF-1.7 ...", "報告.csv", "content_unlike_ending"),
        (b"\n<!DOCTYPE html><html><table>", "報告.xls", "content_unlike_ending"),
        (b"<html><table>", "報告.csv", "content_unlike_ending"),
        (b"\x89PNG....", "報告.xlsx", "content_unlike_ending"),
        (b"PK\x03\x04 broken", "報告.xlsx", "file_unreadable"),
        (b"PK\x03\x04 broken", "報告.csv", "content_unlike_ending"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "報告.xls", "file_unreadable"),
        (TABLE.encode(), "報告.docx", "file_type_unknown"),
        (TABLE.encode(), "報告", "file_type_unknown"),
        (b"a,b\x00c\n1,2,3\n", "報告.csv", "nul_bytes"),
        ("a,b\x00c\n".encode("utf-16"), "報告.csv", "nul_bytes"),
        (TABLE.encode("utf-16") + b"\x00", "報告.csv", "encoding_unknown"),
        (TABLE.encode("cp932") + b"\x81\x00\xff", "報告.csv", "nul_bytes"),
        (TABLE.encode("cp932") + b"\x81\x20\x85\xff", "報告.csv", "encoding_unknown"),
        (TABLE.encode("iso-2022-jp"), "報告.csv", "encoding_unknown"),
        (TABLE.encode("cp932") + "A-3,R6.6.26,会津若松市\r\n".encode(), "報告.csv", "encoding_mixed"),
        (TABLE.encode() + "A-3,R6.6.26,会津若松市\r\n".encode("cp932"), "報告.csv", "encoding_mixed"),
        (",".join(map(str, range(1_001))).encode() + b"\n", "報告.csv", "too_many_columns"),
    ],
)
def test_what_is_no_return_is_refused_by_name(data, name, rule):
    assert refused(data, name) == rule


def test_the_mixed_line_is_told():
    with pytest.raises(Refused) as caught:
        decode(TABLE.encode("cp932") + "A-3,R6.6.26,会津若松市\r\n".encode(), "x.csv")
    assert "4行目" in caught.value.problem.message


def test_a_locked_workbook_is_called_locked_and_not_of_another_kind():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert refused(locked, "報告.xlsx") == "file_locked"


@pytest.mark.parametrize("inside", ['A-1,"R6.6.24,福島市\r\n', '"A-1,R6.6.24,福島市\r\n', 'A-1,R6.6.24,"福島市\r\n'])
def test_a_quotation_mark_never_closed_does_not_swallow_rows(inside):
    data = ("紹介番号,把握日,市区町村\r\n" + inside + "A-2,R6.6.25,郡山市\r\n" * 5).encode()
    with pytest.raises(Refused) as caught:
        rows_of(data)
    assert caught.value.problem.rule == "quote_unclosed"


def test_a_quotation_mark_closed_many_rows_later_does_not_swallow_rows():
    rows = ['A-1,R6.6.24,"福島市', *["A-2,R6.6.25,郡山市"] * 4, 'A-9,R6.6.24,福島市"', "A-10,R6.6.24,福島市"]
    with pytest.raises(Refused) as caught:
        rows_of(("紹介番号,把握日,市区町村\n" + "\n".join(rows)).encode())
    assert caught.value.problem.rule == "quote_unclosed"


def test_an_old_workbook_is_read():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("記録")
    for row, cells in enumerate([["番号", "日", "件数"], ["Ａ－１", 45467, 3.0]]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    held = io.BytesIO()
    book.save(held)
    assert rows_of(held.getvalue(), "報告.xls") == [["Ａ－１", "45467", "3"]]


def test_every_sheet_is_read_also_hidden_ones(xlsx_of):
    def hide(book):
        book["二"].sheet_state = "hidden"
        book["三"].sheet_state = "veryHidden"

    data = xlsx_of({"一": [["a"]], "二": [["b"]], "三": [["c"]]}, hide)
    assert [(sheet.name, sheet.head) for sheet in read_sheets(data, "x.xlsx")] == [
        ("一", (("a",),)),
        ("二", (("b",),)),
        ("三", (("c",),)),
    ]


def test_a_chart_sheet_is_passed_over(xlsx_of):
    data = xlsx_of({"一": [["a"]]}, lambda book: book.create_chartsheet("図"))
    assert [sheet.name for sheet in read_sheets(data, "x.xlsx")] == ["一"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(3.0, "3"), (3.5, "3.5"), (72010.0, "72010"), (True, "1"), (False, "0"), ("", ""), ("文", "文")],
)
def test_cells_are_read_as_a_clerk_would(cell, text):
    assert cell_text(cell) == text


def test_dates_of_excel_come_without_midnight():
    from datetime import date, datetime, time

    assert cell_text(datetime(2024, 6, 24)) == "2024-06-24"
    assert cell_text(datetime(2024, 6, 24, 9, 30)) == "2024-06-24 09:30:00"
    assert cell_text(date(2024, 6, 24)) == "2024-06-24"
    assert cell_text(time(9, 30)) == "09:30:00"


def test_comments_are_texts_beside_the_cells(xlsx_of):
    from openpyxl.comments import Comment

    def note(book):
        book["一"]["A1"].comment = Comment("山田太郎様から電話", "記入者")

    found = texts_beside_cells(xlsx_of({"一": [["a"]]}, note))
    assert any("山田太郎様から電話" in texts for _, texts in found)
    assert texts_beside_cells(b"a,b,c") == []


@pytest.fixture(scope="module")
def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["紹介番号", "把握日"], ["A", "B"]):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6),
    st.floats(0.01, 1) | st.just(1.0),
)
def test_damaged_workbooks_are_refused_and_never_raise(workbook, damages, share):
    whole = bytearray(workbook)
    for place, byte in damages:
        whole[4 + int(place * (len(whole) - 4))] = byte
    try:
        read_sheets(bytes(whole[: max(10, int(share * len(whole)))]), "x.xlsx")
    except Refused as refusal:
        assert refusal.problem.rule in ("file_unreadable", "file_empty", "file_locked", "workbook_too_large")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_under_csv_are_read_or_refused(data):
    try:
        for sheet in read_sheets(data, "x.csv"):
            sheet.texts()
    except Refused as refusal:
        assert refusal.problem.level == "file"
