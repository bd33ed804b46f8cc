"""Excel books and CSV files on disk, the same bytes every time."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.sample.spelt import Cell

STAMP = datetime(2025, 4, 10)
DATE_FORMAT = "yyyy/m/d"


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def write_csv(path: Path, sheet: Sheet, encoding: str, delimiter: str) -> Path:
    """Title rows (one cell each), a blank row after them, headings, rows; CRLF as Excel saves it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([title] for title in sheet.titles)
    if sheet.titles:
        writer.writerow([])
    writer.writerow(sheet.headings)
    writer.writerows(["" if cell is None else cell for cell in row] for row in sheet.rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_book(path: Path, sheets: Sequence[Sheet]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    book.properties.created = STAMP
    book.properties.creator = "架空データ"
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(_without_clock(buffer.getvalue()))
    return path


def _fill(page: Worksheet, sheet: Sheet) -> None:
    width = len(sheet.headings)
    for number, title in enumerate(sheet.titles, 1):
        page.cell(number, 1, title).font = Font(bold=number == 1)
    if sheet.titles:
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    top = len(sheet.titles) + 1
    for number, heading in enumerate(sheet.headings, 1):
        page.cell(top, number, heading).alignment = Alignment(wrap_text=True, vertical="center")
        page.column_dimensions[get_column_letter(number)].width = 13
    for line, row in enumerate(sheet.rows, top + 1):
        for number, value in enumerate(row, 1):
            if value is not None:
                cell = page.cell(line, number, value)
                if not isinstance(value, (str, int)):
                    cell.number_format = DATE_FORMAT


def _without_clock(data: bytes) -> bytes:
    """openpyxl stamps the hour of saving into the book; the same seed must give the same bytes."""
    out = io.BytesIO()
    fixed = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + fixed, content)
            fresh = zipfile.ZipInfo(entry.filename, STAMP.timetuple()[:6])
            new.writestr(fresh, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
