"""One figure, five places: the page, PowerPoint, Excel and PDF say the same, read back from all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pypdf import PdfReader

from metrics.catalog import load_catalog
from reports.content import Cell, Chart, Pack, Section, Sentences, Series, Table
from reports.formats import write
from reports.sections.cells import NUMBER_FORMATS, estimate_cells, estimate_formats, estimate_heads, in_unit
from tests.pages.conftest import Opened
from tests.pages.page_text import cards, open_folds, table_with, words
from tests.reports.conftest import CITY
from tests.sample_database import SampleDatabase
from ui import labels
from ui.charts.beside import Beside, beside
from ui.labels.sentences.standings import short_name
from ui.tables import estimate_table

Row = tuple[str, ...]


@dataclass(frozen=True)
class Files:
    """A pack in three formats, read back. slides: texts of shapes by line; lines: rows of tables; pdf without blanks."""

    slides: set[Row]
    slide_rows: set[Row]
    sheet_rows: dict[str, set[Row]]
    pdf: str


def read_back(pack: Pack, folder: Path) -> Files:
    for ending in ("pptx", "xlsx", "pdf"):
        write(pack, folder / f"pack.{ending}")
    shapes = list(shapes_of(Presentation(str(folder / "pack.pptx"))))
    tables = [one.table for one in shapes if getattr(one, "has_table", False) and one.has_table]
    book = openpyxl.load_workbook(folder / "pack.xlsx")
    return Files(
        slides={tuple(one.text_frame.text.split("\n")) for one in shapes if one.has_text_frame},
        slide_rows={tuple(cell.text for cell in row.cells) for table in tables for row in table.rows},
        sheet_rows={
            sheet.title: {tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)}
            for sheet in book.worksheets
        },
        pdf=bare("".join(page.extract_text() for page in PdfReader(folder / "pack.pdf").pages)),
    )


def shapes_of(deck: Any) -> Iterator[Any]:
    waiting = [shape for slide in deck.slides for shape in slide.shapes]
    while waiting:
        one = waiting.pop()
        if one.shape_type == 6:  # a group
            waiting += list(one.shapes)
        else:
            yield one


def bare(text: str) -> str:
    """Without blanks and line ends: how lines are broken is the layout's matter."""
    return re.sub(r"[\s\u3000]+", "", text)


def as_excel_shows(value: str | float, number_format: str) -> str:
    """A number in one of our formats: fifteen digits, then a half away from zero."""
    decimals = len(number_format.partition(".")[2])
    fifteen = Decimal(f"{float(value):.15g}")
    comma = "," if "," in number_format else ""
    return f"{fifteen.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):{comma}}"


def begins(rows: set[Row], wanted: Row) -> bool:
    return any(row[: len(wanted)] == wanted for row in rows)


