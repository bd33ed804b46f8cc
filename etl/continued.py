"""Cells that lean on the row above: 〃 and 同上, and dates whose era or year is written once and then left out.

Only where nothing else can be meant: a ditto mark in columns of dates, municipalities and organisations, a date
without its year below one that has it, in a column that does so as a habit. What was read so is told in a notice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from etl.patterns import indices_matching
from etl.spelling.calendar_text import normalise
from etl.spelling.dates import read_date
from etl.spelling.eras import era_on
from etl.spelling.text import clean

LEANING_TYPES = ("date", "organisation", "municipality_code", "municipality_name")
_DITTO = frozenset(
    ["〃", "″", "”", "“", '"', "''", "々", "同上", "同", "〻", "ゝ", "〃 〃", "上に同じ", "上記に同じ", "仝"]
)
# (for a date: whatever begins with neither an era nor a western year)
_NETS = (r"^[\s　]*[〃″”“\"'々同〻ゝ上仝]", r"^[\s　]*[〃″”“\"'々同〻ゝ上仝0-9０-９元一二三四五六七八九十]")
_BARE = frozenset(["date_no_year", "date_ambiguous"])
# A row may lie a little before the one above it; a list does not jump further ahead than a year.
_BACK, _AHEAD = timedelta(days=62), timedelta(days=365)
_DAY_OF_YEAR = re.compile(
    r"(?P<month>[0-9]{1,2}) ?[-./月・,] ?(?P<day>[0-9]{1,2}) ?日?(?: ?\([月火水木金土日](?:曜日?)?\))?"
)
_SHORT_YEAR = re.compile(r"'?(?P<year>[0-9]{1,2}|元) ?(?:年|[-./・,]) ?(?P<rest>[0-9]{1,2} ?[-./月・,] ?[0-9]{1,2}.*)")


@dataclass(frozen=True)
class Remark:
    """Something worth saying about a cell: `row` counts from 0."""

    rule: str
    row: int
    value: str
    detail: str
    column: str = ""


def continued(
    column: pa.DictionaryArray, kind: str, *, is_habit: bool = False
) -> tuple[pa.DictionaryArray, list[Remark]]:
    """The column of one sheet with what its cells leave to the row above; and the first cell of each way of writing.

    `is_habit` says that years are known to be left out (a column of years with blanks), else the column shows it.
    """
    spellings = column.dictionary.to_pylist()
    leaning = np.array([_leans(text, kind) for text in spellings], bool)
    if not leaning.any():
        return column, []
    codes = column.indices.to_numpy(zero_copy_only=False)
    texts = np.array(spellings, object)[codes]
    days = [read_date(text).value if kind == "date" else None for text in spellings]
    if not is_habit and not _is_habit(codes, leaning, days):
        leaning &= np.array([clean(text) in _DITTO for text in spellings], bool)
    if not leaning.any():
        return column, []
    remarks: dict[str, Remark] = {}
    day: date | None = None
    era = False  # whether the last whole date was written with its era
    for row, code in enumerate(codes.tolist()):
        if not leaning[code]:
            if days[code]:
                day, era = days[code], not clean(spellings[code])[:1].isdigit()
            continue
        text = texts[row]
        if clean(text) in _DITTO:
            rule, found = "ditto_from_above", texts[row - 1] if row else ""
        else:
            rule, found = "date_year_from_above", _dated(text, day, era)
        if found and clean(found) not in _DITTO:
            remarks.setdefault(rule, Remark(rule, row, text, found))
            texts[row] = found
            day = (read_date(found).value if kind == "date" else None) or day
    return pa.array(texts.tolist(), pa.string()).dictionary_encode(), list(remarks.values())


def _is_habit(codes: np.ndarray, leaning: np.ndarray, days: list[date | None]) -> bool:
    """True when most dates lean on others: one without its year among whole dates is a slip of the pen, asked back."""
    counts = np.bincount(codes, minlength=len(days))
    return bool(counts[leaning].sum() > sum(counts[at] for at, day in enumerate(days) if day))


def leans(column: pa.DictionaryArray, kind: str) -> bool:
    """True when some cell leaves something to the row above; found out on spellings, most columns have none."""
    nets = indices_matching(column.dictionary, _NETS[kind == "date"])
    return any(_leans(column.dictionary[index].as_py(), kind) for index in nets)


def _leans(text: str, kind: str) -> bool:
    written = clean(text)
    if written in _DITTO:
        return kind in LEANING_TYPES
    return kind == "date" and bool(written) and read_date(text).rule in _BARE


def _dated(text: str, above: date | None, era: bool) -> str:
    """The day a date without its year or era means below another one, in ISO form; '' when that does not tell."""
    if above is None:
        return ""
    written = normalise(text)
    if short := _SHORT_YEAR.fullmatch(written):
        year = f"{era_on(above).letter}{short['year']}" if era else f"20{short['year'].zfill(2)}"
        day = read_date(f"{year}.{short['rest']}").value
        return day.isoformat() if day and abs(day - above) <= _AHEAD else ""
    bare = _DAY_OF_YEAR.fullmatch(written)
    if bare is None:
        return ""
    candidates = [_day(above.year + step, int(bare["month"]), int(bare["day"])) for step in (-1, 0, 1)]
    found = next((day for day in candidates if day and -_BACK <= day - above < _AHEAD - _BACK), None)
    return found.isoformat() if found else ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
