"""What is taken along equals what is shown: marks, figures, title, period, invented or not; no cell that runs."""

from __future__ import annotations

import ast
import io
import math
import re
from html import unescape

import openpyxl
import pandas as pd
import pytest
from PIL import Image

from tests.sample_database import ROOT
from ui import charts, exports, labels
from ui.maps import outlines

ABOUT = [labels.SAMPLE_NOTICE, "期間：令和6年度", "", "出典：相互紹介記録"]
TABLE = pd.DataFrame(
    {
        "団体コード": ["991007", "012025", "992011", "992020", "992038"],
        "市区町村": ["あさなぎ市", "夕凪原市", "帆影市", "青苑市", "=1+1"],
        "値（％）": ["62.3", "50.0（一部）", "未提出", "x", "-"],
        "件数": ["1,234", "0", "未提出", "…", "-5"],
        "人口": [10, 20.5, math.nan, 0, True],
    }
)


def book_of(table: pd.DataFrame = TABLE) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(exports.xlsx_bytes(table, "つなぎ=率", ABOUT)))


def test_a_workbook_holds_the_table_as_shown_with_numbers_as_numbers() -> None:
    lines = list(book_of()["表"].iter_rows(values_only=True))
    assert [line[0] for line in lines[:2]] == ["つなぎ=率", labels.SAMPLE_NOTICE]
    assert lines[3:] == [
        ("団体コード", "市区町村", "値（％）", "件数", "人口"),
        ("991007", "あさなぎ市", 62.3, 1234, 10),
        ("012025", "夕凪原市", "50.0（一部）", 0, 20.5),
        ("992011", "帆影市", "未提出", "未提出", None),
        ("992020", "青苑市", "x", "…", 0),
        ("992038", "'=1+1", "-", -5, "True"),
    ]


def test_numbers_of_a_workbook_look_as_on_the_page() -> None:
    sheet = book_of()["表"]
    shown = {cell.value: cell.number_format for row in sheet.iter_rows(min_row=5) for cell in row}
    assert (shown[62.3], shown[1234], shown[20.5]) == ("0.0", "#,##0", "0.0")
    assert sheet.freeze_panes == "B5"
    assert labels.SAMPLE_NOTICE in sheet.oddHeader.left.text


def test_the_conditions_say_the_filters_the_source_and_the_marks() -> None:
    lines = [line[0] for line in book_of()["条件"].iter_rows(values_only=True)]
    assert lines[:4] == ["つなぎ=率", labels.SAMPLE_NOTICE, "期間：令和6年度", "出典：相互紹介記録"]
    assert [f"{mark}：{meaning}" for mark, meaning in labels.LEGEND] == [
        line.removeprefix("'") for line in lines[-len(labels.LEGEND) :]
    ]


@pytest.mark.filterwarnings("ignore:Cannot parse header")  # of the reading library, at quotes
@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://mihon.invalid/")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "{=1}"]
)
def test_no_cell_head_or_line_of_a_workbook_is_a_formula(text: str) -> None:
    data = exports.xlsx_bytes(pd.DataFrame({text: [text, "\x00\x1b甲"]}), text, [text])
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(str(cell.value).startswith(tuple("=+@\t")) for cell in cells)
    assert "甲" in [cell.value for cell in cells]


def test_a_table_without_rows_is_still_a_workbook() -> None:
    empty = book_of(pd.DataFrame({"市区町村": []}))
    assert [row[0] for row in empty["表"].iter_rows(min_row=4, values_only=True)] == ["市区町村"]


def test_digits_that_a_spreadsheet_would_change_stay_text() -> None:
    table = pd.DataFrame({"値": ["1234567890123456", "007", "1e5", "1,23", "+3.2"]})
    assert [row[0] for row in book_of(table)["表"].iter_rows(min_row=5, values_only=True)] == table["値"].tolist()


def said_in(svg: bytes) -> str:
    """Title and description of a picture: its letters themselves are outlines."""
    return unescape(re.sub(r"<[^>]+>", "\n", svg.decode("utf-8")))


def test_a_chart_carries_title_period_and_invented_data_as_png_and_svg() -> None:
    figure = charts.years(list(range(2015, 2025)), [5.0] * 10, "件")
    drawn = exports.picture_bytes(exports.Picture(figure), "つなぎの推移", ABOUT, "svg")
    assert all(one in said_in(drawn) for one in ("つなぎの推移", "期間：令和6年度", labels.SAMPLE_NOTICE))
    with Image.open(io.BytesIO(exports.picture_bytes(exports.Picture(figure), "つなぎの推移", ABOUT, "png"))) as image:
        assert image.format == "PNG" and image.width > 900
        assert image.info["Title"] == "つなぎの推移"
        assert labels.SAMPLE_NOTICE in image.info["Description"]


def test_a_map_carries_the_same_and_its_marks(boundaries: None) -> None:
    codes = outlines("99")["codes"]
    values = {codes[0]: (0.5, "value"), codes[1]: (0.25, "partial"), codes[2]: (math.nan, "not_applicable")}
    shown = exports.Picture(exports.AreaMap("99", values, "proportion", "％"), "地図")
    said = said_in(exports.picture_bytes(shown, "つなぎ・地図", ABOUT, "svg"))
    names = outlines("99")["names"]
    expected = ("50.0％", "25.0％（一部）", "-", "未提出")
    assert all(f"{name}：{text}" in said for name, text in zip(names, expected, strict=False))
    assert "つなぎ・地図" in said and "期間：令和6年度" in said and labels.SAMPLE_NOTICE in said
    assert exports.picture_bytes(shown, "つなぎ・地図", ABOUT, "png").startswith(b"\x89PNG")


def test_a_file_name_is_accepted_by_every_system() -> None:
    assert exports.file_name('a/b\\c:"d"*<e>|?\n', "csv") == "a_b_c__d___e____.csv"


def test_every_chart_of_the_internal_pages_can_be_taken_along() -> None:
    """A module that draws a chart hands it to a table's fold; the preview of packs is taken along as a pack."""
    left_out = []
    for path in [*(ROOT / "ui" / "internal").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        drawn = [node for node in calls if ast.unparse(node.func) in ("chart.show", "st.pydeck_chart")]
        folds = [node for node in calls if any(one.arg == "pictures" for one in node.keywords)]
        if drawn and not folds and not {"packs", "presentation"} & set(path.parts):
            left_out.append(path.name)
    assert left_out == []


def test_a_chart_is_taken_along_as_a_page_that_asks_nobody_and_runs_no_name() -> None:
    figure = charts.bars(
        pd.DataFrame({"value": [0.5], "low": [0.4], "high": [0.6], "state": ["value"], "numerator": [5],
                      "denominator": [10]}),
        ["</script><script>alert(1)</script>"],
        "proportion",
        "％",
    )  # fmt: skip
    page = exports.picture_bytes(exports.Picture(figure), "つなぎ<b>", ABOUT, "html").decode()
    assert "<title>つなぎ&lt;b&gt;</title>" in page and f"<p>{labels.SAMPLE_NOTICE}</p>" in page
    assert "<script>alert(1)" not in page
    assert not re.search(r'(?:src|href)="?(?:https?:)?//', page.partition("plotly.js v")[0])
