"""Tables on a sheet: numbers as numbers, marks as text, nothing as a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from reports.content import Cell, Table
from reports.sheets.looks import NOT_SHOWN, Looks
from reports.sheets.widths import column_width, row_height
from ui.labels.inert import inert_text
from ui.labels.rounding import fixed, half_up

_DIGITS = re.compile(r"-?[\d,]+(?:\.(\d+))?")


def number_to_write(cell: Cell) -> float | None:
    """The number of a cell, so that it is shown as its text says.

    A half that the computer's rounding left a hair below one is written as the half it is: a program that looks at
    the hair would round it down.
    """
    found = _DIGITS.match(cell.text)
    if cell.number is None or found is None or cell.state in NOT_SHOWN:
        return None
    decimals = len(found.group(1) or "")
    near = half_up(cell.number, decimals + 1)
    is_half = fixed(near, decimals + 1).endswith("5") and abs(cell.number - near) < 1e-6 / 10**decimals
    return near if is_half and fixed(near, decimals) == fixed(cell.number, decimals) else cell.number


def widths_of(table: Table) -> list[float]:
    columns = zip(*([one.text for one in row] for row in table.rows), strict=True)
    texts: list[Sequence[str]] = list(columns) if table.rows else [()] * len(table.heads)
    return [column_width(column, head) for column, head in zip(texts, table.heads, strict=True)]


def write_table(sheet: Worksheet, looks: Looks, table: Table, top: int, widths: Sequence[float]) -> tuple[int, int]:
    """Writes groups, heads and rows from a row on; gives the first row under the heads, and the first after all."""
    row = top
    if table.groups:
        left = 0
        for title, count in table.groups:
            if title and count > 1:
                sheet.merge_range(row, left, row, left + count - 1, inert_text(title), looks.head)
            elif title:
                sheet.write_string(row, left, inert_text(title), looks.head)
            left += count
        row += 1
    for place, head in enumerate(table.heads):
        sheet.write_string(row, place, inert_text(head), looks.head)
    sheet.set_row(row, row_height(table.heads, widths))
    row += 1
    first = row
    for cells in table.rows:
        for place, cell in enumerate(cells):
            _write(sheet, looks, (row, place), cell, table.number_formats.get(place, ""))
        sheet.set_row(row, row_height([one.text for one in cells], widths))
        row += 1
    return first, row


def _write(sheet: Worksheet, looks: Looks, at: tuple[int, int], cell: Cell, number_format: str) -> None:
    number = number_to_write(cell) if number_format else None
    if not cell.text:
        sheet.write_blank(*at, None, looks.cell(cell))
    elif number is None:
        sheet.write_string(*at, inert_text(cell.text), looks.cell(cell))
    else:
        sheet.write_number(*at, number, looks.cell(cell, number_format=number_format, is_text=False))
