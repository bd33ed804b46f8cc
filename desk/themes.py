"""The themes of the case library: an editable list, to which the free 区分 of a case is mapped by its words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desk.search_text import folded, skeleton

FILE = Path(__file__).with_name("themes.toml")


@dataclass(frozen=True)
class Theme:
    """`notice` are the items of the joint notice (N1–N10) the theme is about."""

    id: str
    name: str
    notice: tuple[str, ...]
    words: tuple[str, ...]


@cache
def themes() -> tuple[Theme, ...]:
    """In the order of the file; the last one has no words and takes what fits no other."""
    found = tuple(
        Theme(one["id"], one["name"], tuple(one["notice"]), tuple(one["words"]))
        for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["theme"]
    )
    if len({theme.id for theme in found}) != len(found) or [theme.words for theme in found].count(()) != 1:
        raise ValueError(f"{FILE.name}: an id occurs twice, or not exactly one theme is without words")
    return found


def themes_of(category: str | None) -> tuple[str, ...]:
    """Ids of the themes of a 区分, in the order of the file; a blank one is of the theme without words."""
    written = folded(skeleton(category or ""))
    found = tuple(theme.id for theme in themes() if any(folded(skeleton(word)) in written for word in theme.words))
    return found or tuple(theme.id for theme in themes() if not theme.words)
