"""How a table is cut to fit slides: size of letters, widths of columns, heights of rows, which rows go where."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.content import Cell, Table
from reports.slides import measure
from reports.slides.lettering import plain

SIZES = (12.0, 11.0, 10.0, 9.0, 8.0)
# Of these, those that long tables take: what a meeting can still read on paper. The smaller only to save a slide.
LONG_SIZES = (10.0, 9.0)
NARROW, APART = 8.0, 14.0  # em of the widest column of a table that is folded; points between its pieces
SPREAD = 1.6  # how far columns are drawn apart where there is room
SIDE, ABOVE = 5.0, 2.5  # margins inside a cell, points
_FIGURE = re.compile(r"[-+]?[\d,.]+(?:～[\d,.]+)?[％%件日回人]*(?:（一部）)?|-|x|…|未提出|")


@dataclass(frozen=True)
class Part:
    """One piece of a table: these columns, these rows, at this size. heads: height of the heads in points."""

    columns: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    size: float
    widths: Sequence[float]
    head_height: float
    row_heights: Sequence[float]
    groups: Sequence[tuple[str, int]] = ()

    @property
    def height(self) -> float:
        return self.head_height + sum(self.row_heights)


def is_figures(table: Table, column: int) -> bool:
    """Whether a column holds figures and marks only: never broken over lines."""
    texts = [row[column].text for row in table.rows]
    return any(texts) and all(_FIGURE.fullmatch(text) for text in texts)


def is_right(table: Table, column: int) -> bool:
    """Whether a column is set to the right: figures, but not codes of municipalities."""
    cells = [row[column] for row in table.rows]
    has_number = any(cell.number is not None or set(cell.text) & set(".％件") for cell in cells)
    return is_figures(table, column) and has_number


def parts(table: Table, room: float, tall: float, first_tall: float | None = None) -> list[Part]:
    """The table in pieces of at most `tall` points (the first: `first_tall`), as few as can be read."""
    first = tall if first_tall is None else first_tall
    measured = _Measured(table)
    whole = range(len(table.heads))
    for size in SIZES:
        widths = measured.widths(whole, size, room)
        if widths is None:
            continue
        if size < LONG_SIZES[-1] and measured.widths(whole, LONG_SIZES[-1], room):
            break  # rather two slides than letters too small
        cut = _Layout(measured, whole, size, widths, tall).cut(first, tall)
        if len(cut) == 1:
            return cut
    return [part for columns in _column_groups(measured, room) for part in _long(measured, columns, room, first, tall)]


def folded(table: Table, room: float, tall: float) -> list[Table]:
    """A long table of narrow columns as tables of one slide each, on which its rows stand in columns side by side."""
    measured, columns = _Measured(table), range(len(table.heads))
    size = LONG_SIZES[-1]
    widths = measured.widths(columns, size, math.inf)
    if widths is None or max(measured.ems) > NARROW:
        return [table]
    sides = int((room + APART) // (sum(widths) / SPREAD + APART))
    layout = _Layout(measured, columns, size, widths, tall)
    each = int((tall - layout.head) // max(layout.heights, default=tall))
    if sides < 2 or len(table.rows) <= each:
        return [table]
    count = math.ceil(len(table.rows) / (each * sides))
    share = math.ceil(len(table.rows) / count)
    chunks = [table.rows[start : start + share] for start in range(0, len(table.rows), share)]
    return [_beside(table, chunk, sides, is_last=chunk is chunks[-1]) for chunk in chunks]


def _beside(table: Table, rows: Sequence[Sequence[Cell]], sides: int, *, is_last: bool) -> Table:
    """The rows in so many columns, each with all heads; an empty column between two."""
    each, gap = math.ceil(len(rows) / sides), [Cell("")]
    pieces = [rows[start : start + each] for start in range(0, len(rows), each)]
    nothing = [Cell("")] * len(table.heads)
    lines = [[piece[place] if place < len(piece) else nothing for piece in pieces] for place in range(each)]
    return replace(
        table,
        heads=[*table.heads, *["", *table.heads] * (len(pieces) - 1)],
        rows=[[*line[0], *(cell for own in line[1:] for cell in (*gap, *own))] for line in lines],
        groups=[*table.groups, *[("", 1), *table.groups] * (len(pieces) - 1)] if table.groups else (),
        number_formats={},
        note=table.note if is_last else "",
    )


class _Measured:
    """The texts of a table with their widths over the size of the letters, each measured once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.heads = [plain(head) for head in table.heads]
        self.head_ems = [measure.widest_line(head, 1, True) for head in self.heads]
        self.rows = [[plain(cell.text) for cell in row] for row in table.rows]
        columns = range(len(table.heads))
        self.ems = [max((measure.widest_line(row[column], 1) for row in self.rows), default=0.0) for column in columns]
        self.figures = [is_figures(table, column) for column in columns]

    def widths(self, columns: Sequence[int], size: float, room: float) -> list[float] | None:
        """Widths that hold every figure in a line and give the rest to texts; None when the columns do not fit."""
        ideal, least = [], []
        for column in columns:
            head, widest = self.head_ems[column] * size, self.ems[column] * size + 0.5
            # A head may stand in three lines; a figure in one.
            narrowest = max(head / 3 + size, min(head, 4 * size))
            is_fixed = self.figures[column] or widest <= 9 * size
            ideal.append(max(widest, min(head + 0.5, 7 * size)) + 2 * SIDE)
            least.append(max(widest if is_fixed else 9 * size, narrowest) + 2 * SIDE)
        if sum(least) > room:
            return None
        if sum(ideal) <= room:
            spread = min(room / sum(ideal), SPREAD)
            return [one * spread for one in ideal]
        # What is left goes to texts by their lengths, so that the cells of a row need about as many lines.
        wanted = [max(0.0, wide - small) for small, wide in zip(least, ideal, strict=True)]
        spare = (room - sum(least)) / (sum(wanted) or 1.0)
        return [small + more * spare for small, more in zip(least, wanted, strict=True)]

    def squeezed(self, columns: Sequence[int], room: float) -> list[float]:
        """Where even two columns are too wide: shares of the room, texts broken."""
        shares = [min(max(self.ems[column], self.head_ems[column], 4.0), 60.0) for column in columns]
        return [room * one / sum(shares) for one in shares]


