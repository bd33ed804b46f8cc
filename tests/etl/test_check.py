"""One file from end to end: what real files look like, what is refused, what is set aside."""

import io
from datetime import date

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

NUMBERS = {"マイナンバー": "123456789018", "電話": "090-1234-5678", "メール": "taro@example.jp", "氏名": "山田太郎"}


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

    sheets = {"記録": [["紹介", "把握", "紹介先", None], ["番号", "日", "機関", "備考"], ["A-1", "R6.6.24", "社協", ""]]}
    checked = check(xlsx_of(sheets, merge), "x.xlsx", municipality="072010")
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


PERSONAL_CELLS = [
    ("備考", "本人の携帯は090-1234-5678", "電話番号"),
    ("備考", "０９０‐１２３４‐５６７８", "電話番号"),
    ("備考", "taro@example.jp", "メールアドレス"),
    ("備考", "マイナンバー：1234 5678 9018", "個人番号（マイナンバー）"),
    ("備考", "山田太郎様より", "氏名"),
    ("備考", "氏名：山田太郎", "氏名"),
    ("紹介元部署", "生活福祉課（山田様から）", "氏名"),
    ("結果", "支援中（山田さん）", "氏名"),
    ("把握日", "R6.6.24 山田様", "氏名"),
    ("市区町村", "福島市 山田様", "氏名"),
    ("紹介番号", "山田様-1", "氏名"),
    ("本人同意", "090-1234-5678に確認", "電話番号"),
]


@pytest.mark.parametrize(("heading", "value", "kind"), PERSONAL_CELLS)
def test_personal_information_in_a_cell_refuses_the_file_without_repeating_it(
    check, csv_of, referral, heading, value, kind
):
    rows = [referral("A-1", 備考=""), referral("A-2", 備考="")]
    rows[1][heading] = value
    checked = check(csv_of(*rows))
    problem = refused(checked)
    assert (problem.rule, problem.row, problem.line, problem.column, problem.detail) == (
        "personal_value", 2, 3, heading, kind,
    )  # fmt: skip
    assert len(checked.problems) == 1
    assert value not in problem.message
    assert "山田" not in problem.message
    assert problem.value == ""


@pytest.mark.parametrize(
    "line", ["※ 山田太郎様の件を含む", "合計,山田様", "A-9,R6.6.24,福島市,,,,,,,,,,090-1234-5678", "令和6年度 氏名：山田太郎"]
)
def test_personal_information_around_the_table_refuses_the_file(check, csv_of, referral, line):
    problem = refused(check(csv_of(referral("A-1"), below=[line])))
    assert problem.rule == "personal_value"
    assert "山田" not in problem.message + problem.column
    assert "090" not in problem.message


@pytest.mark.parametrize("line", ["相互紹介記録　山田太郎様", "氏名：山田太郎"])
def test_a_person_in_a_title_refuses_the_file(check, csv_of, referral, line):
    problem = refused(check(csv_of(referral("A-1"), above=[line])))
    assert problem.rule == "personal_value"
    assert "山田" not in problem.message


def test_a_person_in_a_heading_refuses_the_file_without_repeating_it(check, csv_of, referral):
    problem = refused(check(csv_of(referral("A-1", **{"備考（山田太郎様）": ""}))))
    assert problem.rule == "personal_value"
    assert "山田" not in problem.message


@pytest.mark.parametrize("heading", ["氏名", "フリガナ", "生年月日", "電話", "住所", "個人番号", "メール", "相談者氏名"])
def test_a_personal_column_refuses_the_file_even_when_empty(check, csv_of, referral, heading):
    problem = refused(check(csv_of(referral("A-1", **{heading: ""}))))
    assert (problem.rule, problem.column) == ("personal_column", heading)


def test_a_hidden_column_counts(check, xlsx_of, referral):
    def hide(book):
        book["記録"].column_dimensions["M"].hidden = True

    row = referral("A-1", 氏名="山田太郎")
    problem = refused(check(xlsx_of({"記録": [list(row), list(row.values())]}, hide), "x.xlsx"))
    assert (problem.rule, problem.column) == ("personal_column", "氏名")


@pytest.mark.parametrize(
    "hidden",
    [
        [["番号", "氏名"], ["A-1", "山田太郎"]],
        [["氏名"], ["山田太郎"]],
        [["一覧"], [], ["番号", "氏名", "備考"], ["A-1", "山田太郎", ""]],
        [*[["x"]] * 100, ["山田太郎様"]],
    ],
)
def test_a_hidden_sheet_counts(check, xlsx_of, referral, hidden):
    def hide(book):
        book["裏"].sheet_state = "hidden"

    sheets = {"記録": [list(referral()), list(referral().values())], "裏": hidden}
    problem = refused(check(xlsx_of(sheets, hide), "x.xlsx"))
    assert problem.rule in ("personal_column", "personal_value")
    assert "山田" not in problem.message


def test_a_person_as_the_name_of_a_sheet_counts_and_is_not_repeated(check, xlsx_of, referral):
    problem = refused(check(xlsx_of({"山田太郎様": [list(referral()), list(referral().values())]}), "x.xlsx"))
    assert problem.rule == "personal_value"
    assert "山田" not in problem.message


def test_a_comment_counts(check, xlsx_of, referral):
    def note(book):
        book["記録"]["A2"].comment = Comment("山田太郎様", "係")

    problem = refused(check(xlsx_of({"記録": [list(referral()), list(referral().values())]}, note), "x.xlsx"))
    assert problem.rule == "personal_value"
    assert "山田" not in problem.message


def test_a_cover_sheet_may_say_how_to_reach_the_office(check, xlsx_of, referral):
    cover = [["送付書"], ["担当課", "生活福祉課"], ["電話", "024-535-1111"], ["メール", "seikatsu@city.example.jp"]]
    sheets = {"表紙": cover, "記録": [list(referral()), list(referral().values())]}
    assert len(accepted(check(xlsx_of(sheets), "x.xlsx"))) == 1


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("紹介先機関", "福島市社会福祉協議会 024-533-8877"),
        ("紹介元部署", "相談窓口 madoguchi@city.example.jp"),
        ("紹介番号", "123456789018"),
        ("備考", "受付番号123456789018"),
        ("備考", "お客様窓口で把握。皆さんで検討。相談者本人様の希望。"),
        ("備考", "民生委員さんから。様子を見る。氏名は伏せる。"),
    ],
)
def test_what_only_looks_personal_is_taken(check, csv_of, referral, heading, value):
    checked = check(csv_of(referral("A-1", **({"備考": ""} | {heading: value}))))
    assert len(accepted(checked)) == 1


# ---- whatever comes


CELLS = st.sampled_from(
    ["", "A-1", "R6.6.24", "072010", "福島市", "有", "=1+1", "山田様", "?", "3", "合計", "※", '"', "\n", "\x1b", "髙", "x" * 70]
)


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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
