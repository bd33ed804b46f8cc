"""Values of areas in rows by group, with the value of each group and of the prefecture; events that add up, as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ui import labels, theme
from ui.charts.base import Figure, hover_texts, layout_of, scaled, symbols
from ui.charts.compared import line_at

ROW = 58
SPREAD = 0.34  # how far points of one row lie apart upwards and downwards, in rows
STEPS = 7


def grouped(
    each: pd.DataFrame, values: Mapping[str, float], kind: str, unit: str, whole: float, chosen: str | None
) -> Figure:
    """each: estimates with name and group. values: group → its own value (NaN: none), in the order from top to bottom.

    Points of one group lie on several levels, so that equal values stay apart; the level says nothing.
    """
    rows = {group: len(values) - 1 - place for place, group in enumerate(values)}
    shown = each[each["value"].notna() & each["group"].isin(list(rows))].sort_values("value", kind="stable")
    level = shown.groupby("group").cumcount().to_numpy() * 3 % STEPS / (STEPS - 1) * 2 - 1
    is_chosen = (shown["area_code"] == chosen).to_numpy()
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": scaled(shown["value"], kind).round(3).tolist(),
        "y": (shown["group"].map(rows).to_numpy(float) + level * SPREAD).round(3).tolist(),
        "text": [f"<b>{name}</b>" if own else "" for name, own in zip(shown["name"], is_chosen, strict=True)],
        "textposition": "top center",
        "marker": {
            "color": [theme.INK if own else theme.LIGHT for own in is_chosen],
            "size": np.where(is_chosen, 13, 9).tolist(),
            "symbol": symbols(shown),
            "opacity": 1,
        },
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": theme.INK}},
        "customdata": shown["area_code"].tolist(),
        "hovertext": hover_texts(shown, shown["name"].tolist(), kind),
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    factor = 100 if kind in labels.SHARES else 1
    marks = [_mark(value * factor, rows[group]) for group, value in values.items() if not np.isnan(value)]
    top = max([*points["x"], whole * factor if not np.isnan(whole) else 0.0, 1e-6])
    layout = layout_of(
        ROW * len(rows) + 70,
        x_title=unit,
        # A little below 0, so that points at 0 do not lie on the names of the rows.
        xaxis={"range": [-0.03 * top, 1.05 * top]},
        yaxis={
            "tickvals": list(rows.values()),
            "ticktext": list(rows),
            "range": [-0.6, len(rows) - 0.4],
            "showgrid": False,
        },
        shapes=[*([] if np.isnan(whole) else [line_at(whole * factor)]), *marks],
    )
    return {"data": [points], "layout": layout}


def _mark(value: float, row: int) -> dict[str, Any]:
    return {
        "type": "line", "x0": value, "x1": value, "y0": row - 0.45, "y1": row + 0.45,
        "line": {"color": theme.MAIN, "width": 4},
    }  # fmt: skip


def gains(names: Sequence[str], codes: Sequence[str], frame: pd.DataFrame, unit: str, chosen: str | None) -> Figure:
    """What each area adds, as bars from 0 from most to least; the figure as observed is a mark beside it.

    frame: expected, gain (as observed) and hover of each row.
    """
    order = list(names)[::-1]
    ticks = [f"<b>▶ {name}</b>" if code == chosen else name for name, code in zip(names, codes, strict=True)][::-1]
    bar = {
        "type": "bar", "orientation": "h", "name": "偶然を除いた計算", "y": order,
        "x": frame["expected"].round(2).tolist()[::-1], "marker": {"color": theme.MID, "opacity": 1},
        "customdata": list(codes)[::-1], "hovertext": frame["hover"].tolist()[::-1], "hoverinfo": "text",
        "unselected": {"marker": {"opacity": 1}}, "textposition": "none",
    }  # fmt: skip
    observed = {
        "type": "scatter", "mode": "markers", "name": "観測された値のままの計算", "y": order,
        "x": frame["gain"].round(2).tolist()[::-1], "customdata": list(codes)[::-1], "hoverinfo": "skip",
        "marker": {"symbol": "line-ns-open", "size": 12, "color": theme.INK, "line": {"width": 2}, "opacity": 1},
        "unselected": {"marker": {"opacity": 1}},
    }  # fmt: skip
    layout = layout_of(
        max(220, 24 * len(order) + 110),
        x_title=unit,
        xaxis={"rangemode": "tozero", "side": "top"},
        yaxis={"tickvals": order, "ticktext": ticks, "range": [-0.7, len(order) - 0.3]},
        showlegend=True,
        legend={"orientation": "h", "y": 0, "yanchor": "top", "x": 0},
    )
    layout["margin"]["t"] = 56
    return {"data": [bar, observed], "layout": layout}
