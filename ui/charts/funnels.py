"""The funnel: how far a value may lie from the prefecture's by chance alone, the closer the more was counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ui import labels, theme
from ui.charts.base import Figure, colours, hover_texts, layout_of, scaled, symbols

HEIGHT = 440
LIMITS = (("low_998", "high_998", "99.8％限界", "solid"), ("low", "high", "95％限界", "dash"))


def funnel(
    frame: pd.DataFrame,
    names: Sequence[str],
    lines: pd.DataFrame,
    kind: str,
    unit: str,
    reference: float,
    chosen: str | None = None,
) -> Figure:
    """Value against the denominator, with the limits round the prefecture's value.

    frame: a comparison's, one row per area in the order of names. lines: denominator, low, high, low_998, high_998.
    Those beyond chance, and the chosen one, carry their name.
    """
    table = frame.assign(name=list(names))
    shown = table[table["value"].notna() & (table["denominator"] > 0)]
    named = [
        name if verdict in ("higher", "lower") or name == chosen else ""
        for name, verdict in zip(shown["name"], shown["verdict"], strict=True)
    ]
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": shown["denominator"].tolist(),
        "y": scaled(shown["value"], kind).round(3).tolist(),
        "text": [f"<b>{name}</b>" if name and name == chosen else name for name in named],
        "textposition": ["bottom center" if verdict == "lower" else "top center" for verdict in shown["verdict"]],
        "textfont": {"size": 12},
        "cliponaxis": False,
        "marker": {
            "color": colours(shown),
            "size": [14 if name == chosen else 9 for name in shown["name"]],
            "symbol": symbols(shown),
            "line": {"width": [2 if name == chosen else 0 for name in shown["name"]], "color": theme.INK},
            "opacity": 1,
        },
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": theme.INK}},
        "customdata": shown["area_code"].tolist(),
        "hovertext": hover_texts(shown, shown["name"].tolist(), kind),
        "hoverinfo": "text",
    }
    target = reference * (100 if kind in labels.SHARES else 1)
    middle = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": target, "y1": target,
        "line": {"color": theme.INK, "width": 1.5, "dash": "dot"},
    }  # fmt: skip
    people = kind == "rate"
    layout = layout_of(
        HEIGHT,
        x_title="のべ人口（人・月、対数目盛）" if people else "分母（件、対数目盛）",
        y_title=unit,
        xaxis={"type": "log", "dtick": 1 if people else "D2", "tickformat": ",", "exponentformat": "none"},
        yaxis={"rangemode": "tozero"},
        shapes=[middle],
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    )
    if not people:
        ticks = [10**power * step for power in range(5) for step in (1, 2, 5)]
        layout["xaxis"] |= {"tickvals": ticks}
        del layout["xaxis"]["dtick"]
    return {"data": [*_limits(lines, kind), {**points, "name": "市区町村", "showlegend": False}], "layout": layout}


def _limits(lines: pd.DataFrame, kind: str) -> list[dict[str, Any]]:
    found = []
    for low, high, name, dash in LIMITS:
        for edge in (low, high):
            found.append(
                {
                    "type": "scatter", "mode": "lines", "x": lines["denominator"].round(1).tolist(),
                    "y": scaled(lines[edge], kind).round(3).tolist(), "name": name, "legendgroup": name,
                    "showlegend": edge == high, "hoverinfo": "skip",
                    "line": {"color": theme.MUTED, "width": 1.2, "dash": dash},
                }
            )  # fmt: skip
    return found
