"""What stands around the traces: shapes, notes, the legend, the title above and the lines below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, Transform, blended_transform_factory

from reports.drawing import bars, looks, paper, scatter
from reports.drawing.scales import Scale
from ui import theme

SAMPLE, ROW = 26, 20  # pixels of the legend: how long a sample of a line is, how high a row
TITLE, ABOUT = 16, 11  # sizes of text
LEADING = 1.45


class Box(NamedTuple):
    """The plot's frame in pixels from the lower left."""

    left: float
    bottom: float
    width: float
    height: float


def pixels(sheet: Sheet) -> Transform:
    return Affine2D().scale(1 / paper.DPI) + sheet.dpi_scale_trans


def lines(sheet: Sheet, texts: Sequence[str], left: float, top: float, size: float, colour: str, bold: bool) -> None:
    """Lines of text, the first with its upper edge at `top` pixels from below."""
    for number, text in enumerate(texts):
        sheet.text(
            left, top - size * LEADING * (number + 0.5), text, transform=pixels(sheet), va="center_baseline", ha="left",
            color=colour, fontproperties=paper.font(size, is_bold=bold),
        )  # fmt: skip


def shape(axes: Axes, said: Mapping[str, Any], x: Scale, y: Scale) -> None:
    """A line or a rectangle, in the data of an axis or in shares of the plot ('paper')."""
    on_paper = {axis: said.get(f"{axis}ref") == "paper" for axis in ("x", "y")}
    scales = {"x": x, "y": y}
    ends = {
        axis: [float(said[f"{axis}{end}"]) if on_paper[axis] else scales[axis](said[f"{axis}{end}"]) for end in (0, 1)]
        for axis in ("x", "y")
    }
    middles = {axis: sum(pair) / 2 for axis, pair in ends.items()}
    if not all(on_paper[axis] or scales[axis].holds(middle) for axis, middle in middles.items()):
        return
    transform = blended_transform_factory(
        axes.transAxes if on_paper["x"] else axes.transData, axes.transAxes if on_paper["y"] else axes.transData
    )
    line, place = said["line"], 0.4 if said.get("layer") == "below" else 2.6
    style: dict[str, Any] = {"transform": transform, "zorder": place, "linewidth": line["width"]}
    if said["type"] == "rect":
        (x0, x1), (y0, y1) = ends["x"], ends["y"]
        edge, face = looks.colour(line["color"]), looks.colour(said["fillcolor"])
        axes.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, edgecolor=edge, facecolor=face, **style))
    else:
        dash = looks.dash(line.get("dash"), line["width"])
        axes.add_line(Line2D(ends["x"], ends["y"], color=looks.colour(line["color"]), linestyle=dash, **style))


def note(sheet: Sheet, axes: Axes, box: Box, said: Mapping[str, Any], x: Scale | None, y: Scale | None) -> None:
    """A text at a place of the data or of the plot; what stands above the plot begins at its upper edge."""
    text, is_bold = looks.words(said["text"])
    across, upright = said.get("xanchor", "auto"), said.get("yanchor", "auto")
    if x is None or said.get("xref") == "paper":
        left = box.left + said["x"] * box.width
    elif x.holds(x(said["x"])):
        left = box.left + axes.transLimits.transform((x(said["x"]), 0))[0] * box.width
    else:
        return
    if y is None or said.get("yref") == "paper":
        above = said["y"] >= 1
        upright = "bottom" if above else _nearest(said["y"]) if upright == "auto" else upright
        low = box.bottom + min(said["y"], 1) * box.height + (3 if above else 0)
    elif y.holds(y(said["y"])):
        low = box.bottom + axes.transLimits.transform((0, y(said["y"])))[1] * box.height
    else:
        return
    style = said.get("font", {})
    ground = said.get("bgcolor")
    sheet.text(
        left + {"left": 2, "right": -2}.get(across, 0), low, text, transform=pixels(sheet), zorder=5,
        ha="center" if across == "auto" else across, va="center_baseline" if upright in ("auto", "middle") else upright,
        color=looks.colour(style.get("color", theme.INK)),
        fontproperties=paper.font(style.get("size", 13), is_bold=is_bold),
        bbox={"facecolor": looks.colour(ground), "edgecolor": "none", "pad": 1} if ground else None,
    )  # fmt: skip


def _nearest(share: float) -> str:
    return "top" if share > 2 / 3 else "bottom" if share < 1 / 3 else "middle"


class Entry(NamedTuple):
    """A name of the legend and what it looks like: a line with or without marks, or a box."""

    name: str
    style: Mapping[str, Any]
    is_box: bool


def entries(traces: Sequence[Mapping[str, Any]]) -> list[Entry]:
    found = []
    for trace in traces:
        if not trace.get("name") or trace.get("showlegend") is False or not len(trace["x"]):
            continue
        if trace["type"] == "bar":
            found.append(Entry(trace["name"], bars.bar_style(trace), True))
            continue
        style: dict[str, Any] = {"linestyle": "none"}
        if "markers" in trace["mode"]:
            own = scatter.marker_looks(trace, len(trace["x"]))
            # Hollow stands for partly sent values: the legend shows the mark of a whole one where there is one.
            style = scatter.mark_style(next((look for look in own if not look[0].endswith("-open")), own[0]))
        if "lines" in trace["mode"]:
            line = trace.get("line", {})
            width = line.get("width", 2)
            style |= {
                "color": looks.colour(line.get("color", theme.MAIN)), "linewidth": width,
                "linestyle": looks.dash(line.get("dash"), width),
            }  # fmt: skip
        found.append(Entry(trace["name"], style, False))
    return found


def rows(found: Sequence[Entry], size: float, width: float) -> list[list[Entry]]:
    """The legend's entries in rows that fit."""
    filled: list[list[Entry]] = []
    room = 0.0
    for entry in found:
        need = SAMPLE + 24 + paper.text_width(entry.name, size)
        if not filled or need > room:
            filled.append([])
            room = width
        filled[-1].append(entry)
        room -= need
    return filled


def legend(sheet: Sheet, filled: Sequence[Sequence[Entry]], left: float, top: float, size: float) -> None:
    place = pixels(sheet)
    for number, row in enumerate(filled):
        at, middle = left, top - ROW * (number + 0.5)
        for entry in row:
            if entry.is_box:
                sheet.add_artist(Rectangle((at + 4, middle - 6), SAMPLE - 6, 12, transform=place, **entry.style))
            else:
                xs = [at, at + SAMPLE / 2, at + SAMPLE]
                sheet.add_artist(Line2D(xs, [middle] * 3, transform=place, markevery=[1], **entry.style))
            sheet.text(
                at + SAMPLE + 5, middle, entry.name, transform=place, va="center_baseline", ha="left", color=theme.INK,
                fontproperties=paper.font(size),
            )  # fmt: skip
            at += SAMPLE + 24 + paper.text_width(entry.name, size)
