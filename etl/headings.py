"""The headings of a table's columns, one below the other, and the field they name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from etl.declare import Return
from etl.sheets import Merge

Rows = Sequence[Sequence[str]]


def grouped_rows(rows: Rows, start: int, depth: int, merges: Sequence[Merge]) -> list[list[str]]:
    """The rows of a header, with the heading of a group standing over each of its columns.

    A group is a merged range, or (a CSV has none) a heading followed by blanks that have headings below them.
    """
    width = max((len(row) for row in rows[start : start + depth]), default=0)
    window = [[*row, *[""] * (width - len(row))] for row in rows[start : start + depth]]
    for merge in merges:
        if start <= merge.top < start + depth - 1 and merge.right > merge.left:
            row = window[merge.top - start]
            row[merge.left : merge.right + 1] = [row[merge.left] if merge.left < width else ""] * (
                min(merge.right + 1, width) - min(merge.left, width)
            )
    for upper, lower in pairwise(window):
        for index in range(1, width):
            if not upper[index] and lower[index] and lower[index - 1]:
                upper[index] = upper[index - 1]
    return window


def stacked_rows(rows: Rows) -> list[list[str]]:
    """The filled cells of each column, from top to bottom."""
    width = max((len(row) for row in rows), default=0)
    return [[row[index] for row in rows if index < len(row) and row[index]] for index in range(width)]


def named_together(declared: Return, columns: Rows) -> int:
    """How many columns name a field by their headings joined, that none of these names alone.

    「PF設置」 above 有 and 無 does not; 「紹介先」 above 「機関」 does where the row below leaves the column of a
    required field blank, as no data can.
    """
    required = {field.name for field in declared.required}
    is_open = any(len(column) == 1 and declared.headings.get(column[0]) in required for column in columns)
    count = 0
    for column in columns:
        name = declared.headings.get("".join(column)) if len(column) > 1 else None
        count += name is not None and (is_open or all(declared.headings.get(each) != name for each in column))
    return count


def field_name(declared: Return, column: Sequence[str]) -> tuple[str | None, bool]:
    """The field a column's heading keys name: all of them joined, else the lowest one that is known.

    With it, whether the column's own heading has a part in that; the name of a group alone says less.
    """
    if not column:
        return None, False
    names = [declared.headings.get(spelling) for spelling in ("".join(column), *reversed(column))]
    at = next((at for at, name in enumerate(names) if name), None)
    return (None, False) if at is None else (names[at], at <= 1)
