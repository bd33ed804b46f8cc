"""Which return a sheet is, where its header stands, which column is which field, and what its titles say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.declare import Return
from etl.headings import field_name, grouped_rows, named_together, stacked_rows
from etl.sheets import Merge, Sheet
from etl.spelling.text import clean, key
from etl.split_dates import SplitDate, split_dates

HEADER_SEARCH = 20
HEADER_DEPTH = 3
LEAST_MATCHES = 2
_DATED = ("date", "flag_or_date")


@dataclass(frozen=True)
class Layout:
    """A recognised sheet: `first_record` is where the data starts, `fields` maps field name to column.

    `header` holds the rows of the header as keys, `split_dates` the date fields that stand in several columns.
    """

    sheet: Sheet
    declared: Return
    first_record: int
    fields: Mapping[str, int]
    headings: tuple[str, ...]
    repeated: tuple[str, ...]
    titles: tuple[str, ...]
    header: tuple[tuple[str, ...], ...] = ()
    split_dates: Mapping[str, SplitDate] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.headings)

    @property
    def unmapped(self) -> tuple[int, ...]:
        used = {*self.fields.values(), *(part for split in self.split_dates.values() for part in split.columns)}
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
            columns = stacked_rows(grouped_rows(keys, start, depth, sheet.merges)) if depth > 1 else None
            for declared in returns.values():
                window = _window(keys[start], columns, start, depth, declared)
                if window.found >= LEAST_MATCHES and (best is None or window.rank > best.rank):
                    best = window
    if best is None:
        return None
    return _layout(sheet, head, keys, best.declared, best.start, _depth(best, sheet.merges, len(head)))


def _depth(best: _Window, merges: Sequence[Merge], height: int) -> int:
    """How many rows the header has: a heading merged downwards tells, also where the rows below name no field."""
    last = best.start + best.depth - 1
    told = [merge.bottom for merge in merges if best.start <= merge.top <= last < merge.bottom]
    bottom = max(told, default=last)
    return (bottom if bottom < min(best.start + HEADER_DEPTH, height) else last) - best.start + 1


@dataclass(frozen=True)
class _Window:
    """One or more rows taken as a header: how many fields they name, how many of those are required, and how many
    columns only the rows together name.
    """

    declared: Return
    start: int
    depth: int
    found: int
    required: int
    together: int

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.found, self.required, self.together

    @property
    def is_complete(self) -> bool:
        return self.required == len(self.declared.required)


def _window(
    row: Sequence[str], columns: Sequence[Sequence[str]] | None, start: int, depth: int, declared: Return
) -> _Window:
    grouped = together = 0
    if columns is None:  # most rows hold no heading at all, and this finds out fastest
        found = {declared.headings[spelling] for spelling in declared.headings.keys() & set(row)}
        if any("年" in cell for cell in row):
            found |= _splits(declared, [[cell] if cell else [] for cell in row]).keys()
    else:
        found = {name for column in columns if (name := field_name(declared, column)[0])}
        together = named_together(declared, columns)
        if any(column and "日" in column[-1] for column in columns):
            splits = _splits(declared, columns)
            found |= splits.keys()
            grouped = sum(all(len(columns[part]) > 1 for part in split.columns) for split in splits.values())
    required = sum(field.name in found for field in declared.required)
    return _Window(declared, start, depth, len(found) + grouped, required, together)


def _layout(
    sheet: Sheet, head: list[list[str]], keys: list[list[str]], declared: Return, start: int, depth: int
) -> Layout:
    columns = stacked_rows(grouped_rows(keys, start, depth, sheet.merges))
    headings = ["".join(column) for column in stacked_rows(grouped_rows(head, start, depth, sheet.merges))]
    splits = _splits(declared, columns)
    fields = {name: split.year for name, split in splits.items()}
    parts = {index for split in splits.values() for index in split.columns}
    named = [
        field_name(declared, column) if index not in parts else (None, False) for index, column in enumerate(columns)
    ]
    by_itself = {name for name, is_own in named if is_own}
    repeated: list[str] = []
    for index, (name, is_own) in enumerate(named):
        if name is None or (name in by_itself and not is_own):
            continue
        if name in fields:
            repeated.append(headings[index])
        else:
            fields[name] = index
    titles = tuple(cell for row in head[:start] for cell in row if cell)
    header = tuple(tuple(row) for row in keys[start : start + depth])
    return Layout(sheet, declared, start + depth, fields, tuple(headings), tuple(repeated), titles, header, splits)


def _splits(declared: Return, columns: Sequence[Sequence[str]]) -> dict[str, SplitDate]:
    return split_dates(columns, lambda word: _date_field(declared, word))


def _date_field(declared: Return, word: str) -> str | None:
    name = declared.headings.get(word)
    return name if name and declared.field(name).type in _DATED else None
