"""Tables and their downloads: marks instead of blanks, files that say what they hold, no cell that runs."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalog import load_catalog
from tests.sample_database import ROOT
from ui import tables
from ui.labels.inert import inert_text
from ui.tables import csv_bytes, inert

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


SCRIPT = f"""
import sys

import pandas as pd
import streamlit as st

sys.path.insert(0, {str(ROOT)!r})
from ui.exports import Picture
from ui.tables import data_table


def made():
    st.session_state["made"] = st.session_state.get("made", 0) + 1
    return pd.DataFrame({{"市区町村": ["水琴町"], "値": ["未提出"]}})


year = st.selectbox("年度", [2024, 2023], key="fy")
data_table(
    made, key="areas", title=f"つなぎ（{{year}}）", about=["出典：相互紹介記録"], pictures=[Picture({{"data": []}})]
)
data_table(pd.DataFrame({{"月": ["4月", "=1+1"]}}), key="months", title="月別", about=[], open_at_start=True)
"""


@pytest.fixture
def app(tmp_path: Path) -> AppTest:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    return AppTest.from_file(str(tmp_path / "script.py"), default_timeout=30).run()


def headings(app: AppTest) -> list[str]:
    assert [one.message for one in app.exception] == []
    return [one.value.columns[0] for one in app.dataframe]


def test_a_closed_fold_makes_and_sends_no_table(app: AppTest) -> None:
    assert [fold.label for fold in app.expander] == ["データの表と図の保存：つなぎ（2024）", "データの表：月別"]
    assert headings(app) == ["月"]
    assert app.dataframe[0].value["月"].tolist() == ["4月", "'=1+1"], "the grid has a download of its own"
    assert "made" not in app.session_state
    assert len(app.get("download_button")) == 2


def test_an_opened_fold_shows_table_legend_and_download(app: AppTest) -> None:
    app.session_state["fold-areas"] = True
    app.run()
    assert headings(app) == ["市区町村", "月"]
    assert app.session_state["made"] == 1
    assert any("未提出：" in one.value for one in app.caption)
    assert [one.proto.label for one in app.get("download_button")][:4] == [
        "CSVで保存（UTF-8）",
        "Excelで保存（XLSX）",
        "図を保存（PNG）",
        "図を保存（SVG）",
    ]


def test_a_fold_stays_as_it_was_when_a_filter_changes_its_title(app: AppTest) -> None:
    app.session_state["fold-areas"], app.session_state["fold-months"] = True, False
    app.run().selectbox(key="fy").set_value(2023).run()
    assert app.expander[0].label == "データの表と図の保存：つなぎ（2023）"
    assert headings(app) == ["市区町村"]


def test_paper_gets_every_row_as_text_and_no_markup_of_a_cell() -> None:
    table = pd.DataFrame({"名<b>": ["<script>甲", None, "乙"], "数": [1, 2, 3]})
    shown = tables.on_paper(table)
    assert "<th>名&lt;b&gt;</th><th>数</th>" in shown
    assert "<tr><td>&lt;script&gt;甲</td><td>1</td></tr><tr><td></td><td>2</td></tr>" in shown
    assert "<script>" not in shown


def test_paper_says_how_many_rows_it_leaves_out() -> None:
    many = pd.DataFrame({"数": range(tables.MOST_ROWS_ON_PAPER + 3)})
    assert tables.on_paper(many).count("<tr>") == tables.MOST_ROWS_ON_PAPER + 1
    assert "ほかに3行あります" in tables.on_paper(many)
    assert "ほかに" not in tables.on_paper(many.head(tables.MOST_ROWS_ON_PAPER))
