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

import numpy as np

from etl.recognise import Layout
from etl.spelling.dates import read_fiscal_year, read_month
from etl.spelling.reading import Reading
from etl.spelling.text import clean

_ERA = r"(?:令和|平成|[RrHh])"
_YEAR = rf"(?:{_ERA}\s*(?:\d{{1,2}}|元)|20\d\d)\s*[年.\-/]?\s*(?:度\s*)?"
# A day behind the month makes it a date (「6月24日現在」), not the month reported.
_MONTH = r"\d{1,2}\s*月(?!\s*\d{1,2}\s*日)"
_MONTH_IN_TITLE = re.compile(rf"({_YEAR}{_MONTH})(?:\s*分)?(?:\s*[~～〜ー\-から]+\s*((?:{_YEAR})?{_MONTH}))?")
_FISCAL_YEAR_IN_TITLE = re.compile(rf"(?:{_ERA}\s*(?:\d{{1,2}}|元)|20\d\d)\s*年度")
_BARE_MONTH = re.compile(r"(\d{1,2})\s*月(?:分)?")


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


def title_months(layout: Layout, received: date) -> range:
    """Months (running numbers) that titles or the sheet's name state; a bare fiscal year counts only for a nil return."""
    texts = [*layout.titles, clean(layout.sheet.name)]
    for text in texts:
        match = _MONTH_IN_TITLE.search(text)
        if match and (first := _number(read_month(_tidy(match.group(1))))) is not None:
            return range(first, _last(match.group(2), match.group(1), first) + 1)
    years = [match.group() for text in texts if (match := _FISCAL_YEAR_IN_TITLE.search(text))]
    fiscal_year = read_fiscal_year(years[0]).value if years else None
    if not isinstance(fiscal_year, int):
        return range(0)
    april = fiscal_year * 12 + 3
    bare = _BARE_MONTH.fullmatch(clean(layout.sheet.name))
    if bare and 1 <= int(bare.group(1)) <= 12:
        month = april + (int(bare.group(1)) - 4) % 12
        return range(month, month + 1)
    return range(april, min(april + 12, received.year * 12 + received.month))


def states_months(layout: Layout) -> bool:
    """True when a month, not only a fiscal year, is written in a title or in the sheet's name."""
    texts = [*layout.titles, clean(layout.sheet.name)]
    return any(_MONTH_IN_TITLE.search(text) for text in texts) or bool(_BARE_MONTH.fullmatch(texts[-1]))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _number(reading: Reading) -> int | None:
    if not isinstance(reading.value, tuple):
        return None
    year, month = reading.value
    return year * 12 + month - 1


def _last(end_text: str | None, start_text: str, first: int) -> int:
    if not end_text:
        return first
    full = _number(read_month(_tidy(end_text)))
    bare = _BARE_MONTH.fullmatch(_tidy(end_text))
    if full is not None:
        return max(first, full)
    return first + (int(bare.group(1)) - 1 - first) % 12 if bare else first


def covered_months(
    areas: Sequence[str],
    area_index: np.ndarray,
    months: np.ndarray,
    quarantined: np.ndarray,
    stated: Iterable[tuple[str, range]],
) -> list[Covered]:
    """Coverage of a file. `months` are running numbers by row (-1 unknown), `quarantined` marks rows set aside."""
    taken: dict[tuple[str, int], list[int]] = {}
    known = (area_index >= 0) & (months >= 0)
    keys, counts = np.unique(
        np.stack([area_index[known], months[known], quarantined[known].astype(np.int64)]), axis=1, return_counts=True
    )
    for (area, month, aside), count in zip(keys.T.tolist(), counts.tolist(), strict=True):
        taken.setdefault((areas[area], month), [0, 0])[aside] += count
    accepted: dict[str, set[int]] = {}
    for (area, month), (rows, _) in taken.items():
        if rows:
            accepted.setdefault(area, set()).add(month)
    whole = {area: set(range(min(seen), max(seen) + 1)) for area, seen in accepted.items()}
    for area, month in taken:  # a row set aside tells of its own month only: its date may be the mistake
        whole.setdefault(area, set()).add(month)
    for area, stated_range in stated:
        whole.setdefault(area, set()).update(stated_range)
    return [
        Covered(area, period_text(month), *taken.get((area, month), (0, 0)))
        for area in sorted(whole)
        for month in sorted(whole[area])
    ]
