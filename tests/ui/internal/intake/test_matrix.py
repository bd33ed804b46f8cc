"""The five states of municipality × month, and what a reminder makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from etl.declare import all_returns
from etl.receipts import Receipt
from ui.internal.intake import matrix
from ui.internal.intake.coverage import reminder_text, span_words

MONTHS = ["2024-04", "2024-05", "2024-06", "2024-07"]
COVERAGE = pd.DataFrame(
    [
        ("referral", "993620", "2024-04", "received"),
        ("referral", "993620", "2024-05", "zero"),
        ("referral", "993620", "2024-06", "partial"),
        ("meeting", "994031", "2024-04", "received"),
    ],
    columns=["return_id", "area_code", "period", "state"],
)
REFUSED = Receipt(
    load_id="20240701T000000000000-aaaaaaaa",
    file="報告.csv",
    sha256="a" * 64,
    ending=".csv",
    loaded_at="2024-07-01T00:00:00",
    loaded_by="佐竹",
    received="2024-07-01",
    prefecture=None,
    municipality=None,
    replace=False,
    return_id="referral",
    outcome="refused",
    rows_in_file=1,
    rows_accepted=0,
    rows_quarantined=1,
    rows_replaced=0,
    unchanged=False,
    quarantined_rows=(1,),
    problems=(),
    claimed=(("994031", "2024-06"),),
)


def receipt(day: int, **changed: Any) -> Receipt:
    return replace(REFUSED, load_id=f"202407{day:02d}T000000000000-aaaaaaaa", **changed)


def states(*receipts: Receipt) -> dict[str, list[str]]:
    found = matrix.states(COVERAGE, ["993620", "994031"], MONTHS, "referral", receipts)
    return {area: list(row) for area, row in found.iterrows()}


def test_a_month_is_received_zero_partial_or_missing() -> None:
    assert states() == {
        "993620": ["received", "zero", "partial", "missing"],
        "994031": ["missing", "missing", "missing", "missing"],
    }


def test_a_month_whose_file_was_refused_is_sent_back() -> None:
    assert states(receipt(1))["994031"] == ["missing", "missing", "returned", "missing"]


def test_a_refused_file_changes_nothing_about_a_month_that_is_in() -> None:
    assert states(receipt(1, claimed=(("993620", "2024-04"),)))["993620"][0] == "received"


@pytest.mark.parametrize(
    "later",
    [
        receipt(2, outcome="accepted"),
        receipt(2, outcome="accepted", withdrawn="2024-07-03 佐竹"),
    ],
    ids=["taken", "taken and withdrawn"],
)
def test_what_was_taken_after_a_refusal_ends_the_waiting(later: Receipt) -> None:
    assert states(receipt(1), later)["994031"][2] == "missing"
    assert states(later, receipt(3))["994031"][2] == "returned"


def test_a_refusal_counts_for_its_own_return_only() -> None:
    assert states(receipt(1, return_id="meeting"))["994031"][2] == "missing"
    assert states(receipt(1, return_id=None))["994031"][2] == "missing"


def test_a_file_that_was_known_already_says_nothing_about_a_refusal() -> None:
    assert states(receipt(1), receipt(2, outcome="accepted", unchanged=True))["994031"][2] == "returned"


@pytest.mark.parametrize(
    ("today", "reported", "expected"),
    [
        ("2024-07", [], MONTHS[:3]),
        ("2024-06", [], MONTHS[:2]),
        ("2024-06", ["2024-06"], MONTHS[:3]),
        ("2024-04", [], []),
        ("2030-01", ["2020-01"], MONTHS),
    ],
)
def test_months_that_are_not_over_cannot_be_missing(today: str, reported: list[str], expected: list[str]) -> None:
    assert matrix.months_in_question(MONTHS, reported, today) == expected


def test_a_year_takes_the_fullest_state_of_its_months() -> None:
    found = pd.DataFrame(
        [["received"] * 4, ["missing"] * 4, ["zero", "missing", "missing", "missing"], ["returned", *["missing"] * 3]],
        index=["a", "b", "c", "d"],
    )
    assert matrix.by_year(found).to_dict() == {"a": "received", "b": "missing", "c": "zero", "d": "returned"}


def test_only_the_yearly_return_is_shown_by_year_and_examples_not_at_all() -> None:
    shown = matrix.returns_with_months([])
    assert shown == ["referral", "consultation", "meeting", "practice"]
    assert [name for name in shown if matrix.is_yearly(all_returns()[name])] == ["practice"]


def test_every_state_has_a_mark_of_its_own() -> None:
    assert matrix.MARKS == {"received": "●", "zero": "0", "partial": "△", "returned": "戻", "missing": "未"}
    assert set(matrix.STATES) == set(matrix.MARKS) == set(matrix.MEANINGS) == set(matrix.CELLS)


def test_a_reminder_names_what_each_municipality_still_owes() -> None:
    found = matrix.states(COVERAGE, ["993620", "994031"], MONTHS, "referral", [receipt(1)])
    names = {"993620": "水琴町", "994031": "雪綿村"}
    text = reminder_text(found, names, matrix.open_months(found), "相互紹介記録", "月")
    assert text.splitlines() == [
        "次の相互紹介記録が届いていません。提出をお願いします。",
        "",
        "水琴町：未提出 令和6年7月",
        "雪綿村：未提出 令和6年4月～令和6年5月、令和6年7月、差戻し（直して再提出） 令和6年6月",
    ]
    assert "@" not in text


def test_neighbouring_months_are_said_as_one_span() -> None:
    assert span_words(["2024-04", "2024-05", "2024-07"], MONTHS, "月") == "令和6年4月～令和6年5月、令和6年7月"
    assert span_words(["令和5年度"], ["令和5年度", "令和6年度"], "年度") == "令和5年度"
