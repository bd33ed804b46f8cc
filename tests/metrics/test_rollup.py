"""Arithmetic truths: whatever is put together is the sum of its parts."""

from __future__ import annotations

from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalog import ALL, Indicator, load_catalog
from metrics.estimate import estimate
from metrics.rollup import KEYS, headline, rollup

AREAS = ["990019", "990027", "990035"]
MONTHS = ["2024-04", "2024-05", "2025-03"]
VALUES = ["a", "b", "c"]
small = st.integers(0, 50)


@st.composite
def divided_cases(draw: Any) -> pd.DataFrame:
    """Each value of the breakdown has cases of its own; some keys do not occur."""
    keys = [key for key in product(AREAS, MONTHS, VALUES) if draw(st.booleans())]
    counts = [(part, part + draw(small)) for part in (draw(small) for _ in keys)]
    return pd.DataFrame(
        [(*key, *count) for key, count in zip(keys, counts, strict=True)],
        columns=[*KEYS, "numerator", "denominator"],
    )


@st.composite
def divided_outcomes(draw: Any) -> pd.DataFrame:
    """The values of the breakdown share the cases of their area and month."""
    rows = []
    for area, month in product(AREAS, MONTHS):
        if draw(st.booleans()):
            outcomes = [draw(small) for _ in VALUES]
            cases = sum(outcomes) + draw(small)
            rows += [(area, month, *row, cases) for row in zip(VALUES, outcomes, strict=True)]
    return pd.DataFrame(rows, columns=[*KEYS, "numerator", "denominator"])


def naive(rows: pd.DataFrame, by: tuple[str, ...], once: bool) -> dict[tuple[Any, ...], tuple[int, int]]:
    found: dict[tuple[Any, ...], tuple[int, int]] = {}
    seen = set()
    for row in rows.to_dict("records"):
        key = tuple(row[name] for name in by)
        part, whole = found.get(key, (0, 0))
        cell = (row["area_code"], row["period"])
        counts = not (once and cell in seen)
        seen.add(cell)
        found[key] = (part + row["numerator"], whole + row["denominator"] * counts)
    return found


def as_dict(frame: pd.DataFrame, by: tuple[str, ...]) -> dict[tuple[Any, ...], tuple[int, int]]:
    return {tuple(row[name] for name in by): (row["numerator"], row["denominator"]) for row in frame.to_dict("records")}


some_keys = st.lists(st.sampled_from(KEYS), unique=True).map(tuple)


@settings(deadline=None, max_examples=40)
@given(divided_cases(), some_keys)
def test_any_rollup_is_the_sum_of_its_rows(rows: pd.DataFrame, by: tuple[str, ...]) -> None:
    found = as_dict(rollup(rows, by), by)
    assert found == (naive(rows, by, once=False) or ({} if by else {(): (0, 0)}))


@settings(deadline=None, max_examples=40)
@given(divided_outcomes(), some_keys)
def test_a_shared_denominator_is_taken_once_per_area_and_period(rows: pd.DataFrame, by: tuple[str, ...]) -> None:
    found = as_dict(rollup(rows, by, splits="numerator"), by)
    expected = naive(rows, by, once="breakdown" not in by)
    assert found == (expected or ({} if by else {(): (0, 0)}))


@settings(deadline=None, max_examples=40)
@given(st.one_of(divided_cases(), divided_outcomes()), st.sampled_from(["both", "numerator"]))
def test_prefecture_year_and_total_are_sums_of_areas_months_and_values(rows: pd.DataFrame, how: str) -> None:
    total = rollup(rows, (), how).iloc[0]
    for by in (("area_code",), ("period",), ("area_code", "period")):
        parts = rollup(rows, by, how)
        assert parts["numerator"].sum() == total["numerator"]
        assert parts["denominator"].sum() == total["denominator"]
    assert rollup(rows, ("breakdown",), how)["numerator"].sum() == total["numerator"]


@settings(deadline=None, max_examples=40)
@given(divided_cases())
def test_rolling_up_in_steps_gives_the_same(rows: pd.DataFrame) -> None:
    step = rollup(rows, ("area_code", "period")).assign(breakdown="all")
    assert as_dict(rollup(step, ("area_code",)), ("area_code",)) == as_dict(
        rollup(rows, ("area_code",)), ("area_code",)
    )


every_count = pytest.mark.parametrize(
    "indicator", [one for one in load_catalog().values() if one.kind != "duration"], ids=lambda one: one.id
)


def values_of(indicator: Indicator) -> list[str]:
    if indicator.breakdown is None:
        return [ALL]
    return list(indicator.breakdown.labels) or ["福祉", "税務", "未分類"]


