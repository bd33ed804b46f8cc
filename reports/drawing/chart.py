"""A whole chart: its frame between title, legend, axes and lines below, then everything that stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Sheet

from reports.drawing import bars, looks, notes, paper, sankey, scatter
from reports.drawing.notes import ABOUT, LEADING, TITLE, Box
from reports.drawing.scales import Scale, scale_of
from ui import theme

EDGE = 8  # pixels left free at every side
WIDEST_NAME = 0.4  # of the width: longer names of an axis are broken into lines
LEAST_NAME = 8.0
TICK_PAD = 7
NOTE_ROOM = 18
Figure = Mapping[str, Any]


def draw(figure: Figure, *, title: str, about: Sequence[str], width: int, height: int | None) -> Sheet:
    """A plotly dictionary of ui.charts on a sheet. height: of the whole; None: of the chart on its page and the texts.

    ValueError: a kind of trace that no chart of the product has.
    """
    above = paper.wrapped(title, TITLE, width - 2 * EDGE) if title else []
    below = [line for text in about for line in paper.wrapped(text, ABOUT, width - 2 * EDGE)]
    head = len(above) * TITLE * LEADING + (EDGE if above else 0)
    foot = len(below) * ABOUT * LEADING + (EDGE if below else 0)
    total = height or round(figure["layout"]["height"] + head + foot)
    sheet = paper.sheet(width, total)
    notes.lines(sheet, above, EDGE, total - EDGE, TITLE, theme.INK, True)
    notes.lines(sheet, below, EDGE, foot, ABOUT, theme.MUTED, False)
    free = Box(EDGE, foot + EDGE, width - 2 * EDGE, total - head - foot - 2 * EDGE)
    kinds = {trace["type"] for trace in figure["data"]}
    if kinds == {"sankey"}:
        _sankey(sheet, figure, free)
    elif kinds <= {"scatter", "bar"}:
        _plot(sheet, figure, free)
    else:
        raise ValueError(f"no drawing for traces of {sorted(kinds)}")
    return sheet


def _sankey(sheet: Sheet, figure: Figure, free: Box) -> None:
    box = Box(free.left, free.bottom, free.width, free.height - NOTE_ROOM)
    axes = _axes(sheet, box)
    axes.axis("off")
    axes.set_xlim(0, box.width)
    axes.set_ylim(box.height, 0)
    sankey.draw(axes, figure["data"][0], box.width, box.height)
    for said in figure["layout"].get("annotations", ()):
        notes.note(sheet, axes, box, said, None, None)


def _plot(sheet: Sheet, figure: Figure, free: Box) -> None:
    traces, layout = figure["data"], figure["layout"]
    size = layout["font"]["size"]
    # Legend and notes take their room first, then the axes what their texts need.
    legend = notes.rows(notes.entries(traces), size, free.width) if layout.get("showlegend") else []
    room = len(legend) * notes.ROW
    is_below = layout.get("legend", {}).get("y", 1) <= 0
    said_above = [one for one in layout.get("annotations", ()) if one.get("yref") == "paper" and one["y"] >= 1]
    top = free.bottom + free.height - (0 if is_below else room) - (NOTE_ROOM if said_above else 0)
    low = free.bottom + (room if is_below else 0)
    x, ys = _scales(traces, layout)
    box = Box(free.left, low, free.width, top - low)
    panels = {name: _axes(sheet, _panel(box, y)) for name, y in ys.items()}
    box = _settle(sheet, panels, x, ys, layout, box)
    if legend:
        notes.legend(sheet, legend, free.left, low if is_below else free.bottom + free.height, size)
    before: Mapping[str, Any] | None = None
    bases: dict[str, np.ndarray] = {}
    for trace in traces:
        name = trace.get("yaxis", "y")
        axes, y = panels[name], ys[name]
        if trace["type"] == "bar":
            base = bases.get(name, np.array(trace.get("base", [0.0] * len(trace["x"])), dtype=float))
            bars.draw(axes, trace, x, y, base, size)
            if layout.get("barmode") == "stack":
                bases[name] = base + np.nan_to_num(
                    x.all(trace["x"]) if trace.get("orientation") == "h" else y.all(trace["y"])
                )
        else:
            scatter.draw(axes, trace, before, x, y, size)
            before = trace
    main = panels["y"]
    for said in layout.get("shapes", ()):
        notes.shape(main, said, x, ys["y"])
    for said in layout.get("annotations", ()):
        notes.note(sheet, main, box, said, x, ys["y"])
    _keep_inside(sheet, list(panels.values()), free)


def _scales(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> tuple[Scale, dict[str, Scale]]:
    """The x axis that all panels share and the y axis of each panel."""
    names = sorted({trace.get("yaxis", "y") for trace in traces} | {"y"}, key=lambda name: int(name[1:] or 1))
    flat = [trace.get("orientation") == "h" for trace in traces]
    is_bar = [trace["type"] == "bar" for trace in traces]
    ys = {}
    for name in names:
        own = [trace for trace in traces if trace.get("yaxis", "y") == name]
        ys[name] = _scale(
            layout[f"yaxis{name[1:]}"], own, "y", layout, any(b and not f for b, f in zip(is_bar, flat, strict=True))
        )
    return _scale(layout["xaxis"], traces, "x", layout, any(flat)), ys


def _scale(
    spec: Mapping[str, Any], traces: Sequence[Mapping[str, Any]], axis: str, layout: Mapping[str, Any], is_bar: bool
) -> Scale:
    lengths = [
        (np.nan_to_num(reach["arrayminus"]), np.nan_to_num(reach["array"]))
        if (reach := one.get(f"error_{axis}"))
        else ((), ())
        for one in traces
    ]
    also = [
        shape[f"{axis}{end}"]
        for shape in layout.get("shapes", ()) if shape.get(f"{axis}ref") != "paper"
        for end in (0, 1) if not isinstance(shape[f"{axis}{end}"], str)
    ]  # fmt: skip
    return scale_of(spec, [one[axis] for one in traces], lengths, from_zero=is_bar, also=also)


def _axes(sheet: Sheet, box: Box) -> Axes:
    axes = sheet.add_axes(_share(sheet, box))
    axes.set_axisbelow(True)
    axes.patch.set_visible(False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return axes


def _share(sheet: Sheet, box: Box) -> tuple[float, float, float, float]:
    width, height = sheet.get_size_inches() * paper.DPI
    return box.left / width, box.bottom / height, max(box.width, 10) / width, max(box.height, 10) / height


def _panel(box: Box, y: Scale) -> Box:
    start, end = y.spec.get("domain", (0, 1))
    return Box(box.left, box.bottom + start * box.height, box.width, (end - start) * box.height)


def _settle(
    sheet: Sheet, panels: Mapping[str, Axes], x: Scale, ys: Mapping[str, Scale], layout: Mapping[str, Any], box: Box
) -> Box:
    """Sets the axes, then makes the frame smaller by what their texts take; gives the frame."""
    shown = x.spec.get("anchor", "y")
    for name, axes in panels.items():
        _set_axis(axes, "y", ys[name], layout, _panel(box, ys[name]))
        _set_axis(axes, "x", x, layout, box, has_texts=name == shown)
    renderer = FigureCanvasAgg(sheet).get_renderer()  # type: ignore[no-untyped-call]
    left = right = under = over = 0.0
    for axes in panels.values():
        frame = axes.get_window_extent(renderer)
        for axis in (axes.xaxis, axes.yaxis):
            own = axis.get_tightbbox(renderer)
            if own is not None and axis.get_visible():
                left, right = max(left, frame.x0 - own.x0), max(right, own.x1 - frame.x1)
                # Panels stand on each other: only the outermost texts take room from the frame.
                under, over = max(under, box.bottom - own.y0), max(over, own.y1 - box.bottom - box.height)
    settled = Box(box.left + left, box.bottom + under, box.width - left - right, box.height - under - over)
    for name, axes in panels.items():
        axes.set_position(_share(sheet, _panel(settled, ys[name])))
    return settled


def _set_axis(axes: Axes, name: str, scale: Scale, layout: Mapping[str, Any], box: Box, has_texts: bool = True) -> None:
    spec, size = scale.spec, layout["font"]["size"]
    axis = axes.xaxis if name == "x" else axes.yaxis
    if scale.form == "log":
        (axes.set_xscale if name == "x" else axes.set_yscale)("log")
        axes.minorticks_off()
    (axes.set_xlim if name == "x" else axes.set_ylim)(scale.low, scale.high)
    if spec.get("visible") is False:
        axis.set_visible(False)
        return
    points = spec.get("tickfont", {}).get("size", size)
    if name == "y" and scale.form == "category":
        points = _fitting(list(scale.places), points, box.width, box.height / max(abs(scale.high - scale.low), 1))
    angle = -spec.get("tickangle", 0)
    at, texts = scale.ticks(max(2, int(box.width / 75 if name == "x" else box.height / 45)))
    said = [looks.words(text) for text in texts]
    if name == "x":
        step = _step([one.text for one in said], points, angle, box.width)
        at, said = at[::step], said[::step]
    is_side = name == "y"
    names = [_broken(one.text, points, box.width) if is_side else one.text for one in said]
    axis.set_ticks(at, names if has_texts else [""] * len(at))
    for label, one in zip(axis.get_ticklabels(), said, strict=True):
        label.set(fontproperties=paper.font(points, is_bold=one.is_bold), color=theme.INK)
        if angle:
            label.set(rotation=angle, ha="right", rotation_mode="anchor")
    axis.set_tick_params(length=0, pad=TICK_PAD)
    if spec.get("showgrid", True):
        axis.grid(True, color=spec.get("gridcolor", theme.GRID), linewidth=1)
    title = spec.get("title", {})
    if title.get("text") and has_texts:
        axis.set_label_text(title["text"], fontproperties=paper.font(title["font"]["size"]), color=theme.INK)
    if spec.get("side") == "top":
        axes.xaxis.tick_top()
        axes.xaxis.set_label_position("top")
        axis.set_tick_params(length=0, pad=TICK_PAD)


def _fitting(names: Sequence[str], size: float, width: float, row: float) -> float:
    """The size at which the names of rows take no more than their share of the width; rows too low for two lines."""
    longest = max((paper.text_width(name, size) for name in names), default=0.0)
    if row >= 2 * size * LEADING or longest <= WIDEST_NAME * width:
        return size
    return float(max(LEAST_NAME, size * WIDEST_NAME * width / longest))


def _broken(name: str, size: float, width: float) -> str:
    return name if "\n" in name else "\n".join(paper.wrapped(name, size, WIDEST_NAME * width + 1))


def _step(texts: Sequence[str], size: float, angle: float, width: float) -> int:
    """Every which tick is named so that no text meets the next."""
    need = size * 1.3 if angle else max((paper.text_width(text, size) for text in texts), default=0) + 6
    return max(1, int(np.ceil(len(texts) * need / max(width, 1))))


def _keep_inside(sheet: Sheet, panels: Sequence[Axes], free: Box) -> None:
    """Texts that would leave the sheet: above or below a point they move, beside one they become smaller."""
    renderer = FigureCanvasAgg(sheet).get_renderer()  # type: ignore[no-untyped-call]
    for axes in panels:
        for text in axes.texts:
            box = text.get_window_extent(renderer)
            beyond = max(box.x1 - free.left - free.width, 0) + min(box.x0 - free.left, 0)
            if not beyond:
                continue
            if text.get_horizontalalignment() == "center":
                across, up = text.xyann  # type: ignore[attr-defined]
                text.xyann = (across - beyond, up)  # type: ignore[attr-defined]
            else:
                text.set_fontsize(text.get_fontsize() * max(0.5, 1 - abs(beyond) / box.width))
