"""Sentences of fact: figures as in the tables, no extreme named from a handful of cases, no word without a report."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from metrics.catalog import load_catalog
from ui.internal import sentences
from ui.internal.figures import KeyFigure, change_text

NAN = math.nan
SHARE, RATE, DAYS = (load_catalog()[one] for one in ("handover_rate", "referrals_per_100k_month", "days_to_contact"))
NAMES = {"a": "甲市", "b": "乙町", "c": "丙村", "d": "丁村"}
JUNE = ["2024-06"]


def estimate(value: float, denominator: int = 20, state: str = "value") -> dict[str, object]:
    return {"value": value, "low": value, "high": value, "numerator": 1, "denominator": denominator, "state": state}


def areas(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{**row, "area_code": code} for code, row in zip(NAMES, rows, strict=False)])


def whole(value: float) -> pd.Series:
    return pd.Series(estimate(value, 100))


def test_the_spread_names_only_areas_with_enough_cases() -> None:
    each = areas(estimate(1.0, 2), estimate(0.8, 10), estimate(0.3, 40), estimate(NAN, 0, "not_sent"))
    said = sentences.spread(SHARE, each, whole(0.5), NAMES, JUNE).replace("**", "")
    assert "県全体で50.0％です" in said
    assert "丙村の30.0％から乙町の80.0％まで" in said
    assert "甲市" not in said
    assert "1市区町村は未提出です" in said


def test_the_spread_of_a_single_area_is_no_spread() -> None:
    each = areas(estimate(0.8, 10), estimate(0.3, 9))
    assert "分布" not in sentences.spread(SHARE, each, whole(0.5), NAMES, JUNE)


def test_without_any_report_the_sentence_says_that_nothing_can_be_computed() -> None:
    each = areas(estimate(NAN, 0, "not_sent"), estimate(NAN, 0, "not_sent"))
    said = sentences.spread(SHARE, each, whole(NAN), NAMES, JUNE)
    assert "計算できません" in said
    assert "nan" not in said


def test_a_series_counts_its_months_without_value() -> None:
    series = pd.DataFrame(
        [
            {**estimate(value), "period": period}
            for value, period in [(0.5, "2024-04"), (NAN, "2024-05"), (NAN, "2024-06"), (0.25, "2024-07")]
        ]
    )
    said = sentences.trend(SHARE, series, "甲市").replace("**", "")
    assert said == ("甲市の月別の値は、令和6年4月に50.0％、令和6年7月に25.0％です。値のない月が2か月あります。")
    assert "報告がありません" in sentences.trend(SHARE, series.assign(value=NAN), "甲市")


@pytest.mark.parametrize(
    ("indicator", "now", "before", "text"),
    [
        (SHARE, 0.646, 0.606, "前年同期差 +4.0ポイント"),
        (SHARE, 0.5, 0.5, "前年同期差 +0.0ポイント"),
        (RATE, 5.6, 7.0, "前年同期差 -1.4件"),
        (DAYS, 13.0, 11.0, "前年同期差 +2日"),
        (SHARE, 0.5, NAN, None),
        (SHARE, NAN, 0.5, None),
        (SHARE, 0.5, None, None),
    ],
)
def test_a_change_is_a_difference_in_the_unit_and_only_between_two_values(
    indicator: object, now: float, before: float | None, text: str | None
) -> None:
    figure = KeyFigure(whole(now), None if before is None else whole(before))
    assert change_text(figure, indicator.kind) == text
