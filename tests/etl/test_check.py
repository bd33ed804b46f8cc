"""One file from end to end: what real files look like, what is refused, what is set aside."""

import io
from datetime import date

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def said(checked):
    return [(problem.rule, problem.row) for problem in checked.problems]


def accepted(checked):
    assert not checked.refused, [problem.message for problem in checked.problems]
    return checked.table.to_pylist()


def refused(checked):
    assert checked.refused
    assert checked.table is None
    assert checked.coverage == ()
    return checked.problems[0]


# ---- files as they come


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_every_encoding_and_separator_gives_the_same_rows(check, csv_of, referral, encoding, separator):
    data = csv_of(referral("A-1"), referral("A-2", 結果="㈱髙﨑①"), encoding=encoding, separator=separator)
    checked = check(data)
    assert [row["referral_id"] for row in accepted(checked)] == ["A-1"]
    assert said(checked) == [("choice_unknown", 2)]


def test_a_row_comes_out_typed_and_coded(check, csv_of, referral):
    [row] = accepted(check(csv_of(referral("A-1", プラン作成日="-"), encoding="cp932")))
    assert row["area_code"] == "072010"
    assert row["caught_date"] == date(2024, 6, 24)
    assert (row["recommended"], row["consent"], row["result"]) == (True, "given", "ongoing")
    assert (row["plan_date"], row["sex"], row["legal_basis"]) == (None, None, None)
    assert row["from_department"] == "生活福祉課"


@pytest.mark.parametrize("codes", [("72010", "72036"), ("7201", "7203"), ("07201", "07203")])
def test_codes_that_lost_their_zero_are_those_of_fukushima(check, csv_of, referral, codes):
    rows = [referral(f"A-{n}", 団体コード=codes[n % 2], 市区町村="", 把握日="R6.6.24") for n in range(20)]
    for prefecture in ("07", None):
        checked = check(csv_of(*rows, encoding="cp932"), prefecture=prefecture)
        if checked.problems and checked.problems[0].rule == "code_ambiguous":
            assert prefecture is None  # only then may the file ask back
            continue
        assert {row["area_code"] for row in accepted(checked)} == {"072010", "072036"}
        assert checked.quarantined == ()


def test_a_workbook_with_three_title_rows_is_read(check, xlsx_of, referral):
    row = referral("A-1", 市区町村="", 団体コード="", 把握日=date(2024, 6, 24), つなぎ日=45469)
    head = [["相互紹介記録"], ["福島市　生活福祉課"], ["令和6年6月分"], list(row)]
    checked = check(xlsx_of({"記録": [*head, list(row.values())]}), "報告.xlsx")
    [found] = accepted(checked)
    assert (found["area_code"], found["caught_date"], found["handover_date"]) == (
        "072010", date(2024, 6, 24), date(2024, 6, 26),
    )  # fmt: skip


def test_merged_headings_of_two_rows_are_read(check, xlsx_of):
    def merge(book):
        book["記録"].merge_cells("C1:D1")

    rows = [["紹介", "把握", "紹介先", None], ["番号", "日", "機関", "備考"], ["A-1", "R6.6.24", "社協", ""]]
    checked = check(xlsx_of({"記録": rows}, merge), "x.xlsx", municipality="072010")
    assert accepted(checked)[0]["to_agency"] == "社協"


def test_an_old_workbook_is_read(check, referral):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("記録")
    style = xlwt.easyxf(num_format_str="YYYY/M/D")
    row = referral("A-1", 団体コード=72010.0, つなぎ日="", 初回相談日=date(2024, 7, 1))
    for column, (heading, cell) in enumerate(row.items()):
        sheet.write(0, column, heading)
        sheet.write(1, column, cell, *([style] if isinstance(cell, date) else []))
    held = io.BytesIO()
    book.save(held)
    [found] = accepted(check(held.getvalue(), "報告.xls"))
    assert (found["area_code"], found["contact_date"]) == ("072010", date(2024, 7, 1))


