"""Excel workbooks, new and old: every sheet, hidden ones too, as text; and the texts that lie beside the cells."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime, time

import numpy as np
import python_calamine as calamine

from etl.problems import Problem, Refused
from etl.sheets import HEAD_RECORDS, Body, Sheet, encode

PIVOT = "ピボットテーブルの元データ"
# Parts of an .xlsx in which cells are noted, drawn over or kept a second time.
_BESIDE = {
    re.compile(r"xl/(?:comments|threadedComments)"): "メモ（コメント）",
    re.compile(r"xl/(?:drawings|charts)/"): "図形",
    re.compile(r"xl/pivotCache/"): PIVOT,
}
_SHOWN = re.compile(r">([^<>]+)<|\b(?:v|name)=\"([^\"]+)\"")
_LARGEST_PART = 50 << 20


def read_excel(data: bytes, name: str) -> list[Sheet]:
    """All sheets with cells. Raises Refused when the workbook is broken or locked."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            (sheet.name, book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise Refused(Problem(name, "file_unreadable")) from error
    sheets_of_text = []
    for sheet_name, rows in sheets:
        records = tuple(tuple(cell_text(cell) for cell in row) for row in rows)
        sheets_of_text.append(Sheet(sheet_name, records[:HEAD_RECORDS], _RowSource(records)))
    return sheets_of_text


def cell_text(cell: object) -> str:
    """An Excel cell as a clerk would read it: whole numbers without .0, dates in ISO form."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return str(cell)


def texts_beside_cells(data: bytes) -> list[tuple[str, list[str]]]:
    """(where, texts) of an .xlsx that no cell shows: comments, shapes, what a pivot table remembers."""
    found: list[tuple[str, list[str]]] = []
    if not data.startswith(b"PK"):
        return found
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for part in book.infolist():
                where = next((told for pattern, told in _BESIDE.items() if pattern.match(part.filename)), None)
                if where and part.filename.endswith(".xml") and part.file_size <= _LARGEST_PART:
                    text = book.read(part).decode("utf-8", "replace")
                    found.append((where, [html.unescape(shown or kept) for shown, kept in _SHOWN.findall(text)]))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        pass  # the cells could be read, so the workbook is taken for what they are
    return found


@dataclass(frozen=True)
class _RowSource:
    records: tuple[tuple[str, ...], ...]

    def body(self, first_record: int, width: int, unlike: frozenset[int]) -> Body:
        records = self.records[first_record:]
        rows = [(record + ("",) * width)[:width] for record in records]
        lines = np.arange(1, len(rows) + 1, dtype=np.int32) + first_record
        beyond = [(int(line), cell) for line, row in zip(lines, records, strict=True) for cell in row[width:] if cell]
        cells = zip(*rows, strict=True) if rows else ((),) * width
        return Body(lines, tuple(encode(column) for column in cells), tuple(beyond))
