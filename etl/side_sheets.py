"""Sheets that are no part of a return, known by declared names: filled-in examples, lists of words, return slips."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from etl.sheets import Sheet
from etl.spelling.text import key

NAMES_FILE = Path(__file__).parent / "side_sheets.toml"
_BEHIND = re.compile(r"(?:[\d_-]*|\(.*\))")


@cache
def side_sheet_names() -> Mapping[str, tuple[str, ...]]:
    """Names by kind ('example', 'terms', 'slip', 'guide'); the first is the one our own workbooks write."""
    raw = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))
    return {kind: tuple(names) for kind, names in raw.items() if isinstance(names, list)}


def is_side_sheet(name: str) -> bool:
    written = key(name)
    return any(
        written.startswith(word) and _BEHIND.fullmatch(written[len(word) :])
        for names in side_sheet_names().values()
        for word in map(key, names)
    )


def without_side_sheets(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets to read. A workbook that has nothing else is read as it is: then the name says nothing."""
    return [sheet for sheet in sheets if not is_side_sheet(sheet.name)] or list(sheets)
