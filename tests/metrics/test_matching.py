from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.catalog import load_catalog
from metrics.matching import CAUTION, COLUMNS, changes, matches, months_sent, titles
from metrics.stats.difference import proportions

CATALOG = load_catalog()
SHARE = replace(CATALOG["handover_rate"], breakdown=None)
RATE = replace(SHARE, kind="rate")
MONTHS = [f"{2023 + (3 + n) // 12}-{(3 + n) % 12 + 1:02d}" for n in range(36)]  # 2023-04 to 2026-03
STARTED = date(2024, 6, 15)


def rows_of(code: str, before: tuple[int, int], after: tuple[int, int], months: list[str] = MONTHS) -> pd.DataFrame:
    counts = [(month, before if month < "2024-06" else (7, 7) if month == "2024-06" else after) for month in months]
    return pd.DataFrame(
        [
            {"area_code": code, "period": month, "breakdown": "all", "numerator": x, "denominator": n}
            for month, (x, n) in counts
        ]
    )


def test_before_and_after_have_equal_length_and_leave_out_the_month_of_the_start() -> None:
    found = changes(SHARE, rows_of("a", (2, 10), (5, 10)), MONTHS, STARTED)
    assert (found.months, found.before_first, found.before_last) == (12, "2023-06", "2024-05")
    assert (found.after_first, found.after_last) == ("2024-07", "2025-06")
    assert (found.before_numerator, found.before_denominator) == (24, 120)
    assert (found.after_numerator, found.after_denominator) == (60, 120)
    expected = proportions([24], [120], [60], [120])
    assert (found.before, found.after, found.change) == pytest.approx((0.2, 0.5, 0.3))
    assert (found.low, found.high) == pytest.approx((expected.low[0], expected.high[0]))
    assert found.certainty > 0.999 and found.reason == ""


def test_the_windows_are_as_long_as_what_was_sent_allows() -> None:
    short = changes(SHARE, rows_of("a", (2, 10), (5, 10)), MONTHS, date(2023, 9, 1))
    assert (short.months, short.before_first, short.after_last) == (5, "2023-04", "2024-02")
    assert changes(SHARE, rows_of("a", (2, 10), (5, 10)), MONTHS, date(2023, 6, 1)).reason == "few_months"
    assert changes(SHARE, rows_of("a", (2, 10), (5, 10)), MONTHS, date(2026, 3, 1)).reason == "few_months"
    assert changes(SHARE, rows_of("a", (2, 10), (5, 10)), [], STARTED).reason == "few_months"


def test_months_that_were_not_sent_count_for_no_month() -> None:
    sent = [month for month in MONTHS if not "2023-05" <= month <= "2024-03"]
    found = changes(SHARE, rows_of("a", (2, 10), (5, 10), sent), sent, STARTED)
    assert found.reason == "few_months"


def test_too_few_cases_tell_nothing() -> None:
    assert changes(SHARE, rows_of("a", (0, 0), (5, 10)), MONTHS, STARTED).reason == "few_counts"
    assert changes(RATE, rows_of("a", (0, 900), (0, 900)), MONTHS, STARTED).reason == "few_counts"


def test_rates_are_per_100_thousand() -> None:
    found = changes(RATE, rows_of("a", (2, 50_000), (4, 50_000)), MONTHS, STARTED)
    assert (found.before, found.after, found.change) == pytest.approx((4, 8, 4))
    assert found.low > 0 and found.method.startswith("MOVER")


def test_headline_values_are_taken_and_a_shared_denominator_once() -> None:
    consent = CATALOG["consent_rate"]
    assert consent.breakdown is not None
    month = [
        {
            "area_code": "a",
            "period": m,
            "breakdown": value,
            "numerator": 4 if value in consent.breakdown.headline else 6,
            "denominator": 10,
        }
        for m in MONTHS
        for value in consent.breakdown.labels
    ]
    found = changes(consent, pd.DataFrame(month), MONTHS, STARTED)
    shown = len(consent.breakdown.headline)
    assert found.before_denominator == 120 * (1 if consent.breakdown.splits == "numerator" else shown)
    assert found.before_numerator == 48 * shown


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"kind": "duration"}, "kind"), ({"kind": "count"}, "kind"), ({"period": "fiscal_year"}, "yearly")],
)
def test_indicators_without_months_to_compare_are_refused(change: dict[str, str], reason: str) -> None:
    found = changes(replace(SHARE, **change), rows_of("a", (2, 10), (5, 10)), MONTHS, STARTED)
    assert found.reason == reason and math.isnan(found.change)


# ---- matching


