"""How wide columns and how high rows must be for Japanese text: a full-width letter takes two places."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

NARROWEST, WIDEST = 7.0, 44.0
LINE = 16.0  # points of a line of 10-point type
# Pixels: of a place of 10-point type, of a column for each unit of its width, and its margins.
PLACE, UNIT, MARGIN = 6.8, 7.0, 5.0
_WIDE = ("W", "F", "A")


def width_of(text: str) -> float:
    """Width of the widest line in places of a column."""
    lines = text.split("\n")
    return float(max(sum(2 if unicodedata.east_asian_width(one) in _WIDE else 1 for one in line) for line in lines))


def column_width(texts: Sequence[str], head: str) -> float:
    """Wide enough for the texts, within bounds; a head may take two or three lines."""
    widest = max([width_of(one) for one in texts], default=0.0)
    return min(WIDEST, max(NARROWEST, widest + 2, width_of(head) / 3 + 2))


def row_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Height of a row whose texts wrap; there may be more columns than texts."""
    return height_in([(text, width * UNIT) for text, width in zip(texts, widths, strict=False)])


def merged_height(text: str, widths: Sequence[float]) -> float:
    """Height of a row whose one text runs over all these columns."""
    return height_in([(text, sum(width * UNIT + MARGIN for width in widths) - MARGIN)])


def height_in(texts: Sequence[tuple[str, float]]) -> float:
    """Height for the longest of the texts, each within so many pixels."""
    lines = [
        sum(max(1, math.ceil(width_of(line) * PLACE / max(PLACE, pixels - MARGIN))) for line in text.split("\n"))
        for text, pixels in texts
    ]
    return LINE * max(lines, default=1) + 2
