"""A matrix as an HTML table: municipalities down, things across, each cell a text with its mark and one of five shades.

Lighter than a grid: 179 municipalities × 12 columns are about 40 KB, drawn at once, printed as they stand, and read
by screen readers. Shades are of one hue and never alone: every cell says its value or its mark.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from ui import labels, theme
from ui.labels.cells import Cell

__all__ = ["LEGEND", "Cell", "matrix_html", "shades"]

_STATES = {"partial": "p", "not_sent": "n", "hidden": "n", "not_applicable": "n"}
_STYLE = (
    "<style>.mx{overflow:auto;max-height:36rem;border:1px solid " + theme.GRID + "}"
    ".mx table{border-collapse:separate;border-spacing:0;font-size:.8rem;font-variant-numeric:tabular-nums}"
    ".mx caption{position:absolute;left:-9999px}"
    ".mx th,.mx td{padding:.16rem .5rem;border-bottom:1px solid " + theme.GRID + ";text-align:right;white-space:nowrap}"
    ".mx thead th{position:sticky;top:0;background:#FFF;z-index:2;text-align:center;vertical-align:bottom;"
    "white-space:normal;min-width:4.4rem;font-weight:600;word-break:auto-phrase}"
    ".mx thead tr+tr th{top:1.7rem}"
    ".mx tbody th,.mx thead th:first-child{position:sticky;left:0;background:#FFF;text-align:left;z-index:1}"
    ".mx thead th:first-child{z-index:3}"
    + "".join(
        f".mx .s{place}{{background:{colour};color:{'#FFF' if place > 2 else theme.INK}}}"
        for place, colour in enumerate(theme.SCALE)
    )
    + ".mx .n{color:"
    + theme.MUTED
    + ";background:"
    + theme.NO_DATA
    + "}"
    ".mx .p{font-style:italic;text-decoration:underline dotted}"
    ".mx tr.c th{background:" + theme.PALE + ";border-left:4px solid " + theme.MAIN + "}"
    "@media print{.mx{overflow:visible;max-height:none}.mx th,.mx td{font-size:7pt;padding:1pt 2pt}}</style>"
)


def matrix_html(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    *,
    title: str,
    corner: str = "市区町村",
    groups: Sequence[tuple[str, int]] = (),
    chosen: str | None = None,
) -> str:
    """The table for st.html. cells: one sequence a row, in the order of columns.

    groups: headings over the columns, each with how many it spans. chosen: the row to mark, by its name.
    """
    above = "".join(f"<th colspan={span}>{html.escape(text)}" for text, span in groups)
    heads = "".join(f"<th>{html.escape(column)}" for column in columns)
    first = f"<th>{html.escape(corner)}"
    head = f"<tr><th>{above}<tr>{first}{heads}" if groups else f"<tr>{first}{heads}"
    body = "".join(
        f"<tr{' class=c' if name == chosen else ''}><th>{html.escape(name)}{''.join(map(_cell, line))}"
        for name, line in zip(rows, cells, strict=True)
    )
    return (
        f"{_STYLE}<div class=mx tabindex=0 role=region aria-label='{html.escape(title)}'><table>"
        f"<caption>{html.escape(title)}</caption><thead>{head}</thead><tbody>{body}</tbody></table></div>"
    )


def shades(values: Sequence[float]) -> list[int | None]:
    """A shade for each value from the least to the most of them; None where there is no value."""
    known = [value for value in values if not math.isnan(value)]
    low, span = min(known, default=0.0), max(known, default=0.0) - min(known, default=0.0)
    last = len(theme.SCALE) - 1
    return [None if math.isnan(one) else round((one - low) / span * last) if span else 0 for one in values]


def _cell(cell: Cell) -> str:
    classes = [_STATES[cell.state]] if cell.state in _STATES else []
    if cell.shade is not None and cell.state in ("value", "partial"):
        classes.append(f"s{cell.shade}")
    text = html.escape(cell.text.removesuffix(labels.PARTIAL_MARK)) + ("*" if cell.state == "partial" else "")
    return f"<td class='{' '.join(classes)}'>{text}" if classes else f"<td>{text}"


LEGEND = (
    "* と点線の下線：一部の月だけ、又は一部の行を除いて受け取った値　未提出：報告が届いていない　-：該当する件がない"
)
