"""What leaves the pages as a file: no cell may run, and every spreadsheet must read it as it was."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from ui.tables import csv_bytes, inert, inert_text

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
