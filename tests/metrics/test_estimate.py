from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from metrics.catalog import Indicator, load_catalog
from metrics.estimate import (
    COLUMNS,
    PREFECTURE,
    by_area,
    by_breakdown,
    by_month,
    estimate,
    share_by_day,
)
from metrics.periods import months_of_year
from metrics.stats.proportion import wilson
from metrics.store import Store

CATALOG = load_catalog()
AREAS = ["990019", "990027", "990035"]
MONTHS = ["2024-04", "2024-05"]
STATES = {"value", "partial", "not_sent", "hidden", "not_applicable"}


def coverage(**states: str) -> pd.DataFrame:
    """Areas a, b, c with a letter for each month: r received, z zero, p partial, - not sent."""
    words = {"r": "received", "z": "zero", "p": "partial"}
    rows = [
        (return_id, code, month, words[letter])
        for return_id in ("referral", "meeting", "consultation")
        for code, letters in zip(AREAS, (states.get(name, "--") for name in "abc"), strict=True)
        for month, letter in zip(MONTHS, letters, strict=True)
        if letter in words
    ]
    return pd.DataFrame(rows, columns=["return_id", "area_code", "period", "state"])


def counts(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["area_code", "period", "breakdown", "numerator", "denominator"])


def durations(*rows: tuple[str, str, int, int, int], breakdown: str = "other") -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["area_code", "period", "days", "events", "censored"])
    return frame.assign(breakdown=breakdown)


@pytest.fixture(scope="module")
def read(database: Path) -> Any:
    with Store(database) as store:
        rows = {
            one.id: store.durations(one.id) if one.kind == "duration" else store.counts(one.id)
            for one in CATALOG.values()
        }
        yield rows, store.coverage(), store.areas()


def test_five_situations_have_their_five_rows() -> None:
    rows = counts(
        ("990019", "2024-04", "福祉", 3, 6),
        ("990019", "2024-05", "税務", 1, 2),
        ("990027", "2024-04", "福祉", 0, 4),
    )
    found = by_area(CATALOG["recommendation_rate"], rows, coverage(a="rr", b="r-", c="--"), AREAS, MONTHS)
    assert list(found.columns) == COLUMNS
    assert found[["area_code", "numerator", "denominator", "state"]].to_numpy().tolist() == [
        ["990019", 4, 8, "value"],
        ["990027", 0, 4, "partial"],
        ["990035", 0, 0, "not_sent"],
        [PREFECTURE, 4, 12, "partial"],
    ]
    assert list(found["value"][[0, 1, 3]]) == pytest.approx([0.5, 0.0, 1 / 3])
    assert math.isnan(found["value"][2])
    assert list(found["method"]) == ["Wilson", "Wilson", "", "Wilson"]
    assert set(found["period"]) == {"2024-04/2024-05"}
    assert set(found["breakdown"]) == {"all"}


def test_zero_of_something_is_a_value_and_zero_of_nothing_is_not_applicable() -> None:
    rows = counts(("990019", "2024-04", "福祉", 0, 5))
    found = by_area(CATALOG["recommendation_rate"], rows, coverage(a="rr", b="zz", c="zz"), AREAS, MONTHS)
    assert list(found["state"]) == ["value", "not_applicable", "not_applicable", "value"]
    assert found["value"][0] == 0.0
    assert found["value"][1:3].isna().all()


def test_a_field_never_filled_in_is_not_sent_and_one_partly_filled_in_is_partial() -> None:
    rows = counts(
        ("990019", "2024-04", "福祉", 0, 0),
        ("990019", "2024-05", "福祉", 0, 0),
        ("990027", "2024-04", "福祉", 0, 0),
        ("990027", "2024-05", "福祉", 1, 2),
    )
    found = by_area(CATALOG["recommendation_rate"], rows, coverage(a="rr", b="rr"), AREAS[:2], MONTHS)
    assert list(found["state"]) == ["not_sent", "partial", "partial"]


def test_the_prefecture_is_complete_only_when_every_municipality_is() -> None:
    rows = counts(("990019", "2024-04", "福祉", 1, 2))
    complete = by_area(CATALOG["recommendation_rate"], rows, coverage(a="rr", b="rz", c="zr"), AREAS, MONTHS)
    assert complete["state"].iloc[-1] == "value"
    lacking = by_area(CATALOG["recommendation_rate"], rows, coverage(a="rr", b="rz", c="zp"), AREAS, MONTHS)
    assert lacking["state"].iloc[-1] == "partial"
    nothing = by_area(CATALOG["recommendation_rate"], rows[:0], coverage(), AREAS, MONTHS)
    assert set(nothing["state"]) == {"not_sent"}


