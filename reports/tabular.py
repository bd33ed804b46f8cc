"""Tables on paper: how wide each column is, how large the text, what shade; narrow long tables stand in columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from reports.content import Block, Cell, Chart, Table
from reports.drawing import paper
from ui import theme

SIZES = (7.5, 7.0, 6.5, 6.0, 5.75, 5.5)  # of the text, the largest that fits
READABLE = 6.5  # down to here texts rather become smaller than break into lines
INSET = 3.0  # points at both sides of a cell
LONG = 13.0  # em: longer texts of a column are broken into lines, where not all fit
WHOLE = 30.0  # em: longer ones always
LEAST = 7.0  # em that such a column has at least
PROSE = 60.0  # em: a table with so long texts is set small, and all its columns break
NARROW = 8.0  # em of the widest column of a table that is set in several columns
MANY, SMALL = 60, 6.5  # a table of more rows is set no larger than this
SIGN, CLOSE = 2.1, 1.1  # em of a column of signs, whose head may stand in lines of two letters; points beside a sign
ROOMY, TIGHT = 0.24, 0.1  # em above and below the text of a row; of very many rows
SHORT_HEAD = 5.5  # em: longer heads are broken into two lines
FEW = 15  # rows: a table with more is set in several columns when it is narrow
SPAN = 74.0  # points of the column that draws values and their limits
_GREY = ("not_sent", "hidden", "not_applicable")


def table(block: Table, width: float, gap: float, extra: float = 0.0, largest: float = SIZES[0]) -> dict[str, Any]:
    """The table as the template reads it. extra: points of a column that is not the table's own."""
    columns = len(block.heads)
    natural = [_natural(block, place) for place in range(columns)]
    largest = min(largest, SMALL) if len(block.rows) > MANY else largest
    inset = CLOSE if sum(one <= SIGN for one in natural) > columns / 2 else INSET
    sides, room = 1, width - extra
    if len(block.rows) > FEW and not extra:
        capped = sum(min(one, NARROW) for one in natural) * SMALL + columns * 2 * inset
        sides = max(1, int((width + gap) // (capped + gap))) if max(natural) <= WHOLE else 1
        room = (width - gap * (sides - 1)) / sides
    size, is_long = _sizes(natural, room - columns * 2 * inset, NARROW if sides > 1 else LONG, largest)
    least = [LEAST if long else one for one, long in zip(natural, is_long, strict=True)]
    spare = max(0.0, room - sum(least) * size - columns * 2 * inset)
    weights = [max(_mean(block, place) - LEAST, 1.0) if long else 0.0 for place, long in enumerate(is_long)]
    # What is left goes to the long texts, else to all alike, but never so much that rows fall apart.
    shares = [spare * weight / sum(weights) if any(weights) else min(spare / columns, 2 * size) for weight in weights]
    widths = [one * size + 2 * inset + share for one, share in zip(least, shares, strict=True)]
    # Columns of many short texts may ask for more than there is, even in the smallest size: then all give way.
    narrower = min(1.0, room / sum(widths))
    return {
        "kind": "table",
        "title": block.title,
        "note": block.note,
        "size": size,
        "inset": inset,
        "above": TIGHT if len(block.rows) > MANY else ROOMY,
        "widths": [one * narrower for one in widths],
        "aligns": [_align(block, place) for place in range(columns)],
        "heads": list(block.heads),
        "groups": [list(group) for group in block.groups],
        "parts": [[[_cell(cell) for cell in row] for row in part] for part in _parts(block.rows, sides)],
        "spans": None,
    }


def with_spans(chart: Chart, block: Block | None, width: float, gap: float, largest: float) -> dict[str, Any] | None:
    """A chart and the table of the same rows in one: values and limits drawn in a column. None where they do not fit.

    For a sheet of one page, on which both have no room.
    """
    if not isinstance(block, Table) or chart.figure is None or len(chart.low) != len(chart.categories):
        return None
    rows = {row[0].text: row for row in block.rows}
    if not set(chart.categories) <= set(rows):
        return None
    low, high = chart.figure["layout"]["xaxis"].get("range", (0, 0))
    if high <= low:
        return None
    places = {name: place for place, name in enumerate(chart.categories)}
    item = table(block, width, gap, extra=SPAN + 2 * INSET, largest=largest)
    (own, *others) = chart.series
    marks = [theme.INK, theme.MID]
    item["note"] = "　".join(text for text in (chart.note, block.note) if text)
    item["spans"] = {
        "width": SPAN,
        "from": f"{low:g}",
        "to": f"{high:g}{chart.unit}",
        "legend": [(own.name, None), *((one.name, ink) for one, ink in zip(others, marks, strict=False))],
        "rows": [
            None
            if (place := places.get(row[0].text)) is None
            else {
                "own": _share(own.values[place], low, high),
                "low": _share(chart.low[place], low, high),
                "high": _share(chart.high[place], low, high),
                "is_partial": row[1].state == "partial",
                "marks": [(_share(one.values[place], low, high), ink) for one, ink in zip(others, marks, strict=False)],
            }
            for row in block.rows
        ],
    }
    return item


def is_wide(block: Table, column: float) -> bool:
    """Whether the table asks for more than a column."""
    natural = sum(min(_natural(block, place), LONG) for place in range(len(block.heads)))
    return natural * 6 + len(block.heads) * 2 * INSET > column


def _share(value: float | None, low: float, high: float) -> float | None:
    return None if value is None or math.isnan(value) else min(max((value - low) / (high - low), 0.0), 1.0)


def _sizes(natural: Sequence[float], room: float, long: float, largest: float) -> tuple[float, list[bool]]:
    """The size of the text, and which columns break their texts: none where all fit in a readable size.

    room: points for the text of all columns, without what stands beside it.
    """
    sizes = [size for size in SIZES if size <= largest and (size >= SMALL or largest < SMALL)]
    for size in sizes:
        if size >= READABLE and max(natural) <= WHOLE and sum(natural) * size <= room:
            return size, [False] * len(natural)
    if max(natural) > PROSE:
        sizes, long = [min(SMALL, largest)], LEAST
    is_long = [one > long for one in natural]
    least = sum(LEAST if own else one for one, own in zip(natural, is_long, strict=True))
    return next((size for size in sizes if least * size <= room), sizes[-1]), is_long


def _parts(rows: Sequence[Sequence[Cell]], sides: int) -> list[Sequence[Sequence[Cell]]]:
    each = math.ceil(len(rows) / sides) or 1
    return [rows[start : start + each] for start in range(0, len(rows), each)] or [[]]


def _natural(block: Table, place: int) -> float:
    """How wide a column would be, in em: its longest text, and enough of its head to be broken well."""
    head = paper.text_width(block.heads[place], 1.05)  # a little wider in bold
    widest = max((paper.text_width(row[place].text, 1) for row in block.rows), default=0.0)
    if len(block.rows) > FEW and widest <= SIGN:
        return max(widest, min(head, SIGN))
    return max(head if head <= SHORT_HEAD else head / 2 + 1, widest)


def _mean(block: Table, place: int) -> float:
    return sum(paper.text_width(row[place].text, 1) for row in block.rows) / len(block.rows)


def _align(block: Table, place: int) -> str:
    if place == 0:
        return "left"
    cells = [row[place] for row in block.rows]
    if any(cell.number is not None for cell in cells):
        return "right"
    return "center" if all(paper.text_width(cell.text, 1) <= NARROW for cell in cells) else "left"


def _cell(cell: Cell) -> tuple[str, str | None, str]:
    """(text, colour of the ground, colour of the text). A shade is never alone: the text says the value or the mark."""
    if cell.state in _GREY:
        return cell.text, theme.NO_DATA, theme.MUTED
    if cell.shade is None:
        return cell.text, None, theme.INK
    place = round(cell.shade * (len(theme.SCALE) - 1))
    return cell.text, theme.SCALE[place], "#FFFFFF" if place > 2 else theme.INK