def test_a_sheet_a_month_makes_one_file(check, xlsx_of):
    head = ["紹介番号", "把握日"]
    sheets = {
        "R6.4": [["福島市"], head, ["A-1", "R6.4.10"]],
        "R6.5": [["福島市"], head],
        "R6.6": [["福島市"], head, ["A-2", "R6.6.10"], ["合計", None]],
    }
    checked = check(xlsx_of(sheets), "x.xlsx")
    assert [row["row_number"] for row in accepted(checked)] == [1, 2]
    assert [(c.period, c.row_count) for c in checked.coverage] == [("2024-04", 1), ("2024-05", 0), ("2024-06", 1)]


def test_totals_notes_and_blank_rows_are_passed_over(check, csv_of, referral):
    checked = check(csv_of(referral("A-1"), referral("A-2"), below=["", "合計,2件", "※ 口頭を含む"]))
    assert len(accepted(checked)) == 2
    assert checked.rows_in_file == 2
    assert said(checked) == [("rows_skipped", None)]


def test_a_header_without_rows_is_a_report_of_none(check, csv_of, referral):
    checked = check(csv_of(above=["福島市,令和6年5月分"], headings=list(referral())))
    assert accepted(checked) == []
    assert [(c.area_code, c.period, c.row_count) for c in checked.coverage] == [("072010", "2024-05", 0)]
    assert checked.problems == ()


def test_a_report_of_none_without_a_month_is_taken_with_a_word(check, csv_of, referral):
    checked = check(csv_of(headings=list(referral())))
    assert not checked.refused
    assert said(checked) == [("nil_without_period", None)]


def test_what_is_not_sent_is_null_and_no_reason_to_refuse(check, csv_of):
    [row] = accepted(check(csv_of({"紹介番号": "A-1", "把握日": "R6.6.24", "市区町村": "福島市"})))
    assert {name for name, value in row.items() if value is not None} == {
        "row_number", "referral_id", "area_code", "caught_date",
    }  # fmt: skip


def test_a_meeting_without_a_number_is_known_by_body_and_day(check, csv_of, meeting):
    rows = [meeting(参加機関=name) for name in ("社協", "保健所")]
    for row in rows:
        del row["会議番号"]
    checked = check(csv_of(*rows))
    assert {row["meeting_id"] for row in accepted(checked)} == {"support_meeting/2024-06-24"}


def test_one_workbook_is_one_return_and_the_other_sheet_is_told(check, xlsx_of, referral, meeting):
    sheets = {
        "紹介": [list(referral()), list(referral().values())],
        "会議": [list(meeting()), list(meeting().values())],
        "表紙": [["福島市生活福祉課"], ["電話", "024-535-1111"]],
    }
    checked = check(xlsx_of(sheets), "x.xlsx")
    assert len(accepted(checked)) == 1
    assert {(p.rule, p.sheet) for p in checked.problems} == {("sheet_other_return", "会議"), ("sheet_skipped", "表紙")}


def test_extra_columns_are_dropped_with_a_word(check, csv_of, referral):
    checked = check(csv_of(referral("A-1", 備考="特になし")))
    assert "備考" not in accepted(checked)[0]
    assert [(p.rule, p.column) for p in checked.problems] == [("column_dropped", "備考")]


def test_an_unknown_organisation_is_told_once(check, csv_of, referral):
    checked = check(csv_of(*[referral(f"A-{n}", 紹介先機関="まちの縁側の会") for n in range(3)]))
    assert [(p.rule, p.value) for p in checked.problems] == [("organisation_unknown", "まちの縁側の会")]


# ---- rows set aside


def test_a_wrong_row_is_set_aside_and_the_rest_is_kept(check, csv_of, referral):
    rows = [referral("A-1"), referral("A-2", 把握日="R6.2.30"), referral("A-3")]
    checked = check(csv_of(*rows))
    assert [row["referral_id"] for row in accepted(checked)] == ["A-1", "A-3"]
    assert [row["row_number"] for row in accepted(checked)] == [1, 3]
    assert (checked.rows_in_file, checked.quarantined) == (3, (2,))


def test_a_month_with_a_row_set_aside_is_partly_sent(check, csv_of, referral):
    checked = check(csv_of(referral("A-1"), referral("A-2", 結果="?")))
    assert [(c.period, c.row_count, c.quarantined_count) for c in checked.coverage] == [("2024-06", 1, 1)]


def test_the_same_number_twice_keeps_the_first(check, csv_of, referral):
    rows = [referral("A-1"), referral("Ａ-1", 結果="終結"), referral("A-1", 団体コード="072036", 市区町村="郡山市")]
    checked = check(csv_of(*rows))
    assert checked.quarantined == (2,)
    assert said(checked) == [("duplicate_in_file", 2)]


