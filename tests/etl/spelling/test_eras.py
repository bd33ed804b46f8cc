from __future__ import annotations

from datetime import date

import pytest

from etl.spelling.eras import fiscal_year_of, format_fiscal_year, format_wareki


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 6, 24), "令和6年6月24日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1912, 7, 29), "明治45年7月29日"),
    ],
)
def test_a_day_is_written_in_its_era(day: date, written: str) -> None:
    assert format_wareki(day) == written


def test_a_day_before_meiji_has_no_era() -> None:
    with pytest.raises(ValueError, match="no era"):
        format_wareki(date(1868, 1, 1))


@pytest.mark.parametrize(
    ("day", "fiscal_year"),
    [
        (date(2024, 4, 1), 2024),
        (date(2025, 3, 31), 2024),
        (date(2024, 12, 31), 2024),
        (date(2025, 1, 1), 2024),
    ],
)
def test_the_fiscal_year_runs_from_april_to_march(day: date, fiscal_year: int) -> None:
    assert fiscal_year_of(day) == fiscal_year


@pytest.mark.parametrize(
    ("fiscal_year", "written"),
    [
        (2024, "令和6年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
    ],
)
def test_a_fiscal_year_is_written_in_the_era_in_official_use(fiscal_year: int, written: str) -> None:
    assert format_fiscal_year(fiscal_year) == written
