"""Charts drawn as SVG by the browser: the dict figures of ui.charts, without plotly's own script of nearly 5 MB.

static/chart holds the drawing, for the traces that ui.charts makes (scatter, bar, sankey). What a figure means is as
plotly has it; tests hold every figure against plotly, and pictures for files are drawn from the same dicts.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ui.bundle import DRAWING, version_of
from ui.charts.base import Figure

HERE = Path(__file__).parent
# In the page itself, not in a shadow of its own: one step less for the browser, and the print styles reach it.
_mount = st.components.v2.component(
    "chart",
    html='<div class="chart"></div>',
    css=(HERE / "chart.css").read_text(encoding="utf-8"),
    js=(HERE / "chart.js").read_text(encoding="utf-8").replace("VERSION", version_of(DRAWING)),
    isolate_styles=False,
)


def show(figure: Figure, *, key: str, alt: str, on_choose: Callable[[str], None] | None = None) -> None:
    """Mounts the chart, as wide as its place. on_choose gets the customdata of the mark that was clicked or entered."""

    def picked() -> None:
        code = st.session_state[key].get("area")
        if code and on_choose:
            on_choose(str(code))

    _mount(
        key=key,
        data={"figure": sendable(figure), "alt": alt, "choosable": on_choose is not None},
        on_area_change=picked,
    )


def sendable(part: Any) -> Any:
    """The figure with null for what is no number: JSON knows neither NaN nor infinity."""
    if isinstance(part, float):
        return part if math.isfinite(part) else None
    if isinstance(part, dict):
        return {key: sendable(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [sendable(value) for value in part]
    return part
