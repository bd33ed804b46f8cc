"""Invented returns say so in their name or above their table; so does what is made from them, whatever prefecture they
were loaded for.
"""

from __future__ import annotations

from collections.abc import Iterable

MARK = "架空データ"
SETTING = "sample"  # of raw.setting: '1' once such a file is in


def says_so(name: str, titles: Iterable[str] = ()) -> bool:
    """True where the name of a file or a title above its table carries the mark."""
    return any(MARK in text for text in (name, *titles))
