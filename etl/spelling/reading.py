"""What reading one spelling gives, and the marks that stand where a value would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from etl.spelling.text import clean

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value, or the rule it breaks. `value` None without a rule means that nothing was sent."""

    value: T | None
    rule: str | None = None  # the cell cannot be taken
    notice: str | None = None  # taken, but worth saying


class Mark(Enum):
    """Official symbols of Japanese statistical tables: four states that are not the number zero."""

    BLANK = ""
    SUPPRESSED = "x"
    NONE = "-"
    UNKNOWN = "…"


_MARKS = (
    (re.compile(r"[xXχΧхХ]|\*{1,3}|秘|秘匿|非公[表開]|非開示"), Mark.SUPPRESSED),
    (re.compile(r"[-ー‐‑‒–—―−─━]{1,4}"), Mark.NONE),
    (re.compile(r"…{1,2}|‥{1,2}|\.{3}|・{3}|不明|不詳|未詳"), Mark.UNKNOWN),
)


def mark_of(text: str) -> Mark | None:
    """The mark a cell consists of, or None when it says something else (△ alone is no mark)."""
    cleaned = clean(text)
    if not cleaned:
        return Mark.BLANK
    if len(cleaned) > 4:
        return None
    return next((mark for pattern, mark in _MARKS if pattern.fullmatch(cleaned)), None)
