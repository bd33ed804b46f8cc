"""The workbook: read back with another library. Numbers are numbers, marks are text, nothing is a formula."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from metrics.answers import Answers
from metrics.catalog import load_catalog
from reports.content import Cell, Chart, Pack, Section, Sentences, Series, Table
from reports.sheets.grid import number_to_write
from reports.xlsx import SheetNames, write_xlsx
from tests.reports.conftest import MONTHS
from tests.sample_database import SENDERS, SILENT
from ui import labels

EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def book(pack_of_prefecture: Pack, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("xlsx") / "pack.xlsx"
    write_xlsx(pack_of_prefecture, path)
    return openpyxl.load_workbook(path)


def row_of(sheet: Worksheet, name: str) -> list[object]:
    """The cells of the row that names a municipality in its second column."""
    return next([cell.value for cell in row] for row in sheet.iter_rows(max_col=10) if row[1].value == name)


def test_conditions_come_first_then_the_sections_then_a_sheet_for_each_indicator(
    book: Workbook, pack_of_prefecture: Pack
) -> None:
    names = book.sheetnames
    assert names[0] == "条件"
    assert names[1 : 1 + len(pack_of_prefecture.sections)] == [one.title for one in pack_of_prefecture.sections]
    assert len(names) == 1 + len(pack_of_prefecture.sections) + len(load_catalog())


def test_numbers_are_numbers_in_full_and_shown_as_the_page_rounds_them(book: Workbook, answers: Answers) -> None:
    estimates = answers.of_areas("handover_rate", MONTHS).set_index("area_code")
    sheet = book["つなぎの実施率"]
    for name, code in SENDERS.items():
        shown = row_of(sheet, name)
        assert shown[2] == pytest.approx(estimates.at[code, "value"] * 100, abs=1e-9)
        assert shown[5:7] == [estimates.at[code, "numerator"], estimates.at[code, "denominator"]]
    partial = next(row[2] for row in sheet.iter_rows(max_col=3) if row[1].value == "風待市")
    assert partial.number_format == f'0.0"{labels.PARTIAL_MARK}"'


def test_what_was_not_sent_is_a_mark_and_no_number(book: Workbook) -> None:
    for name in SILENT:
        assert row_of(book["つなぎの実施率"], name)[2:7] == ["未提出", None, None, "未提出", "未提出"]


def test_the_five_marks_are_written_as_text_and_a_zero_as_a_number(pack_of_prefecture: Pack, tmp_path: Path) -> None:
    states = {"未提出": "not_sent", "x": "hidden", "-": "not_applicable", "0.0": "value", "12.5（一部）": "partial"}
    numbers = {"0.0": 0.0, "12.5（一部）": 12.5}
    cells = [[Cell(text, numbers.get(text), state) for text, state in states.items()]]
    marks = Table("記号", list("abcde"), cells, dict.fromkeys(range(5), "0.0"))
    pack = replace(pack_of_prefecture, sections=[Section("s", "記号", [marks])], indicators=[])
    write_xlsx(pack, tmp_path / "marks.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "marks.xlsx")["記号"]
    (found,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "未提出"]
    assert found == ("未提出", "x", "-", 0, 12.5)


def test_every_sheet_says_invented_keeps_its_heads_in_sight_and_fits_the_paper(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.oddHeader.center.text == "架空データ", sheet.title
        assert sheet.oddFooter.center.text == "架空データ"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    for indicator in load_catalog().values():
        sheet = book[SheetNames().next(indicator.title)]
        assert sheet.freeze_panes and sheet.print_title_rows, indicator.id


def test_each_indicator_has_a_chart_that_can_be_edited(book: Workbook, pack_of_prefecture: Pack) -> None:
    for part in pack_of_prefecture.indicators:
        (chart,) = [one for one in part.blocks if isinstance(one, Chart)]
        drawn = book[SheetNames().next(part.title)]._charts
        assert len(drawn) == (1 if chart.categories else 0), part.id


def test_a_missing_value_is_a_blank_cell_of_the_chart_and_never_zero(pack_of_prefecture: Pack, tmp_path: Path) -> None:
    chart = Chart("図", "％", "line", ["a", "b", "c"], [Series("甲", [1.0, None, 0.0])])
    pack = replace(pack_of_prefecture, sections=[Section("s", "図", [chart])], indicators=[])
    write_xlsx(pack, tmp_path / "gap.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "gap.xlsx")["図"]
    found = {row[0].value: row[1].value for row in sheet.iter_rows(min_col=14, max_col=15) if row[0].value}
    assert {name: found[name] for name in "abc"} == {"a": 1, "b": None, "c": 0}
    with zipfile.ZipFile(tmp_path / "gap.xlsx") as parts:
        assert "dispBlanksAs" not in parts.read("xl/charts/chart1.xml").decode()  # else than as a gap


def test_no_text_becomes_a_formula_a_link_or_a_reference_wherever_it_stands(
    pack_of_prefecture: Pack, tmp_path: Path
) -> None:
    evil = Table(EVIL, [EVIL, "b"], [[Cell(EVIL), Cell("http://example.jp", 1.0)]], note=EVIL, groups=[(EVIL, 2)])
    chart = Chart(EVIL, EVIL, "bar", [EVIL], [Series(EVIL, [1.0])], reference=(EVIL, 1.0), note=EVIL)
    section = Section("s", EVIL, [Sentences([EVIL]), evil, chart], empty=EVIL)
    pack = replace(
        pack_of_prefecture, title=EVIL, where=EVIL, about=[EVIL], sections=[section, section], indicators=[],
        conditions=[(EVIL, EVIL)],
    )  # fmt: skip
    write_xlsx(pack, tmp_path / "evil.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "evil.xlsx").worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and cell.hyperlink is None, (sheet.title, cell.coordinate)
                assert not str(cell.value or "").startswith("="), cell.coordinate
    with zipfile.ZipFile(tmp_path / "evil.xlsx") as parts:
        charts = "".join(parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name)
        assert "<c:f>cmd" not in charts and "<c:f>=" not in charts


def test_long_and_equal_titles_make_names_that_excel_takes() -> None:
    names = SheetNames()
    long = "つなぎから初回相談までの日数の中央値（孤独・孤立対策と困窮者支援）"
    given = [names.next(one) for one in (long, long, "a/b:c*?[d]", "A/B:C*?[D]", "'引用'", "")]
    assert all(0 < len(one) <= 31 and not set(one) & set(r"[]:*?/\\") for one in given)
    assert len({one.lower() for one in given}) == len(given)


@pytest.mark.parametrize(
    ("number", "written", "text"),
    [
        *[(6.25, 6.25, "6.3"), (6.26, 6.26, "6.3"), (1234.5, 1234.5, "1,235"), (50.0, 50.0, "50.0")],
        (0.285 * 100, 28.5, "29"),  # 28.499999999999996, which some programs would show as 28
        (100 * 13 / 160, 8.125, "8.13"),
        (81.24999999, 81.24999999, "81.2"),
    ],
)
def test_a_half_is_written_as_the_half_it_is(number: float, written: float, text: str) -> None:
    assert number_to_write(Cell(text, number)) == written
