"""Words and marks: the five states never look alike, years and months are those of the Japanese calendar."""

from __future__ import annotations

import math

import pytest

from metrics.periods import fiscal_year_of, months_of_year
from ui import labels

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("value", "kind", "state", "high", "text"),
    [
        (NAN, "proportion", "not_sent", None, "未提出"),
        (0.0, "proportion", "value", None, "0.0"),
        (0.0, "rate", "value", None, "0.0"),
        (0.0, "duration", "value", None, "0"),
        (0.6234, "proportion", "value", None, "62.3"),
        (0.6234, "proportion", "partial", None, "62.3（一部）"),
        (0.0, "rate", "partial", None, "0.0（一部）"),
        (NAN, "proportion", "hidden", None, "x"),
        (NAN, "rate", "not_applicable", None, "-"),
        (NAN, "rate", "value", None, "…"),
        (NAN, "duration", "value", INF, "半数に達していない"),
        (NAN, "duration", "partial", INF, "半数に達していない"),
        (NAN, "duration", "value", 31.0, "…"),
        (1234.56, "rate", "value", None, "1,234.6"),
        (13.0, "duration", "value", None, "13"),
        (1.0, "proportion", "value", None, "100.0"),
    ],
)
def test_a_value_is_shown_with_the_mark_of_its_state(
    value: float, kind: str, state: str, high: float | None, text: str
) -> None:
    assert labels.value_text(value, kind, state, high) == text


def test_the_marks_of_five_states_all_differ() -> None:
    shown = [
        labels.value_text(NAN, "rate", "not_sent"),
        labels.value_text(0.0, "rate", "value"),
        labels.value_text(0.0, "rate", "partial"),
        labels.value_text(NAN, "rate", "hidden"),
        labels.value_text(NAN, "rate", "not_applicable"),
        labels.value_text(NAN, "rate", "value"),
    ]
    assert len(set(shown)) == len(shown)


def test_a_number_behind_a_state_without_value_is_never_shown() -> None:
    for state in ("not_sent", "hidden", "not_applicable"):
        assert "5" not in labels.value_text(0.5, "proportion", state)


@pytest.mark.parametrize(
    ("value", "kind", "state", "text"),
    [
        (0.5, "proportion", "value", "50.0％"),
        (0.5, "proportion", "partial", "50.0％（一部）"),
        (17.04, "rate", "value", "17.0件"),
        (13.0, "duration", "value", "13日"),
        (NAN, "duration", "not_sent", "未提出"),
        (NAN, "rate", "not_applicable", "-"),
        (NAN, "rate", "hidden", "x"),
    ],
)
def test_a_unit_stands_behind_figures_only(value: float, kind: str, state: str, text: str) -> None:
    assert labels.with_unit(value, kind, state) == text


@pytest.mark.parametrize(
    ("low", "high", "kind", "text"),
    [
        (0.581, 0.662, "proportion", "58.1～66.2"),
        (0.0, 0.0, "rate", "0.0～0.0"),
        (11.0, 16.0, "duration", "11～16"),
        (11.0, INF, "duration", "11～上限なし"),
        (NAN, NAN, "proportion", ""),
        (NAN, INF, "duration", ""),
    ],
)
def test_an_interval_names_both_ends_or_nothing(low: float, high: float, kind: str, text: str) -> None:
    assert labels.interval_text(low, high, kind) == text


@pytest.mark.parametrize(
    ("year", "text"),
    [(2024, "令和6年度"), (2019, "令和元年度"), (2018, "平成30年度"), (2015, "平成27年度"), (1989, "平成元年度")],
)
def test_a_fiscal_year_is_named_by_its_era(year: int, text: str) -> None:
    assert labels.fiscal_year_text(year) == text


@pytest.mark.parametrize(
    ("period", "text", "short"),
    [
        ("2024-06", "令和6年6月", "R6.6"),
        ("2019-05", "令和元年5月", "R1.5"),
        ("2019-04", "平成31年4月", "H31.4"),
        ("2025-12", "令和7年12月", "R7.12"),
    ],
)
def test_a_month_is_named_by_its_era(period: str, text: str, short: str) -> None:
    assert labels.month_text(period) == text
    assert labels.short_month(period) == short


def test_a_fiscal_year_runs_from_april_to_march() -> None:
    assert months_of_year(2024) == [
        *("2024-04", "2024-05", "2024-06", "2024-07", "2024-08", "2024-09"),
        *("2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03"),
    ]
    assert months_of_year(2024, 4) == ["2024-04"]
    assert months_of_year(2024, 3) == ["2025-03"]


@pytest.mark.parametrize(("period", "year"), [("2024-04", 2024), ("2024-03", 2023), ("2025-01", 2024)])
def test_january_to_march_belong_to_the_year_before(period: str, year: int) -> None:
    assert fiscal_year_of(period) == year


def test_a_period_is_named_in_words() -> None:
    assert labels.period_text(months_of_year(2024)) == "令和6年度（令和6年4月～令和7年3月）"
    assert labels.period_text(["2025-01"]) == "令和7年1月"
    assert labels.period_text(["2022-04", "2025-03"]) == "令和4年4月～令和7年3月"


@pytest.mark.parametrize(
    ("text", "bold"),
    [("62.3％", "**62.3**％"), ("1,234.5件", "**1,234.5**件"), ("未提出", "未提出"), ("-", "-"), ("0日", "**0**日")],
)
def test_only_figures_are_bold(text: str, bold: str) -> None:
    assert labels.bold(text) == bold


def test_every_verdict_has_words_and_a_mark_of_its_own() -> None:
    assert labels.VERDICTS.keys() == labels.VERDICT_MARKS.keys()
    told = [mark for verdict, mark in labels.VERDICT_MARKS.items() if verdict != "none"]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("numerator", "denominator", "kind", "text"),
    [
        (1480, 1930, "proportion", "1,480 ／ 1,930件"),
        (57, 420_000, "rate", "57件"),
        (14, 41, "count", "14 ／ 41"),
        (25, 8, "ratio", "25 ／ 8"),
        (155, 182, "duration", "155 ／ 182件"),
    ],
)
def test_counts_are_named_as_what_they_are(numerator: int, denominator: int, kind: str, text: str) -> None:
    assert labels.counts_text(numerator, denominator, kind) == text


def test_ranks_are_a_range_and_nothing_without_a_value() -> None:
    assert labels.ranks_text(1, 32) == "1～32位"
    assert labels.ranks_text(4, 4) == "4位"
    assert labels.ranks_text(NAN, NAN) == ""


def test_periods_are_months_or_fiscal_years() -> None:
    assert [labels.period_name(one) for one in ("2024-06", "2024")] == ["令和6年6月", "令和6年度"]
    assert [labels.short_period(one) for one in ("2024-06", "2024")] == ["R6.6", "R6"]
    assert labels.period_text(["2024"]) == "令和6年度"
    assert labels.day_text("2024-06-24") == "令和6年6月24日"


def test_a_very_small_p_is_not_zero() -> None:
    assert labels.p_text(0.0000001) == "p＜0.001"
    assert labels.p_text(0.0314) == "p＝0.031"
