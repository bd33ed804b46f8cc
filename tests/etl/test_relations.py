"""Rules between fields: parts and wholes, a 無 and what hangs on it, months and years to come."""

import pytest

BOTH, OUTREACH = "うち相手側の課題あり", "うちアウトリーチ"
HEAD = "市区町村,年月,側,新規相談,うち相手側の課題あり,うちアウトリーチ\n"


def broken(checked):
    return [(problem.rule, problem.row, problem.column) for problem in checked.problems if problem.level == "row"]


@pytest.mark.parametrize(
    ("new", "both", "outreach", "rules"),
    [
        ("10", "10", "0", []),
        ("10", "11", "0", [("part_exceeds_whole", 1, BOTH)]),
        (
            "10",
            "11",
            "12",
            [("part_exceeds_whole", 1, BOTH), ("part_exceeds_whole", 1, OUTREACH)],
        ),
        ("0", "1", "", [("part_exceeds_whole", 1, BOTH)]),
        ("x", "3", "…", []),
        ("", "3", "-", []),
        ("3", "x", "", []),
        ("１０", "十一", "", [("part_exceeds_whole", 1, BOTH)]),
    ],
)
def test_a_part_is_held_against_its_whole_only_where_both_are_numbers(check, new, both, outreach, rules):
    row = f"福島市,R6.4,孤独・孤立,{new},{both},{outreach}\n"
    good = "福島市,R6.4,困窮,1,1,1\n"
    assert broken(check((HEAD + row + good).encode())) == rules


def test_the_message_names_the_whole_by_the_municipalitys_own_heading(check):
    text = "市区町村,年月,側,相談件数,アウトリーチ件数\n福島市,R6.4,困窮,2,5\n福島市,R6.5,困窮,2,1\n"
    [problem] = [one for one in check(text.encode()).problems if one.level == "row"]
    assert "「5」が、全体の数である「相談件数」より多く" in problem.message


@pytest.mark.parametrize(
    ("platform", "since", "other", "rules"),
    [
        ("有", "R5.4.1", "有", []),
        ("無", "", "無", []),
        ("無", "R5.4.1", "", [("answer_contradiction", 2, "PF設置日")]),
        ("無", "", "有", [("answer_contradiction", 2, "PF相手側の参画")]),
        ("", "R5.4.1", "有", []),
        ("無", "-", "…", []),
    ],
)
def test_what_hangs_on_a_no_stays_blank(check, platform, since, other, rules):
    head = "市区町村,年度,PF設置,PF設置日,PF相手側の参画\n会津若松市,R6,有,,\n"
    assert broken(check((head + f"福島市,R6,{platform},{since},{other}\n").encode())) == rules


@pytest.mark.parametrize(("month", "taken"), [("R7.4", True), ("R7.5", False), ("R8.1", False), ("R7.3", True)])
def test_the_month_of_receipt_may_be_told_and_none_after_it(check, month, taken):
    checked = check((HEAD + f"福島市,R6.4,困窮,1,,\n福島市,{month},孤独・孤立,1,,\n").encode())
    assert checked.table.num_rows == 1 + taken


@pytest.mark.parametrize(("year", "taken"), [("令和7年度", True), ("令和8年度", False)])
def test_a_fiscal_year_may_be_told_once_it_has_begun(check, year, taken):
    checked = check(f"市区町村,年度,PF設置\n会津若松市,R6,有\n福島市,{year},有\n".encode())
    assert checked.table.num_rows == 1 + taken


def test_one_row_a_month_and_side(check):
    text = HEAD + "福島市,R6.4,困窮,1,,\n福島市,令和6年4月,生活困窮,2,,\n福島市,R6.4,孤独・孤立,3,,\n"
    checked = check(text.encode())
    assert broken(checked) == [("duplicate_in_file", 2, "年月")]
    assert "「2024-04・困窮」は、このファイルの中で2回目" in checked.problems[0].message
