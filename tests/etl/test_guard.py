"""A file with personal information anywhere is refused whole, and nothing of it is repeated."""

import pytest
from openpyxl.comments import Comment


def refused(checked):
    assert checked.refused
    assert checked.table is None
    assert checked.coverage == ()
    return checked.problems[0]


def accepted(checked):
    assert not checked.refused, [problem.message for problem in checked.problems]
    return checked.table.to_pylist()


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
    "line",
    ["※ 山田太郎様の件を含む", "合計,山田様", "A-9,R6.6.24,福島市,,,,,,,,,,090-1234-5678", "令和6年度 氏名：山田太郎"],
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


@pytest.mark.parametrize("heading", ["氏名", "フリガナ", "生年月日", "電話", "住所", "個人番号", "メール"])
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