class _Layout:
    """The columns at one size: how high the heads and every row are, hence where slides end."""

    def __init__(
        self, measured: _Measured, columns: Sequence[int], size: float, widths: Sequence[float], tall: float
    ) -> None:
        self.columns, self.size, self.widths = columns, size, widths
        self.rooms = [wide - 2 * SIDE for wide in widths]
        one_line = size * measure.LINE + 2 * ABOVE
        is_whole = len(columns) == len(measured.heads)
        self.groups = measured.table.groups if is_whole else ()
        heads = [measured.heads[column] for column in columns]
        self.head = self._tallest(heads, is_bold=True) + (one_line if self.groups else 0.0)
        self.rows: list[Sequence[Cell]] = []
        self.heights: list[float] = []
        for row, texts in zip(measured.table.rows, measured.rows, strict=True):
            needed = self._tallest([texts[column] for column in columns])
            for piece in [row] if needed <= tall - self.head else self._broken(row, tall - self.head):
                self.rows.append(piece)
                self.heights.append(
                    max(one_line, needed if piece is row else self._tallest([plain(piece[c].text) for c in columns]))
                )

    def _tallest(self, texts: Sequence[str], *, is_bold: bool = False) -> float:
        pairs = zip(texts, self.rooms, strict=True)
        return max(measure.height(text, self.size, room, is_bold) for text, room in pairs) + 2 * ABOVE

    def _broken(self, row: Sequence[Cell], tall: float) -> list[Sequence[Cell]]:
        """A row higher than a slide as several: the rest of a long text stands in the rows below."""
        most = int((tall - 2 * ABOVE) / (self.size * measure.LINE)) - 1
        pieces = {column: [""] for column in range(len(row))}
        for column, room in zip(self.columns, self.rooms, strict=True):
            text = row[column].text
            lines = measure.line_count(plain(text), self.size, room)
            each = len(text) if lines <= most else max(1, int(len(text) * most / lines * 0.9))
            pieces[column] = [text[start : start + each] for start in range(0, len(text), each)] or [""]
        count = max(map(len, pieces.values()))
        return [
            [
                replace(cell, text=pieces[column][place] if place < len(pieces[column]) else "")
                for column, cell in enumerate(row)
            ]
            for place in range(count)
        ]

    def cut(self, first: float, tall: float) -> list[Part]:
        """Pieces of at most `tall` points; the first of at most `first`."""
        found: list[Part] = []
        start, used, limit = 0, self.head, first
        for place, needed in enumerate(self.heights):
            if place > start and used + needed > limit:
                found.append(self._part(start, place))
                start, used, limit = place, self.head, tall
            used += needed
        return [*found, self._part(start, len(self.rows))]

    def _part(self, start: int, end: int) -> Part:
        rows, heights = self.rows[start:end], self.heights[start:end]
        return Part(self.columns, rows, self.size, self.widths, self.head, heights, self.groups)


def _long(measured: _Measured, columns: Sequence[int], room: float, first: float, tall: float) -> list[Part]:
    """These columns over as few slides as a readable size allows, with about as many rows on each."""
    sizes = [size for size in LONG_SIZES if measured.widths(columns, size, room)] or [SIZES[-1]]
    layouts = [
        _Layout(measured, columns, size, measured.widths(columns, size, room) or measured.squeezed(columns, room), tall)
        for size in sizes
    ]
    layout = min(layouts, key=lambda one: len(one.cut(first, tall)))
    best = layout.cut(first, tall)
    if len(best) == 1 or first < tall:
        return best
    even = sum(layout.heights) / len(best) + layout.head
    tries = (layout.cut(min(tall, even + more), min(tall, even + more)) for more in range(0, 60, 6))
    return next((cut for cut in tries if len(cut) == len(best)), best)


def _column_groups(measured: _Measured, room: float) -> list[Sequence[int]]:
    """All columns together where they fit at the smallest size; else groups that each begin with the first column."""
    whole = range(len(measured.heads))
    if measured.widths(whole, SIZES[-1], room) is not None:
        return [whole]
    groups: list[Sequence[int]] = []
    current = [0]
    for column in whole[1:]:
        if len(current) > 1 and measured.widths([*current, column], SIZES[-2], room) is None:
            groups.append(current)
            current = [0]
        current.append(column)
    return [*groups, current]