def test_rows_of_other_areas_and_months_do_not_count() -> None:
    rows = counts(
        ("990019", "2024-04", "福祉", 1, 2),
        ("990019", "2023-04", "福祉", 9, 9),
        ("010006", "2024-04", "福祉", 9, 9),
    )
    found = by_area(CATALOG["recommendation_rate"], rows, coverage(a="rr"), AREAS[:1], MONTHS)
    assert list(found["denominator"]) == [2, 2]


def test_a_split_numerator_takes_its_denominator_once_for_the_headline() -> None:
    rows = counts(
        ("990019", "2024-04", "single", 6, 10),
        ("990019", "2024-04", "added", 1, 10),
        ("990019", "2024-04", "same_day", 0, 10),
        ("990019", "2024-04", "joint", 3, 10),
        ("990027", "2024-05", "single", 2, 2),
        ("990027", "2024-05", "added", 0, 2),
        ("990027", "2024-05", "same_day", 0, 2),
        ("990027", "2024-05", "joint", 0, 2),
    )
    given = (CATALOG["joint_operation_rate"], rows, coverage(a="rr", b="rr", c="rr"), AREAS, MONTHS)
    total = by_area(*given).iloc[-1]
    assert (total["numerator"], total["denominator"]) == (4, 12)
    parts = by_breakdown(*given)
    assert list(parts["breakdown"]) == ["single", "added", "same_day", "joint"]
    assert list(parts["numerator"]) == [8, 1, 0, 3]
    assert list(parts["denominator"]) == [12, 12, 12, 12]
    assert parts["value"].sum() == pytest.approx(1.0)


def test_consent_not_recorded_is_no_refusal() -> None:
    rows = counts(
        ("990019", "2024-04", "given", 6, 8),
        ("990019", "2024-04", "refused", 1, 8),
        ("990019", "2024-04", "unasked", 1, 8),
        ("990019", "2024-04", "not_recorded", 2, 10),
    )
    given = (CATALOG["consent_rate"], rows, coverage(a="rr"), AREAS[:1], MONTHS)
    assert by_area(*given)["value"][0] == pytest.approx(0.75)
    parts = by_breakdown(*given)
    assert list(parts["denominator"]) == [8, 8, 8, 10]


def test_consent_never_recorded_is_not_sent_but_the_share_not_recorded_is_known() -> None:
    rows = counts(
        ("990019", "2024-04", "given", 0, 0),
        ("990019", "2024-04", "refused", 0, 0),
        ("990019", "2024-04", "unasked", 0, 0),
        ("990019", "2024-04", "not_recorded", 10, 10),
    )
    given = (CATALOG["consent_rate"], rows, coverage(a="r-"), AREAS[:1], MONTHS)
    assert by_area(*given)["state"][0] == "not_sent"
    parts = by_breakdown(*given)
    assert list(parts["state"]) == ["not_sent", "not_sent", "not_sent", "partial"]
    assert parts["value"].iloc[-1] == 1.0


def test_a_trend_keeps_the_order_of_its_months_and_shows_the_gaps() -> None:
    rows = counts(("990019", "2024-04", "福祉", 1, 2), ("990027", "2024-04", "福祉", 1, 2))
    sent = coverage(a="r-", b="rr")
    one = by_month(CATALOG["recommendation_rate"], rows, sent, AREAS[:2], MONTHS, area_code="990019")
    assert one[["area_code", "period", "state"]].to_numpy().tolist() == [
        ["990019", "2024-04", "value"],
        ["990019", "2024-05", "not_sent"],
    ]
    whole = by_month(CATALOG["recommendation_rate"], rows, sent, AREAS[:2], MONTHS)
    assert list(whole["area_code"]) == [PREFECTURE] * 2
    assert list(whole["denominator"]) == [4, 0]
    assert list(whole["state"]) == ["value", "not_applicable"]


def test_areas_by_months_make_a_full_table() -> None:
    rows = counts(("990027", "2024-05", "福祉", 1, 2))
    found = estimate(CATALOG["recommendation_rate"], rows, coverage(b="rr"), AREAS, MONTHS, by=("area_code", "period"))
    assert len(found) == 6
    row = found[(found["area_code"] == "990027") & (found["period"] == "2024-05")].iloc[0]
    assert row["value"] == 0.5


