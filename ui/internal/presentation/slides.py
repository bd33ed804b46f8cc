"""A pack cut into slides: one thought on each, and no more rows than can be read from the back of the room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reports.content import Block, Cell, Chart, KeyNumbers, Map, Pack, Section, Sentences, Table, on_paper
from ui import labels

MOST_SENTENCES = 5
MOST_BARS = 16
MOST_NUMBERS = 10
# Lines of a table's rows on one slide, and letters that a line holds across all columns. Few columns are set larger.
LARGE, SMALL = (12, 42), (13, 60)
IN_FIRST_COLUMN = 14
IN_NOTE = 90
LARGE_COLUMNS = 6


@dataclass(frozen=True)
class Slide:
    """title is the section's, with 「（2/4）」 where it goes on. Several blocks stand beside or below each other."""

    title: str
    blocks: Sequence[Block]
    empty: str = ""


def slides_of(pack: Pack, skipped: Sequence[str] = ()) -> list[Slide]:
    """The title slide, then every section in order."""
    first = Slide(
        pack.title, [Sentences([pack.where, pack.period, *([labels.SAMPLE_NOTICE] if pack.is_sample else [])])]
    )
    shown = [on_paper(section) for section in pack.sections if section.id not in skipped]
    return [first, *(one for section in shown for one in _of_section(section))]


def _of_section(section: Section) -> list[Slide]:
    if not section.blocks:
        return [Slide(section.title, [], section.empty)]
    found = [part for blocks in _together(section.blocks) for part in _cut(blocks)]
    if len(found) == 1:
        return [Slide(section.title, found[0])]
    return [Slide(f"{section.title}（{place}／{len(found)}）", one) for place, one in enumerate(found, 1)]


def _together(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """A map stands beside the sentences before it, a remark below the figures before it; all else stands alone."""
    waiting: list[Block] = []
    for block in blocks:
        last = waiting[-1] if waiting else None
        is_beside = isinstance(block, Map) and isinstance(last, Sentences)
        is_remark = isinstance(block, Sentences) and len(block.items) == 1 and isinstance(last, KeyNumbers)
        if waiting and not (is_beside or is_remark):
            yield waiting
            waiting = []
        waiting.append(block)
    if waiting:
        yield waiting


def _cut(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """What is too long for one slide, as several."""
    first, *rest = blocks
    if isinstance(first, Table):
        for table in _cut_table(first):
            yield [table]
    elif isinstance(first, Chart) and first.form == "bar" and len(first.categories) > MOST_BARS and first.figure:
        for chart in _cut_bars(first):
            yield [chart]
    elif isinstance(first, Sentences) and len(first.items) > MOST_SENTENCES and not rest:
        for start, end in _evenly(len(first.items), MOST_SENTENCES):
            yield [Sentences(first.items[start:end])]
    elif isinstance(first, KeyNumbers) and len(first.items) > MOST_NUMBERS:
        for start, end in _evenly(len(first.items), MOST_NUMBERS):
            yield [KeyNumbers(first.items[start:end]), *rest]
    else:
        yield blocks


def _evenly(count: int, most: int) -> list[tuple[int, int]]:
    """[start, end) of parts of about equal length, none longer than most."""
    parts = math.ceil(count / most)
    bounds = [round(count * part / parts) for part in range(parts + 1)]
    return list(pairwise(bounds))


def is_large(table: Table) -> bool:
    return len(table.heads) <= LARGE_COLUMNS


def _cut_table(table: Table) -> Iterator[Table]:
    lines, letters = LARGE if is_large(table) else SMALL
    lines -= math.ceil(len(table.note) / IN_NOTE)
    rows: list[Sequence[Cell]] = []
    used = 0
    for row in table.rows:
        # The browser gives long texts the wider columns, so a row is about as high as its letters ask for together.
        asked = sum(len(cell.text) for cell in row) / letters
        height = max(1, math.ceil(asked), math.ceil(len(row[0].text) / IN_FIRST_COLUMN) if row else 1)
        if rows and used + height > lines:
            yield replace(table, rows=rows)
            rows, used = [], 0
        rows.append(row)
        used += height
    yield replace(table, rows=rows)


def _cut_bars(chart: Chart) -> Iterator[Chart]:
    """The same figure, looked at through a window that moves down: scale, line and marks stay."""
    assert chart.figure is not None
    low, high = chart.figure["layout"]["yaxis"]["range"]
    count = round(high - low - 0.3)  # bars stand at 0, 1, … from the bottom, with some air at both ends
    for start, end in _evenly(count, MOST_BARS):
        window = [count - end - 0.7, count - start - 0.3]
        layout = chart.figure["layout"]
        axis = {**layout["yaxis"], "range": window, "autorange": False}
        yield replace(chart, figure={**chart.figure, "layout": {**layout, "yaxis": axis}})
