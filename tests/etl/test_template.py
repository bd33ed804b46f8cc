"""The entry template: what it offers in Excel, and that the production loader takes it as it comes back."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from etl.__main__ import main
from etl.declare import all_returns
from etl.template import ENTRY_SHEET, HEADER_ROW, template_name, write_template

RETURNS = tuple(all_returns())
FIRST = HEADER_ROW + 2  # first line to fill in, as Excel counts


def opened(name):
    return openpyxl.load_workbook(io.BytesIO(write_template(all_returns()[name])))


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def filled(name, *rows, area="", period=None):
    """The template with rows of {field name: cell}."""
    book, fields = opened(name), [field.name for field in all_returns()[name].fields]
    sheet = book[ENTRY_SHEET]
    sheet["B3"], sheet["D3"] = area or None, period
    for line, row in enumerate(rows, FIRST):
        for field, cell in row.items():
            sheet.cell(line, fields.index(field) + 1, cell)
    return saved(book)


@pytest.fixture
def returned(check):
    return lambda name, data: check(data, template_name(all_returns()[name]), prefecture="99")


def rules_of(name):
    """Excel's checks by the heading of their column."""
    sheet = opened(name)[ENTRY_SHEET]
    headings = [cell.value for cell in sheet[HEADER_ROW + 1]]
    return {headings[next(iter(rule.sqref.ranges)).min_col - 1]: rule for rule in sheet.data_validations.dataValidation}


@pytest.mark.parametrize("name", RETURNS)
def test_the_examples_filled_in_are_accepted_row_by_row(returned, name):
    examples = all_returns()[name].examples
    checked = returned(name, filled(name, *examples))
    assert checked.declared.id == name
    assert checked.problems == ()
    assert (checked.table.num_rows, checked.quarantined) == (len(examples), ())


@pytest.mark.parametrize("name", RETURNS)
def test_the_empty_template_says_what_is_missing_and_nothing_else(returned, name):
    checked = returned(name, write_template(all_returns()[name]))
    expected = "nil_without_period" if all_returns()[name].time else "nothing_entered"
    assert not checked.refused
    assert [problem.rule for problem in checked.problems] == [expected]
    assert (checked.rows_in_file, checked.coverage) == (0, ())


@pytest.mark.parametrize("prefecture", ["01", "07", "13", "27", "47", None])
def test_no_word_of_the_template_names_a_municipality(check, prefecture):
    for name in RETURNS:
        checked = check(write_template(all_returns()[name]), "様式.xlsx", prefecture=prefecture)
        assert checked.coverage == ()
        assert not checked.refused


@pytest.mark.parametrize(
    ("name", "period", "months"),
    [
        ("referral", "令和6年5月", ["2024-05"]),
        ("referral", date(2024, 5, 1), ["2024-05"]),
        ("meeting", "令和6年4月～6月", ["2024-04", "2024-05", "2024-06"]),
        ("consultation", date(2024, 5, 1), ["2024-05"]),
        ("practice", "令和6年度", [*[f"2024-{month:02d}" for month in range(4, 13)], "2025-01", "2025-02", "2025-03"]),
    ],
)
def test_with_a_municipality_and_a_period_it_is_a_nil_return(returned, name, period, months):
    checked = returned(name, filled(name, area="夕凪原市", period=period))
    assert checked.problems == ()
    assert [(one.area_code, one.period, one.row_count) for one in checked.coverage] == [
        ("992011", month, 0) for month in months
    ]


def test_what_stands_above_the_table_need_not_stand_in_its_rows(returned):
    rows = [{"side": "困窮", "new_consultations": 9, "both_needs": 3}, {"side": "孤独・孤立", "new_consultations": 2}]
    checked = returned("consultation", filled("consultation", *rows, area="夕凪原市", period="令和6年4月"))
    assert checked.problems == ()
    assert checked.table.select(["area_code", "month", "side", "new_consultations"]).to_pylist() == [
        {"area_code": "992011", "month": "2024-04", "side": "support", "new_consultations": 9},
        {"area_code": "992011", "month": "2024-04", "side": "connection", "new_consultations": 2},
    ]


def test_real_dates_and_numbers_of_excel_are_read(returned):
    row = {
        "referral_id": 12,
        "area_code": "992011",
        "caught_date": date(2024, 6, 24),
        "handover_date": date(2024, 6, 26),
    }
    checked = returned("referral", filled("referral", row))
    assert checked.problems == ()
    taken = checked.table.to_pylist()[0]
    assert (taken["referral_id"], taken["caught_date"], taken["handover_date"]) == (
        "12", date(2024, 6, 24), date(2024, 6, 26),
    )  # fmt: skip


