"""The sheet a picture is drawn on: its fonts, one point of matplotlib for one pixel of the screen, lines of text.

Nothing of matplotlib.pyplot is used, and what matplotlib keeps for the whole process is changed under a lock: threads
of the dashboard draw at the same time.
"""

from __future__ import annotations

import string
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import typst
from matplotlib.figure import Figure as Sheet
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

FONTS = Path(__file__).resolve().parents[1] / "fonts"
FAMILY = "BIZ UDPGothic"
DPI = 72  # one point = one pixel
_LOCK = threading.RLock()
# No line begins with these.
_NOT_FIRST = "、。，．・：；）」』】〕｝》〉ー～％々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;)%]}…"
_NOT_LAST = "（「『【〔｛《〈([{"
_LATIN = string.ascii_letters + string.digits + ".,-+%"


@cache
def _load_fonts() -> None:
    for path in sorted(FONTS.glob("*.ttf")):
        fontManager.addfont(path)


@cache
def typst_fonts() -> typst.Fonts:
    """For typst: the same fonts and none of the machine's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


@contextmanager
def drawing(*, text_as_paths: bool = True) -> Iterator[None]:
    """The settings of a picture, for one thread at a time."""
    with _LOCK:
        _load_fonts()
        settings: dict[Any, Any] = {
            "font.family": [FAMILY, "DejaVu Sans"],
            # A name with two dollar signs is a name, not a formula.
            "text.parse_math": False,
            "svg.fonttype": "path" if text_as_paths else "none",
            "svg.hashsalt": "renkei",
            "hatch.linewidth": 0.8,
            "axes.unicode_minus": False,
        }
        with mpl.rc_context(settings):
            yield


def sheet(width: int, height: int) -> Sheet:
    """A white figure of so many pixels; matplotlib itself makes the canvas that its file format needs."""
    return Sheet(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor="#FFFFFF")


def font(size: float, *, is_bold: bool = False) -> FontProperties:
    return FontProperties(family=[FAMILY, "DejaVu Sans"], size=size, weight="bold" if is_bold else "normal")


@cache
def _measure() -> FT2Font:
    return FT2Font(str(FONTS / "BIZUDPGothic-Regular.ttf"))


@lru_cache(maxsize=8_000)
def _em(one: str) -> float:
    """How far a character moves on, in em; 1 for one that the font has not."""
    with _LOCK:
        font = _measure()
        if not font.get_char_index(ord(one)):
            return 1.0
        return float(font.load_char(ord(one), LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM)


def text_width(text: str, size: float) -> float:
    """How wide a line in the regular weight is."""
    return size * sum(map(_em, text))


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines that fit, by the Japanese rule of what may not stand first or last in a line."""
    lines, used = [""], 0.0
    for one in text:
        line, own = lines[-1], text_width(one, size)
        if one == "\n":
            lines.append("")
            used = 0.0
            continue
        if not line or one in _NOT_FIRST or used + own <= width:
            lines[-1] += one
            used += own
            continue
        # What may not be parted from the character goes to the next line with it.
        kept = line.rstrip(_NOT_LAST)
        if one in _LATIN:
            kept = line.rstrip(_LATIN)
        kept = kept or line
        lines[-1:] = [kept, line[len(kept) :] + one]
        used = text_width(lines[-1], size)
    return [line for line in lines if line] or [""]
