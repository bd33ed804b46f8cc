"""Scatter traces: lines with their gaps, bands, error bars, marks of every look, texts beside points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from reports.drawing import looks, paper
from reports.drawing.scales import Scale
from ui import theme

STEPS = {"hv": "post", "hvh": "mid", "vh": "pre"}
GAP = 3  # pixels between a mark and its text


def draw(axes: Axes, trace: Mapping[str, Any], before: Mapping[str, Any] | None, x: Scale, y: Scale, size: int) -> None:
    """before: the scatter trace before this one, which a band is filled to. size: of the layout's text."""
    mode = trace["mode"]
    at = x.all(trace["x"]), y.all(trace["y"])
    if trace.get("fill") == "tonexty" and before is not None:
        _band(axes, trace, at, y.all(before["y"]))
    if "lines" in mode:
        _line(axes, trace, at)
    errors(axes, trace, at)
    inside = [x.holds(one) and y.holds(other) for one, other in zip(*at, strict=True)]
    if "markers" in mode:
        _marks(axes, trace, at, inside)
    if "text" in mode:
        _texts(axes, trace, at, inside, size)


def _band(axes: Axes, trace: Mapping[str, Any], at: tuple[np.ndarray, np.ndarray], other: np.ndarray) -> None:
    step = STEPS.get(trace.get("line", {}).get("shape", ""))
    axes.fill_between(
        at[0], other, at[1], where=np.isfinite(at[1]) & np.isfinite(other), step=step,  # type: ignore[arg-type]
        facecolor=looks.colour(trace["fillcolor"]), linewidth=0, zorder=1.2,
    )  # fmt: skip


def _line(axes: Axes, trace: Mapping[str, Any], at: tuple[np.ndarray, np.ndarray]) -> None:
    line = trace.get("line", {})
    width = line.get("width", 2)
    if not width:
        return
    step = STEPS.get(line.get("shape", ""))
    axes.plot(
        *at, color=looks.colour(line.get("color", theme.MAIN)), linewidth=width, alpha=trace.get("opacity"),
        linestyle=looks.dash(line.get("dash"), width), drawstyle=f"steps-{step}" if step else "default", zorder=2,
        dash_capstyle="butt", solid_joinstyle="round",
    )  # fmt: skip


def errors(axes: Axes, trace: Mapping[str, Any], at: tuple[np.ndarray, np.ndarray], place: float = 2.2) -> None:
    """The error bars of a trace, where it has some; those of length 0 are left out."""
    for axis in ("x", "y"):
        bars = trace.get(f"error_{axis}")
        if not bars:
            continue
        lengths = np.nan_to_num(np.array([bars["arrayminus"], bars["array"]], dtype=float)).clip(min=0)
        shown = np.isfinite(at[0]) & np.isfinite(at[1]) & (lengths.sum(axis=0) > 0)
        if shown.any():
            axes.errorbar(
                at[0][shown], at[1][shown], **{f"{axis}err": lengths[:, shown]}, fmt="none", zorder=place,
                ecolor=looks.colour(bars["color"]), elinewidth=bars.get("thickness", 1), capsize=bars.get("width", 3),
                capthick=bars.get("thickness", 1),
            )  # fmt: skip


def _marks(axes: Axes, trace: Mapping[str, Any], at: tuple[np.ndarray, np.ndarray], inside: list[bool]) -> None:
    """Marks of the same look are drawn together."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place, look in enumerate(marker_looks(trace, len(inside))):
        if inside[place]:
            groups.setdefault(look, []).append(place)
    for look, members in groups.items():
        axes.plot(at[0][members], at[1][members], **mark_style(look), clip_on=False, zorder=3)


def marker_looks(trace: Mapping[str, Any], count: int) -> list[tuple[Any, ...]]:
    """(symbol, size, colour, width and colour of the edge) of every point."""
    marker = trace.get("marker", {})
    plain = trace.get("line", {}).get("color", theme.MAIN)
    edge = marker.get("line", {})
    parts = (
        looks.each(marker.get("symbol", "circle"), count),
        looks.each(marker.get("size", 6), count),
        looks.each(marker.get("color", plain), count),
        looks.each(edge.get("width", 0), count),
        looks.each(edge.get("color"), count),
    )
    return list(zip(*parts, strict=True))


def mark_style(look: tuple[Any, ...]) -> dict[str, Any]:
    """The look of a mark for axes.plot and for the legend."""
    said, size, colour, width, edge = look
    marker, is_open = looks.symbol(said)
    own = looks.colour(colour)
    is_hollow = is_open or marker in looks.STROKES
    return {
        "linestyle": "none",
        "marker": marker,
        "markersize": size * looks.SCALES.get(marker, 1.0),
        "markerfacecolor": "none" if is_hollow else own,
        "markeredgecolor": own if is_hollow or not edge else looks.colour(edge),
        "markeredgewidth": max(width, 1.5) if is_hollow else width,
    }


def _texts(
    axes: Axes, trace: Mapping[str, Any], at: tuple[np.ndarray, np.ndarray], inside: list[bool], size: int
) -> None:
    style = trace.get("textfont", {})
    positions = looks.each(trace.get("textposition", "middle center"), len(inside))
    sizes = looks.each(trace.get("marker", {}).get("size", 6) if "markers" in trace["mode"] else 0, len(inside))
    for place, said in enumerate(trace["text"]):
        if not said or not inside[place] or math.isnan(at[0][place]):
            continue
        text, is_bold = looks.words(said)
        align, upright, across, up = looks.beside(positions[place])
        away = sizes[place] / 2 + GAP
        axes.annotate(
            text, (at[0][place], at[1][place]), xytext=(across * away, up * away), textcoords="offset points",
            ha=align, va=upright if up else "center_baseline", annotation_clip=False, zorder=4,
            color=looks.colour(style.get("color", theme.INK)),
            fontproperties=paper.font(style.get("size", size), is_bold=is_bold),
        )  # fmt: skip