@pytest.fixture(scope="module")
def prefecture(pack_of_prefecture: Pack, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return read_back(pack_of_prefecture, tmp_path_factory.mktemp("agree"))


@pytest.fixture(scope="module")
def municipality(pack_of_municipality: Pack, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return read_back(pack_of_municipality, tmp_path_factory.mktemp("agree"))


def test_key_figures_and_facts_of_the_overview_stand_in_all_three_files(
    internal: SampleDatabase,
    open_page: Opened,
    prefecture: Files,
) -> None:
    app = open_page("overview")
    shown = cards(app)
    assert len(shown) == 10
    for title, card in shown.items():
        *interval, counts = card.lines
        assert (title, card.value, *card.lines, card.change) in prefecture.slides, title
        row = (title, card.value, *(interval or [""]), counts, card.change)
        assert row in prefecture.sheet_rows["主要な指標"], title
        assert bare("".join((title, card.value, *card.lines, card.change))) in prefecture.pdf, title
    said, (facts,) = words(app), [one for one in prefecture.slides if len(one) == 3 and one[1].startswith("利用勧奨")]
    for fact in facts:
        assert fact in said
        assert (fact,) in {row[:1] for row in prefecture.sheet_rows["三つの事実"]}
        assert bare(fact) in prefecture.pdf


def test_values_by_municipality_of_the_page_are_the_numbers_of_the_indicators_sheet(
    internal: SampleDatabase,
    open_page: Opened,
    prefecture: Files,
) -> None:
    table = table_with(open_page("overview", indicator="handover_rate"), "市区町村").set_index("市区町村")
    rows = {row[1]: row for row in prefecture.sheet_rows["つなぎの実施率"] if len(row) > 6}
    for name, row in table.iterrows():
        value, numerator, denominator = rows[str(name)][2], rows[str(name)][5], rows[str(name)][6]
        if row["値（％）"] in ("未提出", "-"):
            assert value == row["値（％）"], name
        else:
            assert as_excel_shows(value, "0.0") == row["値（％）"].removesuffix("（一部）"), name
        assert (numerator, denominator) == (row["分子"].replace(",", ""), row["分母"].replace(",", "")), name


def test_every_indicator_of_a_municipality_reads_alike_on_its_page_and_in_its_files(
    internal: SampleDatabase,
    open_page: Opened,
    municipality: Files,
) -> None:
    app = open_page("municipality", area=CITY, fy="2024")
    open_folds(app)
    (table,) = [one.value for one in app.dataframe if "類似・中央値（全数の指標は合計）" in one.value.columns]
    kinds = {one.title: one for one in load_catalog().values() if one.kind != "count"}
    checked = 0
    for row in _rows(table):
        if row["指標"] not in kinds:
            continue
        middle = row["類似・中央値（全数の指標は合計）"]
        wanted = (short_name(kinds[row["指標"]]), row["値"], row["95％信頼区間"], row["件数"], row["県全体"], middle)
        assert begins(municipality.slide_rows, wanted), wanted
        assert begins(municipality.sheet_rows["県全体・類似する市区町村と比べた指標"], wanted), wanted
        assert bare("".join(wanted)) in municipality.pdf, wanted
        checked += 1
    assert checked == len(kinds)


# Counts of which the value is exactly half of the last digit shown, and what an office makes of it by hand.
TIES = {
    "proportion": [(13, 16, "81.3"), (1, 16, "6.3"), (1, 80, "1.3"), (57, 2000, "2.9"), (1001, 8000, "12.5")],
    "ratio": [(1, 8, "0.13"), (201, 200, "1.01"), (5, 1000, "0.01"), (2469, 200, "12.35"), (200_025, 200, "1,000.13")],
    "duration": [(25, 2, "13"), (57, 2, "29"), (285, 10, "29"), (1, 2, "1"), (3, 2, "2")],
}


@pytest.mark.parametrize("kind", TIES)
def test_an_exact_half_reads_alike_on_the_page_and_in_every_file(
    pack_of_prefecture: Pack, tmp_path: Path, kind: str
) -> None:
    indicator = next(one for one in load_catalog().values() if one.kind == kind)
    value = [part / whole for part, whole, _ in TIES[kind]]
    shown = [text for *_, text in TIES[kind]]
    frame = pd.DataFrame(TIES[kind], columns=["numerator", "denominator", "text"]).assign(
        value=value, low=value, high=value, state="value"
    )
    names = [f"市{place}" for place in range(len(frame))]
    page = estimate_table(frame, names, indicator, "市区町村")
    assert page[f"値（{labels.short_unit(kind)}）"].tolist() == shown

    rows = [
        [Cell(name), *estimate_cells(row, indicator)] for name, (_, row) in zip(names, frame.iterrows(), strict=True)
    ]
    table = Table("同じ値", ["市区町村", *estimate_heads("値", kind)], rows, estimate_formats(1, kind))
    number_format = NUMBER_FORMATS[kind]
    in_units = [in_unit(one, kind) for one in value]
    nothing = (None, None, None)
    drawn_as = beside([Beside(name, one, one, one, None, nothing) for name, one in zip(names, in_units, strict=True)])
    chart = Chart("図", "", "bar", names, [Series("値", in_units)], drawn_as, number_format=number_format)
    said = Sentences([f"{name}は{labels.with_unit(one, kind)}" for name, one in zip(names, value, strict=True)])
    section = Section("ties", "境", [said, table, chart])
    pack = replace(pack_of_prefecture, sections=[section], indicators=[], definitions=None)
    files = read_back(pack, tmp_path)
    for name, text, (part, whole, _) in zip(names, shown, TIES[kind], strict=True):
        assert begins(files.slide_rows, (name, text, text, text, f"{part:,}", f"{whole:,}")), name
        assert bare(name + text * 3) in files.pdf, name
        assert bare(f"{name}は{text}{labels.short_unit(kind)}") in files.pdf, name
    numbers = {row[0]: row[1:4] for row in files.sheet_rows["境"] if row[0] in names}
    assert {name: {as_excel_shows(one, number_format) for one in row} for name, row in numbers.items()} == {
        name: {text} for name, text in zip(names, shown, strict=True)
    }
    drawn = [
        one.chart for one in shapes_of(Presentation(str(tmp_path / "pack.pptx"))) if getattr(one, "has_chart", False)
    ]
    bars = {
        str(name): as_excel_shows(number, number_format)
        for one in drawn
        for name, number in zip(one.plots[0].categories, one.plots[0].series[0].values, strict=True)
    }
    assert bars == dict(zip(names, shown, strict=True))


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = table.to_dict("records")
    return rows
