from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.spelling.dates import read_date, read_fiscal_year, read_month
from etl.spelling.reading import Reading

MIDSUMMER = date(2024, 6, 24)


@pytest.mark.parametrize(
    "written",
    [
        "令和6年6月24日",
        "令和６年６月２４日",
        "令和 6年 6月24日",
        "令和 ６ 年 ６ 月 ２４ 日",
        "令和06年06月24日",
        "令和6年6月24日(月)",
        "令和６年６月２４日（月）",
        "令和6年6月24日（月曜日）",
        "令和6年6月24日月曜日",
        "令和6年6月24日 (月) 10:00",
        "令和6年6月24日(月・祝)",
        "令和6年6月24日午前0時",
        "令和6年6月24日 午後1時30分",
        "令和6年6月24日付け",
        "令和6年6月24",
        "令和６年（２０２４年）６月２４日",
        "2024年（令和6年）6月24日",
        "2024（令和6）年6月24日",
        "令和六年六月二十四日",
        "令和六年六月二四日",
        "㋿6年6月24日",
        "R6.6.24",
        "r6/6/24",
        "R6/6/24",
        "Ｒ６．６．２４",
        "R.6.6.24",
        "R06-06-24",
        "R6-6-24",
        "R6ー6ー24",
        "R060624",
        "令060624",
        "令6.6.24",
        "令６．６．２４",
        "R6・6・24",
        "R6、6、24",
        "R6.6.24.",
        "2024/6/24",
        "2024/06/24",
        "２０２４／６／２４",
        "2024-06-24",
        "2024−06−24",
        "2024.6.24",
        "2024年6月24日",
        "西暦2024年6月24日",
        "2024 年 6 月 24 日",
        "二〇二四年六月二十四日",
        "二○二四年六月二十四日",
        "20240624",
        "20240624.0",
        "20240624000000",
        "2024/6/24 0:00",
        "2024-06-24 00:00:00",
        "2024-06-24T00:00:00",
        "2024-06-24T09:30:00.000+09:00",
        "2024/06/24 9:30 AM",
        "2024/6/24(月)",
        " 2024/6/24　",
        "45467",
        "45467.0",
        "45467.75",
        "４５４６７",
        "\ufeff2024/6/24",
        "⼆〇⼆四年六⽉⼆⼗四⽇",
        "令 和 6 年 6 月 24 日",
        "令和六年六月廿四日",
        "令和六年六月弐拾四日",
        "レイワ6年6月24日",
        "ﾚｲﾜ6.6.24",
        "Reiwa 6.6.24",
        "R 6. 6.24",
        "R.6. 6. 24",
        "R６，６，２４",
        "令和6年6/24",
        "(令和6年6月24日)",
        "（R6.6.24）",
        "'2024/6/24",
        "’R6.6.24",
        "2024 06 24",
        "2024_6_24",
        "R6 6 24",
        "2024/6/24 (Mon)",
        "2024/6/24 (Mon.)",
        "24-Jun-2024",
        "24 June 2024",
        "Jun 24, 2024",
        "June 24 2024",
        "202406240930",
        "20240624T093000",
        "令和6年6月24日現在",
        "2024/6/24時点",
        "令和6年6月24日 10:00～12:00",
        "令和6年6月24日(月)14:00〜16:00",
        "令和6年6月24日10時30分～",
        "2024/6/24 10:00-12:00",
        "R6.6.24 10時から12時まで",
        "令和6.6.24（2024.6.24）",
        "2024.6.24(R6.6.24)",
        "2024年6月24日（令和6年6月24日）",
        "R6(2024).6.24",
        "2024（R6）/6/24",
        "令和6年\n6月24日",
        "令和6年6月24日\n（月）",
        "2024/6/24 AM9:30",
        "2024／６／24",
        "2024．06．24",
    ],
)
def test_one_day_comes_in_many_spellings(written: str) -> None:
    assert read_date(written) == Reading(MIDSUMMER)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平元.4.19", date(1989, 4, 19)),
        ("㍻31年4月30日", date(2019, 4, 30)),
        ("H31.4.30", date(2019, 4, 30)),
        ("H1.1.8", date(1989, 1, 8)),
        ("S64.1.7", date(1989, 1, 7)),
        ("昭和2年1月1日", date(1927, 1, 1)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("令和6年2月29日", date(2024, 2, 29)),
        ("1926-01-01", date(1926, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
        ("20000", date(1954, 10, 3)),
        ("73415", date(2100, 12, 31)),
        ("令和七年十月十日", date(2025, 10, 10)),
        ("平成三十一年四月三十日", date(2019, 4, 30)),
    ],
)
def test_eras_and_edges_are_read(written: str, day: date) -> None:
    assert read_date(written) == Reading(day)


@pytest.mark.parametrize("written", ["", "　", "-", "…", "不明", "x", "***"])
def test_blank_and_marks_are_no_date_and_no_problem(written: str) -> None:
    assert read_date(written) == Reading(None)


@pytest.mark.parametrize(
    "written",
    [
        "未",
        "なし",
        "ナシ",
        "未定",
        "未実施",
        "未面談",
        "未対応",
        "該当なし",
        "対象外",
        "調整中",
        "検討中",
        "N/A",
        "n/a",
        "？",
        "／",
        "TBD",
        "null",
    ],
)
def test_a_word_for_not_done_is_taken_as_not_sent_with_a_notice(written: str) -> None:
    assert read_date(written) == Reading(None, notice="date_word_as_blank")


@pytest.mark.parametrize(
    ("written", "day", "notice"),
    [
        ("平成31年5月1日", date(2019, 5, 1), "date_after_era_end"),
        ("H31.12.31", date(2019, 12, 31), "date_after_era_end"),
        ("令和元年4月1日", date(2019, 4, 1), "date_before_era_start"),
        ("令和6年6月24日(火)", MIDSUMMER, "date_weekday_differs"),
    ],
)
def test_a_slip_with_one_possible_meaning_is_taken_with_a_notice(written: str, day: date, notice: str) -> None:
    assert read_date(written) == Reading(day, notice=notice)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("平成36年6月24日", "date_era_end"),
        ("24-Jun-24", "date_ambiguous"),
        ("24.06.2024", "date_ambiguous"),
        ("06/24/24", "date_ambiguous"),
        ("令和6.6.24（2023.6.24）", "date_ambiguous"),
        ("R6(2023).6.24", "date_ambiguous"),
        ("令和6年6月上旬", "date_no_day"),
        ("令和6年6月末", "date_no_day"),
        ("2024年6月中", "date_no_day"),
        ("令和6年上半期", "date_unreadable"),
        ("令和6年6月24日予定", "date_unreadable"),
        ("R6.6.24、R6.7.1", "date_unreadable"),
        ("R6.6.24,25", "date_unreadable"),
        ("R6.0624", "date_unreadable"),
        ("5060624", "date_unreadable"),
        ("令和⑥年6月24日", "date_unreadable"),
        ("〃", "date_unreadable"),
        ("同日", "date_unreadable"),
        ("済", "date_unreadable"),
        ("60", "date_unreadable"),
        ("1900/1/1", "date_impossible"),
        ("R99.1.1", "date_impossible"),
        ("31-Jun-2024", "date_impossible"),
        ("2024 2 30", "date_impossible"),
        ("昭和64年1月8日", "date_era_end"),
        ("昭和65年1月1日", "date_era_end"),
        ("平成32年1月1日", "date_era_end"),
        ("大正15年12月25日", "date_era_end"),
        ("令和元年3月31日", "date_era_end"),
        ("平成元年1月7日", "date_era_end"),
        ("24/6/24", "date_ambiguous"),
        ("24.6.24", "date_ambiguous"),
        ("6.6.24", "date_ambiguous"),
        ("6年6月24日", "date_ambiguous"),
        ("'24/6/24", "date_ambiguous"),
        ("6/24/2024", "date_ambiguous"),
        ("24/6/2024", "date_ambiguous"),
        ("6/24/2024 0:00", "date_ambiguous"),
        ("240624", "date_ambiguous"),
        ("060624", "date_ambiguous"),
        ("R60624", "date_ambiguous"),
        ("令和6年(2023年)6月24日", "date_ambiguous"),
        ("6/24", "date_no_year"),
        ("6月24日", "date_no_year"),
        ("6月24日(月)", "date_no_year"),
        ("6-24", "date_no_year"),
        ("6月", "date_no_year"),
        ("2024年4月", "date_no_day"),
        ("令和6年4月", "date_no_day"),
        ("令和6年4月分", "date_no_day"),
        ("R6.4", "date_no_day"),
        ("2024-04", "date_no_day"),
        ("2024/4", "date_no_day"),
        ("202404", "date_no_day"),
        ("令和6年度", "date_no_day"),
        ("2024年", "date_no_day"),
        ("令和6年2月30日", "date_impossible"),
        ("令和5年2月29日", "date_impossible"),
        ("2024-02-30", "date_impossible"),
        ("2024-13-01", "date_impossible"),
        ("2024-00-10", "date_impossible"),
        ("20241301", "date_impossible"),
        ("令和6年6月31日", "date_impossible"),
        ("令和6年6月0日", "date_impossible"),
        ("令和0年6月1日", "date_impossible"),
        ("1925-12-31", "date_impossible"),
        ("2101-01-01", "date_impossible"),
        ("明治45年7月29日", "date_impossible"),
        ("79999", "date_impossible"),
        ("19999", "date_unreadable"),
        ("80001", "date_unreadable"),
        ("りんご", "date_unreadable"),
        ("24日", "date_unreadable"),
        ("2024/6/24/1", "date_unreadable"),
        ("2024/6/240:00", "date_unreadable"),
        ("2024-06-24 25:00", "date_unreadable"),
        ("2024-06-23T15:00:00Z", "date_unreadable"),
        ("R6.6.24～R6.6.25", "date_unreadable"),
        ("令和6年6月24日頃", "date_unreadable"),
        ("٢٠٢٤/٦/٢٤", "date_unreadable"),
        ("2024/⑥/24", "date_unreadable"),
        ("45,467", "date_unreadable"),
        ("1", "date_unreadable"),
        ("有", "date_unreadable"),
        ("△", "date_unreadable"),
    ],
)
def test_what_is_no_date_says_which_rule_it_breaks(written: str, rule: str) -> None:
    assert read_date(written) == Reading(None, rule=rule)