@st.composite
def cubes(draw: Any, indicator: Indicator) -> pd.DataFrame:
    """Rows as this indicator may give them: its own values, over its own periods, sharing a denominator or not."""
    splits = indicator.breakdown.splits if indicator.breakdown else "both"
    periods = ["2023", "2024"] if indicator.is_yearly else ["2024-04", "2024-05", "2025-03"]
    rows = []
    for area, period in product(AREAS, periods):
        values = [value for value in values_of(indicator) if splits == "numerator" or draw(st.booleans())]
        if splits == "numerator" and draw(st.booleans()):
            continue
        numerators = [draw(small) for _ in values]
        whole = sum(numerators) + draw(small)
        for value, numerator in zip(values, numerators, strict=True):
            rows.append((area, period, value, numerator, whole if splits == "numerator" else numerator + draw(small)))
    return pd.DataFrame(rows, columns=[*KEYS, "numerator", "denominator"]).astype(
        {"numerator": "int64", "denominator": "int64"}
    )


@every_count
@settings(deadline=None, max_examples=8)
@given(data=st.data())
def test_every_indicator_adds_up_over_areas_periods_and_values(indicator: Indicator, data: Any) -> None:
    rows = headline(indicator, data.draw(cubes(indicator)))
    splits = indicator.breakdown.splits if indicator.breakdown else "both"
    expected = naive(rows, (), once=splits == "numerator") or {(): (0, 0)}
    assert as_dict(rollup(rows, (), splits), ()) == expected
    for by in (("area_code",), ("period",), ("area_code", "period")):
        parts = rollup(rows, by, splits)
        assert (parts["numerator"].sum(), parts["denominator"].sum()) == expected[()]
    values = rollup(rows, ("breakdown",), splits)
    assert values["numerator"].sum() == expected[()][0]
    if splits == "both":
        assert values["denominator"].sum() == expected[()][1]


@every_count
@settings(deadline=None, max_examples=4)
@given(data=st.data())
def test_estimates_of_every_indicator_are_the_sums_of_their_parts(indicator: Indicator, data: Any) -> None:
    rows = data.draw(cubes(indicator))
    periods = ["2023", "2024"] if indicator.is_yearly else ["2024-04", "2024-05", "2025-03"]
    nothing = pd.DataFrame(columns=["return_id", "area_code", "period", "state"], dtype="str")
    total = estimate(indicator, rows, nothing, AREAS, periods, by=()).iloc[0]
    for by in (("area_code",), ("period",), ("area_code", "period")):
        parts = estimate(indicator, rows, nothing, AREAS, periods, by=by)
        assert parts["numerator"].sum() == total["numerator"]
        assert parts["denominator"].sum() == total["denominator"]


def test_headline_keeps_the_declared_values_and_all_when_none_is_declared() -> None:
    rows = pd.DataFrame({"breakdown": ["single", "added", "same_day", "joint"]})
    assert list(headline(load_catalog()["joint_operation_rate"], rows)["breakdown"]) == [
        "added",
        "same_day",
        "joint",
    ]
    assert len(headline(load_catalog()["handover_rate"], rows)) == 4
    assert len(headline(load_catalog()["days_to_contact"], rows)) == 4


def test_a_small_example_by_hand() -> None:
    rows = pd.DataFrame(
        [
            ("990019", "2024-04", "added", 2, 10),
            ("990019", "2024-04", "joint", 1, 10),
            ("990019", "2024-05", "added", 0, 4),
            ("990019", "2024-05", "joint", 3, 4),
            ("990027", "2024-04", "added", 5, 6),
            ("990027", "2024-04", "joint", 0, 6),
        ],
        columns=[*KEYS, "numerator", "denominator"],
    )
    total = rollup(rows, (), "numerator").iloc[0]
    assert (total["numerator"], total["denominator"]) == (11, 20)
    area = rollup(rows, ("area_code",), "numerator")
    assert area.to_numpy().tolist() == [["990019", 6, 14], ["990027", 5, 6]]
    value = rollup(rows, ("breakdown",), "numerator")
    assert value.to_numpy().tolist() == [["added", 7, 20], ["joint", 4, 20]]


@pytest.mark.parametrize("by", [("breakdown",), ("area_code", "breakdown")])
def test_nothing_to_roll_up_gives_no_rows(by: tuple[str, ...]) -> None:
    empty = pd.DataFrame(columns=[*KEYS, "numerator", "denominator"])
    assert len(rollup(empty, by)) == 0
