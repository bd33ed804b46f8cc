"""Which return a sheet is, where its header stands, which column is which field, and what its titles say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.declare import Return
from etl.sheets import Sheet
from etl.spelling.text import clean, key

HEADER_SEARCH = 20
HEADER_DEPTH = 3
LEAST_MATCHES = 2


@dataclass(frozen=True)
class Layout:
    """A recognised sheet: `first_record` is where the data starts, `fields` maps field name to column."""

    sheet: Sheet
    declared: Return
    first_record: int
    fields: Mapping[str, int]
    headings: tuple[str, ...]
    repeated: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.headings)

    @property
    def unmapped(self) -> tuple[int, ...]:
        used = set(self.fields.values())
        return tuple(index for index in range(self.width) if index not in used)

    def heading(self, field_name: str) -> str:
        """The municipality's own heading of a field, as its messages should call it."""
        return self.headings[self.fields[field_name]]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(field.heading for field in self.declared.required if field.name not in self.fields)


def recognise(sheet: Sheet, returns: Mapping[str, Return]) -> Layout | None:
    """The best reading of a sheet's header, or None when no row of its head looks like one.

    A header of more than one row must explain strictly more columns than one of fewer rows, so that a data row
    is never taken for a part of the header.
    """
    cleaned = {cell: clean(cell) for row in sheet.head[:HEADER_SEARCH] for cell in row}
    keyed = {cell: key(cell) for cell in cleaned.values()}
    head = [[cleaned[cell] for cell in row] for row in sheet.head[:HEADER_SEARCH]]
    keys = [[keyed[cell] for cell in row] for row in head]
    best: _Window | None = None
    for depth in range(1, HEADER_DEPTH + 1):
        rows = range(len(head) - depth + 1)
        if best and best.is_complete:  # a deeper header holds the row that names all required fields
            rows = range(max(0, best.start + best.depth - depth), min(best.start + 1, len(rows)))
        for start in rows:
            for declared in returns.values():
                window = _window(keys, start, depth, declared)
                if window.found >= LEAST_MATCHES and (best is None or window.rank > best.rank):
                    best = window
    return _layout(sheet, head, keys, best.declared, best.start, best.depth) if best else None


@dataclass(frozen=True)
class _Window:
    """One or more rows taken as a header: how many fields they name, and how many of those are required."""

    declared: Return
    start: int
    depth: int
    found: int
    required: int

    @property
    def rank(self) -> tuple[int, int]:
        return self.found, self.required

    @property
    def is_complete(self) -> bool:
        return self.required == len(self.declared.required)


def _window(keys: Sequence[Sequence[str]], start: int, depth: int, declared: Return) -> _Window:
    if depth == 1:  # most rows hold no heading at all, and this finds out fastest
        found = {declared.headings[spelling] for spelling in declared.headings.keys() & set(keys[start])}
    else:
        columns = _stacked(keys[start : start + depth])
        found = {name for column in columns if (name := _field_name(declared, column))}
    return _Window(declared, start, depth, len(found), sum(field.name in found for field in declared.required))


def _layout(
    sheet: Sheet, head: list[list[str]], keys: list[list[str]], declared: Return, start: int, depth: int
) -> Layout:
    fields: dict[str, int] = {}
    repeated: list[str] = []
    headings = ["".join(column) for column in _stacked(head[start : start + depth])]
    for index, column in enumerate(_stacked(keys[start : start + depth])):
        name = _field_name(declared, column)
        if name in fields:
            repeated.append(headings[index])
        elif name:
            fields[name] = index
    titles = tuple(cell for row in head[:start] for cell in row if cell)
    return Layout(sheet, declared, start + depth, fields, tuple(headings), tuple(repeated), titles)


def _stacked(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The filled cells of each column, from top to bottom."""
    width = max((len(row) for row in rows), default=0)
    return [[row[index] for row in rows if index < len(row) and row[index]] for index in range(width)]


def _field_name(declared: Return, column: Sequence[str]) -> str | None:
    """The field a column's heading keys name: all of them joined, else the lowest one that is known."""
    if len(column) == 1:
        return declared.headings.get(column[0])
    names = (declared.headings.get(spelling) for spelling in ("".join(column), *reversed(column)))
    return next((name for name in names if name), None)
