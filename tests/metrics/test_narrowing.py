from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from metrics.catalog import load_catalog
from metrics.narrowing import COLUMNS, GROUP_COLUMNS, gap_by_group, gap_of, narrowing

PROPORTION = load_catalog()["recommendation_rate"]
RATE = replace(PROPORTION, kind="rate")
SIZES = np.arange(20, 20 + 41 * 9, 9)


def each_of(numerator: np.ndarray, denominator: np.ndarray, unit: float = 1.0) -> pd.DataFrame:
    codes = [f"99{number:04d}" for number in range(len(numerator))]
    value = np.where(denominator > 0, numerator / np.maximum(denominator, 1) * unit, np.nan)
    return pd.DataFrame({"area_code": codes, "numerator": numerator, "denominator": denominator, "value": value})


def year(dice: np.random.Generator, deviation: float, sizes: np.ndarray = SIZES) -> pd.DataFrame:
    weight = 0.24 / deviation**2 - 1 if deviation else np.inf
    shares = dice.beta(0.4 * weight, 0.6 * weight, len(sizes)) if deviation else np.full(len(sizes), 0.4)
    return each_of(dice.binomial(sizes, shares), sizes)


def test_equal_areas_are_within_chance_and_planted_differences_beyond() -> None:
    dice = np.random.default_rng(2)
    equal = [gap_of(PROPORTION, year(dice, 0.0)).verdict for _ in range(300)]
    planted = [gap_of(PROPORTION, year(dice, 0.12)).verdict for _ in range(100)]
    assert equal.count("beyond") <= 0.03 * len(equal)
    assert planted.count("beyond") >= 0.97 * len(planted)


def test_the_gap_is_the_deviation_without_chance() -> None:
    dice = np.random.default_rng(3)
    found = [gap_of(PROPORTION, year(dice, 0.1, SIZES * 4)).between_sd for _ in range(100)]
    assert np.mean(found) == pytest.approx(0.1, rel=0.08)
    people = np.full(41, 2_000_000)
    rate = gap_of(RATE, each_of(dice.poisson(people * dice.gamma(25, 2e-6, 41)), people, 100_000))
    assert rate.between_sd == pytest.approx(1.0, rel=0.5)
    assert rate.verdict == "beyond"


def test_a_gap_that_closes_year_by_year_is_narrowed_and_one_that_opens_widened() -> None:
    dice = np.random.default_rng(4)
    closing = {2019 + n: year(dice, deviation, SIZES * 20) for n, deviation in enumerate([0.2, 0.16, 0.12, 0.08, 0.04])}
    found = narrowing(PROPORTION, closing)
    assert (found.direction, found.reason, found.areas) == ("narrowed", "", 41)
    assert found.slope == pytest.approx(-0.04, rel=0.3) and found.low <= found.slope <= found.high
    assert list(found.frame.columns) == COLUMNS
    assert found.frame["p90_p10"].is_monotonic_decreasing
    opening = dict(zip(closing, reversed(closing.values()), strict=True))
    assert narrowing(PROPORTION, opening).direction == "widened"


def test_growing_numbers_alone_do_not_narrow_the_gap() -> None:
    dice = np.random.default_rng(5)
    runs = [
        narrowing(PROPORTION, {2019 + n: year(dice, 0.08, SIZES * size) for n, size in enumerate([1, 2, 4, 8, 16, 32])})
        for _ in range(60)
    ]
    assert sum(run.direction == "narrowed" for run in runs) <= 0.15 * len(runs)
    deciles = [run.frame["p90_p10"] for run in runs]
    assert np.mean([one.iloc[0] > one.iloc[-1] for one in deciles]) > 0.8  # as observed it would look narrower


def test_under_five_years_no_trend_is_told_but_the_years_are_there() -> None:
    dice = np.random.default_rng(6)
    found = narrowing(PROPORTION, {2021 + n: year(dice, 0.1) for n in range(4)})
    assert (found.direction, found.reason, len(found.frame)) == ("", "few_years", 4)
    assert math.isnan(found.p)


def test_only_areas_with_a_value_in_every_year_are_compared() -> None:
    dice = np.random.default_rng(7)
    years = {2019 + n: year(dice, 0.1) for n in range(5)}
    years[2020].loc[3, ["denominator", "value"]] = [0, np.nan]
    found = narrowing(PROPORTION, years)
    assert found.areas == 40 and set(found.frame["areas"]) == {40}


def test_a_year_without_any_value_is_left_out() -> None:
    dice = np.random.default_rng(8)
    years = {2019 + n: year(dice, 0.1) for n in range(5)}
    years[2018] = years[2019].assign(value=np.nan, denominator=0)
    assert narrowing(PROPORTION, years).frame["fiscal_year"].tolist() == [2019, 2020, 2021, 2022, 2023]


def test_kinds_without_scatter_by_chance_and_few_areas_are_refused() -> None:
    each = each_of(np.array([1, 2, 3]), np.array([10, 10, 10]))
    for kind in ("duration", "count"):
        assert gap_of(replace(PROPORTION, kind=kind), each).verdict == "none"
        assert narrowing(replace(PROPORTION, kind=kind), {2024: each}).reason == "kind"
    assert gap_of(PROPORTION, each).verdict == "none"
    assert narrowing(PROPORTION, {2024: each}).reason == "few_areas"
    assert narrowing(PROPORTION, {}).reason == "few_areas"


def test_the_gap_inside_each_group_is_that_of_its_areas() -> None:
    dice = np.random.default_rng(9)
    each = year(dice, 0.1)
    each.loc[0, ["denominator", "value"]] = [0, np.nan]
    groups = {code: "市" if number < 20 else "町村" for number, code in enumerate(each["area_code"]) if number != 40}
    groups["990039"] = "中核市"
    found = gap_by_group(PROPORTION, each, groups).set_index("group")
    assert ["group", *found.columns] == GROUP_COLUMNS
    assert found["areas"].to_dict() == {"市": 19, "町村": 19, "中核市": 1}
    assert found["not_shown"].to_dict() == {"市": 1, "町村": 0, "中核市": 0}
    cities = each[1:20]
    assert found["between_sd"]["市"] == gap_of(PROPORTION, cities).between_sd
    assert found["value"]["市"] == pytest.approx(cities["numerator"].sum() / cities["denominator"].sum())
    assert found["median"]["市"] == pytest.approx(np.median(cities["value"]))
    assert found["verdict"]["中核市"] == "none"
    assert gap_by_group(PROPORTION, each, {}).empty
