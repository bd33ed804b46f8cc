"""Problems as data: where something is wrong in a file, what was found, which rule, what to do.

The words of every rule stand in etl/rules.toml and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RULES_FILE = Path(__file__).parent / "rules.toml"
VALUE_LENGTH = 40


@dataclass(frozen=True)
class Rule:
    id: str
    level: str  # "file": refused whole · "row": row quarantined · "notice": taken, but worth saying
    message: str
    action: str


@dataclass(frozen=True)
class Problem:
    """One finding. `row` counts data rows of the file from 1, `line` is the line of the sheet as Excel shows it."""

    file: str
    rule: str
    sheet: str = ""
    row: int | None = None
    line: int | None = None
    column: str = ""
    value: str = ""
    detail: str = ""

    @property
    def level(self) -> str:
        return all_rules()[self.rule].level

    @property
    def message(self) -> str:
        rule = all_rules()[self.rule]
        words = {"column": self.column, "value": shorten(self.value), "detail": self.detail}
        return self.place + rule.message.format(**words) + rule.action.format(**words)

    @property
    def place(self) -> str:
        sheet = f"シート「{self.sheet}」" if self.sheet else ""
        line = f"{self.line}行目" if self.line else ""
        if self.row:
            line += f"（データの{self.row}行目）" if line else f"データの{self.row}行目"
        column = f"「{self.column}」列" if self.column else ""
        parts = "・".join(part for part in (sheet + line, column) if part)
        return f"{self.file} {parts}：" if parts else f"{self.file}："

    def as_json(self) -> dict[str, object]:
        return {
            "sheet": self.sheet or None,
            "row": self.row,
            "line": self.line,
            "column": self.column or None,
            "value": shorten(self.value) or None,
            "rule": self.rule,
            "level": self.level,
            "message": self.message,
        }


class Refused(Exception):  # noqa: N818
    """The file can't be taken at all; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def shorten(value: str) -> str:
    """A value as a message may quote it: one line, not longer than a cell one can read."""
    flat = " ".join(value.split())
    return flat if len(flat) <= VALUE_LENGTH else flat[: VALUE_LENGTH - 1] + "…"


@cache
def all_rules() -> Mapping[str, Rule]:
    raw = tomllib.loads(RULES_FILE.read_text(encoding="utf-8"))
    return {name: Rule(name, entry["level"], entry["message"], entry["action"]) for name, entry in raw.items()}
