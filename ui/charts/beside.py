"""Shares of one place beside the whole and its peers, one row an indicator: the chart of 市町村 for paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import theme
from ui.charts.base import Figure, layout_of

ROW = 24


@dataclass(frozen=True, slots=True)
class Beside:
    """One row, in per cent; None for what there is not. peers: first quartile, median, third quartile."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    whole: float | None
    peers: tuple[float | None, float | None, float | None]
    is_partial: bool = False


def beside(rows: Sequence[Beside]) -> Figure:
    """From top to bottom: the place as a point with its interval, the whole as a stroke, the peers as a bar."""
    order = [one.name for one in rows][::-1]
    own = [one for one in rows if one.value is not None]
    near = [one for one in rows if None not in one.peers]
    quartiles = {
        "type": "bar", "orientation": "h", "name": "類似する市区町村の四分位範囲", "y": [one.name for one in near],
        "base": [one.peers[0] for one in near], "x": [(one.peers[2] or 0) - (one.peers[0] or 0) for one in near],
        "marker": {"color": theme.SCALE[1], "line": {"color": theme.LIGHT, "width": 1}}, "width": 0.5,
        "hoverinfo": "skip",
    }  # fmt: skip
    middle = _strokes("類似する市区町村の中央値", near, [one.peers[1] for one in near], theme.MID, 9)
    known = [one for one in rows if one.whole is not None]
    whole = _strokes("県全体", known, [one.whole for one in known], theme.INK, 16)
    points = {
        "type": "scatter", "mode": "markers", "name": "この市区町村と95％信頼区間",
        "x": [one.value for one in own], "y": [one.name for one in own],
        "marker": {
            "color": theme.MAIN, "size": 9,
            "symbol": ["circle-open" if one.is_partial else "circle" for one in own],
        },
        "error_x": {
            "type": "data", "symmetric": False, "color": theme.MAIN, "thickness": 1.5, "width": 3,
            "array": [(one.high or 0) - (one.value or 0) for one in own],
            "arrayminus": [(one.value or 0) - (one.low or 0) for one in own],
        },
        "hoverinfo": "skip",
    }  # fmt: skip
    layout = layout_of(
        ROW * len(order) + 110,
        x_title="％",
        xaxis={"range": [0, 100], "side": "top"},
        yaxis={"categoryorder": "array", "categoryarray": order, "range": [-0.7, len(order) - 0.3]},
        showlegend=True,
        legend={"orientation": "h", "y": 0, "yanchor": "top", "x": 0},
    )
    layout["margin"]["t"] = 56
    return {"data": [quartiles, middle, whole, points], "layout": layout}


def _strokes(name: str, rows: Sequence[Beside], values: Sequence[float | None], colour: str, size: int) -> Figure:
    return {
        "type": "scatter", "mode": "markers", "name": name, "x": list(values), "y": [one.name for one in rows],
        "marker": {"symbol": "line-ns-open", "size": size, "color": colour, "line": {"width": 2, "color": colour}},
        "hoverinfo": "skip",
    }  # fmt: skip