KANJI = dict(enumerate("〇一二三四五六七八九"))
# Written out here so that the expectation does not come from the module under test.
ERA_STARTS = (("令和", "R", date(2019, 5, 1)), ("平成", "H", date(1989, 1, 8)))


def tens(number: int) -> str:
    ten, one = divmod(number, 10)
    return ("" if ten == 0 else "十" if ten == 1 else KANJI[ten] + "十") + (KANJI[one] if one else "")


def spellings(day: date) -> Iterator[str]:
    name, letter, start = next(era for era in ERA_STARTS if day >= era[2])
    era_year = day.year - start.year + 1
    month, number = day.month, day.day
    weekday = "月火水木金土日"[day.weekday()]
    for year in [str(era_year), f"{era_year:02}"] + (["元"] if era_year == 1 else []):
        yield f"{name}{year}年{month}月{number}日"
        yield f"{name} {year}年 {month}月 {number}日（{weekday}）"
        yield f"{name[0]}{year}.{month}.{number}"
        yield from (f"{letter}{year}{mark}{month}{mark}{number}" for mark in "./-")
        yield f"{letter.lower()}{year}/{month:02}/{number:02} 0:00"
    yield f"{letter}{era_year:02}{month:02}{number:02}"
    yield f"{name}{tens(era_year)}年{tens(month)}月{tens(number)}日"
    yield f"{''.join(KANJI[int(digit)] for digit in str(day.year))}年{tens(month)}月{tens(number)}日"
    plain = [f"{day.year}{mark}{month}{mark}{number}" for mark in "/-."]
    plain += [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{month}月{number}日",
        f"{day.isoformat()} 00:00:00",
    ]
    yield from plain
    yield from (written.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}) for written in plain)
    yield str((day - date(1899, 12, 30)).days)


