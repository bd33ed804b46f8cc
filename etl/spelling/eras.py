"""Japanese eras and the fiscal year: the one place that knows when an era began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    name: str
    letter: str
    sign: str  # the era as one character
    start: date

    def western_year(self, year: int) -> int:
        return self.start.year + year - 1


ERAS = (
    Era("明治", "M", "㍾", date(1868, 10, 23)),
    Era("大正", "T", "㍽", date(1912, 7, 30)),
    Era("昭和", "S", "㍼", date(1926, 12, 25)),
    Era("平成", "H", "㍻", date(1989, 1, 8)),
    Era("令和", "R", "㋿", date(2019, 5, 1)),
)
ERA_OF = {written: era for era in ERAS for written in (era.name, era.name[0], era.letter, era.sign)}
# As programs and some people type them; after normalising, so in capitals.
ERA_OF |= dict(zip(("SHOWA", "HEISEI", "REIWA"), ERAS[2:], strict=True))
ERA_OF |= dict(zip(("ショウワ", "ヘイセイ", "レイワ"), ERAS[2:], strict=True))
_NEXT_START = dict(zip(ERAS, [era.start for era in ERAS[1:]] + [date.max], strict=True))

#: Years a return can speak of; outside, a date is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1926, 2100


def outside_era(era: Era, first: date, last: date) -> str | None:
    """'before' or 'after' when no day of first…last lies in the era."""
    if last < era.start:
        return "before"
    return "after" if first >= _NEXT_START[era] else None


def era_on(day: date) -> Era:
    """The era of a day; ValueError before 1868-10-23."""
    for era in reversed(ERAS):
        if day >= era.start:
            return era
    raise ValueError(f"no era known for {day}")


def fiscal_year_of(day: date) -> int:
    """The year in which the fiscal year (April to March) of a day begins."""
    return day.year if day.month >= 4 else day.year - 1


def format_wareki(day: date) -> str:
    era = era_on(day)
    return f"{era.name}{_written_year(era, day.year)}年{day.month}月{day.day}日"


def format_fiscal_year(fiscal_year: int) -> str:
    """令和6年度. 2019 is 令和元年度, the name in official use, although it began in 平成31年."""
    era = era_on(date(fiscal_year, 12, 31))
    return f"{era.name}{_written_year(era, fiscal_year)}年度"


def _written_year(era: Era, western_year: int) -> str:
    year = western_year - era.start.year + 1
    return "元" if year == 1 else str(year)
