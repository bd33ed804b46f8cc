"""Charts that compare: areas ranked with their intervals, the values of a breakdown as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ui import labels, theme
from ui.charts.base import Figure, colours, hover_texts, layout_of, scaled, symbols
from ui.rows import rows_of


def ranked(
    frame: pd.DataFrame,
    names: Sequence[str],
    kind: str,
    unit: str,
    reference: float | None,
    chosen: str | None = None,
) -> Figure:
    """Areas from high to low as points with their 95 % interval; those without a value stand below with their mark.

    frame: estimates, one row per area in the order of names; with the columns of a comparison the drawn-in value is
    a second mark and the verdict a shape. reference: the prefecture's value, a line. chosen: the name to mark.
    """
    table = frame.assign(name=list(names))
    shown = table[table["value"].notna()].sort_values("value", kind="stable")
    without = table[table["value"].isna()]
    order = [*without["name"], *shown["name"]]
    value, low, high = (scaled(shown[part], kind) for part in ("value", "low", "high"))
    top = float(np.nanmax([*value, *np.where(np.isinf(high), np.nan, high), 0.0])) if len(value) else 1.0
    high = np.where(np.isinf(high), top * 1.05, high)
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": value.tolist(),
        "y": shown["name"].tolist(),
        "marker": {"color": colours(shown), "size": 9, "symbol": symbols(shown), "opacity": 1},
        # A click chooses a municipality; the others must not fade, since colour stands for something else.
        "unselected": {"marker": {"opacity": 1}},
        "customdata": shown["area_code"].tolist() if "area_code" in shown else None,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": np.nan_to_num(high - value).round(3).tolist(),
            "arrayminus": np.nan_to_num(value - np.nan_to_num(low, nan=0.0)).round(3).tolist(),
            "color": theme.LIGHT,
            "thickness": 2,
            "width": 3,
        },
        "hovertext": hover_texts(shown, shown["name"].tolist(), kind),
        "hoverinfo": "text",
    }
    marks = {
        "type": "scatter",
        "mode": "text",
        "x": [0.0] * len(without),
        "y": without["name"].tolist(),
        "text": [labels.value_text(row.value, kind, row.state, row.high) for row in rows_of(without)],
        "textposition": "middle right",
        "textfont": {"color": theme.MUTED},
        "hoverinfo": "skip",
    }
    shapes = (
        [] if reference is None or np.isnan(reference) else [line_at(reference * (100 if kind in labels.SHARES else 1))]
    )
    ticks = {"tickvals": order, "ticktext": [f"<b>▶ {name}</b>" if name == chosen else name for name in order]}
    layout = layout_of(
        max(260, 24 * len(order) + 80),
        x_title=unit,
        xaxis={"rangemode": "tozero", "side": "top"},
        yaxis={
            "categoryorder": "array",
            "categoryarray": order,
            "range": [-0.7, len(order) - 0.3],
            "tickfont": {"size": 12},
            "gridcolor": "#F0F0F0",
            **(ticks if chosen in order else {}),
        },
        shapes=[*shapes, *([_row_band(order.index(chosen))] if chosen in order else [])],
    )
    layout["margin"]["t"] = 64
    return {"data": [*_drawn_in(shown, kind), points, marks], "layout": layout}


def _drawn_in(shown: pd.DataFrame, kind: str) -> list[dict[str, Any]]:
    """The empirical-Bayes values as a thin upright stroke, where the frame has them."""
    if "shrunk" not in shown or shown["shrunk"].isna().all():
        return []
    return [
        {
            "type": "scatter", "mode": "markers", "x": scaled(shown["shrunk"], kind).round(3).tolist(),
            "y": shown["name"].tolist(), "hoverinfo": "skip",
            "customdata": shown["area_code"].tolist() if "area_code" in shown else None,
            "marker": {"symbol": "line-ns-open", "size": 11, "color": theme.INK, "line": {"width": 1.6}},
            "unselected": {"marker": {"opacity": 1}},
        }
    ]  # fmt: skip


def _row_band(place: int) -> dict[str, Any]:
    return {
        "type": "rect", "layer": "below", "xref": "paper", "x0": 0, "x1": 1, "y0": place - 0.45, "y1": place + 0.45,
        "fillcolor": theme.PALE, "line": {"color": theme.MAIN, "width": 1},
    }  # fmt: skip


def line_at(value: float) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": value,
        "x1": value,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": theme.INK, "width": 1.5, "dash": "dash"},
    }


def bars(frame: pd.DataFrame, names: Sequence[str], kind: str, unit: str) -> Figure:
    """Values of a breakdown as bars from 0 with their interval, in the order given from top to bottom."""
    table = frame.assign(name=list(names))[::-1]
    value, low, high = (scaled(table[part], kind) for part in ("value", "low", "high"))
    high = np.where(np.isinf(high), value, high)
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": np.nan_to_num(value, nan=0.0).tolist(),
        "y": table["name"].tolist(),
        "marker": {"color": theme.MID},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": np.nan_to_num(high - value).tolist(),
            "arrayminus": np.nan_to_num(value - low).tolist(),
            "color": theme.INK,
            "thickness": 1.2,
            "width": 3,
        },
        "hovertext": hover_texts(table, table["name"].tolist(), kind),
        "hoverinfo": "text",
    }
    marks = [
        {
            "x": 0, "y": row.name_, "text": labels.value_text(row.value, kind, row.state, row.high),
            "showarrow": False, "xanchor": "left", "font": {"color": theme.MUTED},
        }
        for row in rows_of(table.rename(columns={"name": "name_"})) if np.isnan(row.value)
    ]  # fmt: skip
    layout = layout_of(max(200, 34 * len(table) + 90), x_title=unit, xaxis={"rangemode": "tozero"}, annotations=marks)
    return {"data": [bar], "layout": layout}
