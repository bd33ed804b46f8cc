"""How much room a text takes, in points, by the widths of the font that the slides name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import ImageFont

FONT_FILES = {False: "BIZUDPGothic-Regular.ttf", True: "BIZUDPGothic-Bold.ttf"}
FONTS = Path(__file__).resolve().parents[1] / "fonts"
# Height of a line over the size of its letters, with a reserve for programs that set lines wider.
LINE = 1.2
PARTING = 0.2
_MEASURED_AT = 200
# These never begin a line; the letter before goes down with them.
_NOT_FIRST = frozenset("、。，．・：；？！）］｝」』】〉》〕％％ーぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}%～")
_NOT_LAST = frozenset("（［｛「『【〈《〔([{")


@cache
def _font(is_bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / FONT_FILES[is_bold]), _MEASURED_AT)


@cache
def _letter(letter: str, is_bold: bool) -> float:
    """Width over the size. Letter by letter: no kerning, hence never less than what is drawn."""
    return float(_font(is_bold).getlength(letter)) / _MEASURED_AT


@lru_cache(maxsize=65536)
def _ems(text: str, is_bold: bool) -> float:
    """Width over the size. Some programs part Latin letters from Japanese ones by a fifth of their size."""
    parted = sum(_is_latin(one) != _is_latin(other) for one, other in pairwise(text))
    return sum(_letter(letter, is_bold) for letter in text) + parted * PARTING


def width(text: str, size: float, is_bold: bool = False) -> float:
    return _ems(text, is_bold) * size


def widest_line(text: str, size: float, is_bold: bool = False) -> float:
    return max((width(line, size, is_bold) for line in text.split("\n")), default=0.0)


def line_count(text: str, size: float, room: float, is_bold: bool = False) -> int:
    """Lines that the text breaks into where `room` points are wide."""
    return sum(_lines_of(line, size, room, is_bold) for line in text.split("\n"))


def height(text: str, size: float, room: float, is_bold: bool = False) -> float:
    return line_count(text, size, room, is_bold) * size * LINE


def fitting_size(texts: Sequence[str], sizes: Sequence[float], room: float, tall: float, gap: float = 0.0) -> float:
    """The largest of the sizes (given from large to small) at which the paragraphs fit; the smallest if none does."""
    for size in sizes:
        if sum(height(text, size, room) + gap for text in texts) <= tall:
            return size
    return sizes[-1]


def _lines_of(text: str, size: float, room: float, is_bold: bool) -> int:
    if width(text, size, is_bold) <= room:
        return 1
    lines, used = 1, 0.0
    last = ""
    for word in _words(text):
        wide = width(word, size, is_bold)
        wide += size * PARTING if last and _is_latin(last) != _is_latin(word[0]) else 0.0
        last = word[-1]
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        # A word wider than the room is cut where it ends.
        lines += max(0, -int(-wide // room) - 1) if wide > room else 0
        used = used + wide if wide <= room else wide % room
    return lines


@lru_cache(maxsize=16384)
def _words(text: str) -> tuple[str, ...]:
    """What may not be broken: runs of Latin letters and digits, a letter with the marks that belong to it."""
    found: list[str] = []
    for letter in text:
        last = found[-1][-1] if found else ""
        if last and (letter in _NOT_FIRST or last in _NOT_LAST or (_is_latin(letter) and _is_latin(last))):
            found[-1] += letter
        else:
            found.append(letter)
    return tuple(found)


def _is_latin(letter: str) -> bool:
    return letter.isascii() and not letter.isspace()
