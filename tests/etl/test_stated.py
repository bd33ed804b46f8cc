"""What a title or a sheet's name says for rows that leave it open, and which months counts report."""

import pytest

COUNTS = "側,新規相談\n孤独・孤立,3\n困窮,9\n"


def periods(checked):
    return [(one.area_code, one.period, one.row_count) for one in checked.coverage]


def test_the_month_may_stand_in_the_title_only(check):
    checked = check(f"月次相談件数（令和6年4月分）\n福島市\n{COUNTS}".encode())
    assert checked.table["month"].to_pylist() == ["2024-04", "2024-04"]
    assert periods(checked) == [("072010", "2024-04", 2)]


def test_a_title_of_several_months_does_not_say_which_row_is_which(check):
    checked = check(f"月次相談件数（令和6年4月～6月）\n福島市\n{COUNTS}".encode())
    assert [problem.rule for problem in checked.problems] == ["required_column_missing"]


def test_each_sheet_says_its_own_month(check, xlsx_of):
    rows = [["福島市"], ["側", "新規相談"], ["孤独・孤立", 3], ["困窮", 9]]
    checked = check(xlsx_of({"R6.4": rows, "R6.5": rows}), "月次.xlsx")
    assert checked.table["month"].to_pylist() == ["2024-04", "2024-04", "2024-05", "2024-05"]


def test_blank_cells_are_answered_by_the_title_and_filled_ones_stay(check):
    checked = check("福島市　令和6年4月分\n年月,側,新規相談\n,困窮,9\nR6.5,困窮,8\n".encode())
    assert checked.table["month"].to_pylist() == ["2024-04", "2024-05"]


def test_a_month_that_excel_made_a_date_is_an_answer_to_its_label(check):
    checked = check(f"対象の年月,2024-04-01\n福島市\n{COUNTS}".encode())
    assert checked.table["month"].to_pylist() == ["2024-04", "2024-04"]


def test_the_year_may_stand_in_the_title_only(check):
    checked = check("年次連携状況（令和6年度）\n市区町村,PF設置,連絡調整担当\n福島市,有,無\n".encode())
    assert checked.table["fiscal_year"].to_pylist() == [2024]


def test_a_yearly_row_reports_the_twelve_months_of_its_year(check):
    checked = check("市区町村,年度,PF設置\n福島市,R6,有\n".encode())
    months = [f"2024-{month:02d}" for month in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]
    assert periods(checked) == [("072010", month, 1) for month in months]


def test_a_year_between_two_others_is_not_sent(check):
    checked = check("市区町村,年度,PF設置\n福島市,R4,有\n福島市,R6,有\n".encode())
    assert {period[:4] for _, period, _ in periods(checked)} == {"2022", "2023", "2024", "2025"}
    assert len(checked.coverage) == 24
    assert "2023-04" not in {period for _, period, _ in periods(checked)}


def test_a_month_between_two_others_has_no_counts_of_zero(check):
    text = "福島市　令和6年4月～令和6年9月\n年月,側,新規相談\nR6.4,困窮,9\nR6.6,困窮,8\n"
    assert periods(check(text.encode())) == [("072010", "2024-04", 1), ("072010", "2024-06", 1)]


def test_in_a_register_of_cases_it_has(check):
    text = "紹介番号,市区町村,把握日\nA,福島市,R6.4.1\nB,福島市,R6.6.1\n"
    assert [period for _, period, _ in periods(check(text.encode()))] == ["2024-04", "2024-05", "2024-06"]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("福島市　令和6年5月分\n年月,側,新規相談\n", ["2024-05"]),
        ("福島市　令和6年4月～6月\n年月,側,新規相談\n", ["2024-04", "2024-05", "2024-06"]),
        ("福島市　令和6年度\n年度,PF設置,連絡調整担当\n", 12),
    ],
)
def test_a_form_without_rows_reports_what_its_title_states(check, text, months):
    checked = check(text.encode())
    assert not checked.refused
    told = [one.period for one in checked.coverage]
    assert (len(told) if isinstance(months, int) else told) == months
    assert {one.row_count for one in checked.coverage} == {0}


def test_case_studies_report_no_month_and_a_form_without_any_says_so(check):
    checked = check("市区町村,事例名,成果\n福島市,居場所,令和6年4月から12か所\n".encode())
    assert (checked.table.num_rows, checked.coverage) == (1, ())
    assert [one.rule for one in check("市区町村,事例名,成果\n".encode()).problems] == ["nothing_entered"]


def test_the_rows_of_totals_go_whatever_stands_in_the_month(check):
    text = "市区町村,年月,側,新規相談\n福島市,2024-04-01,困窮,9\n福島市,2024-04-01,計,9\n福島市,R6.4,合計,9\n"
    assert check(text.encode()).rows_in_file == 1


def test_a_case_that_says_whole_in_a_cell_is_no_total(check):
    assert check("市区町村,事例名,会議体の形\n福島市,居場所,全体\n".encode()).rows_in_file == 1
