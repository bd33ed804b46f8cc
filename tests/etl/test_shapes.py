"""Tables as they really come: headers of several rows, merged cells, totals, notes, cells that lean on others."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from openpyxl.styles import Font


def rules(checked):
    return [(problem.rule, problem.row) for problem in checked.problems]


def taken(checked, *names):
    assert not checked.refused, [problem.message for problem in checked.problems]
    rows = checked.table.to_pylist()
    return [row[names[0]] if len(names) == 1 else tuple(row[name] for name in names) for row in rows]


D = date


# ---- headers


def test_a_group_merged_over_two_columns_gives_its_name_to_both(check, xlsx_of):
    def merge(book):
        book["記録"].merge_cells("C1:D1")
        book["記録"].merge_cells("A1:A2")
        book["記録"].merge_cells("B1:B2")

    rows = [["紹介番号", "把握日", "紹介先", None], [None, None, "担当", "機関"], ["A-1", "R6.6.24", "一係", "社協"]]
    checked = check(xlsx_of({"記録": rows}, merge), "x.xlsx", municipality="072010")
    assert taken(checked, "referral_id", "to_agency") == [("A-1", "社協")]
    assert ("column_dropped", None) in rules(checked)


def test_a_group_over_blanks_gives_its_name_in_a_csv_too(check):
    data = "紹介番号,把握日,紹介先,\n,,担当,機関\nA-1,R6.6.24,一係,社協\n".encode()
    assert taken(check(data, municipality="072010"), "to_agency") == ["社協"]


def test_three_merged_rows_of_headings_are_read(check, xlsx_of):
    def merge(book):
        for area in ("A1:F1", "B2:C2", "D2:F2", "A2:A3"):
            book["記録"].merge_cells(area)

    rows = [
        ["相互紹介記録（令和6年6月分）", None, None, None, None, None],
        ["紹介番号", "把握", None, "紹介先", None, None],
        [None, "日", "部署", "機関", "つなぎ日", "結果"],
        ["A-1", "R6.6.24", "税務課", "社協", "R6.6.25", "支援中"],
    ]
    checked = check(xlsx_of({"記録": rows}, merge), "x.xlsx", municipality="072010")
    assert taken(checked, "caught_date", "to_agency", "handover_date") == [(D(2024, 6, 24), "社協", D(2024, 6, 25))]


def test_line_breaks_full_width_and_spaces_in_headings_do_not_matter(check, xlsx_of):
    rows = [["紹　介\n番　号", "把握日\r\n（受付日）", "市区\n町村", "Ｎｏｔｅ"], ["A-1", "R6.6.24", "福島市", ""]]
    assert taken(check(xlsx_of({"記録": rows}), "x.xlsx"), "referral_id") == ["A-1"]


def test_a_table_may_begin_right_of_column_a_and_below_row_one(check, xlsx_of):
    rows = [[], [None, None, "福島市"], [], [None, None, "紹介番号", "把握日"], [None, None, "A-1", "R6.6.24"]]
    assert taken(check(xlsx_of({"記録": rows}), "x.xlsx"), "referral_id", "area_code") == [("A-1", "072010")]


def test_a_blank_first_column_does_not_matter_in_a_csv(check):
    assert taken(check(",紹介番号,把握日,市区町村\n,A-1,R6.6.24,福島市\n".encode()), "referral_id") == ["A-1"]


def test_hidden_rows_columns_and_sheets_are_read_like_visible_ones(check, xlsx_of):
    def hide(book):
        book["二"].sheet_state = "hidden"
        book["一"].row_dimensions[3].hidden = True
        book["一"].column_dimensions["C"].hidden = True

    head = ["紹介番号", "把握日", "市区町村"]
    sheets = {
        "一": [head, ["A-1", "R6.6.24", "福島市"], ["A-2", "R6.6.25", "郡山市"]],
        "二": [head, ["A-3", "R6.7.1", "福島市"]],
    }
    assert taken(check(xlsx_of(sheets, hide), "x.xlsx"), "referral_id") == ["A-1", "A-2", "A-3"]


def test_a_hidden_column_with_names_refuses_the_file(check, xlsx_of):
    def hide(book):
        book["一"].column_dimensions["C"].hidden = True

    rows = [["紹介番号", "把握日", "備考"], ["A-1", "R6.6.24", "山田太郎様"]]
    checked = check(xlsx_of({"一": rows}, hide), "x.xlsx", municipality="072010")
    assert checked.problems[0].rule == "personal_value"
    assert "山田" not in checked.problems[0].message


def test_a_heading_kept_by_a_formula_is_read_by_its_last_value(check, xlsx_of):
    # What Excel stores: <f>"紹介"&"番号"</f><v>紹介番号</v>. openpyxl writes no value, so it is put in by hand.
    import io
    import zipfile

    data = xlsx_of({"一": [["見出し", "把握日", "市区町村"], ["A-1", "R6.6.24", "福島市"]]})
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                cell = '<c r="A1" t="str"><f>"紹介"&amp;"番号"</f><v>紹介番号</v></c>'.encode()
                head, _, rest = text.partition(b'<c r="A1"')
                text = head + cell + rest.partition(b"</c>")[2]
            new.writestr(part, text)
    assert taken(check(held.getvalue(), "x.xlsx"), "referral_id") == ["A-1"]


def test_a_header_printed_again_on_each_page_is_passed_over(check, csv_of, referral):
    head = ",".join(referral())
    rows = [",".join(referral(f"A-{n}").values()) for n in range(4)]
    data = "\n".join([head, *rows[:2], head, *rows[2:], head.replace("把握日", " 把握日 ")]).encode()
    assert taken(check(data), "referral_id") == ["A-0", "A-1", "A-2", "A-3"]


def test_both_rows_of_a_header_may_be_printed_again(check):
    head = "紹介番号,把握,,市区町村\n,日,部署,\n"
    data = (head + "A-1,R6.6.24,税務課,福島市\n" + head + "A-2,R6.6.25,税務課,福島市\n").encode()
    assert taken(check(data), "referral_id") == ["A-1", "A-2"]


# ---- dates in pieces


@pytest.mark.parametrize(
    "table",
    [
        "紹介番号,把握日,,\n,年,月,日\nA-1,R6,6,24\nA-2,令和6,7,1\n",
        "紹介番号,把握日,,\n,年,月,日\nA-1,2024,6,24\nA-2,2024年,7月,1日\n",
        "紹介番号,把握日,,\n,年（令和）,月,日\nA-1,6,6,24\nA-2,6,7,1\n",
        "紹介番号,把握日,,\n,令和,月,日\nA-1,6,6,24\nA-2,６,７,１\n",
        "紹介番号,把握日,,,\n,元号,年,月,日\nA-1,令和,6,6,24\nA-2,R,6,7,1\n",
        "紹介番号,把握年,把握月,把握日\nA-1,2024,6,24\nA-2,2024,7,1\n",
        "紹介番号,把握日(年),把握日(月),把握日(日)\nA-1,R6,6,24\nA-2,R6,7,1\n",
        "紹介番号,把握日,,\n,年,月,日\nA-1,R6,6,24\nA-2,,7,1\n",
        "紹介番号,把握日,,\n,年,月,日\nA-1,R6,6,24\nA-2,〃,7,1\n",
        "紹介番号,受付日,,\n,年,月,日\nA-1,R6,6,24\nA-2,R6,7,1\n",
    ],
)
def test_a_date_in_columns_of_year_month_and_day_is_joined(check, table):
    checked = check(table.encode(), municipality="072010")
    assert taken(checked, "caught_date") == [D(2024, 6, 24), D(2024, 7, 1)]
    assert not any(rule in ("column_dropped", "column_twice") for rule, _ in rules(checked))


def test_a_year_without_its_era_in_a_column_of_its_own_is_asked_back(check):
    checked = check("紹介番号,把握日,,\n,年,月,日\nA-1,6,6,24\n".encode(), municipality="072010")
    assert ("date_ambiguous", 1) in rules(checked)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (
            ["令和6年4月1日", "4/8", "5/2", "12月20日", "1/8", "3.31"],
            [D(2024, 4, 1), D(2024, 4, 8), D(2024, 5, 2), D(2024, 12, 20), D(2025, 1, 8), D(2025, 3, 31)],
        ),
        (["R6.4.1", "〃", "同上", "4/8", "〃"], [D(2024, 4, 1)] * 3 + [D(2024, 4, 8)] * 2),
        (["R6.4.1", "6.4.8", "6/5/2", "7.1.10"], [D(2024, 4, 1), D(2024, 4, 8), D(2024, 5, 2), D(2025, 1, 10)]),
        (["令和6年4月1日", "6年4月8日", "6年5月2日"], [D(2024, 4, 1), D(2024, 4, 8), D(2024, 5, 2)]),
        (["2024/4/1", "24/4/8", "4-9"], [D(2024, 4, 1), D(2024, 4, 8), D(2024, 4, 9)]),
        (["令和6年4月20日", "4/8", "4/9"], [D(2024, 4, 20), D(2024, 4, 8), D(2024, 4, 9)]),
        (["令和6年4月1日", "11/2", "1/9"], [D(2024, 4, 1), D(2024, 11, 2), D(2025, 1, 9)]),
        (
            ["2024-04-01", "R6.4.3", "4月5日（金）", "４／８", "4.9"],
            [D(2024, 4, 1), D(2024, 4, 3), D(2024, 4, 5), D(2024, 4, 8), D(2024, 4, 9)],
        ),
        (
            ["平成31年4月20日", "31.4.25", "4/30", "令和元年5月7日", "元.5.8", "5/9"],
            [D(2019, 4, 20), D(2019, 4, 25), D(2019, 4, 30), D(2019, 5, 7), D(2019, 5, 8), D(2019, 5, 9)],
        ),
    ],
)
def test_the_era_once_and_bare_numbers_below_are_read(check, csv_of, referral, cells, days):
    rows = [referral(f"A-{n}", 把握日=cell, つなぎ日="", 初回相談日="") for n, cell in enumerate(cells)]
    checked = check(csv_of(*rows))
    assert taken(checked, "caught_date") == days
    assert {rule for rule, _ in rules(checked)} <= {"date_year_from_above", "ditto_from_above"}
    assert rules(checked), "what was read from another row must be told"


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (["4/8"], "date_no_year"),
        (["R6.4.1", "4/8"], "date_no_year"),  # one among whole dates is a slip of the pen
        (["R6.4.1", "R6.4.2", "R6.4.3", "6.4.8"], "date_ambiguous"),
        (["6.4.8"], "date_ambiguous"),
        (["〃"], "date_unreadable"),
        (["R6.4.1", "24/6/24", "24/6/25"], "date_ambiguous"),  # 24 is no year near 令和6年
        (["2024/4/1", "6/24/2024"], "date_ambiguous"),
        (["R6.4.1", "4/2", "2/30"], "date_no_year"),
        (["R6.4.1", "240408"], "date_ambiguous"),
        (["R6.4.1", "4/2", "4月"], "date_no_year"),
    ],
)
def test_bare_numbers_that_still_have_no_one_meaning_are_asked_back(check, csv_of, referral, cells, rule):
    rows = [referral(f"A-{n}", 把握日=cell, つなぎ日="", 初回相談日="") for n, cell in enumerate(cells)]
    assert (rule, len(cells)) in rules(check(csv_of(*rows)))


def test_a_year_is_not_taken_from_another_sheet(check, xlsx_of):
    head = ["紹介番号", "把握日", "市区町村"]
    sheets = {"一": [head, ["A-1", "R6.4.1", "福島市"]], "二": [head, ["A-2", "4/8", "福島市"]]}
    checked = check(xlsx_of(sheets), "x.xlsx")
    assert taken(checked, "referral_id") == ["A-1"]
    assert ("date_no_year", 2) in rules(checked)


def test_dates_of_excel_and_dates_as_text_stand_in_one_column(check, xlsx_of):
    def style(book):
        sheet = book["一"]
        sheet["B3"].number_format = '[$-411]ggge"年"m"月"d"日"'
        sheet["B4"].number_format = "m/d"
        sheet["B7"].number_format = "[$-ja-JP-x-gannen]ge.m.d;@"

    head = ["紹介番号", "把握日", "市区町村"]
    cells = [
        "R6.6.24",
        date(2024, 6, 24),
        datetime(2024, 6, 24),
        45467,
        "20240624",
        datetime(2024, 6, 24, 9, 30),
        45467.5,
    ]
    rows = [[f"A-{n}", cell, "福島市"] for n, cell in enumerate(cells)]
    assert taken(check(xlsx_of({"一": [head, *rows]}, style), "x.xlsx"), "caught_date") == [D(2024, 6, 24)] * 7


# ---- rows


def test_ditto_marks_are_read_in_municipality_and_organisation_columns_only(check, csv_of, referral):
    rows = [
        referral("A-1"),
        referral("A-2", 団体コード="〃", 市区町村="〃", 紹介元部署="同上", 紹介先機関="″"),
        referral("A-3", 結果="〃"),
    ]
    checked = check(csv_of(*rows))
    assert taken(checked, "area_code", "from_department", "to_agency") == [
        ("072010", "生活福祉課", "自立相談支援機関"),
        ("072010", "生活福祉課", "自立相談支援機関"),
    ]
    assert ("choice_unknown", 3) in rules(checked)


def test_a_merged_cell_fills_the_rows_it_covers_and_no_others(check, xlsx_of):
    def merge(book):
        for area in ("A2:A4", "B2:B4", "C2:C4"):
            book["一"].merge_cells(area)

    rows = [
        ["市区町村", "会議体", "開催日", "参加機関"],
        ["福島市", "支援会議", "R6.6.24", "社協"],
        [None, None, None, "保健所"],
        [None, None, None, "税務課"],
        ["福島市", "支援会議", "R6.7.24", "社協"],
        [None, None, None, "保健所"],
    ]
    checked = check(xlsx_of({"一": rows}, merge), "x.xlsx")
    assert taken(checked, "organisation", "held_date") == [
        ("社協", D(2024, 6, 24)),
        ("保健所", D(2024, 6, 24)),
        ("税務課", D(2024, 6, 24)),
        ("社協", D(2024, 7, 24)),
    ]
    assert checked.quarantined == (5,)


def test_a_merged_cell_of_an_old_workbook_fills_its_rows(check):
    import io

    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("記録")
    for column, heading in enumerate(["市区町村", "会議体", "開催日", "参加機関"]):
        sheet.write(0, column, heading)
    for column, cell in enumerate(["福島市", "支援会議", "R6.6.24"]):
        sheet.write_merge(1, 2, column, column, cell)
    sheet.write(1, 3, "社協")
    sheet.write(2, 3, "保健所")
    held = io.BytesIO()
    book.save(held)
    assert taken(check(held.getvalue(), "x.xls"), "organisation") == ["社協", "保健所"]


@pytest.mark.parametrize(
    "line",
    [
        "合計,,2件,",
        "計,2,,",
        "　合　計　,,,",
        "総数,,2,",
        "小計,,,",
        "総計,2,,",
        "累計,,,15",
        "4月計,,,",
        "４月分計,,,",
        "第1四半期計,,3,",
        "上半期計,,,",
        "福島市計,,5,",
        "合計件数,,3,",
        "小計（4月）,,,",
        "【合計】,,3,",
        "計 12件,,,",
        ",合計,,3",
        "年度計,,,",
        "平均,,,2.5",
        "再掲,,1,",
        "全体,,3,",
        "総合計,,9,",
    ],
)
@pytest.mark.parametrize("place", ["first", "between", "last"])
def test_totals_are_passed_over_wherever_they_stand(check, line, place):
    head, one, two = "紹介番号,市区町村,把握日,備考", "A-1,福島市,R6.6.24,", "A-2,福島市,R6.6.25,"
    lines = {"first": [head, line, one, two], "between": [head, one, line, two], "last": [head, one, two, line]}[place]
    checked = check("\n".join(lines).encode())
    assert taken(checked, "referral_id") == ["A-1", "A-2"]
    assert checked.quarantined == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["※ 前月分を含む。"],
        ["（注）口頭によるものを含む。,,,"],
        ["注1 前月分を含む。"],
        ["作成者：生活福祉課"],
        ["担当：生活福祉課 福祉係"],
        ["担当課,生活福祉課,,"],
        ["作成日,R6.7.1,,"],
        ["問合せ先,生活福祉課,024-535-1111,"],
        ["問い合わせ先：024-535-1111"],
        ["電話,024-535-1111,,"],
        ["TEL 024-535-1111,,,"],
        ["記入者,,,"],
        ["提出期限：翌月10日"],
        ["出典：庁内調べ"],
        ["備考：なし"],
        ["以上"],
        ["以下余白"],
        [",,以上,"],
        ["次ページへ続く"],
        ["-- 1 --"],
        ["連絡先,福祉係,,"],
        ["報告者,福祉係,,"],
        ["資料：紹介票"],
    ],
)
def test_notes_below_a_table_are_passed_over(check, lines):
    data = "\n".join(["紹介番号,市区町村,把握日,備考", "A-1,福島市,R6.6.24,", "", *lines]).encode()
    checked = check(data)
    assert taken(checked, "referral_id") == ["A-1"]
    assert checked.quarantined == ()


@pytest.mark.parametrize(
    "remark", ["合計", "※至急", "担当変更", "家計相談", "電話で相談", "作成中", "以上", "同上", "平均"]
)
def test_a_case_with_such_a_word_in_its_remarks_stays_a_case(check, remark):
    data = f"紹介番号,市区町村,把握日,備考\nA-1,福島市,R6.6.24,{remark}\n".encode()
    assert taken(check(data), "referral_id") == ["A-1"]


def test_a_row_with_its_number_only_is_set_aside_not_dropped(check):
    data = "紹介番号,市区町村,把握日\nA-1,福島市,R6.6.24\nA-2,,\n".encode()
    checked = check(data)
    assert checked.quarantined == (2,)


# ---- cells of Excel


def test_errors_of_excel_set_their_row_aside_by_a_rule_of_their_own(check, xlsx_of):
    def spoil(book):
        for cell, error in (("B3", "#N/A"), ("D4", "#REF!")):
            book["一"][cell] = error
            book["一"][cell].data_type = "e"

    head = ["紹介番号", "把握日", "市区町村", "紹介先機関", "備考"]
    rows = [[f"A-{n}", "R6.6.24", "福島市", "社協", ""] for n in range(4)]
    checked = check(xlsx_of({"一": [head, *rows]}, spoil), "x.xlsx")
    assert taken(checked, "referral_id") == ["A-0", "A-3"]
    assert [pair for pair in rules(checked) if pair[1]] == [("cell_error", 2), ("cell_error", 3)]


def test_errors_of_an_old_workbook_are_seen_too(check):
    import io

    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("記録", cell_overwrite_ok=True)
    for row, cells in enumerate(
        [["紹介番号", "把握日", "市区町村", "結果"]] + [[f"A-{n}", "R6.6.24", "福島市", ""] for n in range(60)]
    ):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    sheet.row(2).set_cell_error(3, "#REF!")
    held = io.BytesIO()
    book.save(held)
    assert ("cell_error", 2) in rules(check(held.getvalue(), "x.xls"))


def test_errors_written_as_text_in_a_csv_are_the_same(check, csv_of, referral):
    checked = check(csv_of(referral("A-1"), referral("A-2", 紹介先機関="#N/A"), referral("#REF!")))
    assert [pair for pair in rules(checked) if pair[1]] == [("cell_error", 2), ("cell_error", 3)]


def test_a_formula_never_calculated_sets_its_row_aside(check, xlsx_of):
    head = ["紹介番号", "把握日", "市区町村"]
    checked = check(xlsx_of({"一": [head, ["A-1", "R6.6.24", "福島市"], ["=1+1", "R6.6.24", "福島市"]]}), "x.xlsx")
    assert ("formula", 2) in rules(checked)


def test_numbers_booleans_and_times_are_read_as_shown(check, xlsx_of):
    def style(book):
        book["一"]["G2"].number_format = "#,##0"
        book["一"]["A2"].font = Font(bold=True)

    head = ["会議番号", "市区町村", "会議体", "開催日", "参加機関", "参画依頼", "検討ケース数", "時間(分)"]
    rows = [["K1", "福島市", "支援会議", datetime(2024, 6, 24, 9, 30), "社協", True, 1234, 90.0]]
    rows += [["K2", "福島市", "支援会議", date(2024, 6, 25), "社協", False, 3, time(1, 30)]]
    checked = check(xlsx_of({"一": [head, *rows]}, style), "x.xlsx")
    assert taken(checked, "invited", "case_count", "minutes", "held_date") == [(True, 1234, 90, D(2024, 6, 24))]
    assert ("count_unreadable", 2) in rules(checked)


def test_numbers_that_differ_by_leading_zeros_are_kept_as_written_and_told(check, xlsx_of):
    head = ["紹介番号", "把握日", "市区町村"]
    rows = [["0012", "R6.6.24", "福島市"], [12, "R6.6.25", "福島市"], [13, "R6.6.26", "福島市"]]
    checked = check(xlsx_of({"一": [head, *rows]}), "x.xlsx")
    assert taken(checked, "referral_id") == ["0012", "12", "13"]
    assert rules(checked) == [("id_zero_differs", 2)]


# ---- text files


@pytest.mark.parametrize(
    "text",
    [
        "紹介番号;把握日;市区町村\nA-1;R6.6.24;福島市\n",
        "sep=;\n紹介番号;把握日;市区町村\nA-1;R6.6.24;福島市\n",
        "sep=,\r\n紹介番号,把握日,市区町村\r\nA-1,R6.6.24,福島市\r\n",
        '"sep=,"\n紹介番号,把握日,市区町村\nA-1,R6.6.24,福島市\n',
        "相互紹介記録\n\n紹介番号,把握日,市区町村\nA-1,R6.6.24,福島市\n",
        "紹介番号,把握日,市区町村,,\nA-1,R6.6.24,福島市,,\n",
        "紹介番号,把握日,市区町村\nA-1,R6.6.24,福島市,,,\n",
        "紹介番号,把握日,市区町村\rA-1,R6.6.24,福島市\r",
        "紹介番号,把握日,市区町村\r\nA-1,R6.6.24,福島市\n\r\n",
        "紹介番号,把握日,市区町村\n\ufeffA-1,R6.6.24,福島市\n",
        "\ufeff\ufeff紹介番号,把握日,市区町村\nA-1,R6.6.24,福島市\n",
        "紹介番号,把握日,市区町村\nA-1,R6.6.24,福島市\n\x1a",
        '"紹介番号","把握日","市区町村"\n"A-1","R6.6.24","福島市"\n',
        "\n\n\n紹介番号\t把握日\t市区町村\nA-1\tR6.6.24\t福島市\n",
        "紹介番号,把握日,市区町村\nA-1,R6.6.24,福島市",
    ],
)
def test_text_files_come_in_many_shapes(check, text):
    checked = check(text.encode())
    assert taken(checked, "referral_id", "area_code") == [("A-1", "072010")]
    assert checked.quarantined == ()


@pytest.mark.parametrize("remark", ['通称"ひまわり"の家', '5"管', 'い"ろ', '"ひまわり"の家', "a;b;c;d;e;f;g"])
def test_a_quotation_mark_inside_a_cell_swallows_nothing(check, remark):
    data = f"紹介番号,把握日,市区町村,備考\nA-1,R6.6.24,福島市,{remark}\nA-2,R6.6.24,福島市,b\n".encode()
    assert taken(check(data), "referral_id") == ["A-1", "A-2"]


def test_line_breaks_in_quoted_cells_are_read(check):
    head = '紹介番号,"把握日\n（受付日）",市区町村,備考'
    data = "\r\n".join([head, 'A-1,R6.6.24,福島市,"一行目\r\n二行目"', "A-2,R6.6.25,福島市,"]).encode()
    assert taken(check(data), "referral_id") == ["A-1", "A-2"]
