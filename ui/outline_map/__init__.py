"""A choropleth as SVG in the page: light, printable, no WebGL; a click chooses a municipality.

The browser fetches the outlines once (static/boundaries) and keeps them; only colours and texts go over the wire.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ui import labels, theme
from ui.shades import class_bounds, colour_of

HERE = Path(__file__).parent
HTML = """<div class="map"><svg role="img"></svg><div class="buttons">
<button class="closer" type="button" aria-label="地図を拡大" title="拡大">＋</button>
<button class="farther" type="button" aria-label="地図を縮小" title="縮小">－</button></div></div>"""
# Patterns of map.js: what has no value is never told by colour alone.
PATTERNS = {"not_sent": "url(#not_sent)", "hidden": "url(#hidden)"}

_mount = st.components.v2.component(
    "outline_map",
    html=HTML,
    css=(HERE / "map.css").read_text(encoding="utf-8"),
    js=(HERE / "map.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the map of one view shows: the fill and the words of each code."""

    region: str
    areas: Mapping[str, Mapping[str, Any]]


def drawing(region: str, values: Mapping[str, tuple[float, str]], texts: Mapping[str, str]) -> Drawing:
    """values: code → (value, state); texts: code → what is said of it under the pointer. Missing codes: not sent."""
    bounds = class_bounds([value for value, _ in values.values()])
    return Drawing(
        region,
        {
            code: {
                "fill": _fill(value, state, bounds),
                "text": texts.get(code, labels.NOT_SENT),
                **({"partial": True} if state == "partial" else {}),
            }
            for code, (value, state) in values.items()
        },
    )


def _fill(value: float, state: str, bounds: list[float]) -> str:
    if math.isnan(value):
        return PATTERNS.get(state, theme.NOT_APPLICABLE)
    return colour_of(value, state, bounds)


def show(
    shown: Drawing, *, key: str, alt: str, chosen: str | None, on_choose: Callable[[str], None] | None = None
) -> None:
    """Mounts the map. on_choose gets the code that was clicked; without it nothing can be chosen."""

    def picked() -> None:
        code = st.session_state[key].get("area")
        if code and on_choose:
            on_choose(str(code))

    data = {
        "region": shown.region,
        "areas": shown.areas,
        "absent": {"fill": PATTERNS["not_sent"], "text": labels.NOT_SENT},
        "chosen": chosen,
        "choosable": on_choose is not None,
        "alt": alt,
    }
    _mount(key=key, data=data, on_area_change=picked)
