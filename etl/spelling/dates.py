"""Dates, months and fiscal years as clerks write them: 令和6年6月24日(月), R6.6.24, 20240624, 45467 …"""

from __future__ import annotations

import re
from datetime import date, timedelta

from etl.spelling.calendar_text import (
    BETWEEN,
    ERA,
    YEAR,
    both_calendars,
    check_era,
    is_known_year,
    normalise,
    resolve_year,
)
from etl.spelling.eras import fiscal_year_of, format_fiscal_year, format_wareki
from etl.spelling.reading import Reading, mark_of

__all__ = [
    "fiscal_year_of",
    "format_fiscal_year",
    "format_wareki",
    "read_date",
    "read_fiscal_year",
    "read_month",
]

_WEEKDAYS = "月火水木金土日"
_HOUR, _SIXTY = "(?:[01]?[0-9]|2[0-4])", "[0-5][0-9]"
_TIME = (
    rf"(?:(?:午前|午後|[AP]M)? ?{_HOUR}:{_SIXTY}(?::{_SIXTY}(?:\.[0-9]{{1,9}})?)?(?: ?[AP]M)?(?:\+09:?00)?"
    rf"|(?:午前|午後)? ?{_HOUR}時(?:半|[0-5]?[0-9]分(?:[0-5]?[0-9]秒)?)?)"
)
_ENGLISH_DAYS = "MON|TUES?|WED|THU(?:RS?)?|FRI|SAT|SUN"
# A meeting's day comes with its hours: 10:00～12:00, 14時から.
_HOURS = rf"{_TIME}(?: ?(?:[-~〜～]|から) ?(?:{_TIME}(?: ?まで)?)?)?"
_REST = (
    rf" ?(?:\((?:{_ENGLISH_DAYS})[A-Z]*\.?\)|\((?P<weekday>[{_WEEKDAYS}])?(?:曜日?)?[・,/]?(?:[祝休]日?)?\)"
    rf"|(?P<bare_weekday>[{_WEEKDAYS}])曜日?)?(?:[ T]?{_HOURS}| ?付け?| ?現在| ?時点)?\.?"
)
_TWO, _DAY_END = "[0-9]{1,2}", f"(?![0-9])(?: ?日)?{_REST}"
_AFTER_YEAR, _AFTER_MONTH = f" ?(?:年|{BETWEEN}) ?", f" ?(?:月|{BETWEEN}) ?"
_COMPACT_YEAR = f"(?:{ERA}(?P<era_year>[0-9]{{2}})|(?P<western>[0-9]{{4}}))"
_DAY = re.compile(f"{YEAR}{_AFTER_YEAR}(?P<month>{_TWO}){_AFTER_MONTH}(?P<day>{_TWO}){_DAY_END}")
_COMPACT_DAY = re.compile(
    rf"{_COMPACT_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})"
    rf"(?:\.0+|[ T]?(?:[01][0-9]|2[0-4]){_SIXTY}(?:{_SIXTY})?|(?![0-9]){_REST})"
)
_SPACED_DAY = re.compile(rf"{YEAR}(?P<gap>[ _])(?P<month>{_TWO})(?P=gap)(?P<day>{_TWO}){_DAY_END}")
_MONTH_NAMES = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_NAMED_MONTH = f"(?P<name>{'|'.join(_MONTH_NAMES)})[A-Z]*\\.?"
_ENGLISH = (
    re.compile(rf"(?P<day>{_TWO})[- ]{_NAMED_MONTH},?[- ](?P<year>[0-9]{{4}}|[0-9]{{2}})"),
    re.compile(rf"{_NAMED_MONTH} (?P<day>{_TWO}),? (?P<year>[0-9]{{4}})"),
)
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_SERIAL_ORIGIN = date(1899, 12, 30)  # Excel's 1900 calendar, which counts a 29 February 1900
_SERIALS = range(20_000, 80_001)

_MONTH = re.compile(f"{YEAR} ?(?P<between>年度?|{BETWEEN}) ?(?P<month>{_TWO}) ?(?:月[分度]?|分)?")
_COMPACT_MONTH = re.compile(rf"{_COMPACT_YEAR}(?P<month>[0-9]{{2}})(?:\.0+)?")
_YEAR = re.compile(rf"(?:FY ?)?{YEAR}(?:\.0+)? ?(?:年度?分?)?")
_NO_YEAR = re.compile(f"{_TWO}{_AFTER_MONTH}{_TWO}{_DAY_END}|{_TWO} ?月分?")
_UNORDERED = re.compile(
    f"'?(?:元|{_TWO}){_AFTER_YEAR}{_TWO}{_AFTER_MONTH}[0-9]{{1,4}}{_DAY_END}|{ERA}[0-9]{{5}}|[0-9]{{6}}"
)
# What stands in a date column when the thing has not been done.
_NOT_DONE = frozenset(
    ["なし", "無し", "無", "ナシ", "ありません", "未", "未定", "未実施", "未作成", "未済", "未了", "未対応"]
)
_NOT_DONE |= {"未面談", "未確認", "未把握", "未接続", "該当なし", "該当無し", "対象外", "非該当", "不要", "予定なし"}
_NOT_DONE |= {"調整中", "検討中", "N/A", "NA", "NULL", "NONE", "TBD", "?", "??", "/", "//"}
_PART_OF_MONTH = re.compile(rf"{YEAR} ?(?:年|{BETWEEN}) ?{_TWO} ?月? ?(?:[上中下]旬|初旬|月?末|初め|頃|ごろ|中)日?")
_MONTH_RULE = {
    "date_ambiguous": "month_ambiguous",
    "date_impossible": "month_impossible",
    "date_no_year": "month_no_year",
    "date_era_end": "date_era_end",
}


