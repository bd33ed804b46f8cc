"""Free names of departments and organisations, sorted into categories by the alias table (etl/aliases.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from etl.spelling.text import key

ALIASES_FILE = Path(__file__).parent / "aliases.toml"
UNKNOWN = "未分類"
BLANK = "未記入"


@cache
def _own_names() -> dict[str, str]:
    return {key(name): name for name in categories()}


@cache
def _table() -> tuple[tuple[str, tuple[str, ...]], ...]:
    raw = tomllib.loads(ALIASES_FILE.read_text(encoding="utf-8"))
    return tuple((entry["name"], tuple(key(word) for word in entry["words"])) for entry in raw["categories"])


def categories() -> tuple[str, ...]:
    """Every category a name can fall into, in the order of the table."""
    return (*(name for name, _ in _table()), UNKNOWN, BLANK)


def category_of(name: str | None) -> str:
    """The category of a free name; a category's own name is itself."""
    if not name:
        return BLANK
    wanted = key(name)
    if wanted in _own_names():
        return _own_names()[wanted]
    return next((category for category, words in _table() if any(word in wanted for word in words)), UNKNOWN)


def sorter(by_hand: Mapping[str, str]) -> Callable[[str | None], str]:
    """`category_of` with the names that people sorted by hand first; a category unknown by now does not count."""
    sorted_names = {key(name): category for name, category in by_hand.items() if category in categories()}

    def sort(name: str | None) -> str:
        return (name and sorted_names.get(key(name))) or category_of(name)

    return sort
