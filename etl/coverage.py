"""Which months a file reports for which municipality, and how completely.

A file covers the months its title or sheet name says, and every month between the first and the last one of its own
rows: a register of referrals that has rows for April and June says that there were none in May. Months outside are
not sent. Zero needs such a statement; a missing month never becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from etl.recognise import Layout
from etl.spelling.dates import read_fiscal_year, read_month
from etl.spelling.text import clean, key

_ERA = r"(?:令和|平成|[RrHh])"
_YEAR = rf"(?:{_ERA}\s*(?:\d{{1,2}}|元)|20\d\d)\s*[年.\-/]?\s*(?:度\s*)?"
# A day behind the month makes it a date (「6月24日現在」), not the month reported.
_MONTH = r"\d{1,2}\s*月(?!\s*\d{1,2}\s*日)"
_MONTH_IN_TITLE = re.compile(rf"({_YEAR}{_MONTH})(?:\s*分)?(?:\s*[~～〜ー\-から]+\s*((?:{_YEAR})?{_MONTH}))?")
_FISCAL_YEAR_IN_TITLE = re.compile(rf"(?:{_ERA}\s*(?:\d{{1,2}}|元)|20\d\d)\s*年度")
_BARE_MONTH = re.compile(r"(\d{1,2})\s*月(?:分)?")
# Cells above a table that ask for a month or a year; the cell to their right answers, as a date if Excel made it one.
_PERIOD_LABELS = frozenset(
    key(what + word) for what in ("対象", "対象の", "報告") for word in ("期間", "年月", "月", "年度")
)


@dataclass(frozen=True)
class Covered:
    """One municipality × month that a file reports: rows taken and rows set aside."""

    area_code: str
    period: str
    row_count: int
    quarantined_count: int


def month_number(period: str) -> int:
    """'2024-04' as a running number of months."""
    year, month = period.split("-")
    return int(year) * 12 + int(month) - 1


def period_text(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def stated_months(layout: Layout, received: date) -> range:
    """Months (running numbers) that a title or the sheet's name states, none later than the month of receipt."""
    for text in (*layout.titles, _sheet_name(layout)):
        match = _MONTH_IN_TITLE.search(text)
        if match and (first := _number(match.group(1))) is not None:
            return _until(first, _last(match.group(2), first), received)
    for answer in _answers(layout):
        if (first := _number(answer)) is not None:
            return _until(first, first, received)
    first = _number(_sheet_name(layout))
    if first is not None:
        return _until(first, first, received)
    bare, april = _BARE_MONTH.fullmatch(_sheet_name(layout)), _april(layout)
    if bare and april is not None and 1 <= int(bare.group(1)) <= 12:
        month = april + (int(bare.group(1)) - 4) % 12
        return _until(month, month, received)
    return range(0)


def stated_year(layout: Layout, received: date) -> range:
    """Months of the fiscal year that a title states: for files without rows only, since 「令和6年度」 is on many."""
    april = _april(layout)
    return range(0) if april is None else _until(april, april + 11, received)


def _april(layout: Layout) -> int | None:
    for text in (*layout.titles, _sheet_name(layout)):
        match = _FISCAL_YEAR_IN_TITLE.search(text)
        year = read_fiscal_year(match.group()).value if match else None
        if year is not None:
            return year * 12 + 3
    years = (read_fiscal_year(answer).value for answer in _answers(layout))
    return next((year * 12 + 3 for year in years if year is not None), None)


def _answers(layout: Layout) -> list[str]:
    return [answer for label, answer in pairwise(layout.titles) if key(label) in _PERIOD_LABELS]


def _sheet_name(layout: Layout) -> str:
    return clean(layout.sheet.name)


def _until(first: int, last: int, received: date) -> range:
    return range(first, min(last, received.year * 12 + received.month - 1) + 1)


def _number(text: str) -> int | None:
    value = read_month(re.sub(r"\s+", "", text)).value
    return value[0] * 12 + value[1] - 1 if value else None


def _last(end_text: str | None, first: int) -> int:
    if not end_text:
        return first
    full = _number(end_text)
    if full is not None:
        return max(first, full)
    bare = _BARE_MONTH.fullmatch(re.sub(r"\s+", "", end_text))
    return first + (int(bare.group(1)) - 1 - first) % 12 if bare else first


def covered_months(
    areas: Sequence[str],
    area_index: np.ndarray,
    months: np.ndarray,
    quarantined: np.ndarray,
    stated: Iterable[tuple[str, range]],
    *,
    is_register: bool = True,
) -> list[Covered]:
    """Coverage of a file. `months` are running numbers by row (-1 unknown), `quarantined` marks rows set aside.

    In a register of cases a month between two others had none; in a table of monthly or yearly counts it is missing.
    """
    taken = _counted(areas, area_index, months, quarantined)
    accepted: dict[str, list[int]] = {}
    for (area, month), (rows, _) in taken.items():
        if rows:
            accepted.setdefault(area, []).append(month)
    whole = {
        area: set(range(min(seen), max(seen) + 1)) if is_register else set(seen) for area, seen in accepted.items()
    }
    for area, month in taken:  # a row set aside tells of its own month only: its date may be the mistake
        whole.setdefault(area, set()).add(month)
    for area, stated_range in stated:
        whole.setdefault(area, set()).update(stated_range)
    return [
        Covered(area, period_text(month), *taken.get((area, month), (0, 0)))
        for area in sorted(whole)
        for month in sorted(whole[area])
    ]


def _counted(
    areas: Sequence[str], area_index: np.ndarray, months: np.ndarray, quarantined: np.ndarray
) -> dict[tuple[str, int], tuple[int, int]]:
    """(rows taken, rows set aside) by municipality and month."""
    known = (area_index >= 0) & (months >= 0)
    if not known.any():
        return {}
    first = int(months[known].min())
    span = int(months[known].max()) - first + 1
    keys = (area_index[known] * span + months[known] - first) * 2 + quarantined[known]
    counts = np.bincount(keys, minlength=len(areas) * span * 2).reshape(len(areas), span, 2)
    return {
        (areas[area], first + int(month)): (int(counts[area, month, 0]), int(counts[area, month, 1]))
        for area, month in zip(*np.nonzero(counts.sum(axis=2)), strict=True)
    }
