"""The map of a published indicator: the words of each place, and a legend in which no mark is left out."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

import pandas as pd

from ui import labels, theme
from ui.outline_map import Drawing, drawing
from ui.public.figures import place_text
from ui.rows import rows_of
from ui.shades import class_bounds, class_of

GREY, DARK = theme.NO_DATA, theme.MUTED
# The patterns of ui/outline_map/map.js, as style sheets draw them.
MARKS = (
    (f"background:radial-gradient(circle at 50% 50%,{DARK} 0 22%,{GREY} 24%)", "x（個人が分からないよう伏せている）"),
    (f"background:repeating-linear-gradient(135deg,#8C8C8C 0 1.5px,{GREY} 1.5px 5px)", labels.NOT_SENT),
    (
        f"background:radial-gradient(circle at 50% 50%,#FFF 0 22%,{theme.INK} 24% 34%,{theme.LIGHT} 36%)",
        "白い丸：一部の報告",
    ),
    (f"background:{theme.NOT_APPLICABLE}", "-・…（該当なし・不明）"),
)


def map_of(region: str, cells: pd.DataFrame, kind: str) -> Drawing:
    """The drawing of cells, one a municipality."""
    rows = rows_of(cells)
    values = {row.area_code: (row.value, row.state) for row in rows}
    return drawing(region, values, {row.area_code: place_text(row, kind) for row in rows})


def legend_html(values: Sequence[float], kind: str, unit: str) -> str:
    """Each colour with the range of the values that have it, then every mark."""
    known = [value for value in values if not math.isnan(value)]
    bounds, lower, keys = class_bounds(known), -math.inf, []
    for upper in bounds:
        members = [value for value in known if lower < value <= upper]
        lower = upper
        if members:
            ends = dict.fromkeys(labels.number_text(edge, kind) for edge in (min(members), max(members)))
            keys.append((f"background:{theme.SCALE[class_of(upper, bounds)]}", "～".join(ends)))
    boxes = "".join(
        f"<span style='display:inline-flex;align-items:center;margin-right:1em'><span style='width:1.1em;height:1.1em;"
        f"{style};border:1px solid {theme.MUTED};margin-right:.4em'></span>{html.escape(text)}</span>"
        for style, text in [*keys, *MARKS]
    )
    return f"<div style='font-size:.85rem;line-height:1.9'>{html.escape(unit)}　{boxes}</div>"
