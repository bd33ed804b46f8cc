"""A pack as plain data for the typst template: text runs, tables, finished pictures; nothing is worded or computed.

Texts stay data to the end: the template never reads them as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reports import picture
from reports.content import Block, Chart, KeyNumbers, Map, Pack, Section, Sentences, Table, on_paper
from reports.drawing import slices
from reports.tabular import SIZES, is_wide, table, with_spans

Item = dict[str, Any]
WIDTH, SHEET = 510.0, 527.0  # points between the margins of the template; of a sheet of one page
GAP = 14.0  # points between columns
COLUMN = (SHEET - GAP) / 2
MAP_SHARE = 1.25  # how much wider than the text beside it a map is
LOW = 170  # pixels of the height of a chart without rows on a sheet of one page
PIXEL = 0.56  # points of a pixel of a chart: text of 13 pixels becomes one of 7.3 points
ROW = 17  # pixels of a row of a chart on paper, where no pointer must hit it
PIECES = ((24, 1), (60, 2), (96, 3))  # up to so many rows a chart stands in so many pieces side by side; above, in 4
LOW_ROW, HIGH = 14, 40  # pixels of a row in pieces of more rows than that
MAP_HEIGHT = 480
SMALL_PIXEL = 0.44
DENSE = 6.0  # points of the text of tables on a sheet of one page
NOTES = "definitions"  # the section that a sheet of one page has in small type at its foot
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def typeset(pack: Pack) -> dict[str, Any]:
    """What reports/typst/pack.typ reads: a sheet of one page for a municipality, sections for the prefecture."""
    head = {
        "title": pack.title,
        "where": pack.where,
        "period": pack.period,
        "is_sample": pack.is_sample,
        "about": list(pack.about),
    }
    if pack.area:
        return {"head": head, "sheet": _sheet(pack)}
    sections = [
        {"title": section.title, "empty": section.empty, "items": list(_items(on_paper(section)))}
        for section in pack.sections
    ]
    return {"head": head, "sections": sections, "conditions": [list(pair) for pair in pack.conditions]}


def runs(text: str) -> list[tuple[str, bool]]:
    """「県全体で**64.5**％」 as runs of (text, is bold)."""
    parts = _BOLD.split(text)
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]


def _items(section: Section) -> Iterator[Item]:
    """The blocks of a section over the whole width; what is said of a map stands beside it."""
    blocks = list(section.blocks)
    while blocks:
        block = blocks.pop(0)
        if isinstance(block, Sentences) and blocks and isinstance(blocks[0], Map):
            width = (WIDTH - GAP) / (1 + 1 / MAP_SHARE)
            shown, said = _item(blocks.pop(0), width), _item(block, WIDTH - GAP - width)
            yield {**_side_by_side(shown, said), "shares": [MAP_SHARE, 1]}
        elif isinstance(block, Chart) and _pieces(block) > 1:
            yield from _in_pieces(block, _pieces(block))
        else:
            yield _item(block, WIDTH)


def _item(block: Block, width: float, *, is_dense: bool = False) -> Item:
    match block:
        case Sentences():
            return {"kind": "bullets", "items": [runs(text) for text in block.items]}
        case KeyNumbers():
            fields = ("title", "value", "interval", "counts", "change", "state")
            return {"kind": "cards", "items": [{name: getattr(one, name) for name in fields} for one in block.items]}
        case Table():
            return table(block, width, GAP, largest=DENSE if is_dense else SIZES[0])
        case Chart():
            return _chart(block, width, SMALL_PIXEL if is_dense else PIXEL)
        case Map():
            drawn = picture.map_svg(block, width=round(width / PIXEL), height=MAP_HEIGHT)
            return _picture(block.title, block.note, drawn)


def _side_by_side(*items: Item) -> Item:
    return {"kind": "side_by_side", "cells": [[item] for item in items], "shares": [1] * len(items)}


def _chart(chart: Chart, width: float, pixel: float) -> Item:
    if chart.figure is None:
        raise ValueError(f"a chart of a section on paper has a figure: {chart.title}")
    rows = len(slices.rows_of(chart.figure))
    height = chart.figure["layout"]["height"] - rows * (slices.ROW - ROW)
    if pixel == SMALL_PIXEL and not rows:
        height = min(height, LOW)
    drawn = picture.svg(chart.figure, width=round(width / pixel), height=height, as_text=True, alt=chart.title)
    return _picture(chart.title, chart.note, drawn)


def _pieces(chart: Chart) -> int:
    rows = len(slices.rows_of(chart.figure)) if chart.figure else 0
    return next((pieces for most, pieces in PIECES if rows <= most), 4)


def _in_pieces(chart: Chart, pieces: int) -> Iterator[Item]:
    assert chart.figure is not None
    width = (WIDTH - GAP * (pieces - 1)) / pieces
    row = LOW_ROW if len(slices.rows_of(chart.figure)) > HIGH * pieces else ROW
    drawn = [
        picture.svg(one, width=round(width / PIXEL), as_text=True, alt=chart.title)
        for one in slices.slices(chart.figure, pieces, row)
    ]
    yield {"kind": "heading", "text": chart.title}
    yield _side_by_side(*(_picture("", "", one, chart.title) for one in drawn))
    yield {"kind": "note", "text": chart.note}


def _picture(title: str, note: str, drawn: bytes, alt: str = "") -> Item:
    return {"kind": "picture", "title": title, "note": note, "svg": drawn.decode(), "alt": alt or title}


def _sheet(pack: Pack) -> Mapping[str, Any]:
    """One page: sentences and key figures above, then two columns, wide tables below, small notes at the foot."""
    found: dict[str, list[Any]] = {"above": [], "columns": [], "below": [], "notes": []}
    for section in pack.sections:
        if section.empty:
            found["notes"].append(runs(f"{section.title}：{section.empty}"))
        elif section.id == NOTES:
            texts = [text for block in section.blocks if isinstance(block, Sentences) for text in block.items]
            found["notes"] += [runs(text) for text in texts]
        else:
            _place(section, found)
    return found


def _place(section: Section, found: dict[str, list[Any]]) -> None:
    blocks, group = list(section.blocks), []
    is_first = not found["above"]
    while blocks:
        block = blocks.pop(0)
        following = blocks[0] if blocks else None
        merged = with_spans(block, following, SHEET, GAP, DENSE) if isinstance(block, Chart) else None
        if merged is not None:
            blocks.pop(0)
            found["below"].append({"title": section.title, "items": [merged]})
        elif isinstance(block, KeyNumbers):
            found["above"].append({"title": section.title, "items": [_item(block, SHEET)]})
        elif isinstance(block, Table) and is_wide(block, COLUMN):
            found["below"].append({"title": "", "items": [_item(block, SHEET, is_dense=True)]})
        else:
            group.append(_item(block, COLUMN, is_dense=True))
    if group:
        found["above" if is_first else "columns"].append({"title": section.title, "items": group})
