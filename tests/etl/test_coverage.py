"""Which months a file reports: zero needs a statement."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.coverage import Covered, covered_months, month_number, period_text, stated_months, stated_year
from etl.recognise import Layout
from etl.sheets import Sheet

RECEIVED = date(2025, 4, 10)


def layout(*titles, sheet="", received=RECEIVED):
    return Layout(Sheet(sheet, (), None), None, 0, {}, (), (), titles)


def months(*titles, sheet="", received=RECEIVED):
    return [period_text(number) for number in stated_months(layout(*titles, sheet=sheet), received)]


@pytest.mark.parametrize(
    ("title", "first", "last", "count"),
    [
        ("令和6年6月分", "2024-06", "2024-06", 1),
        ("相互紹介記録（令和6年6月分）福島市", "2024-06", "2024-06", 1),
        ("R6年6月", "2024-06", "2024-06", 1),
        ("2024年6月分", "2024-06", "2024-06", 1),
        ("令和元年5月", "2019-05", "2019-05", 1),
        ("令和6年4月～令和6年12月", "2024-04", "2024-12", 9),
        ("令和6年4月から9月", "2024-04", "2024-09", 6),
        ("令和6年10月～3月分", "2024-10", "2025-03", 6),
        ("対象期間：令和6年4月〜令和7年3月", "2024-04", "2025-03", 12),
        ("令和6年度1月分", "2025-01", "2025-01", 1),
    ],
)
def test_a_title_states_its_months(title, first, last, count):
    found = months(title)
    assert (found[0], found[-1], len(found)) == (first, last, count)


@pytest.mark.parametrize("title", ["令和6年6月24日現在", "令和7年4月10日提出", "福島市", "令和6年度", "第3回", ""])
def test_other_titles_state_none(title):
    assert months(title) == []


@pytest.mark.parametrize(
    ("sheet", "title", "month"),
    [
        ("R6.5", "", "2024-05"),
        ("2024-05", "", "2024-05"),
        ("令和6年5月", "", "2024-05"),
        ("202405", "", "2024-05"),
        ("5月", "令和6年度", "2024-05"),
        ("1月分", "令和6年度 相互紹介記録", "2025-01"),
    ],
)
def test_the_name_of_a_sheet_states_its_month(sheet, title, month):
    assert months(title, sheet=sheet) == [month]


@pytest.mark.parametrize("sheet", ["Sheet1", "記録", "5月", "13月", "6月24日"])
def test_other_sheet_names_state_none(sheet):
    assert months(sheet=sheet) == []


def test_nothing_is_stated_about_months_after_the_receipt():
    assert months("令和6年4月～令和7年3月", received=date(2024, 6, 10)) == ["2024-04", "2024-05", "2024-06"]
    assert months("令和7年5月分") == []
    year = stated_year(layout("令和6年度"), date(2024, 5, 31))
    assert [period_text(number) for number in year] == ["2024-04", "2024-05"]


def test_a_fiscal_year_is_twelve_months():
    found = [period_text(number) for number in stated_year(layout("福島市　令和6年度"), RECEIVED)]
    assert (found[0], found[-1], len(found)) == ("2024-04", "2025-03", 12)
    assert len(stated_year(layout("福島市"), RECEIVED)) == 0


def covered(rows, stated=()):
    """rows: (area or None, month or None, set aside)"""
    areas = sorted({area for area, _, _ in rows if area})
    return covered_months(
        areas,
        np.array([areas.index(area) if area else -1 for area, _, _ in rows], np.int32),
        np.array([month_number(month) if month else -1 for _, month, _ in rows], np.int64),
        np.array([aside for _, _, aside in rows], bool),
        [(area, range(month_number(first), month_number(last) + 1)) for area, first, last in stated],
    )


def test_months_between_the_first_and_the_last_row_are_zero():
    assert covered([("a", "2024-04", False), ("a", "2024-06", False), ("b", "2024-05", False)]) == [
        Covered("a", "2024-04", 1, 0),
        Covered("a", "2024-05", 0, 0),
        Covered("a", "2024-06", 1, 0),
        Covered("b", "2024-05", 1, 0),
    ]


def test_a_row_set_aside_tells_of_its_own_month_only():
    assert covered([("a", "2024-04", False), ("a", "2014-06", True), ("a", None, True), (None, "2024-05", True)]) == [
        Covered("a", "2014-06", 0, 1),
        Covered("a", "2024-04", 1, 0),
    ]


def test_a_stated_month_without_rows_is_zero():
    assert covered([], [("a", "2024-05", "2024-05")]) == [Covered("a", "2024-05", 0, 0)]
    assert covered([]) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", None]), st.sampled_from([None, "2024-03", "2024-04", "2025-01"]), st.booleans()
        ),
        max_size=30,
    )
)
def test_every_row_with_a_place_and_a_month_is_counted_once(rows):
    found = covered(rows)
    placed = [row for row in rows if row[0] and row[1]]
    assert sum(one.row_count for one in found) == sum(not aside for _, _, aside in placed)
    assert sum(one.quarantined_count for one in found) == sum(aside for _, _, aside in placed)
    assert len({(one.area_code, one.period) for one in found}) == len(found)


@given(st.integers(1926 * 12, 2100 * 12))
def test_month_numbers_and_periods_are_one_thing(number):
    assert month_number(period_text(number)) == number
