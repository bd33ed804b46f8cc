"""Collects what the checks find: which rows are set aside, and problems in the order of the file, not without end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from etl.gather import Places
from etl.problems import Problem, all_rules

MAX_PROBLEMS = 2_000


@dataclass
class Findings:
    """Problems of one file's rows. Rows are 0-based here and become 1-based data row numbers in the problems."""

    places: Places
    file: str
    _aside: np.ndarray = field(init=False)
    _problems: list[Problem] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._aside = np.zeros(len(self.places.lines), bool)

    def add(
        self,
        rule: str,
        rows: np.ndarray,
        heading: str,
        *,
        value: str | Callable[[int], str] = "",
        detail: str = "",
    ) -> None:
        """Marks rows as breaking a rule. `value` is what was found: one text, or a function of the row."""
        if not len(rows):
            return
        if all_rules()[rule].level == "row":
            self._aside[rows] = True
        self._counts[rule] += len(rows)
        for row in rows[:MAX_PROBLEMS].tolist():
            self._problems.append(
                Problem(
                    self.file,
                    rule,
                    sheet=self.places.sheet(row),
                    row=row + 1,
                    line=self.places.line(row),
                    column=heading,
                    value=value(row) if callable(value) else value,
                    detail=detail,
                )
            )

    def quarantined(self) -> np.ndarray:
        """Mask of the rows set aside so far."""
        return self._aside.copy()

    def problems(self) -> list[Problem]:
        ordered = sorted(self._problems, key=lambda problem: problem.row or 0)
        if len(ordered) <= MAX_PROBLEMS and sum(self._counts.values()) == len(ordered):
            return ordered
        cut = Problem(self.file, "problems_cut", detail=f"{min(len(ordered), MAX_PROBLEMS):,}")
        return [cut, *ordered[:MAX_PROBLEMS]]
