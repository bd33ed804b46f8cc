"""Several lines in one frame, each known by colour and dash: shares reached by each day, shares over time."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ui import theme
from ui.charts.base import Figure, layout_of
from ui.charts.timed import step_curve

# Colour and dash together: a curve is known without its colour.
LOOKS = (
    (theme.MAIN, "solid", "rgba(0,23,193,0.12)"),
    ("#9A5B00", "dash", "rgba(230,159,0,0.20)"),
    (theme.MUTED, "dot", "rgba(89,89,89,0.14)"),
    (theme.LIGHT, "dashdot", "rgba(112,150,248,0.18)"),
    ("#7A4A72", "longdash", "rgba(122,74,114,0.14)"),
)
MARKERS = ("circle", "diamond", "square", "triangle-up", "x")


def step_curves(curves: Mapping[str, pd.DataFrame], unit: str = "日") -> Figure:
    """step_curve of each frame (days, share, low, high, at_risk), named by its key, with a legend."""
    data, longest = [], 0.0
    layout: Figure = {}
    for number, (name, frame) in enumerate(curves.items()):
        colour, dash, band = LOOKS[number % len(LOOKS)]
        figure = step_curve(frame, unit)
        low, high, share = figure["data"]
        low, high = ({**edge, "showlegend": False, "legendgroup": name} for edge in (low, high))
        high["fillcolor"] = band
        share["line"] = {**share["line"], "color": colour, "dash": dash}
        share |= {"name": name, "legendgroup": name, "hovertext": [f"<b>{name}</b><br>{t}" for t in share["hovertext"]]}
        data += [low, high, share]
        end = figure["layout"]["xaxis"]["range"][1]
        if end >= longest:
            layout, longest = figure["layout"], end
    layout |= {"showlegend": True, "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}}
    return {"data": data, "layout": layout}


def side_trends(series: Mapping[str, pd.DataFrame], days: Mapping[str, str], y_title: str) -> Figure:
    """Shares over time in one frame, one line a name with 95 % intervals; the days of the law as dotted lines.

    Each frame: start (ISO date), name (what the tick says), value, low, high (0-1, NaN where there is none), hover.
    """
    data = []
    for number, (name, frame) in enumerate(series.items()):
        colour, dash, _ = LOOKS[number % len(LOOKS)]
        value, low, high = (frame[part] * 100 for part in ("value", "low", "high"))
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": frame["start"].tolist(),
                "y": [None if pd.isna(one) else one for one in value],
                "connectgaps": False,
                "line": {"color": colour, "dash": dash, "width": 2},
                "marker": {"size": 8, "symbol": MARKERS[number % len(MARKERS)]},
                "error_y": {
                    "type": "data",
                    "symmetric": False,
                    "array": (high - value).fillna(0).tolist(),
                    "arrayminus": (value - low).fillna(0).tolist(),
                    "thickness": 1,
                    "width": 3,
                    "color": colour,
                },
                "hovertext": frame["hover"].tolist(),
                "hoverinfo": "text",
            }
        )
    first = next(iter(series.values()))
    inside = {day: text for day, text in days.items() if first["start"].min() <= day <= first["start"].max()}
    marks = [
        {
            "type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper",
            "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
        }
        for day in inside
    ]  # fmt: skip
    notes = [
        {
            "x": day, "y": 0.02 + 0.08 * number, "yref": "paper", "text": text, "showarrow": False, "xanchor": "left",
            "font": {"size": 11, "color": theme.MUTED}, "bgcolor": "rgba(255,255,255,.8)",
        }
        for number, (day, text) in enumerate(inside.items())
    ]  # fmt: skip
    layout = layout_of(
        340,
        x_title="",
        y_title=y_title,
        xaxis={
            "type": "date",
            "tickvals": first["start"].tolist(),
            "ticktext": first["name"].tolist(),
            "tickangle": -45,
        },
        yaxis={"range": [0, 104]},
        shapes=marks,
        annotations=notes,
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    )
    return {"data": data, "layout": layout}