def read_date(text: str) -> Reading[date]:
    """A day of the calendar; None without a rule for blank, for a mark, and (with a notice) for 未 or なし.

    A time of day is dropped. Two-digit western years and American order are asked back, never guessed.
    """
    if mark_of(text) is not None:
        return Reading(None)
    written = normalise(text)
    if pair := both_calendars(written):
        first, second = (read_date(part) for part in pair)
        return first if first.value == second.value else Reading(None, rule="date_ambiguous")
    if match := _DAY.fullmatch(written) or _COMPACT_DAY.fullmatch(written) or _SPACED_DAY.fullmatch(written):
        return _day_of(match)
    if match := _ENGLISH[0].fullmatch(written) or _ENGLISH[1].fullmatch(written):
        return _english_day(match)
    serial = _SERIAL.fullmatch(written)
    if serial and int(serial[1]) in _SERIALS:
        day = _SERIAL_ORIGIN + timedelta(days=int(serial[1]))
        return Reading(day) if is_known_year(day.year) else Reading(None, rule="date_impossible")
    if written in _NOT_DONE:
        return Reading(None, notice="date_word_as_blank")
    return Reading(None, rule=_why_no_date(written))


def read_month(text: str) -> Reading[tuple[int, int]]:
    """(year, month) of 令和6年4月分, R6.4, 2024-04, 202404, 令和6年度1月 (= 2025-01), or of a full date."""
    if mark_of(text) is not None:
        return Reading(None)
    written = normalise(text)
    if pair := both_calendars(written):
        first, second = (read_month(part) for part in pair)
        return first if first.value == second.value else Reading(None, rule="month_ambiguous")
    match = _MONTH.fullmatch(written) or _COMPACT_MONTH.fullmatch(written)
    if match is None:
        day = read_date(written)
        if day.value is not None:
            return Reading((day.value.year, day.value.month), notice=day.notice)
        return Reading(None, rule=_MONTH_RULE.get(day.rule or "", "month_unreadable"))
    if re.fullmatch(r"[0-9]{4}\.1", written):  # a cell that held 2024.10 as a number says the same
        return Reading(None, rule="month_ambiguous")
    return _month_of(match)


def read_fiscal_year(text: str) -> Reading[int]:
    """The year in which the fiscal year begins: 令和6年度, R6年度, 2024年度, 令6, 2024."""
    if mark_of(text) is not None:
        return Reading(None)
    written = normalise(text)
    if pair := both_calendars(written):
        first, second = (read_fiscal_year(part) for part in pair)
        return first if first.value == second.value else Reading(None, rule="fiscal_year_impossible")
    match = _YEAR.fullmatch(written)
    if match is None:
        lacks_era = re.fullmatch("(?:[0-9]{1,2}|元) ?年度?", written)
        return Reading(None, rule="fiscal_year_no_era" if lacks_era else "fiscal_year_unreadable")
    year = resolve_year(match["era"], match["era_year"], match["western"])
    if match["era_year"] in ("0", "00") or not is_known_year(year):
        return Reading(None, rule="fiscal_year_impossible")
    # April to December, so that 令和元年度 and 平成31年度 are one year and 昭和64年度 is none.
    if check_era(match["era"], date(year, 4, 1), date(year, 12, 31))[0]:
        return Reading(None, rule="fiscal_year_impossible")
    return Reading(year)


def _day_of(match: re.Match[str]) -> Reading[date]:
    year = resolve_year(match["era"], match["era_year"], match["western"])
    try:
        day = date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return Reading(None, rule="date_impossible")
    if not is_known_year(year) or match["era_year"] in ("0", "00"):
        return Reading(None, rule="date_impossible")
    rule, notice = check_era(match["era"], day, day)
    if rule:
        return Reading(None, rule=rule)
    weekday = match["weekday"] or match["bare_weekday"]
    if weekday and weekday != _WEEKDAYS[day.weekday()]:
        notice = notice or "date_weekday_differs"
    return Reading(day, notice=notice)


def _english_day(match: re.Match[str]) -> Reading[date]:
    """24-Jun-2024, as an Excel set to English writes a date into a CSV."""
    if len(match["year"]) == 2:
        return Reading(None, rule="date_ambiguous")
    return read_date(f"{match['year']}-{_MONTH_NAMES.index(match['name']) + 1}-{match['day']}")


def _month_of(match: re.Match[str]) -> Reading[tuple[int, int]]:
    year, month = resolve_year(match["era"], match["era_year"], match["western"]), int(match["month"])
    if not 1 <= month <= 12 or not is_known_year(year) or match["era_year"] in ("0", "00"):
        return Reading(None, rule="month_impossible")
    if match.groupdict().get("between") == "年度":
        # The era belongs to the fiscal year here: 平成31年度1月 is right, although it lies in 令和2年.
        return Reading((year + 1, month) if month < 4 else (year, month))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    rule, notice = check_era(match["era"], last.replace(day=1), last)
    return Reading(None, rule=rule) if rule else Reading((year, month), notice=notice)


def _why_no_date(written: str) -> str:
    month = _MONTH.fullmatch(written) or _COMPACT_MONTH.fullmatch(written)
    if _PART_OF_MONTH.fullmatch(written):
        return "date_no_day"
    if (month and _month_of(month).rule != "month_impossible") or _YEAR.fullmatch(written):
        return "date_no_day"
    if _UNORDERED.fullmatch(written):
        return "date_ambiguous"
    return "date_no_year" if _NO_YEAR.fullmatch(written) else "date_unreadable"
