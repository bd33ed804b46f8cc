"""How plotly says colours, dashes, symbols and bold text, in matplotlib's terms."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from matplotlib.colors import to_rgba
from matplotlib.typing import ColorType

# Plotly's dashes are lengths in pixels that do not grow with the width of the line.
DASHES: dict[str, tuple[float, ...]] = {
    "dot": (2, 2.5),
    "dash": (7, 4),
    "dashdot": (7, 3, 2, 3),
    "longdash": (12, 5),
}
MARKERS = {
    "circle": "o",
    "diamond": "D",
    "square": "s",
    "triangle-up": "^",
    "triangle-down": "v",
    "x": "X",
    "x-thin": "x",
    "line-ns": "|",
}
# Of one stroke: they have an edge and no inside.
STROKES = {"x", "|"}
# Shapes that would look larger than the others at the same size.
SCALES = {"D": 0.86, "s": 0.9}
_RGBA = re.compile(r"rgba\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*([\d.]+)\s*\)")
_ANCHORS = {"top": "bottom", "middle": "center", "bottom": "top"}


class Words(NamedTuple):
    text: str
    is_bold: bool


class Symbol(NamedTuple):
    marker: str
    is_open: bool


def colour(said: str) -> ColorType:
    """'#0017C1' and 'rgba(0,23,193,0.12)' as red, green, blue, opacity from 0 to 1."""
    found = _RGBA.fullmatch(said)
    if found:
        red, green, blue = (int(part) / 255 for part in found.groups()[:3])
        return (red, green, blue, float(found.group(4)))
    return to_rgba(said)


def dash(said: str | None, width: float) -> Any:
    """matplotlib's line style; its lengths are in widths of the line."""
    if said in (None, "solid"):
        return "solid"
    return (0, tuple(length / max(width, 0.5) for length in DASHES[said or ""]))


def symbol(said: str) -> Symbol:
    is_open = said.endswith("-open")
    marker = MARKERS[said.removesuffix("-open")]
    return Symbol(marker, is_open and marker not in STROKES)


def words(said: str) -> Words:
    """Text without its tags: 「<b>甲市</b>」 is bold as a whole, <br> starts a line."""
    plain = re.sub(r"<br\s*/?>", "\n", said)
    return Words(re.sub(r"</?b>", "", plain), "<b>" in plain)


def beside(position: str) -> tuple[str, str, int, int]:
    """Of 'middle right' …: how the text is aligned to its point, and to which side it is moved off it."""
    upright, across = position.split()
    side = {"left": -1, "center": 0, "right": 1}[across]
    align = {-1: "right", 0: "center", 1: "left"}[side]
    return align, _ANCHORS[upright], side, {"top": 1, "middle": 0, "bottom": -1}[upright]


def each(value: Any, count: int) -> list[Any]:
    """A property that may be one for all or one a point, of the first `count` points."""
    return list(value)[:count] if isinstance(value, list | tuple) else [value] * count
