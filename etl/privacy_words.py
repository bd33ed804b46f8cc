"""The words of the guard: etl/privacy.toml, and pieces of patterns made of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from etl.spelling.text import key


def _read() -> dict[str, list[str]]:
    raw = tomllib.loads((Path(__file__).parent / "privacy.toml").read_text(encoding="utf-8"))
    return {name: [words] if isinstance(words, str) else list(words) for name, words in raw.items()}


WORDS = _read()
#: Inside of a character class: what names are written in, with the forms outside of JIS (﨑 𠮷).
KANJI = "一-鿿々〆ヶ豈-﫿𠀀-𯨟"


def either(name: str) -> str:
    """An alternation of a list's words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(WORDS[name]), key=lambda word: (-len(word), word)))


@cache
def keys(name: str) -> frozenset[str]:
    """A list's words as they are compared."""
    return frozenset(key(word) for word in WORDS[name])
