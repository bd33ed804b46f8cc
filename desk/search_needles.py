"""A word as the strings that are looked for: itself without its endings, in the form of text that fits it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from desk.search_text import HIRAGANA, KANJI, folded, plain
from desk.search_words import form

_LONE_KANJI = re.compile(f"([{KANJI}])([{HIRAGANA}]{{1,3}})")
# A word that ends in so many kana is looked for without the last one: つながり finds つながる, 引きこもり 引きこもる.
_KANA = re.compile(f"[{KANJI}]?[{HIRAGANA}]+")
_STEM = 4
_ROWS = (
    "かきくけこい",
    "がぎぐげごい",
    "さしすせそ",
    "たちつてとっ",
    "なにぬねのん",
    "ばびぶべぼん",
    "まみむめもん",
    "らりるれろっ",
    "わいうえおっ",
)


@dataclass(frozen=True)
class Needle:
    """A string to look for in the folded text, or in its skeleton."""

    text: str
    in_skeleton: bool = False

    def times(self, forms: tuple[str, str]) -> int:
        """How often it stands in a text given as (folded, folded skeleton)."""
        return forms[self.in_skeleton].count(self.text)


@lru_cache(maxsize=4096)
def needles_of(*words: str) -> tuple[Needle, ...]:
    """The needles of words that mean the same, each once and none that another one already finds."""
    found = dict.fromkeys(needle for word in words for needle in _needles(word) if needle.text)
    return tuple(
        needle
        for needle in found
        if not any(
            other != needle and other.in_skeleton == needle.in_skeleton and other.text in needle.text for other in found
        )
    )


def _needles(word: str) -> Iterator[Needle]:
    written = plain(word)
    lone = _LONE_KANJI.fullmatch(written)
    if lone:  # 訪ねる: 訪ね; 働く: 働か, 働き …; the kanji alone would find 労働 too
        kanji, kana = lone.groups()
        row = next((row for row in _ROWS if kana in row[:-1]), kana) if len(kana) == 1 else kana[0]
        yield from (Needle(folded(kanji + letter)) for letter in row)
    elif _KANA.fullmatch(written):
        yield Needle(written[:-1] if len(written) >= _STEM else written)
    else:
        yield Needle(form(word), in_skeleton=True)
