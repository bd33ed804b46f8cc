"""What all charts share: plain dict figures, one layout, hover texts, marks that do not depend on colour.

A dict figure costs a tenth of one by plotly.express. Bars start at 0; intervals are always drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ui import labels, theme
from ui.rows import rows_of

Figure = dict[str, Any]


def layout_of(height: int, *, x_title: str, y_title: str = "", **more: Any) -> dict[str, Any]:
    """Layout of a figure: height in pixels, axis titles carry the unit; `more` goes into the layout as it is."""
    axis = {"gridcolor": theme.GRID, "zeroline": False, "automargin": True}
    return {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 28, "b": 8},
        "font": {"family": theme.FONT, "size": 13, "color": theme.INK},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"font": {"family": theme.FONT}},
        "xaxis": {**axis, "title": {"text": x_title, "font": {"size": 12}}, **more.pop("xaxis", {})},
        "yaxis": {**axis, "title": {"text": y_title, "font": {"size": 12}}, **more.pop("yaxis", {})},
        **more,
    }


def scaled(values: pd.Series, kind: str) -> np.ndarray:
    """Values in the unit shown: shares in per cent."""
    scaled: np.ndarray = values.to_numpy(float) * (100 if kind in labels.SHARES else 1)
    return scaled


def hover_texts(frame: pd.DataFrame, names: Sequence[str], kind: str) -> list[str]:
    """Name, value, interval, counts and, where the frame has them, verdict, drawn-in value and ranks of each row."""
    is_compared = "verdict" in frame and frame["verdict"].ne("none").any()
    texts = []
    for name, row in zip(names, rows_of(frame), strict=True):
        interval = labels.interval_text(row.low, row.high, kind)
        lines = [f"<b>{name}</b>", labels.with_unit(row.value, kind, row.state, row.high)]
        lines += [f"95％信頼区間 {interval}"] if interval else []
        lines += [labels.counts_text(row.numerator, row.denominator, kind)]
        if is_compared and not np.isnan(row.value):
            lines += [f"県全体と比べて：{labels.VERDICTS[row.verdict]}"]
            lines += [f"調整値 {labels.with_unit(row.shrunk, kind)}、{labels.ranks_text(row.rank_low, row.rank_high)}"]
        texts.append("<br>".join(lines))
    return texts


SHAPES = {"higher": "triangle-up", "lower": "triangle-down", "few": "square"}


def symbols(frame: pd.DataFrame) -> list[str]:
    """The verdict by its shape; hollow for values of partly sent months. No mark depends on colour."""
    verdicts = frame["verdict"] if "verdict" in frame else [""] * len(frame)
    return [
        SHAPES.get(verdict, "circle") + ("-open" if state == "partial" else "")
        for verdict, state in zip(verdicts, frame["state"], strict=True)
    ]


def colours(frame: pd.DataFrame) -> list[str]:
    """Dark where the difference is beyond chance, lighter where none can be told, grey where none is looked for."""
    if "verdict" not in frame:
        return [theme.MAIN] * len(frame)
    shown = {"higher": theme.MAIN, "lower": theme.MAIN, "few": theme.MUTED}
    return [shown.get(verdict, theme.MID) for verdict in frame["verdict"]]
