"""The grammar that dates, months and fiscal years share."""

from __future__ import annotations

import re
from datetime import date

from etl.spelling.eras import ERA_OF, FIRST_YEAR, LAST_YEAR, outside_era
from etl.spelling.glyphs import HYPHENS
from etl.spelling.kanji import KANJI_DIGITS, kanji_number
from etl.spelling.text import clean

# What keeps Excel from turning a text into a date stays at its front when a CSV is written.
_APOSTROPHE = re.compile("^['’‘](?=[^'’‘])")
_SPACED = re.compile("(?<=[令昭平大年月]) (?=[和成正0-9])|(?<=[0-9]) (?=[年月日])")  # 令 和 6 年 6 月 24 日
_KANJI_RUN = re.compile(f"[{KANJI_DIGITS}]+")

ERA = "(?P<era>" + "|".join(sorted(ERA_OF, key=len, reverse=True)) + ")"
#: A year with its era or with four digits; groups era, era_year, western.
YEAR = rf"(?:{ERA}\.? ?(?P<era_year>元|[0-9]{{1,2}})|(?:西暦 ?)?(?P<western>[0-9]{{4}}))"
BETWEEN = "[-./,・]"
_BOTH_CALENDARS = re.compile(
    r"(?P<first>[^()年]+)(?P<unit>年度?)? ?\((?P<second>[^()年]+?)(?:年度?)?\)"
    r"(?P<late_unit>年度?)?(?P<rest>.*)"
)
_TWICE = re.compile(r"(?P<first>.*?[0-9].*?) ?\((?P<second>.*[0-9].*)\)")


def normalise(text: str) -> str:
    """Cleaned, with capital era letters, one kind of hyphen and Arabic instead of kanji numerals."""
    written = _APOSTROPHE.sub("", clean(text)).replace("、", ",")
    if written.startswith("(") and written.endswith(")") and written.count("(") == 1:
        written = written[1:-1]
    if written.isascii():
        return written.upper()
    return _KANJI_RUN.sub(_as_digits, _SPACED.sub("", written).upper().translate(HYPHENS))


def resolve_year(era_name: str | None, era_year: str | None, western: str | None) -> int:
    """The western year of the groups of YEAR."""
    if western:
        return int(western)
    assert era_name is not None
    assert era_year is not None
    return ERA_OF[era_name].western_year(1 if era_year == "元" else int(era_year))


def check_era(era_name: str | None, first: date, last: date) -> tuple[str | None, str | None]:
    """(rule, notice) for days first…last written with an era.

    Two slips are taken with a notice, because nothing else can be meant: the months after the change of 2019
    under the old era (平成31年6月), and April 2019 under the new one, which the whole fiscal year bears.
    """
    side = outside_era(ERA_OF[era_name], first, last) if era_name else None
    if side == "after" and ERA_OF[era_name or ""].name == "平成" and first.year == 2019:
        return None, "date_after_era_end"
    if side == "before" and (first.year, first.month) == (2019, 4):
        return None, "date_before_era_start"
    return ("date_era_end" if side else None), None


def both_calendars(text: str) -> tuple[str, str] | None:
    """令和6年（2024年）6月24日 and 2024（令和6）年度 as their two readings, else None."""
    match = _BOTH_CALENDARS.fullmatch(text)
    unit = match and (match["unit"] or match["late_unit"])
    if match and (unit or match["rest"].lstrip()[:1] in (*"-./",)):
        return match["first"] + (unit or "") + match["rest"], match["second"] + (unit or "") + match["rest"]
    twice = _TWICE.fullmatch(text)
    return (twice["first"], twice["second"]) if twice else None


def is_known_year(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _as_digits(match: re.Match[str]) -> str:
    number = kanji_number(match.group())
    return match.group() if number is None else str(number)
