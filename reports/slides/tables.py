"""A piece of a table as a native table: heads, groups of heads, shades, marks; all cells written as one XML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from reports.content import Cell, Table
from reports.slides import measure
from reports.slides.deck import Box, describe
from reports.slides.grid import ABOVE, SIDE, Part, is_right
from reports.slides.lettering import Look, paragraph_xml, plain
from ui import theme

_WITHOUT_VALUE = ("not_sent", "hidden", "not_applicable")
_EMU = 12700


def draw(slide: Any, box: Box, table: Table, part: Part) -> Any:
    """Places the piece at the upper left of the box. Rows are as high as measured."""
    frame = slide.shapes.add_table(1, 1, Pt(box.left), Pt(box.top), Pt(sum(part.widths)), Pt(part.height))
    describe(frame, plain(table.title), f"表：{plain(table.title)}")
    old = frame._element.graphic.graphicData.tbl
    old.getparent().replace(old, parse_xml(_table_xml(table, part)))
    return frame


def _table_xml(table: Table, part: Part) -> str:
    columns = "".join(f'<a:gridCol w="{round(one * _EMU)}"/>' for one in part.widths)
    line = part.size * measure.LINE + 2 * ABOVE
    lines = []
    if part.groups:
        lines.append(_row_xml(line, _group_cells(part, table)))
    head = part.head_height - (line if part.groups else 0)
    aligned = ["r" if is_right(table, column) else "l" for column in part.columns]
    head_cells = [
        _cell_xml(
            table.heads[column], Look(part.size, is_bold=True, align="ctr" if align == "r" else "l"), theme.PALE, "b"
        )
        for column, align in zip(part.columns, aligned, strict=True)
    ]
    lines.append(_row_xml(head, head_cells))
    for row, tall in zip(part.rows, part.row_heights, strict=True):
        cells = [_body_cell(row[column], part.size, align) for column, align in zip(part.columns, aligned, strict=True)]
        lines.append(_row_xml(tall, cells))
    return f'<a:tbl {nsdecls("a")}><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{"".join(lines)}</a:tbl>'


def _group_cells(part: Part, table: Table) -> list[str]:
    """Groups over the columns from the right; columns that belong to none stand at the left without one."""
    free = len(part.columns) - sum(span for _, span in part.groups)
    look = Look(part.size, is_bold=True, align="ctr")
    cells = [_cell_xml("", look, theme.PALE, "b") for _ in range(free)]
    for title, span in part.groups:
        cells.append(_cell_xml(title, look, theme.PALE, "ctr", f' gridSpan="{span}"' if span > 1 else ""))
        cells += [_cell_xml("", look, theme.PALE, "ctr", ' hMerge="1"') for _ in range(span - 1)]
    return cells


def _body_cell(cell: Cell, size: float, align: str) -> str:
    if cell.state in _WITHOUT_VALUE:
        return _cell_xml(cell.text, Look(size, theme.MUTED, align=align), theme.NO_DATA, "ctr")
    colour, fill = theme.INK, None
    if cell.shade is not None:
        step = round(min(max(cell.shade, 0.0), 1.0) * (len(theme.SCALE) - 1))
        colour, fill = ("#FFFFFF" if step > 2 else theme.INK), theme.SCALE[step]
    return _cell_xml(cell.text, Look(size, colour, is_italic=cell.state == "partial", align=align), fill, "ctr")


def _row_xml(tall: float, cells: Sequence[str]) -> str:
    return f'<a:tr h="{round(tall * _EMU)}">{"".join(cells)}</a:tr>'


def _cell_xml(text: str, look: Look, fill: str | None, anchor: str, more: str = "") -> str:
    side, above = round(SIDE * _EMU), round(ABOVE * _EMU)
    painted = f'<a:solidFill><a:srgbClr val="{fill[1:]}"/></a:solidFill>' if fill else "<a:noFill/>"
    edge = "".join(
        f'<a:{place} w="6350"><a:solidFill><a:srgbClr val="{theme.GRID[1:]}"/></a:solidFill></a:{place}>'
        for place in ("lnL", "lnR", "lnT", "lnB")
    )
    margins = f'marL="{side}" marR="{side}" marT="{above}" marB="{above}" anchor="{anchor}"'
    return (
        f"<a:tc{more}><a:txBody><a:bodyPr/><a:lstStyle/>{paragraph_xml(text, look)}</a:txBody>"
        f"<a:tcPr {margins}>{edge}{painted}</a:tcPr></a:tc>"
    )
