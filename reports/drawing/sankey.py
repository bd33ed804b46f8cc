"""Flows between columns of nodes: heights by amount, ribbons that are as wide as what flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from reports.drawing import looks, paper


def draw(axes: Axes, trace: Mapping[str, Any], width: float, height: float) -> None:
    """axes: of so many pixels, the first at the upper left. Nodes keep the order of the figure in their column."""
    node, link, style = trace["node"], trace["link"], trace["textfont"]
    ends = list(zip(link["source"], link["target"], link["value"], strict=True))
    amounts = [_amount(place, ends) for place in range(len(node["label"]))]
    columns = columns_of(len(amounts), ends)
    last = max(columns, default=0) or 1
    tops, unit = _tops(columns, amounts, node["pad"], height)
    thick = node["thickness"]
    lefts = [column / last * (width - thick) for column in columns]
    leaving, arriving = list(tops), list(tops)
    for source, target, value in sorted(ends, key=lambda end: (tops[end[0]], tops[end[1]])):
        start = leaving[source], leaving[source] + value * unit
        leaving[source] = start[1]
        # What arrives stands in the order of where it comes from.
        end = arriving[target], arriving[target] + value * unit
        arriving[target] = end[1]
        ribbon = _ribbon(lefts[source] + thick, start, lefts[target], end)
        axes.add_patch(PathPatch(ribbon, facecolor=looks.colour(link["color"]), linewidth=0, zorder=1))
    for place, label in enumerate(node["label"]):
        axes.add_patch(
            Rectangle(
                (lefts[place], tops[place]), thick, max(amounts[place] * unit, 1), linewidth=0, zorder=2,
                facecolor=looks.colour(node["color"][place]),
            )
        )  # fmt: skip
        is_last = columns[place] == last
        axes.text(
            lefts[place] - 4 if is_last else lefts[place] + thick + 4, tops[place] + amounts[place] * unit / 2,
            looks.words(label).text, ha="right" if is_last else "left", va="center_baseline", zorder=3,
            color=looks.colour(style["color"]), fontproperties=paper.font(style["size"]),
        )  # fmt: skip


def columns_of(nodes: int, ends: Sequence[tuple[int, int, float]]) -> list[int]:
    """The column of each node: as many steps from where a way begins as the longest way takes; ends stand last."""
    columns = [0] * nodes
    for _ in range(nodes):
        for source, target, _value in ends:
            columns[target] = max(columns[target], columns[source] + 1)
    last = max(columns, default=0)
    sources = {source for source, _, _ in ends}
    return [column if place in sources else last for place, column in enumerate(columns)]


def _amount(node: int, ends: Sequence[tuple[int, int, float]]) -> float:
    leaving = sum(value for source, _, value in ends if source == node)
    return max(leaving, sum(value for _, target, value in ends if target == node))


def _tops(columns: Sequence[int], amounts: Sequence[float], pad: float, height: float) -> tuple[list[float], float]:
    """Where each node begins, each column in the middle of the height; and how many pixels one of the amount is."""
    members = {column: [n for n, own in enumerate(columns) if own == column] for column in sorted(set(columns))}
    rooms = {column: pad * (len(own) - 1) for column, own in members.items()}
    unit = min((height - rooms[c]) / max(sum(amounts[n] for n in own), 1) for c, own in members.items())
    tops = [0.0] * len(columns)
    for column, own in members.items():
        top = (height - rooms[column] - sum(amounts[n] for n in own) * unit) / 2
        for place in own:
            tops[place] = top
            top += amounts[place] * unit + pad
    return tops, unit


def _ribbon(left: float, start: tuple[float, float], right: float, end: tuple[float, float]) -> Path:
    middle = (left + right) / 2
    points = [
        (left, start[0]), (middle, start[0]), (middle, end[0]), (right, end[0]),
        (right, end[1]), (middle, end[1]), (middle, start[1]), (left, start[1]), (left, start[0]),
    ]  # fmt: skip
    curve = [Path.CURVE4] * 3
    return Path(np.array(points), [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])
