"""The process that takes a workbook apart: bytes on standard input, sheets (marshal) on standard output.

It imports nothing of ours but its neighbours, so that it starts in some 30 ms. A failure is an exit code; nothing of
the workbook is written anywhere.
"""

from __future__ import annotations

import io
import marshal
import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import python_calamine as calamine

from etl.workbook.binary import error_cells
from etl.workbook.package import Marks, unread_cells

UNREADABLE, LOCKED, TOO_WIDE = 3, 4, 5
MOST_COLUMNS = 1_000
MEMORY = 1 << 30
# CPU seconds: a workbook of 200,000 rows and 20 columns takes 10, a damaged one that loops takes them all.
SECONDS, SECONDS_PER_MEGABYTE = 5, 2
_ROWS_AT_ONCE = 4_096

# name, codes by column (int32), distinct texts by column, merged ranges (top, left, bottom, right)
SheetParts = tuple[str, list[bytes], list[list[str]], list[tuple[int, int, int, int]]]


class TooWide(Exception):  # noqa: N818
    """A sheet has more columns than any return; carries how many."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.width = width


def main() -> None:
    """Exits with 0 and the sheets, or with the reason why there are none."""
    data = sys.stdin.buffer.read()
    _limit(len(data))
    try:
        sheets = read(data)
    except calamine.PasswordError:
        sys.exit(LOCKED)
    except TooWide as too_wide:
        print(too_wide.width)
        sys.exit(TOO_WIDE)
    except BaseException:  # a panic of the library is no Exception
        sys.exit(UNREADABLE)
    marshal.dump(sheets, sys.stdout.buffer)


def seconds_for(size: int) -> int:
    return SECONDS + SECONDS_PER_MEGABYTE * (size >> 20)


def _limit(size: int) -> None:
    with suppress(ImportError):  # not on Windows: there the waiting side's patience is the only limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds_for(size), seconds_for(size)))


def read(data: bytes) -> list[SheetParts]:
    """Every worksheet of a workbook, hidden ones too, as columns of text."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    metadata = book.sheets_metadata
    marks = _quietly(unread_cells if data.startswith(b"PK") else error_cells, data)
    found = []
    for number, sheet in enumerate(metadata):
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
            found.append(_parts(sheet.name, book.get_sheet_by_index(number), marks.get(number, {})))
    return found


def _quietly(look: Callable[[bytes], dict[int, Marks]], data: bytes) -> dict[int, Marks]:
    """A second look at a workbook that could be read; whatever it stumbles over must not spoil the first."""
    with suppress(Exception):
        return look(data)
    return {}


def _parts(name: str, sheet: calamine.CalamineSheet, marks: Marks) -> SheetParts:
    merges = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    if sheet.start is None or sheet.end is None:
        return name, [], [], merges
    if sheet.end[1] >= MOST_COLUMNS:
        raise TooWide(sheet.end[1] + 1)
    first_column = sheet.start[1]  # rows come from the first one on, columns from the first that is filled
    columns = _encoded(sheet.iter_rows(), sheet.end[1] - first_column + 1)
    height = len(columns[0][0])
    columns = [*(_blank(height) for _ in range(first_column)), *columns]
    for (row, column), text in marks.items():
        if row < height and column < len(columns):
            codes, texts = columns[column]
            codes[row] = len(texts)
            texts.append(text)
    return name, [codes.tobytes() for codes, _ in columns], [texts for _, texts in columns], merges


def _blank(height: int) -> tuple[array[int], list[str]]:
    return array("i", bytes(4 * height)), [""]


def _encoded(rows: Iterable[list[Any]], width: int) -> list[tuple[array[int], list[str]]]:
    """Each column as numbers of its distinct cells: a few rows at a time, so that the cells never stand all at once."""
    numbers: list[defaultdict[object, int]] = [defaultdict() for _ in range(width)]
    for each in numbers:
        each.default_factory = each.__len__
    codes = [array("i") for _ in range(width)]
    rows = iter(rows)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        for column, number, cells in zip(codes, numbers, zip(*some, strict=True), strict=True):
            column.extend(map(number.__getitem__, cells))
    return [(column, [cell_text(cell) for cell in number]) for column, number in zip(codes, numbers, strict=True)]


def cell_text(cell: object) -> str:
    """An Excel cell as a clerk would read it: whole numbers without .0, dates in ISO form."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _number_text(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    shown = f"{number:.15g}"  # Excel shows fifteen digits: 0.1 + 0.2 is 0.3
    return shown if float(shown) == number or "e" not in shown else repr(number)


if __name__ == "__main__":
    main()
