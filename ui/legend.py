"""The legend of a map as HTML: each colour with its range, then what the patterns and the ring stand for."""

from __future__ import annotations

import html
from collections.abc import Collection, Sequence

from ui import shades, theme

# The patterns of ui/outline_map/map.js, as style sheets draw them.
_PATTERNS = {
    "not_sent": f"repeating-linear-gradient(135deg,#8C8C8C 0 1.5px,{theme.NO_DATA} 1.5px 5px)",
    "hidden": f"radial-gradient(circle at 50% 50%,{theme.MUTED} 0 22%,{theme.NO_DATA} 24%)",
    "partial": f"radial-gradient(circle at 50% 50%,#FFF 0 22%,{theme.INK} 24% 34%,{theme.LIGHT} 36%)",
}


def legend_html(values: Sequence[float], kind: str, unit: str, states: Collection[str] = ()) -> str:
    """states: those besides 'value' that the map may show."""
    boxes = "".join(
        f"<span style='display:inline-flex;align-items:center;margin-right:1em'><span style='width:1.1em;height:1.1em;"
        f"background:{_PATTERNS.get(state, colour)};border:1px solid {theme.MUTED};margin-right:.4em'></span>"
        f"{html.escape(text)}</span>"
        for colour, text, state in shades.keys(values, kind, states)
    )
    return f"<div style='font-size:.85rem;line-height:1.9'>{html.escape(unit)}　{boxes}</div>"