@given(st.dates(date(1989, 1, 8), date(2045, 12, 31)))
def test_every_day_comes_back_from_every_spelling(day: date) -> None:
    for written in spellings(day):
        assert read_date(written) == Reading(day), written
        assert read_month(written) == Reading((day.year, day.month)), written


def test_the_days_around_each_change_of_era_come_back_from_every_spelling() -> None:
    for change in (date(2019, 5, 1), date(1989, 1, 10), date(2000, 2, 29)):
        for offset in (-2, -1, 0, 1, 2):
            day = change + timedelta(days=offset)
            assert [written for written in spellings(day) if read_date(written).value != day] == []


@given(st.text(max_size=12))
def test_any_text_gives_a_reading(text: str) -> None:
    for read in (read_date, read_month, read_fiscal_year):
        reading = read(text)
        assert reading.value is None or reading.rule is None


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("令和6年4月", (2024, 4)),
        ("令和６年４月分", (2024, 4)),
        ("令和6年4月度", (2024, 4)),
        ("R6.4", (2024, 4)),
        ("R6/04", (2024, 4)),
        ("R0604", (2024, 4)),
        ("令6.4", (2024, 4)),
        ("2024年4月", (2024, 4)),
        ("2024-04", (2024, 4)),
        ("2024/4", (2024, 4)),
        ("2024.04", (2024, 4)),
        ("2024.10", (2024, 10)),
        ("2024.2", (2024, 2)),
        ("202404", (2024, 4)),
        ("202404.0", (2024, 4)),
        ("2024年（令和6年）4月", (2024, 4)),
        ("令和六年四月", (2024, 4)),
        ("令和6年度4月", (2024, 4)),
        ("令和6年度1月", (2025, 1)),
        ("R6年度 3月分", (2025, 3)),
        ("2024年度12月", (2024, 12)),
        ("平成31年度1月", (2020, 1)),
        ("令和元年度4月", (2019, 4)),
        ("令和元年5月", (2019, 5)),
        ("平成31年4月", (2019, 4)),
        ("昭和64年1月", (1989, 1)),
        ("平成元年1月", (1989, 1)),
        ("令和6年6月24日", (2024, 6)),
        ("2024-04-01 00:00:00", (2024, 4)),
        ("45383", (2024, 4)),
    ],
)
def test_a_month_is_read(written: str, month: tuple[int, int]) -> None:
    assert read_month(written) == Reading(month)


