"""Cell text: what is shown is kept, what only breaks comparison goes."""

from __future__ import annotations

import re
import unicodedata

from etl.spelling.glyphs import CLEANING, COMPARING

_VOICED = re.compile(r"([ぁ-ヿ])([\u3099\u309A゛゜])")
_CARRIAGE_RETURN = re.compile(r"_x000[0-9A-Fa-f]_")  # how xlsx stores a control character inside a cell
_TOUCHED = re.compile(
    r"^\s|\s$|\s\s|[^\S ]|_x000|[\u3099\u309A゛゜" + "".join(re.escape(chr(code)) for code in CLEANING) + "]"
)
_EDGE_MARKS = "・,、.。:*※◎●○■□"


def clean(text: str) -> str:
    """The text of a cell without invisible characters, look-alikes and stray spaces; idempotent.

    Names keep their own characters (髙 﨑 德 Ⅳ ①): they are somebody's name, and ① is not the number 1.
    """
    if text.isascii() and text.isprintable() and "  " not in text and "_x000" not in text:
        return text.strip()
    if _TOUCHED.search(text) is None:
        return text
    plain = _CARRIAGE_RETURN.sub(" ", text.translate(CLEANING))
    return " ".join(_VOICED.sub(_compose, plain).split())


def key(text: str) -> str:
    """What two spellings of one heading or name have in common; for comparing only, never for showing."""
    compared = clean(text).casefold().translate(COMPARING)
    return compared.strip(_EDGE_MARKS) or compared


def _compose(match: re.Match[str]) -> str:
    letter, mark = match.groups()
    combining = "\u3099" if mark in "\u3099゛" else "\u309a"
    composed = unicodedata.normalize("NFC", letter + combining)
    return composed if len(composed) == 1 else match.group()
