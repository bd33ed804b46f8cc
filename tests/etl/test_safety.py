"""Files made to break a reader: refused or set aside quickly, within bounded memory. All of them are made here."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from etl.excel import LARGEST_UNPACKED
from etl.problems import Refused
from etl.read import read_sheets
from etl.workbook import child

HEAD = ["紹介番号", "把握日", "市区町村"]
ROW = ["A-1", "R6.6.24", "福島市"]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def good() -> bytes:
    book = openpyxl.Workbook()
    for row in (HEAD, ROW):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def changed(data: bytes, change: Callable[[bytes], bytes], part: str = SHEET, **more: bytes) -> bytes:
    """The workbook with one part changed and further parts added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        for name, text in more.items():
            new.writestr(name, text)
    return held.getvalue()


def rule_of(data: bytes, name: str = "報告.xlsx") -> str | None:
    began = time.monotonic()
    try:
        read_sheets(data, name)
    except Refused as refused:
        return refused.problem.rule
    finally:
        assert time.monotonic() - began < 60
    return None


def test_a_zip_bomb_is_refused_by_its_table_of_contents(good, monkeypatch):
    assert LARGEST_UNPACKED == 400 << 20
    monkeypatch.setattr("etl.excel.LARGEST_UNPACKED", 4 << 20)
    bomb = {"xl/media/image1.bin": b"\0" * (4 << 20)}
    assert rule_of(changed(good, lambda text: text, **bomb)) == "workbook_too_large"


def test_a_zip_bomb_that_lies_about_its_size_is_stopped_while_it_grows(good):
    data = bytearray(changed(good, lambda text: text.replace(b"<sheetData>", b"<sheetData>" + b" " * (60 << 20))))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        entry = book.getinfo(SHEET)
    lie = struct.pack("<I", 100)
    at = data.rfind(SHEET.encode())  # in the table of contents: its size stands 22 bytes before its name
    data[at - 22 : at - 18] = lie
    data[entry.header_offset + 22 : entry.header_offset + 26] = lie
    assert rule_of(bytes(data)) in ("file_unreadable", "workbook_too_large", None)


def test_ten_thousand_parts_are_refused(good):
    assert rule_of(changed(good, lambda text: text, **{f"xl/media/{n}.png": b"" for n in range(10_000)})) == (
        "workbook_too_large"
    )


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("a cell in the far corner", lambda text: text.replace(b'r="A2"', b'r="XFD1048576"')),
        (
            "a row number beyond all",
            lambda text: re.sub(rb'<row r="2"', b'<row r="4000000000"', text).replace(b'r="A2" ', b""),
        ),
        ("a reference without end", lambda text: text.replace(b'r="A2"', b'r="AAAAAAAAAAAA99999999999999999999"')),
        ("a string that is not there", lambda text: re.sub(rb"<v>\d+</v>", b"<v>999999999</v>", text)),
        (
            "a date beyond the calendar",
            lambda text: text.replace(b"</row></sheetData>", b'<c r="D2" s="1"><v>1e308</v></c></row></sheetData>'),
        ),
        ("no end", lambda text: text[: len(text) // 2]),
        (
            "an entity bomb",
            lambda text: text.replace(
                b"<worksheet",
                b'<!DOCTYPE b [<!ENTITY a "' + b"a" * 9999 + b'"><!ENTITY c "' + b"&a;" * 9999 + b'">]><worksheet',
                1,
            ).replace(b"<v>0</v>", b"<v>&c;</v>"),
        ),
        ("nesting without end", lambda text: text.replace(b"<sheetData>", b"<sheetData>" + b"<a>" * 200_000)),
        ("another encoding", lambda text: text.decode().encode("utf-16")),
    ],
)
def test_a_crafted_sheet_costs_one_file_at_most(good, what, change):
    assert rule_of(changed(good, change)) in ("file_unreadable", "file_empty", "too_many_columns", None), what


def test_a_string_repeated_without_measure_is_stopped(good):
    """50,000 cells that share a string of 32,000 letters are 1.6 GB when each gets its own."""
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(3, 50_003))
    data = changed(good, lambda text: text.replace(b"</sheetData>", cells + b"</sheetData>"))
    data = changed(data, lambda text: re.sub("紹介番号".encode(), b"a" * 32_000, text), "xl/sharedStrings.xml")
    assert rule_of(data) == "file_unreadable"


def test_a_million_formatted_empty_rows_are_read_as_none(good, check):
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(3, 1_048_577))
    data = changed(good, lambda text: text.replace(b"</sheetData>", rows + b"</sheetData>"))
    began = time.monotonic()
    checked = check(data, "報告.xlsx")
    assert time.monotonic() - began < 30
    assert checked.table.num_rows == 1