def test_a_rate_counts_every_month_sent() -> None:
    values = ("connection_to_support", "support_to_connection", "other")
    rows = counts(*[("990019", month, value, 10 * (value == "other"), 50_000) for month in MONTHS for value in values])
    found = by_area(CATALOG["referrals_per_100k_month"], rows, coverage(a="rz"), AREAS[:1], MONTHS)
    # 20 referrals in 2 months among 50,000 people: 20 per 100,000 people and month.
    assert found["value"][0] == pytest.approx(20.0)
    assert found["denominator"][0] == 100_000
    assert found["method"][0] == "Byar"
    few = rows.assign(numerator=rows["numerator"] // 10)
    assert by_area(CATALOG["referrals_per_100k_month"], few, coverage(a="rz"), AREAS[:1], MONTHS)["method"][0] == (
        "exact Poisson"
    )


def year_of_coverage(return_id: str, *areas: str, months: int = 12) -> pd.DataFrame:
    rows = [(return_id, code, month, "received") for code in areas for month in months_of_year(2024)[:months]]
    return pd.DataFrame(rows, columns=["return_id", "area_code", "period", "state"], dtype="str")


def test_a_complete_count_is_a_share_without_interval_over_its_fiscal_year() -> None:
    departments = CATALOG["department_coverage"].breakdown.labels
    rows = counts(
        *[(code, "2024", name, int(name in told), 1) for code, told in COVERED.items() for name in departments]
    )
    sent = pd.concat(
        [year_of_coverage("referral", AREAS[0]), year_of_coverage("referral", AREAS[1], months=6)], ignore_index=True
    )
    found = by_area(CATALOG["department_coverage"], rows, sent, AREAS, ["2024"])
    assert found[["numerator", "denominator", "state"]].to_numpy().tolist() == [
        [2, 5, "value"], [0, 5, "partial"], [0, 0, "not_sent"], [2, 10, "partial"],
    ]  # fmt: skip
    assert list(found["value"].dropna()) == pytest.approx([0.4, 0.0, 0.2])
    assert found[["low", "high"]].isna().all(axis=None)
    assert set(found["period"]) == {"2024"}
    parts = by_breakdown(CATALOG["department_coverage"], rows, sent, AREAS, ["2024"])
    assert dict(zip(parts["breakdown"], parts["numerator"], strict=True)) == {
        "福祉": 1, "就労": 0, "教育": 0, "税務": 1, "住宅": 0,
    }  # fmt: skip


COVERED = {AREAS[0]: ("福祉", "税務"), AREAS[1]: ()}


def test_a_ratio_may_exceed_one_and_is_of_its_headline() -> None:
    rows = counts(
        ("990019", "2024", "support", 30, 20),
        ("990019", "2024", "connection", 1, 50),
        ("990027", "2024", "support", 0, 0),
    )
    sent = year_of_coverage("consultation", *AREAS)
    found = by_area(CATALOG["plans_per_consultation"], rows, sent, AREAS, ["2024"])
    assert list(found["state"]) == ["value", "not_sent", "not_applicable", "partial"]
    assert found["value"][0] == found["value"][3] == pytest.approx(1.5)
    assert found["low"][0] < 1.5 < found["high"][0]
    assert found["method"][0] == "Byar"


def test_a_median_comes_with_its_curve() -> None:
    rows = durations(
        ("990019", "2024-04", 3, 2, 0),
        ("990019", "2024-05", 7, 1, 0),
        ("990019", "2024-05", 40, 0, 1),
        ("990027", "2024-04", 60, 0, 3),
    )
    sent = coverage(a="rr", b="rr", c="zz")
    found = by_area(CATALOG["days_to_contact"], rows, sent, AREAS, MONTHS)
    assert list(found["numerator"]) == [3, 0, 0, 3]
    assert list(found["denominator"]) == [4, 3, 0, 7]
    assert list(found["state"]) == ["value", "value", "not_applicable", "value"]
    assert found["value"][0] == 3
    assert math.isnan(found["value"][1])  # half have not been contacted yet: open upwards, not hidden
    assert math.isinf(found["high"][1])
    assert math.isnan(found["high"][2])
    line = share_by_day(rows, AREAS, MONTHS, area_code="990019")
    assert list(line["days"]) == [0, 3, 7, 40]
    assert list(line["share"]) == pytest.approx([0, 0.5, 0.75, 0.75])
    assert list(line["at_risk"]) == [4, 4, 2, 1]
    assert share_by_day(rows, AREAS, MONTHS, area_code="990027").empty


def test_a_curve_is_of_one_direction_or_of_all_and_its_medians_too() -> None:
    rows = pd.concat(
        [
            durations(("990019", "2024-04", 3, 2, 0), breakdown="connection_to_support"),
            durations(("990019", "2024-04", 3, 1, 0), ("990019", "2024-04", 9, 3, 0), breakdown="support_to_connection"),
        ],
        ignore_index=True,
    )
    given = (CATALOG["days_to_contact"], rows, coverage(a="rr"), AREAS[:1], MONTHS)
    assert by_area(*given)["value"][0] == 6  # half of the six by day 3: the middle of 3 and 9
    parts = by_breakdown(*given)
    assert list(parts["breakdown"]) == ["connection_to_support", "support_to_connection", "other"]
    assert list(parts["value"][:2]) == [3, 9]
    assert list(parts["denominator"]) == [2, 4, 0]
    assert list(parts["state"]) == ["value", "value", "not_applicable"]
    one = share_by_day(rows, AREAS, MONTHS, breakdown="support_to_connection")
    assert list(one["share"]) == pytest.approx([0, 0.25, 1.0])
    assert list(one["at_risk"]) == [4, 4, 3]
    assert list(share_by_day(rows, AREAS, MONTHS)["at_risk"]) == [6, 6, 3]
    assert share_by_day(rows, AREAS, MONTHS, breakdown="other").empty


def test_contacts_on_the_day_itself_start_the_curve() -> None:
    line = share_by_day(durations(("990019", "2024-04", 0, 1, 0), ("990019", "2024-04", 5, 1, 0)), AREAS, MONTHS)
    assert list(line["days"]) == [0, 5]
    assert list(line["share"]) == pytest.approx([0.5, 1.0])


def months_of(indicator: Indicator, synthetic: Any) -> list[str]:
    return ["2023", "2024", "2025"] if indicator.is_yearly else synthetic.MONTHS


@pytest.mark.parametrize("indicator", CATALOG.values(), ids=lambda one: one.id)
def test_every_indicator_gives_the_same_columns_everywhere(indicator: Indicator, read: Any, synthetic: Any) -> None:
    rows, sent, areas = read[0][indicator.id], read[1], read[2]
    months = months_of(indicator, synthetic)
    types = {
        "numerator": "int64",
        "denominator": "int64",
        "value": "float64",
        "low": "float64",
        "high": "float64",
    }
    for make in (by_area, by_month, by_breakdown):
        for used in (rows, rows.iloc[:0]):
            found = make(indicator, used, sent, areas, months)
            assert list(found.columns) == COLUMNS
            assert set(found["state"]) <= STATES
            assert {name: str(found[name].dtype) for name in types} == types
            assert {str(found[name].dtype) for name in set(COLUMNS) - set(types)} == {"str"}
            shown = found[found["state"].isin(["value", "partial"])]
            assert (shown["denominator"] > 0).all()
            assert found.loc[~found.index.isin(shown.index), ["value", "low", "high"]].isna().all(axis=None)
            assert indicator.kind == "duration" or shown["value"].notna().all()
    assert list(by_area(indicator, rows, sent, areas, months)["area_code"]) == [*synthetic.AREAS, PREFECTURE]


@pytest.mark.parametrize("indicator", CATALOG.values(), ids=lambda one: one.id)
def test_prefecture_is_the_sum_of_municipalities_and_the_span_the_sum_of_months(
    indicator: Indicator, read: Any, synthetic: Any
) -> None:
    rows, sent, areas = read[0][indicator.id], read[1], read[2]
    months = months_of(indicator, synthetic)
    each = by_area(indicator, rows, sent, areas, months)
    monthly = by_month(indicator, rows, sent, areas, months)
    total = each.iloc[-1]
    for part in ("numerator", "denominator"):
        assert each[part].iloc[:-1].sum() == total[part] == monthly[part].sum()
    assert total["denominator"] > 0


def test_the_naive_prefecture_of_a_proportion(read: Any, tables: Any, synthetic: Any) -> None:
    referrals = tables["core.referral"]
    handed = sum(row["handover_date"] is not None for row in referrals)
    found = by_area(CATALOG["handover_rate"], read[0]["handover_rate"], read[1], read[2], synthetic.MONTHS)
    expected = wilson([handed], [len(referrals)])
    assert found["value"].iloc[-1] == handed / len(referrals)
    assert found["low"].iloc[-1] == expected.low[0]
    assert found["state"].iloc[-1] == "partial"


def test_a_value_that_was_never_declared_still_appears() -> None:
    rows = counts(("990019", "2024-04", "新しい部署", 1, 2))
    found = by_breakdown(CATALOG["recommendation_rate"], rows, coverage(a="rr"), AREAS[:1], MONTHS)
    assert list(found["breakdown"]) == ["新しい部署"]
    undivided = replace(CATALOG["recommendation_rate"], breakdown=None)
    assert by_area(undivided, rows, coverage(a="rr"), AREAS[:1], MONTHS)["value"][0] == 0.5
