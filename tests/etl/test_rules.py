"""Every rule of rules.toml can be provoked, and says in Japanese where, what and what to do."""

import io
import re
import zipfile
from itertools import count

import pytest

from etl.problems import Problem, all_rules, shorten

HEAD = "紹介番号,市区町村,把握日,つなぎ日,利用勧奨,本人同意,紹介先機関,備考\n"
GOOD = "A-0,福島市,R6.6.1,,,,,\n"
numbers = count(1)


def referral(place="福島市", caught="R6.6.1", handed="", told="", consent="", agency="", remarks="", number=None):
    name = f"B-{next(numbers)}" if number is None else number
    return (HEAD + GOOD + ",".join([name, place, caught, handed, told, consent, agency, remarks]) + "\n").encode()


def coded(code, name=""):
    return f"紹介番号,団体コード,市区町村,把握日\nA-0,072010,福島市,R6.6.1\nA-1,{code},{name},R6.6.1\n".encode()


def meeting(cases):
    head = "市区町村,会議体,開催日,参加機関,検討ケース数\n"
    return f"{head}福島市,支援会議,R6.6.1,社協,1\n福島市,支援会議,R6.6.1,県,{cases}\n".encode()


def consultation(month="R6.4", new="9", both=""):
    head = "市区町村,年月,側,新規相談,うち相手側の課題あり\n福島市,R6.4,孤独・孤立,3,1\n"
    return (head + f"福島市,{month},困窮,{new},{both}\n").encode()


def practice(year="R6年度", platform="有", since=""):
    head = "市区町村,年度,PF設置,PF設置日\n会津若松市,R6年度,有,R5.4.1\n"
    return (head + f"福島市,{year},{platform},{since}\n").encode()