def test_ten_thousand_columns_are_refused(good):
    cells = b"".join(b'<c r="%s1" t="inlineStr"><is><t>a</t></is></c>' % name for name in (b"NTP", b"XFD"))
    data = changed(good, lambda text: text.replace(b'</row><row r="2"', cells + b'</row><row r="2"'))
    assert rule_of(data) == "too_many_columns"
    assert rule_of((",".join(["a"] * 10_000) + "\n").encode(), "報告.csv") == "too_many_columns"


def test_a_cell_of_forty_thousand_letters_is_set_aside(check, csv_of, referral):
    checked = check(csv_of(referral("A-1"), referral("A-2", 紹介元部署="長" * 40_000)))
    assert [(problem.rule, problem.row) for problem in checked.problems if problem.row] == [("cell_too_long", 2)]


def test_a_workbook_with_a_password_is_called_locked():
    inside = "EncryptedPackage".encode("utf-16-le")  # a stream of that name in a compound file is how Excel locks
    assert rule_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + inside + bytes(500)) == "file_locked"


def test_an_embedded_file_can_not_be_looked_into_and_is_refused(good):
    assert rule_of(changed(good, lambda text: text, **{"xl/embeddings/Workbook1.xlsx": b"PK"})) == "file_embedded"


@pytest.mark.parametrize("name", ["報告.xls", "報告.xlsx", "報告.csv"])
def test_a_page_of_html_is_no_table(name):
    assert rule_of(b"<html><body><table><tr><td>1</td></tr></table></body></html>", name) == "content_unlike_ending"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_workbooks_are_refused(good, share):
    from tests.bench.bench_fuzz import good_files

    assert rule_of(good[: int(len(good) * share)]) == "file_unreadable"
    old = good_files()["old.xls"]
    assert rule_of(old[: int(len(old) * share)], "報告.xls") in ("file_unreadable", None)


def test_a_chain_of_sectors_that_bites_its_tail_is_left_after_some_seconds(monkeypatch):
    from tests.bench.bench_fuzz import good_files

    data = bytearray(good_files()["old.xls"])
    table = struct.unpack_from("<I", data, 76)[0]  # the first sector of the allocation table
    for sector in range(128):
        struct.pack_into("<I", data, 512 * (table + 1) + 4 * sector, 1)
    began = time.monotonic()
    assert rule_of(bytes(data), "報告.xls") == "file_unreadable"
    assert time.monotonic() - began < 20


def test_the_child_is_given_time_by_the_size_of_its_file():
    assert child.seconds_for(1_000) == 5
    assert child.seconds_for(50 << 20) == 105


def test_formulas_are_read_by_their_last_value_and_links_are_not_followed(good, check):
    formula = '<c r="D2" t="str"><f>HYPERLINK("http://example.test","社協")</f><v>社協</v></c>'.encode()
    heading = '<c r="D1" t="inlineStr"><is><t>紹介先機関</t></is></c>'.encode()
    data = changed(
        good,
        lambda text: text.replace(b'</row><row r="2"', heading + b'</row><row r="2"').replace(
            b"</row></sheetData>", formula + b"</row></sheetData>"
        ),
        **{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
    )
    assert check(data, "報告.xlsx").table["to_agency"].to_pylist() == ["社協"]


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://example.test","x")',
        "=cmd|'/C calc'!A0",
        "+cmd|'/C calc'!A0",
        "-cmd|'/C calc'!A0",
        "@SUM(A1)",
        "＝1+1",
        " =1+1",
        "\t=1+1",
        '=IMPORTXML("http://example.test")',
        "=1+1",
        "DDE|x!y",
    ],
)
@pytest.mark.parametrize("column", ["紹介元部署", "備考", "紹介番号", "市区町村", "結果"])
def test_text_that_a_spreadsheet_would_run_is_set_aside_and_never_quoted(check, csv_of, referral, cell, column):
    checked = check(csv_of({**referral("A-1"), "備考": ""}, {**referral("A-2"), "備考": "", column: cell}))
    rules = [(problem.rule, problem.value) for problem in checked.problems if problem.row == 2]
    assert ("formula", "") in rules
    assert checked.quarantined == (2,)


def test_a_hidden_link_to_another_workbook_with_names_is_seen(good, check):
    link = '<externalLink><sheetData><cell r="A1"><v>山田太郎様</v></cell></sheetData></externalLink>'.encode()
    checked = check(changed(good, lambda text: text, **{"xl/externalLinks/externalLink1.xml": link}), "報告.xlsx")
    assert checked.problems[0].rule == "personal_value"


def test_nothing_of_a_workbook_is_written_to_the_disk_while_it_is_read(good, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    read_sheets(good, "報告.xlsx")
    assert list(tmp_path.iterdir()) == []
