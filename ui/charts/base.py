"""What all charts share: plain dict figures, one layout, hover texts, marks that do not depend on colour.

A dict figure costs a tenth of one by plotly.express. Bars start at 0; intervals are always drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ui import labels, theme

Figure = dict[str, Any]
CONFIG = {"displayModeBar": False, "responsive": True}
# Streamlit's own chart theme would set grey text below the contrast of 4.5:1.
SHOW: dict[str, Any] = {"config": CONFIG, "theme": None, "width": "stretch"}


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
    """Name, value, interval and counts of each row, as hover text."""
    texts = []
    for name, row in zip(names, frame.itertuples(), strict=True):
        shown = labels.with_unit(row.value, kind, row.state, row.high)
        interval = labels.interval_text(row.low, row.high, kind)
        texts.append(
            f"<b>{name}</b><br>{shown}"
            + (f"<br>95％信頼区間 {interval}" if interval else "")
            + f"<br>{row.numerator:,} ／ {row.denominator:,}"
        )
    return texts


def symbols(frame: pd.DataFrame) -> list[str]:
    """Hollow for values of partly sent months, so that the mark does not depend on colour."""
    return ["circle-open" if state == "partial" else "circle" for state in frame["state"]]
