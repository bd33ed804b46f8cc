"""Bar traces from 0, one beside or on top of the other, with patterns, error bars and texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle

from reports.drawing import looks, paper, scatter
from reports.drawing.scales import Scale
from ui import theme

WIDTH = 0.8  # of the room of a category, as on the screen
LEAST_TEXT = 7  # pixels; below, a text that does not fit into its bar stands behind it


def draw(axes: Axes, trace: Mapping[str, Any], x: Scale, y: Scale, base: np.ndarray, size: int) -> None:
    """base: where each bar begins, of the bars it is stacked on; 0 without."""
    is_flat = trace.get("orientation") == "h"
    at, length = (y.all(trace["y"]), x.all(trace["x"])) if is_flat else (x.all(trace["x"]), y.all(trace["y"]))
    shown = np.nan_to_num(length)
    width = trace.get("width", WIDTH)
    styles = [bar_style(trace, place) for place in range(len(at))]
    for place, style in enumerate(styles):
        if not (y if is_flat else x).holds(at[place]) or not shown[place]:
            continue
        one = (
            axes.barh(at[place], shown[place], width, left=base[place], zorder=2, **style)
            if is_flat
            else axes.bar(at[place], shown[place], width, bottom=base[place], zorder=2, **style)
        )
        _text(axes, trace, place, one, is_flat, size)
    points = (length, at) if is_flat else (at, length)
    scatter.errors(axes, trace, points, place=2.5)


def bar_style(trace: Mapping[str, Any], place: int = 0) -> dict[str, Any]:
    """The look of a bar for axes.bar and for the legend. A pattern stands on white, as on the screen."""
    marker = trace.get("marker", {})
    count = place + 1
    own = looks.each(marker.get("color", theme.MID), count)[place]
    pattern, edge = marker.get("pattern", {}), marker.get("line", {})
    shape = looks.each(pattern.get("shape", ""), count)[place]
    style: dict[str, Any] = {"facecolor": looks.colour(own), "edgecolor": "none", "linewidth": edge.get("width", 0)}
    if edge.get("width"):
        style["edgecolor"] = looks.colour(edge["color"])
    if shape:
        style |= {"facecolor": "#FFFFFF", "hatch": shape * 4, "hatchcolor": looks.colour(pattern.get("fgcolor", own))}
    return style


def _text(axes: Axes, trace: Mapping[str, Any], place: int, bars: BarContainer, is_flat: bool, size: int) -> None:
    said = looks.each(trace.get("text", ""), place + 1)[place]
    where = trace.get("textposition", "none")
    if not said or where == "none":
        return
    text, is_bold = looks.words(said)
    style = trace.get("textfont", {})
    points = style.get("size", size)
    (box,) = (one for one in bars if isinstance(one, Rectangle))
    if not is_flat:
        axes.annotate(
            text, (box.get_x() + box.get_width() / 2, box.get_y() + box.get_height()), xytext=(0, 3),
            textcoords="offset points", ha="center", va="bottom", annotation_clip=False, zorder=4,
            fontproperties=paper.font(points, is_bold=is_bold), color=looks.colour(style.get("color", theme.INK)),
        )  # fmt: skip
        return
    room = abs(np.diff(axes.transData.transform([(box.get_x(), 0), (box.get_x() + box.get_width(), 0)])[:, 0])[0])
    fitting = points * min(1.0, (room - 2 * scatter.GAP) / paper.text_width(text, points))
    is_inside = where == "inside" and fitting >= LEAST_TEXT
    start = box.get_x() if is_inside else box.get_x() + box.get_width()
    axes.annotate(
        text, (start, box.get_y() + box.get_height() / 2), xytext=(scatter.GAP, 0), textcoords="offset points",
        ha="left", va="center_baseline", annotation_clip=False, zorder=4,
        color=looks.colour(style.get("color", theme.INK) if is_inside else theme.INK),
        fontproperties=paper.font(fitting if is_inside else points, is_bold=is_bold),
    )  # fmt: skip