def test_the_number_of_a_row_set_aside_may_be_used_again(check, csv_of, referral):
    assert check(csv_of(referral("A-1", 把握日="?"), referral("A-1"))).quarantined == (1,)


def test_a_recommendation_of_the_future_is_set_aside(check, csv_of, referral):
    checked = check(csv_of(referral("A-1"), referral("A-2", 利用勧奨="R7.4.11")))
    assert said(checked) == [("date_future", 2)]


def test_only_the_first_problems_are_told_but_every_row_is_set_aside(check, csv_of, referral):
    rows = [referral(f"A-{n}", 把握日="?" if n else "R6.6.24") for n in range(2_502)]
    checked = check(csv_of(*rows))
    assert len(checked.quarantined) == 2_501
    assert checked.problems[0].rule == "problems_cut"
    assert len(checked.problems) == 2_001


# ---- refused whole


def test_a_file_of_another_prefecture_is_refused(check, csv_of, referral):
    data = csv_of(referral("A-1", 団体コード="131016", 市区町村="千代田区"))
    assert refused(check(data, prefecture="07")).rule == "other_prefecture_file"


def test_a_file_that_does_not_say_whose_it_is_is_refused(check, csv_of):
    assert refused(check(csv_of({"紹介番号": "A-1", "把握日": "R6.6.24"}))).rule == "municipality_missing"


def test_a_file_without_a_required_column_is_refused_naming_it(check, csv_of):
    problem = refused(check(csv_of({"紹介番号": "A-1", "市区町村": "福島市", "結果": "終結"})))
    assert (problem.rule, problem.column) == ("required_column_missing", "把握日")


def test_a_file_without_a_header_is_refused(check):
    assert refused(check(b"1,2,3\n4,5,6\n")).rule == "header_missing"


def test_a_file_without_one_good_row_is_refused(check, csv_of, referral):
    checked = check(csv_of(referral("A-1", 把握日="?"), referral("A-2", 把握日="?")))
    assert refused(checked).rule == "no_good_row"
    assert (checked.rows_in_file, len(checked.quarantined)) == (2, 2)


# ---- whatever comes


WORDS = ["", "A-1", "R6.6.24", "072010", "福島市", "有", "=1+1", "山田様", "?", "3", "合計", "※", "髙", "x" * 70]
CELLS = st.sampled_from([*WORDS, '"', "\n", "\x1b"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=12, max_size=14), max_size=12), st.sampled_from(["utf-8", "cp932", "utf-16"]))
def test_no_rows_ever_raise_and_every_row_is_accounted_for(check, csv_of, referral, rows, encoding):
    data = csv_of(*[dict(enumerate(row)) for row in rows], headings=list(referral()), encoding=encoding)
    checked = check(data)
    taken = checked.table.num_rows if checked.table is not None else 0
    if not checked.refused:
        assert taken + len(checked.quarantined) == checked.rows_in_file
    assert sum(problem.level == "row" for problem in checked.problems) >= len(checked.quarantined)
    for problem in checked.problems:
        assert problem.message
        assert "山田" not in problem.message


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=12, max_size=12), max_size=8))
def test_a_csv_and_a_workbook_of_the_same_cells_are_judged_alike(check, csv_of, referral, rows):
    rows = [row for row in rows if not {"\x1b", '"', "\n"} & set(row)]
    of_csv = check(csv_of(*[dict(enumerate(row)) for row in rows], headings=list(referral())))
    book = openpyxl.Workbook()
    book.active.append(list(referral()))
    for row in rows:
        book.active.append([None] * 12)
        for column, cell in enumerate(row, 1):
            held = book.active.cell(book.active.max_row, column)
            held.value, held.data_type = cell, "s"  # openpyxl takes a leading = for a formula
    kept = io.BytesIO()
    book.save(kept)
    of_xlsx = check(kept.getvalue(), "報告.xlsx")
    assert [problem.rule for problem in of_csv.problems if problem.rule != "rows_skipped"] == [
        problem.rule for problem in of_xlsx.problems if problem.rule != "rows_skipped"
    ]
    assert of_csv.coverage == of_xlsx.coverage