def area(code: str, people: int) -> dict[str, Any]:
    return {
        "area_code": code,
        "type": "市",
        "has_welfare_office": True,
        "population": people,
        "households": people // 2,
        "single_households": people // 6,
        "population_65plus": people // 3,
    }


AREAS = pd.DataFrame([area("a", 50_000), area("b", 52_000), area("c", 500_000), area("d", 51_000), area("e", 49_000)])
CASES = pd.DataFrame(
    [
        {
            "area_code": code,
            "example_id": f"J-{code}",
            "case_title": f"取組{code}",
            "indicators": text,
            "started_date": day,
        }
        for code, text, day in (
            ("a", SHARE.title, STARTED),
            ("b", f"別の指標、{SHARE.title}", STARTED),
            ("c", SHARE.title, STARTED),
            ("d", SHARE.title, STARTED),
            ("e", SHARE.title, None),
        )
    ]
)
ROWS = pd.concat(
    [
        rows_of("a", (1, 10), (9, 10)),
        rows_of("b", (2, 10), (5, 10)),
        rows_of("c", (2, 10), (5, 10)),
        rows_of("d", (5, 10), (4, 10)),
        rows_of("e", (1, 10), (9, 10)),
    ]
)
SENT = pd.DataFrame([{"area_code": code, "period": month} for code in "abcde" for month in MONTHS])


def test_nearer_municipalities_stand_higher_and_falls_and_own_cases_are_left_out() -> None:
    found = matches(SHARE, "a", 0.2, CASES, AREAS, ROWS, SENT)
    assert found.reason == ""
    assert list(found.frame.columns) == COLUMNS
    assert found.frame["area_code"].tolist() == ["b", "c"]  # d fell, e has no day of start, a is the one that asks


def test_the_score_is_similarity_by_strength_by_certainty() -> None:
    found = matches(SHARE, "a", 0.6, CASES, AREAS, ROWS, SENT).frame
    first = found.iloc[0]
    assert first["strength"] == pytest.approx(0.3 / 0.6)
    assert found["score"].to_numpy() == pytest.approx(found["similarity"] * found["strength"] * found["certainty"])
    assert matches(SHARE, "a", 0.1, CASES, AREAS, ROWS, SENT).frame["strength"].tolist() == [1.0, 1.0]


def test_it_says_why_there_is_none() -> None:
    assert matches(SHARE, "a", 0.0, CASES, AREAS, ROWS, SENT).reason == "no_gap"
    assert matches(SHARE, "a", -0.1, CASES, AREAS, ROWS, SENT).reason == "no_gap"
    assert matches(replace(SHARE, kind="duration"), "a", 0.2, CASES, AREAS, ROWS, SENT).reason == "kind"
    assert matches(replace(SHARE, period="fiscal_year"), "a", 0.2, CASES, AREAS, ROWS, SENT).reason == "yearly"
    assert matches(SHARE, "a", 0.2, CASES.assign(indicators="別の指標"), AREAS, ROWS, SENT).reason == "no_cases"
    assert matches(SHARE, "a", 0.2, CASES.iloc[:0], AREAS, ROWS, SENT).reason == "no_cases"
    nothing = matches(SHARE, "a", 0.2, CASES[CASES["area_code"] == "d"], AREAS, ROWS, SENT)
    assert (nothing.reason, len(nothing.frame)) == ("no_change", 0)


def test_where_less_is_better_a_fall_is_what_is_looked_for() -> None:
    found = matches(replace(SHARE, reading="lower_better"), "a", -0.1, CASES, AREAS, ROWS, SENT)
    assert found.frame["area_code"].tolist() == ["d"]


def test_titles_are_read_whole_from_a_field_with_several() -> None:
    assert titles("つなぎの実施率、利用勧奨の実施率／ 同意の割合\n") == {
        "つなぎの実施率",
        "利用勧奨の実施率",
        "同意の割合",
    }
    assert titles("") == set()


def test_the_caution_never_speaks_of_effect_as_shown() -> None:
    assert "取組による効果を示すものではない" in CAUTION


def test_months_sent_are_those_reported_and_not_left_empty() -> None:
    months = MONTHS[:3]
    coverage = pd.DataFrame(
        [
            {"return_id": "referral", "area_code": "a", "period": month, "state": state}
            for month, state in zip(months, ("received", "partial", "zero"), strict=True)
        ]
    )
    rows = pd.DataFrame([{"area_code": "a", "period": months[0], "breakdown": "all", "numerator": 0, "denominator": 0}])
    found = months_sent(SHARE, rows, coverage, ["a", "b"], months)
    assert found.to_dict("list") == {"area_code": ["a", "a"], "period": months[1:]}
