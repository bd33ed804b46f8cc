"""One figure, five places: the page, PowerPoint, Excel and PDF say the same, read back from all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pypdf import PdfReader

from metrics.catalog import load_catalog
from reports.content import Pack
from reports.formats import write
from tests.pages.conftest import Opened
from tests.pages.page_text import cards, open_folds, table_with, words
from tests.reports.conftest import CITY
from tests.sample_database import SampleDatabase
from ui.labels.sentences.standings import short_name

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
            assert f"{float(value):.1f}" == row["値（％）"].removesuffix("（一部）"), name
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


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = table.to_dict("records")
    return rows
