"""The blocks of a pack as HTML: the same texts, marks and shades that the files carry."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Sequence
from typing import Any

from reports.content import Cell, Chart, KeyNumbers, Table
from ui import labels, matrix, theme
from ui.labels.rounding import fixed

STYLE = (
    "<style>.kn{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem}"
    ".kn div{border:1px solid " + theme.GRID + ";border-radius:.4rem;padding:.35rem .6rem}"
    ".kn p{margin:0;font-size:.72rem;line-height:1.4;color:" + theme.MUTED + "}"
    ".kn .t{font-size:.8rem;color:" + theme.INK + "}.kn .v{font-size:1.35rem;font-weight:600;color:" + theme.INK + "}"
    ".said li{margin:.15rem 0}"
    "@media print{.kn div{break-inside:avoid}}</style>"
)
# Rows of a table to be read as words keep their line breaks; numbers stand under each other.
_WORDY = (
    "<style>.mx td.w{white-space:normal;text-align:left;min-width:9rem}.mx tbody th{white-space:normal;min-width:6rem}"
    "</style>"
)
_LONG_TEXT = 14


def sentences_html(items: Sequence[str]) -> str:
    return f"{STYLE}<ul class=said>{''.join(f'<li>{_bold(one)}</li>' for one in items)}</ul>"


def _bold(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text))


def numbers_html(block: KeyNumbers) -> str:
    return f"{STYLE}<div class=kn>{''.join(map(_number, block.items))}</div>"


def _number(one: Any) -> str:
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in (one.change, one.interval, one.counts) if line)
    return f"<div><p class=t>{html.escape(one.title)}</p><p class=v>{html.escape(one.value)}</p>{lines}</div>"


def table_html(table: Table) -> str:
    """A table whose first column heads the rows; long texts wrap."""
    cells = [[_cell(cell) for cell in row[1:]] for row in table.rows]
    drawn = matrix.matrix_html(
        [row[0].text for row in table.rows], list(table.heads[1:]), cells,
        title=table.title, corner=table.heads[0], groups=_groups(table),
    )  # fmt: skip
    wrapped = re.sub(rf"<td>(?=[^<]{{{_LONG_TEXT},}})", "<td class=w>", drawn)
    return f"{_WORDY}<p><b>{html.escape(table.title)}</b></p>{wrapped}"


def _groups(table: Table) -> list[tuple[str, int]]:
    """Groups over the heads without the first one, which stands apart."""
    if not table.groups:
        return []
    (title, span), *rest = table.groups
    return [(title, span - 1), *rest] if span > 1 else rest


def _cell(cell: Cell) -> matrix.Cell:
    last = len(theme.SCALE) - 1
    return matrix.Cell(cell.text, cell.state, None if cell.shade is None else round(cell.shade * last))


def series_table(chart: Chart) -> Table:
    """The values of a chart as a table, where there is no figure to draw."""
    rows = [
        [Cell(name), *(Cell(_plain(series.values[place]), series.values[place]) for series in chart.series)]
        for place, name in enumerate(chart.categories)
    ]
    return Table(f"{chart.title}（{chart.unit}）", ["", *(series.name for series in chart.series)], rows)


def _plain(value: float | None) -> str:
    return labels.UNKNOWN if value is None or math.isnan(value) else fixed(value, 1)
