"""Counts laid out once say the same as the rows filtered, joined and grouped for every question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from metrics.answers import Answers
from metrics.catalog import Indicator, load_catalog
from metrics.estimate import PREFECTURE, of_panel
from metrics.panel import Panel
from tests.metrics.slow_estimate import slow_estimate

QUESTIONS = (("area_code",), (), ("period",), ("breakdown",), ("area_code", "period", "breakdown"))
every_indicator = pytest.mark.parametrize("indicator", load_catalog().values(), ids=lambda one: one.id)


@pytest.fixture(scope="module")
def answers(database: Path) -> Any:
    found = Answers(database)
    yield found
    found.close()


@every_indicator
def test_a_panel_answers_as_the_slow_way(indicator: Indicator, answers: Answers, synthetic: Any) -> None:
    rows, sent, codes = answers.rows_of(indicator.id), answers.coverage(), answers.areas()["area_code"].tolist()
    panel = answers.panel(indicator.id)
    spans = (["2024"], ["2023", "2031"]) if indicator.is_yearly else (synthetic.MONTHS[1:4], ["2031-01"])
    for months, questions in zip(spans, (QUESTIONS, QUESTIONS[:2]), strict=True):
        for by in questions:
            slow = slow_estimate(indicator, rows, sent, codes, months, by)
            pd.testing.assert_frame_equal(of_panel(panel, months, [by]), slow, check_exact=True)
    one = of_panel(panel, spans[0], [("breakdown",)], codes[0])
    alone = slow_estimate(indicator, rows, sent, codes[:1], spans[0], ("breakdown",)).assign(area_code=codes[0])
    pd.testing.assert_frame_equal(one, alone.astype({"area_code": "str"}), check_exact=True)


def test_several_questions_are_answered_one_under_the_other(answers: Answers, synthetic: Any) -> None:
    panel = answers.panel("handover_rate")
    each = of_panel(panel, synthetic.MONTHS, [("area_code",)])
    both = of_panel(panel, synthetic.MONTHS, [("area_code",), ()])
    pd.testing.assert_frame_equal(both.iloc[:-1], each)
    assert both["area_code"].iloc[-1] == PREFECTURE


def test_what_was_sent_of_areas_months_both_and_all() -> None:
    indicator = load_catalog()["recommendation_rate"]
    areas, months = ["990019", "990027", "990035"], ["2024-04", "2024-05"]
    sent = pd.DataFrame(
        [
            ("referral", "990019", "2024-04", "received"),
            ("referral", "990019", "2024-05", "zero"),
            ("referral", "990027", "2024-04", "partial"),
        ],
        columns=["return_id", "area_code", "period", "state"],
        dtype="str",
    )
    counted = pd.DataFrame(
        [(area, month, "福祉", 1, 2) for area in areas[:2] for month in months[:1]],
        columns=["area_code", "period", "breakdown", "numerator", "denominator"],
    )
    panel = Panel(indicator, counted, sent, areas)

    def states(asked: list[str], *by: str) -> list[str]:
        return list(of_panel(panel, asked, [by])["state"])

    assert states(months, "area_code") == ["value", "partial", "not_sent"]
    assert states(months, "period") == ["partial", "not_applicable"]
    assert states(months) == ["partial"]
    assert states(months, "area_code", "period") == [
        *("value", "not_applicable", "partial", "not_sent", "not_sent", "not_sent"),
    ]
    assert states([], "area_code") == ["not_sent"] * 3
    assert states(["1999-01"]) == ["not_sent"]
