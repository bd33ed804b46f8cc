"""Sentences of fact: figures as in the tables, no extreme named from a handful of cases, no word without a report."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from metrics.answers import KeyFigure
from metrics.catalog import Indicator, load_catalog
from ui.labels import sentences

NAN = math.nan
SHARE, RATE, DAYS, RATIO, COUNT = (
    load_catalog()[one]
    for one in (
        *("handover_rate", "referrals_per_100k_month", "days_to_contact"),
        *("plans_per_consultation", "leaflets_both"),
    )
)
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
        (RATIO, 0.25, 0.31, "前年同期差 -0.06件"),
        (DAYS, 13.0, 11.0, "前年同期差 +2日"),
        (SHARE, 0.5, NAN, None),
        (SHARE, NAN, 0.5, None),
        (SHARE, 0.5, None, None),
    ],
)
def test_a_change_is_a_difference_in_the_unit_and_only_between_two_values(
    indicator: Indicator, now: float, before: float | None, text: str | None
) -> None:
    assert sentences.year_change(KeyFigure(indicator, whole(now), None if before is None else whole(before))) == text


def judged(*verdicts: str) -> pd.DataFrame:
    rows = [estimate(0.1 * (place + 1), 100) for place in range(len(verdicts))]
    return areas(*rows).assign(verdict=verdicts, rank_low=1, rank_high=3)


def test_who_differs_is_named_with_its_value_and_the_rest_is_counted() -> None:
    said = sentences.difference(SHARE, judged("lower", "same", "few", "higher"), NAMES, 10).replace("**", "")
    assert "高いのは丁村（40.0％）、低いのは甲市（10.0％）です" in said
    assert "ほかの1市区町村は差があるとは言えません" in said
    assert "1市区町村は件数が少ないため判定していません（分母が10件未満）" in said


def test_without_a_difference_the_words_are_those_of_caution() -> None:
    said = sentences.difference(SHARE, judged("same", "same"), NAMES, 10)
    assert said == "つなぎの実施率では、判定できる2市区町村のいずれも、県全体と差があるとは言えません。"


def test_nobody_is_judged_where_all_are_too_small() -> None:
    said = sentences.difference(RATE, judged("few", "few"), NAMES, 5)
    assert "判定できる件数のある市区町村はありません" in said
    assert "見込まれる件数が5件未満" in said


def test_several_indicators_are_told_in_one_sentence() -> None:
    said = sentences.differences([(SHARE, judged("same", "higher")), (RATE, judged("same", "few"))], NAMES)
    assert said.replace("**", "") == (
        "偶然を超えて県全体と差があるのは、つなぎの実施率で高い乙町です。"
        "相互紹介件数（人口10万人・1か月当たり）では、差があるとは言えません。"
    )


def test_one_municipality_is_told_with_interval_counts_ranks_and_verdict() -> None:
    said = sentences.of_one(SHARE, judged("higher").iloc[0])
    assert said == "つなぎの実施率 10.0％（95％信頼区間 10.0～10.0、1 ／ 100件、1～3位、偶然を超えて県全体より高い）"
    silent = areas(estimate(NAN, 0, "not_sent")).assign(verdict="none", rank_low=pd.NA, rank_high=pd.NA)
    assert sentences.of_one(SHARE, silent.iloc[0]) == "つなぎの実施率 未提出"


def test_a_single_value_in_a_series_is_named_once() -> None:
    series = pd.DataFrame([{**estimate(0.5), "period": "2023"}, {**estimate(NAN), "period": "2024"}])
    assert sentences.trend(COUNT, series, "甲市").replace("**", "") == (
        "甲市の年度別の値は、令和5年度に50.0％です。値のない年度が1あります。"
    )


def test_a_yearly_indicator_is_told_for_its_whole_year() -> None:
    said = sentences.spread(COUNT, areas(estimate(1.0, 1)), whole(0.25), NAMES, JUNE).replace("**", "")
    assert said.startswith("令和6年度（令和6年4月～令和7年3月）の")
    assert "25.0％（100のうち1）です" in said
