"""What all formats have in common: text stays text whatever it says, and 179 municipalities fit."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from reports.content import Cell, Chart, Pack, Section, Sentences, Series, Table
from reports.formats import FORMATS, write
from tests.reports.test_figures_agree import bare, shapes_of
from ui import labels
from ui.charts.beside import Beside, beside

EVIL = "=cmd|' /C calc'!A0"
MARKUP = "#panic(1) $x$ <b>*太字*</b> @here"
LONG = "会津若松喜多方地域広域連合構成町"


def chart_of(title: str, name: str, values: Mapping[str, float | None]) -> Chart:
    nothing = (None, None, None)
    figure = beside([Beside(one, value, value, value, None, nothing) for one, value in values.items()])
    return Chart(title, "％", "bar", list(values), [Series(name, list(values.values()))], figure)


def texts_of(path: Path) -> str:
    """All text of a file, without blanks."""
    if path.suffix == ".pdf":
        return bare("".join(page.extract_text() for page in PdfReader(path).pages))
    if path.suffix == ".pptx":
        return bare("".join(_slide_texts(Presentation(str(path)))))
    rows = [row for sheet in openpyxl.load_workbook(path).worksheets for row in sheet.iter_rows(values_only=True)]
    return bare("".join(str(cell or "") for row in rows for cell in row))


def _slide_texts(deck: Any) -> list[str]:
    found = []
    for one in shapes_of(deck):
        if one.has_text_frame:
            found.append(one.text_frame.text)
        if getattr(one, "has_table", False) and one.has_table:
            found += [cell.text for row in one.table.rows for cell in row.cells]
    return found


def formulas_of(path: Path) -> list[str]:
    """Formulas of a workbook and of the workbooks behind the charts of a deck."""
    if path.suffix == ".xlsx":
        books = [path.read_bytes()]
    elif path.suffix == ".pptx":
        with zipfile.ZipFile(path) as parts:
            books = [parts.read(name) for name in parts.namelist() if name.endswith(".xlsx")]
    else:
        books = []
    cells = [
        cell
        for book in books
        for sheet in openpyxl.load_workbook(io.BytesIO(book)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    return [str(cell.value) for cell in cells if cell.data_type == "f" or str(cell.value or "").startswith("=")]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_title_like_a_formula_or_like_markup_is_shown_as_it_stands(
    pack_of_prefecture: Pack, tmp_path: Path, ending: str
) -> None:
    table = Table(EVIL, ["事例", MARKUP], [[Cell(EVIL), Cell(MARKUP)]])
    chart = chart_of(EVIL, MARKUP, {EVIL: 1.0, "乙": None})
    section = Section("examples", "事例", [Sentences([f"{EVIL} {MARKUP}"]), table, chart])
    pack = replace(pack_of_prefecture, title=MARKUP, where=EVIL, sections=[section], indicators=[])
    path = tmp_path / f"evil.{ending}"
    write(pack, path)
    shown = texts_of(path)
    for text in (EVIL, MARKUP):
        assert bare(text) in shown
    assert formulas_of(path) == []


@pytest.mark.parametrize("ending", FORMATS)
def test_179_municipalities_with_long_names_all_stand_in_the_file_with_their_marks(
    pack_of_prefecture: Pack, tmp_path: Path, ending: str
) -> None:
    names = [f"{LONG}{place:03d}" for place in range(179)]
    rows = [
        [Cell(name), Cell(labels.NOT_SENT, None, "not_sent") if place % 3 else Cell("12.5", 12.5, "value", 0.5)]
        for place, name in enumerate(names)
    ]
    table = Table("全ての市区町村", ["市区町村", "値（％）"], rows, {1: "0.0"})
    chart = chart_of("順位", "値", {name: 50.0 - place / 4 for place, name in enumerate(names)})
    pack = replace(pack_of_prefecture, sections=[Section("map", "長い表", [table, chart])], indicators=[])
    path = tmp_path / f"long.{ending}"
    write(pack, path)
    shown = texts_of(path)
    assert [name for name in names if name not in shown] == []
    assert len(re.findall(labels.NOT_SENT, shown)) >= sum(place % 3 > 0 for place in range(179))
