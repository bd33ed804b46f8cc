"""The fields of a case sheet, how cells become text, and what a form may not hold."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from desk.case_sheet import HEADINGS, LONGEST, PUBLICATION, Case, key_of, problems_of, sheet_of
from etl.declare import all_returns


def test_the_fields_are_those_of_the_return():
    declared = {field.name: field for field in all_returns()["example"].fields}
    assert set(declared) - set(HEADINGS) == {"example_id", "area_code", "municipality"}
    assert {name: declared[name].heading for name in HEADINGS} == dict(HEADINGS)
    assert list(HEADINGS) == [name for name in declared if name in HEADINGS]
    assert declared["publication"].labels == dict(PUBLICATION)


@pytest.mark.parametrize("blank", [None, "", "　 ", float("nan"), np.nan, pd.NaT])
def test_a_blank_cell_is_left_out(blank):
    assert sheet_of({"case_title": "甲", "source": blank, "started_date": blank}) == {"case_title": "甲"}


@pytest.mark.parametrize("day", [date(2024, 4, 1), datetime(2024, 4, 1, 9), pd.Timestamp("2024-04-01"), "2024-04-01"])
def test_days_of_every_kind_become_one_text(day):
    assert sheet_of({"started_date": day}) == {"started_date": "2024-04-01"}


def test_line_ends_are_one_and_other_columns_are_left_out_in_the_order_of_the_sheet():
    values = {"outcome": " 1行目\r\n2行目\r", "is_public": True, "area_code": "992011", "case_title": "甲"}
    assert list(sheet_of(values).items()) == [("case_title", "甲"), ("outcome", "1行目\n2行目")]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "事例名を入力"),
        ({"case_title": "甲", "reason": "あ" * (LONGEST + 1)}, "「取り組もうとした理由・きっかけ」は4,000文字まで"),
        ({"case_title": "=1+1"}, "「事例名」は「=」"),
        ({"case_title": "＝1+1"}, "「事例名」は「=」"),
        ({"case_title": "甲", "publication": "maybe"}, "「可」「否」「要確認」から"),
        ({"case_title": "甲", "started_date": "2024-02-30"}, "「取組開始日」は実在する年月日"),
        ({"case_title": "甲", "updated_date": "令和6年"}, "「更新日」は実在する年月日"),
        ({"case_title": "甲", "started_date": "2024-04-02", "updated_date": "2024-04-01"}, "更新日が取組開始日より前"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(values, said):
    [problem] = problems_of(sheet_of(values))
    assert said in problem and problem.endswith("。")


def test_a_title_alone_is_enough():
    assert problems_of({"case_title": "甲"}) == []


def test_a_case_tells_its_themes_indicators_and_what_is_searched():
    sheet = sheet_of(
        {
            "case_title": "甲",
            "category": "同日開催",
            "indicators": "つなぎの実施率、利用勧奨の実施率，\n",
            "contact": "福祉課",
            "publication": "yes",
            "population": "5,000人",
        }
    )
    case = Case("992011", "J/1", sheet, sheet, "return")
    assert case.key == key_of("992011", "J/1") == "992011/J/1"
    assert case.themes == ("joint_meeting",)
    assert case.indicators == ("つなぎの実施率", "利用勧奨の実施率")
    assert list(case.texts) == ["case_title", "category", "indicators"]
