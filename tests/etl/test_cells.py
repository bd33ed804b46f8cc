"""Cells read by distinct spelling."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.cells import dangerous, read_columns
from etl.declare import all_returns
from etl.patterns import indices_matching
from etl.sheets import encode

REFERRAL, MEETING = all_returns()["referral"], all_returns()["meeting"]


def read(field, *texts):
    return read_columns({field.name: field}, {field.name: encode(list(texts))})[field.name]


def values(field, *texts, name=None):
    return read(field, *texts).by_row(name or field.name).to_pylist()


def rules(field, *texts):
    column = read(field, *texts)
    return {rule: column.rows(marked).tolist() for rule, marked in column.rules.items()}


def test_days_are_read_and_wrong_ones_marked():
    field = REFERRAL.field("caught_date")
    texts = ["R6.6.24", "", "令和元年5月1日", "R6.2.30", "来月", "R6.6.24"]
    assert values(field, *texts) == [date(2024, 6, 24), None, date(2019, 5, 1), None, None, date(2024, 6, 24)]
    assert rules(field, *texts) == {"date_impossible": [3], "date_unreadable": [4]}


def test_choices_become_their_codes():
    field = REFERRAL.field("consent")
    assert values(field, "有", "あり", "○", "×", "未確認", "", "-", "…") == [
        *["given"] * 3, "refused", "unasked", None, None, None,
    ]  # fmt: skip
    assert rules(field, "有", "たぶん") == {"choice_unknown": [1]}


def test_every_word_of_every_code_list_is_read():
    for declared in all_returns().values():
        for field in declared.fields:
            for code, label in field.labels.items():
                assert values(field, label) == [code if field.type == "choice" else code == "yes"]


CONSULTATION, PRACTICE, EXAMPLE = (all_returns()[name] for name in ("consultation", "practice", "example"))


def test_months_are_read_as_text_of_year_and_month():
    field = CONSULTATION.field("month")
    texts = [
        "令和6年4月",
        "R6.4",
        "2024-04-01",
        "202404",
        "令和６年１０月分",
        "",
        "R6.13",
        "4月",
        "いつか",
        "令和6年度1月",
    ]
    months = ["2024-04", "2024-04", "2024-04", "2024-04", "2024-10", None, None, None, None, "2025-01"]
    assert values(field, *texts) == months
    assert rules(field, *texts) == {"month_impossible": [6], "month_no_year": [7], "month_unreadable": [8]}


def test_fiscal_years_are_the_year_in_which_they_begin():
    field = PRACTICE.field("fiscal_year")
    texts = ["令和6年度", "R6", "2024年度", "令和元年度", "", "6年度", "令和0年度", "来年度"]
    assert values(field, *texts) == [2024, 2024, 2024, 2019, None, None, None, None]
    assert rules(field, *texts) == {
        "fiscal_year_no_era": [5], "fiscal_year_impossible": [6], "fiscal_year_unreadable": [7],
    }  # fmt: skip


def test_a_question_is_answered_in_its_own_words_too():
    field = PRACTICE.field("platform")
    texts = ["設置済み", "未設置", "有", "×", "R5.10.2", "たぶん", "-"]
    assert values(field, *texts) == [True, False, True, False, True, None, None]
    assert values(field, *texts, name="platform_date")[4] == date(2023, 10, 2)
    assert rules(field, *texts) == {"flag_unknown": [5]}
    assert values(PRACTICE.field("leaflets_both"), "一方のみ", "配架済", "○") == [False, True, True]
    assert rules(PRACTICE.field("leaflets_both"), "R6.4.1") == {"flag_unknown": [0]}


def test_prose_keeps_its_lines_and_a_mark_alone_says_nothing():
    field = EXAMPLE.field("devices")
    assert values(field, " 一行目 \r\n\n　二行目", "-", "…", "", "工夫は　ない") == [
        "一行目\n二行目", None, None, None, "工夫は ない",
    ]  # fmt: skip
    assert values(EXAMPLE.field("contact"), "地域福祉課\n024-525-1111") == ["地域福祉課\n024-525-1111"]


def test_yes_no_or_a_day_are_one_answer():
    field = REFERRAL.field("recommended")
    texts = ["有", "なし", "R6.6.24", "", "不明", "R6.2.30", "たぶん"]
    assert values(field, *texts) == [True, False, True, None, None, None, None]
    assert values(field, *texts, name="recommended_date")[2] == date(2024, 6, 24)
    assert rules(field, *texts) == {"date_impossible": [5], "flag_unknown": [6]}


def test_counts_keep_hidden_none_and_unknown_apart():
    field = MEETING.field("case_count")
    texts = ["3", "１，２３４", "0", "x", "-", "…", "", "-1", "1.5", "三件", "多数"]
    assert values(field, *texts) == [3, 1234, 0, None, None, None, None, None, None, 3, None]
    marks = [None, None, None, "suppressed", "none", "unknown", None, None, None, None, None]
    assert values(field, *texts, name="case_count_mark") == marks
    assert rules(field, *texts) == {"count_negative": [7], "count_fractional": [8], "count_unreadable": [10]}


def test_numbers_that_name_a_row_are_cleaned_and_marks_are_none():
    field = REFERRAL.field("referral_id")
    assert values(field, "Ｒ６－００１", " A-1 ", "", "-", "…", "紹-7") == ["R6-001", "A-1", None, None, None, "紹-7"]
    assert values(field, "A-1", "-") == ["A-1", None]
    assert rules(field, "あ" * 64, "い" * 65) == {"id_unreadable": [1]}


def test_two_spellings_of_one_value_are_one_value_in_every_form():
    column = read(REFERRAL.field("referral_id"), "Ａ１", "A1", "Ａ１", "")
    assert column.by_row("referral_id").to_pylist() == ["A1", "A1", "A1", None]
    assert column.by_row("referral_id").null_count == 1


@pytest.mark.parametrize(
    "text",
    ["=1+1", "＝SUM(A1)", "  =A1", "@SUM(A1)", "+A1", "-A1+cmd|' /C calc'!A0", "cmd|'/C calc'!A0", "=", "+81-90"],
)
def test_what_a_spreadsheet_would_run_is_a_formula(text):
    assert dangerous([pa.array([text])])[0]["formula"].tolist() == [True]


@pytest.mark.parametrize("text", ["", "-", "-3", "+5", "+1,234", "福祉課", "a=b", "－", "ー", "-あり", "A|B"])
def test_signs_and_marks_are_no_formula(text):
    assert dangerous([pa.array([text])]) == [{}]


def test_over_long_cells_are_found_in_their_column():
    found = dangerous([pa.array(["a"]), pa.array(["b", "長" * 32_768]), pa.array(["長" * 32_767])])
    assert [{rule: marks.tolist() for rule, marks in column.items()} for column in found] == [
        {}, {"cell_too_long": [False, True]}, {},
    ]  # fmt: skip


def test_a_formula_is_told_as_a_formula_and_as_nothing_else():
    for name in ("caught_date", "consent", "recommended", "referral_id", "from_department"):
        assert rules(REFERRAL.field(name), "=HYPERLINK(1)") == {"formula": [0]}


@given(st.lists(st.sampled_from(["a1", "様", "0901", "", "=x"]), max_size=1_200))
def test_both_pattern_engines_agree(texts):
    array = pa.array(texts, pa.string())
    assert indices_matching(array, "^=|[0-9]{2}|様") == [n for n, t in enumerate(texts) if t in ("様", "0901", "=x")]


@given(st.lists(st.sampled_from(["R6.6.24", "2024/6/24", "", "x", "２０２４年６月２４日"]), min_size=1, max_size=40))
def test_by_row_gives_back_every_row(texts):
    column = read(REFERRAL.field("caught_date"), *texts)
    expected = [date(2024, 6, 24) if "6" in t or "６" in t else None for t in texts]
    assert column.by_row("caught_date").to_pylist() == expected
    assert column.codes.dtype == np.int32
