"""The rules of disclosure control, read from rules.toml, and the primary rules that follow from one cell alone.

Sources: Hundepool et al. (2012) Statistical Disclosure Control, Wiley, chapters 4 (tables of magnitudes) and 5
(frequency tables: threshold, rounding).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

RULES_FILE = Path(__file__).with_name("rules.toml")
ROUNDING_BASES = (0, 3, 5, 10)


@dataclass(frozen=True)
class Rules:
    """What may be printed. See rules.toml for the meaning of each."""

    threshold: int = 10
    zero: Literal["show", "protect"] = "show"
    width: int = 0
    symbol: str = "x"
    rounding: int = 0
    version: str = ""

    def __post_init__(self) -> None:
        if self.threshold < 1 or self.width < 0:
            raise ValueError("threshold must be at least 1 and width at least 0")
        if self.zero not in ("show", "protect"):
            raise ValueError(f"zero must be show or protect, not {self.zero!r}")
        if self.rounding not in ROUNDING_BASES:
            raise ValueError(f"rounding must be one of {ROUNDING_BASES}, not {self.rounding}")

    @cached_property
    def needed_width(self) -> int:
        """highest - lowest that every hidden count must leave open to an outsider."""
        return self.width or self.threshold


def load_rules(path: Path = RULES_FILE) -> Rules:
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    return Rules(**{key: value for key, value in declared.items() if key != "as_of"})


def is_small(count: ArrayLike, rules: Rules) -> NDArray[np.bool_]:
    """Counts, or differences of counts, so small that they speak of single persons."""
    size = np.abs(np.asarray(count))
    return np.asarray((size < rules.threshold) & ((size > 0) | (rules.zero == "protect")))


def printed_range(value: NDArray[np.int64], rules: Rules) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lowest and highest count that is printed the same way: the count itself unless counts are rounded.

    Whoever knows the rules knows that no small count is printed, so that a printed 0 is none and a 10 not less.
    """
    printed = rounded(value, rules)
    below, above = rules.rounding // 2, max(rules.rounding - 1, 0) // 2
    low, high = np.where(printed > 0, printed - below, 0), printed + above
    low = np.where((value >= rules.threshold) & (printed > 0), np.maximum(low, rules.threshold), low)
    is_none = (value == 0) & (above < rules.threshold) & (rules.zero == "show")
    return low, np.where(is_none, 0, high)


def rounded(value: NDArray[np.int64], rules: Rules) -> NDArray[np.int64]:
    """As printed: the nearest multiple of the base, halves upward; unchanged without rounding."""
    base = rules.rounding
    return value if base == 0 else (value + base // 2) // base * base
