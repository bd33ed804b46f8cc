"""Dates written in several columns: 年, 月, 日 under one heading, or 把握年・把握月・把握日 side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import pyarrow as pa

from etl.spelling.text import clean

_PART = re.compile(r"(?P<of>.*?)\(?(?P<unit>[年月日])\)?")
_YEAR = re.compile(
    r"(?P<of>.*?)\(?(?:(?P<era>令和|平成|西暦|和暦|r|h)\.?\)?年?|年\((?P<behind>令和|平成|西暦|和暦|r|h)\))\)?"
)
_ERAS = {"令和": "令和", "平成": "平成", "r": "令和", "h": "平成"}
_ERA_HEADINGS = ("元号", "年号")
_DITTO = ("〃", "″", '"', "々", "同上", "同")


@dataclass(frozen=True)
class SplitDate:
    """Columns of year, month and day, in this order; before them one of the era or its name, if there is any."""

    year: int
    month: int
    day: int
    era_column: int | None = None
    era: str = ""

    @property
    def columns(self) -> tuple[int, ...]:
        era = () if self.era_column is None else (self.era_column,)
        return (*era, self.year, self.month, self.day)


def split_dates(columns: Sequence[Sequence[str]], field_of: Callable[[str], str | None]) -> dict[str, SplitDate]:
    """By field: the columns that hold its parts. `columns` are the heading keys of each column from top to bottom.

    `field_of` names the date field a heading means, or None.
    """
    found: dict[str, SplitDate] = {}
    months = [at for at, column in enumerate(columns) if column and column[-1].rstrip(")").endswith("月")]
    for at in (month - 1 for month in months if 0 < month < len(columns) - 1):
        parts = [_part(column) for column in columns[at : at + 3]]
        if None in parts or [unit for _, unit, _ in parts if unit] != ["年", "月", "日"]:  # type: ignore[misc]
            continue
        of = [each[0] for each in parts if each]
        if of[1] != of[2] or of[0] not in (of[1], ""):
            continue
        name = next((name for word in (of[1], of[1] + "日", of[1] + "年月日") if (name := field_of(word))), None)
        if name is None or name in found:
            continue
        before = columns[at - 1][-1] if at and columns[at - 1] else ""
        era_column = at - 1 if any(before.endswith(word) for word in _ERA_HEADINGS) else None
        era = parts[0][2] if parts[0] else ""
        found[name] = SplitDate(at, at + 1, at + 2, era_column, era)
    return found


def _part(column: Sequence[str]) -> tuple[str, str, str] | None:
    """(what it is a part of, 年 or 月 or 日, era) of a column's heading."""
    if not column:
        return None
    groups, own = "".join(column[:-1]), column[-1]
    match = _PART.fullmatch(own)
    if match and not (match["unit"] == "年" and _YEAR.fullmatch(own)):
        return groups + match["of"], match["unit"], ""
    year = _YEAR.fullmatch(own)
    if year:
        return groups + year["of"], "年", _ERAS.get(year["era"] or year["behind"], "")
    return None


def joined(columns: Sequence[pa.DictionaryArray], split: SplitDate) -> pa.DictionaryArray:
    """The parts as one column of dates as one would write them; blank where all of them are."""
    parts = [columns[index] for index in split.columns]
    keys = list(zip(*(part.indices.to_pylist() for part in parts), strict=True))
    texts = [[clean(text) for text in part.dictionary.to_pylist()] for part in parts]
    numbers: dict[tuple[int, ...], int] = {}
    running = count()
    for key in keys:
        if key not in numbers:
            numbers[key] = next(running)
    spellings = [_date_text([text[at] for text, at in zip(texts, key, strict=True)], split) for key in numbers]
    encoded = pa.array([spellings[numbers[key]] for key in keys], pa.string()).dictionary_encode()
    return encoded


def _date_text(cells: list[str], split: SplitDate) -> str:
    if not any(cells):
        return ""
    era = cells[0] if split.era_column is not None else split.era
    year, month, day = (_without_unit(cell, unit) for cell, unit in zip(cells[-3:], "年月日", strict=True))
    if year in _DITTO or not year:
        return f"{month}月{day}日"
    named = "" if (not year.isdigit() and year != "元") or len(year) == 4 or era in _DITTO else era
    return f"{named}{year}年{month}月{day}日"


def _without_unit(cell: str, unit: str) -> str:
    return cell.removesuffix(unit).removesuffix(".0").strip()
