"""Tables and their downloads: marks instead of blanks, files that say what they hold, no cell that runs."""

from __future__ import annotations

import csv
import io
import math

import pandas as pd
import pytest

from metrics.catalog import load_catalog
from ui import tables
from ui.tables import csv_bytes, inert, inert_text

NAN = math.nan
SHARE = load_catalog()["handover_rate"]


def estimates(rows: list[tuple[float, float, int, int, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"value": value, "low": low, "high": 1.0 if low == low else NAN, "numerator": yes, "denominator": of}
            | {"state": state, "method": "Wilson"}
            for value, low, yes, of, state in rows
        ]
    )


def test_every_state_has_its_own_mark_in_the_table() -> None:
    frame = estimates(
        [
            (0.5, 0.25, 5, 10, "value"),
            (0.0, 0.0, 0, 1234, "value"),
            (0.5, 0.25, 5, 10, "partial"),
            (NAN, NAN, 0, 0, "not_sent"),
            (NAN, NAN, 0, 0, "not_applicable"),
        ]
    )
    table = tables.estimate_table(frame, list("甲乙丙丁戊"), SHARE, "市区町村")
    assert table.to_dict("list") == {
        "市区町村": ["甲", "乙", "丙", "丁", "戊"],
        "値（％）": ["50.0", "0.0", "50.0（一部）", "未提出", "-"],
        "95％信頼区間": ["25.0～100.0", "0.0～100.0", "25.0～100.0", "", ""],
        "分子": ["5", "0", "5", "未提出", "0"],
        "分母": ["10", "1,234", "10", "未提出", "0"],
    }


def read(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "Excel takes a CSV without this mark for CP932"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_download_holds_the_table_and_says_what_it_is() -> None:
    table = pd.DataFrame({"市区町村": ["髙穂野町", "水琴町"], "値（％）": ["62.3", "未提出"]})
    data = tables.csv_bytes(table, ["つなぎの実施率", "", "架空データ", "出典：相互紹介記録"])
    assert data.count(b"\r\n") == data.count(b"\n") == 6
    assert read(data) == [
        ["市区町村", "値（％）"],
        ["髙穂野町", "62.3"],
        ["水琴町", "未提出"],
        ["※ つなぎの実施率"],
        ["※ 架空データ"],
        ["※ 出典：相互紹介記録"],
    ]


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://mihon.invalid/")',
        "=1+1",
        "=2+5+cmd|' /C calc'!A0",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "@1",
        "\t=1+1",
        "\r=1+1",
    ],
)
def test_no_cell_of_a_download_acts_as_a_formula(cell: str) -> None:
    shown = read(tables.csv_bytes(pd.DataFrame({"見つかった値": [cell]}), []))[1][0]
    assert shown[0] == "'"
    assert shown[1:] == cell


@pytest.mark.parametrize("cell", ["-", "-3", "-3.5", "+4.0", "…", "x", "0", "1,234", "未提出", ""])
def test_marks_and_numbers_stay_as_they_are(cell: str) -> None:
    assert read(tables.csv_bytes(pd.DataFrame({"a": [cell], "b": ["b"]}), []))[1][0] == cell


@pytest.mark.parametrize("name", ['"=1+1".csv', 'a","=1+1.csv', "a\r\n=1+1.csv"])
def test_a_line_about_the_table_stays_one_cell(name: str) -> None:
    lines = read(tables.csv_bytes(pd.DataFrame({"a": ["b"]}), [name]))
    assert len(lines) == 3
    assert [cell[:2] for cell in lines[2]] == ["※ "]


RUN = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "-1-1",
    "@SUM(A1:A2)",
    "\t=1+1",
    "  =1+1",
    "　=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1+1",
    "－1-1",
    "＠SUM(A1)",
    "=1",
    "--1",
    "-A1",
    "+A1",
]
HARMLESS = [
    "",
    "-",
    "－",
    "…",
    "x",
    "*",
    "***",
    "-3",
    "+3.5",
    "-1,234",
    "-0.5%",
    "2024-06-24",
    "令和6年6月24日",
    "福祉課=1",
    "a@example.jp",
    "'quoted'",
]


@pytest.mark.parametrize("text", RUN)
def test_text_that_a_spreadsheet_would_run_is_led_by_an_apostrophe(text: str) -> None:
    assert inert_text(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert inert_text(text) == text


@pytest.mark.parametrize("value", [0, -3, 1.5, True, None])
def test_what_is_no_text_stays_as_it_is(value: object) -> None:
    assert inert_text(value) is value


def test_headings_are_made_harmless_too() -> None:
    assert list(inert(pd.DataFrame({"=A1": ["x"]})).columns) == ["'=A1"]


def test_a_table_comes_back_from_its_csv_cell_by_cell() -> None:
    table = pd.DataFrame(
        {"名": ['髙﨑"①"', "a,b", "二\n行", "=1+1"], "数": [1, -2, 0, 30], "割合": [0.5, float("nan"), 1.0, 2.25]}
    )
    data = csv_bytes(table, ["題：=1+1", "", '引用"符'])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["名", "数", "割合"],
        ['髙﨑"①"', "1", "0.5"],
        ["a,b", "-2", ""],
        ["二\n行", "0", "1.0"],
        ["'=1+1", "30", "2.25"],
        ["※ 題：=1+1"],
        ['※ 引用"符'],
    ]