def zipped(*parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for part in parts:
            package.writestr(part, b"")
    return held.getvalue()


# rule -> bytes of a file that breaks it; (bytes, name) when the name matters
PROVOKED: dict[str, bytes | tuple[bytes, str]] = {
    "file_empty": b"",
    "content_unlike_ending": (b"%PDF-1.7", "報告.csv"),
    "file_type_unknown": (b"a", "報告.docx"),
    "file_unreadable": (b"PK\x03\x04", "報告.xlsx"),
    "encoding_unknown": b"\x81\x20\x85\xff",
    "encoding_mixed": "紹介番号\n".encode("cp932") + "会津若松市\n".encode(),
    "nul_bytes": b"a\x00b",
    "quote_unclosed": (HEAD + 'A-1,"福島市,R6.6.1,,,,,\n' + GOOD * 3).encode(),
    "too_many_columns": b"," * 1_001 + b"a\n",
    "header_missing": b"a,b\n1,2\n",
    "required_column_missing": "紹介番号,市区町村\nA,福島市\n".encode(),
    "municipality_missing": "紹介番号,把握日\nA,R6.6.1\n".encode(),
    "code_ambiguous": "紹介番号,団体コード,把握日\nA,12203,R6.6.1\n".encode(),
    "file_locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "報告.xlsx"),
    "file_embedded": (zipped("xl/embeddings/a.xlsx"), "報告.xlsx"),
    "workbook_too_large": (zipped(*(f"xl/media/{n}" for n in range(5_000))), "報告.xlsx"),
    "personal_column": "紹介番号,市区町村,把握日,氏名\nA,福島市,R6.6.1,\n".encode(),
    "personal_value": referral(remarks="090-1234-5678"),
    "other_prefecture_file": "紹介番号,市区町村,把握日\nA,千代田区,R6.6.1\n".encode(),
    "no_good_row": "紹介番号,市区町村,把握日\nA,福島市,?\n".encode(),
    "required_empty": referral(number=""),
    "date_unreadable": referral(caught="来月"),
    "date_impossible": referral(caught="R6.2.30"),
    "date_era_end": referral(caught="昭和70年1月1日"),
    "date_ambiguous": referral(caught="6/7/8"),
    "date_no_year": referral(caught="6月1日"),
    "date_no_day": referral(caught="R6.6"),
    "date_future": referral(caught="R9.6.1"),
    "date_order": referral(handed="R6.5.1"),
    "municipality_unknown": referral(place="福嶋市"),
    "code_check_digit": coded("072011"),
    "municipality_ambiguous": referral(place="府中市"),
    "municipality_contradiction": coded("072036", "福島市"),
    "other_prefecture": referral(place="千代田区"),
    "duplicate_in_file": referral(number="A-0"),
    "cell_error": referral(agency="#N/A"),
    "formula": referral(remarks="=1+1"),
    "cell_too_long": referral(remarks="長" * 32_768),
    "choice_unknown": referral(consent="たぶん"),
    "flag_unknown": referral(told="たぶん"),
    "count_unreadable": meeting("多数"),
    "count_negative": meeting("-1"),
    "count_fractional": meeting("1.5"),
    "id_unreadable": referral(number="x" * 65),
    "month_unreadable": consultation(month="いつか"),
    "month_impossible": consultation(month="R6.13"),
    "month_ambiguous": consultation(month="2024.1"),
    "month_no_year": consultation(month="4月"),
    "fiscal_year_unreadable": practice(year="来年度"),
    "fiscal_year_impossible": practice(year="令和0年度"),
    "fiscal_year_no_era": practice(year="6年度"),
    "period_future": consultation(month="R7.5"),
    "part_exceeds_whole": consultation(both="10"),
    "answer_contradiction": practice(platform="無", since="R5.4.1"),
    "nothing_entered": "事例番号,市区町村,事例名,会議体の形\n".encode(),
    "date_after_era_end": referral(caught="平成31年6月1日"),
    "date_before_era_start": referral(caught="令和元年4月1日"),
    "date_weekday_differs": referral(caught="令和6年6月1日(金)"),
    "date_year_from_above": (HEAD + GOOD + "".join(f"D-{n},福島市,6/{n},,,,,\n" for n in (2, 3))).encode(),
    "ditto_from_above": referral(place="〃"),
    "id_zero_differs": (HEAD + "0012,福島市,R6.6.1,,,,,\n12,福島市,R6.6.1,,,,,\n").encode(),
    "municipality_part": referral(place="福島市生活福祉課"),
    "date_word_as_blank": referral(handed="未定"),
    "flag_mark_as_blank": referral(told="不明"),
    "column_dropped": referral(),
    "column_twice": "紹介番号,市区町村,把握日,受付日\nA,福島市,R6.6.1,\n".encode(),
    "organisation_unknown": referral(agency="まちの縁側の会"),
    "nil_without_period": HEAD.encode(),
    "rows_skipped": (HEAD + GOOD + "合計,1,,,,,,\n").encode(),
    "problems_cut": (HEAD + GOOD + "".join(f"C-{n},福島市,?,,,,,\n" for n in range(2_001))).encode(),
    "cells_beyond": (HEAD + GOOD.rstrip() + ",はみ出し\n").encode(),
}
# Rules that need more than one text file; each has a test of its own below or in test_load.
ELSEWHERE = {
    "file_too_large",
    "same_file",
    "duplicate_in_database",
    "sheet_skipped",
    "sheet_other_return",
    "code_other_style",
}


def found(checked, rule):
    return [problem for problem in checked.problems if problem.rule == rule]


def assert_complete(problem: Problem):
    message, rule = problem.message, all_rules()[problem.rule]
    assert message.startswith(problem.file)
    assert not re.search(r"[{}]", message.replace(problem.value, ""))
    assert re.search(r"[ぁ-んァ-ヴ一-龠]{3}", message)
    assert message.endswith("。") or problem.rule == "choice_unknown"
    assert len(rule.action) >= 8
    assert "「」" not in message
    assert "（）" not in message
    if rule.level == "row":
        assert f"データの{problem.row}行目" in message
        assert f"{problem.line}行目" in message
        assert f"「{problem.column}」列" in message


@pytest.mark.parametrize("rule", sorted(set(all_rules()) - ELSEWHERE))
def test_the_rule_can_be_provoked_and_its_message_is_complete(check, rule):
    assert rule in PROVOKED, f"no example of {rule}"
    given = PROVOKED[rule]
    data, name = given if isinstance(given, tuple) else (given, "報告.csv")
    prefecture = None if rule in ("code_ambiguous", "municipality_ambiguous") else "07"
    checked = check(data, name, prefecture=prefecture)
    problems = found(checked, rule)
    assert problems, [problem.rule for problem in checked.problems]
    for problem in problems[:3]:
        assert_complete(problem)
    assert checked.refused == (all_rules()[rule].level == "file")
    if all_rules()[rule].level == "row":
        assert len(checked.quarantined) >= 1
        assert checked.table.num_rows >= 1


def test_a_file_beyond_all_measure_is_refused(check, monkeypatch):
    monkeypatch.setattr("etl.read.LARGEST_FILE", 10)
    [problem] = check(b"a,b,c,d,e,f,g\n").problems
    assert problem.rule == "file_too_large"
    assert_complete(problem)


def test_a_code_of_another_style_is_told(check):
    checked = check(
        "紹介番号,団体コード,市区町村,把握日\nA,07201,,R6.6.1\nB,07203,,R6.6.1\nC,072028,,R6.6.1\n".encode()
    )
    assert not checked.refused
    assert len(checked.quarantined) == 0
    for problem in found(checked, "code_other_style"):
        assert_complete(problem)
    assert len(found(checked, "code_other_style")) == 1


def test_sheets_left_out_are_told(check, xlsx_of, referral, meeting):
    sheets = {
        "紹介": [list(referral()), list(referral().values())],
        "会議": [list(meeting()), list(meeting().values())],
        "表紙": [["送付書"]],
    }
    checked = check(xlsx_of(sheets), "x.xlsx")
    for rule in ("sheet_skipped", "sheet_other_return"):
        [problem] = found(checked, rule)
        assert_complete(problem)


def test_rules_have_a_level_and_no_words_left_open():
    for rule in all_rules().values():
        assert rule.level in ("file", "row", "notice")
        assert set(re.findall(r"{(\w+)}", rule.message + rule.action)) <= {"column", "value", "detail"}
        if rule.id.startswith("personal"):
            assert "{value}" not in rule.message + rule.action
            assert "{column}" not in rule.message + rule.action


def test_every_rule_that_the_spellings_give_is_declared():
    """A reader of one spelling names its rule; a name without words would end in a KeyError before a user."""
    import ast
    from pathlib import Path

    folder = Path(__file__).parents[2] / "etl"
    read_only_for_titles = re.compile(r"(month|fiscal_year)_")
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.keyword)
                and node.arg in ("rule", "notice")
                and isinstance(node.value, ast.Constant)
            ):
                rule = node.value.value
                assert rule is None or rule in all_rules() or read_only_for_titles.match(rule), (path.name, rule)


def test_a_value_is_quoted_on_one_line_and_not_at_length():
    assert shorten("一行目\n二行目") == "一行目 二行目"
    assert shorten("あ" * 100) == "あ" * 39 + "…"
    problem = Problem(
        "報告.csv", "choice_unknown", row=1, line=2, column="結果", value="{column}" + "あ" * 60, detail="有"
    )
    assert "{column}" in problem.message


def test_a_row_without_a_line_is_still_named():
    assert Problem("f.csv", "formula", row=3, column="備考").place == "f.csv データの3行目・「備考」列："
    assert (
        Problem("f.xlsx", "formula", sheet="6月", row=3, line=5).place == "f.xlsx シート「6月」5行目（データの3行目）："
    )
    assert Problem("f.csv", "file_empty").place == "f.csv："