@pytest.mark.parametrize(
    ("written", "notice"), [("平成31年5月", "date_after_era_end"), ("令和元年4月", "date_before_era_start")]
)
def test_a_month_of_2019_under_the_other_era_is_taken_with_a_notice(written: str, notice: str) -> None:
    assert read_month(written).notice == notice


@pytest.mark.parametrize("written", ["", "-", "不明"])
def test_a_blank_month_is_no_problem(written: str) -> None:
    assert read_month(written) == Reading(None)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("4月", "month_no_year"),
        ("6.4", "month_no_year"),
        ("6/24", "month_no_year"),
        ("2024.1", "month_ambiguous"),
        ("24/6/24", "month_ambiguous"),
        ("2024-13", "month_impossible"),
        ("令和6年0月", "month_impossible"),
        ("2024-02-30", "month_impossible"),
        ("昭和64年2月", "date_era_end"),
        ("昭和64年1月8日", "date_era_end"),
        ("2024", "month_unreadable"),
        ("令和6年度", "month_unreadable"),
        ("第1四半期", "month_unreadable"),
        ("未定", "month_unreadable"),
    ],
)
def test_what_is_no_month_says_which_rule_it_breaks(written: str, rule: str) -> None:
    assert read_month(written) == Reading(None, rule=rule)


@pytest.mark.parametrize(
    ("written", "fiscal_year"),
    [
        ("令和6年度", 2024),
        ("令和６年度", 2024),
        ("令和六年度", 2024),
        ("R6年度", 2024),
        ("R6", 2024),
        ("R06", 2024),
        ("令6", 2024),
        ("令和6年度分", 2024),
        ("2024年度", 2024),
        ("2024", 2024),
        ("2024.0", 2024),
        ("FY2024", 2024),
        ("2024年度（令和6年度）", 2024),
        ("2024（令和6）年度", 2024),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("平成元年度", 1989),
        ("昭和63年度", 1988),
    ],
)
def test_a_fiscal_year_is_read(written: str, fiscal_year: int) -> None:
    assert read_fiscal_year(written) == Reading(fiscal_year)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("6年度", "fiscal_year_no_era"),
        ("24", "fiscal_year_unreadable"),
        ("令和6年4月", "fiscal_year_unreadable"),
        ("今年度", "fiscal_year_unreadable"),
        ("平成32年度", "fiscal_year_impossible"),
        ("昭和64年度", "fiscal_year_impossible"),
        ("令和0年度", "fiscal_year_impossible"),
        ("1899", "fiscal_year_impossible"),
        ("令和6年度(2023年度)", "fiscal_year_impossible"),
    ],
)
def test_what_is_no_fiscal_year_says_which_rule_it_breaks(written: str, rule: str) -> None:
    assert read_fiscal_year(written) == Reading(None, rule=rule)