def test_wrong_cells_are_set_aside_where_they_stand(returned):
    good = dict(all_returns()["referral"].examples[0])
    rows = [
        good,
        {**good, "referral_id": "R6-0002", "consent": "たぶん"},
        {**good, "referral_id": "R6-0003", "handover_date": "2024/3/1"},
        {**good, "referral_id": "R6-0004", "caught_date": "来月"},
    ]
    checked = returned("referral", filled("referral", *rows))
    assert checked.quarantined == (2, 3, 4)
    assert [(one.rule, one.sheet, one.line, one.column) for one in checked.problems] == [
        ("choice_unknown", "入力", FIRST + 1, "本人同意"),
        ("date_order", "入力", FIRST + 2, "つなぎ日"),
        ("date_unreadable", "入力", FIRST + 3, "把握日"),
    ]


def test_the_headings_are_those_declared_with_marks_and_notes():
    for name, declared in all_returns().items():
        sheet = opened(name)[ENTRY_SHEET]
        header, marks = sheet[HEADER_ROW + 1], sheet[HEADER_ROW]
        assert [cell.value for cell in header] == [field.heading for field in declared.fields]
        assert [cell.value for cell in marks] == ["必須" if field.required else "任意" for field in declared.fields]
        assert all(cell.comment and len(cell.comment.text) > 5 for cell in header)
        assert sheet.freeze_panes == f"A{FIRST}"


def test_the_sheet_says_its_version_and_what_a_row_is():
    sheet = opened("referral")[ENTRY_SHEET]
    assert sheet["A1"].value == "相互紹介記録（入力様式）"
    assert sheet["A2"].value == "様式：第1版（令和6年4月1日から）　1行に書くもの：紹介1件"


def test_a_choice_is_picked_from_the_first_words_of_its_list():
    book = opened("referral")
    rule = rules_of("referral")["本人同意"]
    assert (rule.type, rule.errorStyle) == ("list", None)
    sheet_name, cells = rule.formula1.replace("'", "").split("!")
    assert [row[0].value for row in book[sheet_name][cells.replace("$", "")]] == ["有", "無", "未確認"]
    for name, declared in all_returns().items():
        listed = rules_of(name)
        assert {field.heading for field in declared.fields if field.type == "choice"} <= {
            heading for heading, one in listed.items() if one.type == "list"
        }


def test_excel_itself_stops_wrong_dates_and_counts_in_japanese():
    rules = rules_of("meeting")
    assert (rules["開催日"].type, rules["開催日"].errorStyle) == ("date", None)
    assert "日付として読めません" in rules["開催日"].error
    assert rules["時間(分)"].type == "custom"
    cell = f"O{FIRST}"
    number = f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),FALSE)"
    assert rules["時間(分)"].formula1 == f'OR({number},{cell}="x",{cell}="-",{cell}="…")'
    assert "0以上の整数" in rules["時間(分)"].error


def test_where_an_answer_may_be_a_day_excel_only_asks():
    rule = rules_of("referral")["利用勧奨"]
    assert (rule.type, rule.formula1, rule.errorStyle) == ("list", '"有,無"', "warning")


def test_codes_and_numbers_keep_their_zeros():
    sheet = opened("referral")[ENTRY_SHEET]
    headings = [cell.value for cell in sheet[HEADER_ROW + 1]]
    formats = {
        heading: sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].number_format
        for number, heading in enumerate(headings, 1)
    }
    assert formats["団体コード"] == formats["紹介番号"] == "@"
    assert formats["把握日"] == "yyyy/m/d"


def test_the_example_is_marked_as_invented_and_the_words_are_explained():
    for name, declared in all_returns().items():
        book = opened(name)
        assert book.sheetnames == ["入力", "記入例", "用語と選択肢"]
        assert book["記入例"]["A1"].value.startswith("【記入例・架空データ】")
        told = [row[0].value for row in book["用語と選択肢"].iter_rows(min_row=2)]
        assert told[: len(declared.fields)] == [field.heading for field in declared.fields]


def test_no_cell_of_the_template_is_a_formula():
    for name in RETURNS:
        for sheet in opened(name):
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("name", RETURNS)
def test_the_same_declaration_gives_the_same_bytes(name):
    assert write_template(all_returns()[name]) == write_template(all_returns()[name])


def test_the_command_writes_the_file(tmp_path, capsys):
    out = tmp_path / "様式.xlsx"
    assert main(["template", "consultation", "--out", str(out)]) == 0
    assert out.read_bytes() == write_template(all_returns()["consultation"])
    assert capsys.readouterr().out == f"月次相談件数の入力様式を書き出しました：{out}\n"


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    assert main(["template", "consultation", "--out", str(tmp_path / "様式.csv")]) == 2
    assert main(["template", "consultation", "--out", str(tmp_path / "nowhere" / "様式.xlsx")]) == 2
    assert capsys.readouterr().err.count("エラー：") == 2
    with pytest.raises(SystemExit) as stopped:
        main(["template", "nothing", "--out", str(tmp_path / "様式.xlsx")])
    assert stopped.value.code == 2
