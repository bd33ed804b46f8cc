from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalog import Indicator
from metrics.compare import ADDED, VERDICTS, Comparison, against_prefecture, funnel_lines
from metrics.estimate import COLUMNS, METHODS

COUNTS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=45)


def indicator(kind: str) -> Indicator:
    return Indicator(
        id=kind, title=kind, kind=kind, period="month", unit="", numerator="", denominator="", notice=("N1",),
        reading="neither", returns=("referral",), source="", note="", public=False, breakdown=None, sql="",
    )  # fmt: skip


def estimates(kind: str, numerator: Any, denominator: Any) -> tuple[pd.DataFrame, pd.Series]:
    """Areas as metrics.estimate hands them out, and the row of the prefecture: the sum."""
    part = np.append(np.asarray(numerator, dtype=np.int64), np.sum(numerator, dtype=np.int64))
    whole = np.append(np.asarray(denominator, dtype=np.int64), np.sum(denominator, dtype=np.int64))
    found = METHODS[kind](part, whole)
    state = np.where(whole > 0, "value", "not_applicable")
    frame = pd.DataFrame(
        {
            "area_code": [f"{k:06d}" for k in range(len(part) - 1)] + ["prefecture"],
            "period": "2024-04/2025-03",
            "breakdown": "all",
            "numerator": part,
            "denominator": whole,
            "value": found.value,
            "low": found.low,
            "high": found.high,
            "method": found.method,
            "state": state,
        }
    )[COLUMNS]
    return frame.iloc[:-1], frame.iloc[-1]


def compare(kind: str, numerator: Any, denominator: Any) -> Comparison:
    each, whole = estimates(kind, numerator, denominator)
    return against_prefecture(indicator(kind), each, whole)


def test_the_frame_is_the_estimates_with_the_columns_added() -> None:
    each, whole = estimates("proportion", [5, 50, 0], [10, 60, 0])
    each.index = pd.Index([7, 3, 9])
    found = against_prefecture(indicator("proportion"), each, whole)
    assert list(found.frame.columns) == [*COLUMNS, *ADDED]
    pd.testing.assert_frame_equal(found.frame[COLUMNS], each)
    assert {str(found.frame[rank].dtype) for rank in ("rank_low", "rank_high")} == {"Int64"}
    pd.testing.assert_frame_equal(
        found.frame, against_prefecture(indicator("proportion"), each, whole.to_frame().T).frame
    )


@settings(deadline=None, max_examples=150)
@given(COUNTS, st.sampled_from(["proportion", "rate", "ratio"]))
def test_every_area_has_one_verdict_that_its_numbers_bear_out(pairs: list[tuple[int, int]], kind: str) -> None:
    part, whole = [min(p) for p in pairs], [max(p) for p in pairs]
    each, prefecture = estimates(kind, part, whole)
    found = against_prefecture(indicator(kind), each, prefecture)
    frame, target = found.frame, prefecture["value"]
    assert set(frame["verdict"]) <= set(VERDICTS)
    high, low = frame["verdict"] == "higher", frame["verdict"] == "lower"
    assert not (high & low).any()
    assert (frame["value"][high] > target).all()
    assert (frame["value"][low] < target).all()
    # Who differs lies outside the 95 % limits and is big enough.
    assert (frame["value"][high] >= frame["funnel_high"][high]).all()
    assert (frame["value"][low] <= frame["funnel_low"][low]).all()
    volume = frame["denominator"] if kind == "proportion" else frame["denominator"] * target / multiplier(kind)
    assert (volume[high | low] >= found.least).all()
    assert (frame["verdict"][frame["value"].isna()] == "none").all()
    assert (frame["q"].isna() == frame["verdict"].isin(["none", "few"])).all()
    assert not frame["q"].lt(frame["p"] - 1e-12).any()
    assert (frame["rank_low"] <= frame["rank_high"]).all()
    assert (frame["rank_low"].isna() == frame["value"].isna()).all()
    if kind == "proportion":
        shares = frame[["shrunk", "shrunk_low", "shrunk_high", "funnel_low", "funnel_high"]].to_numpy()
        assert np.all(((shares >= 0) & (shares <= 1)) | np.isnan(shares))


def multiplier(kind: str) -> float:
    return 100_000.0 if kind == "rate" else 1.0


def equal_areas(dice: np.random.Generator, kind: str) -> tuple[Any, Any]:
    if kind == "proportion":
        whole = dice.integers(5, 250, 41)
        return dice.binomial(whole, 0.62), whole
    base = dice.integers(3_000, 400_000, 41) * 12 if kind == "rate" else dice.integers(4, 60, 41)
    return dice.poisson(base * (16 / 100_000 if kind == "rate" else 2.5)), base


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["proportion", "rate", "ratio"])
def test_among_41_equal_areas_hardly_ever_is_one_called_different(kind: str) -> None:
    dice = np.random.default_rng(41)
    runs = [compare(kind, *equal_areas(dice, kind)).frame["verdict"] for _ in range(400)]
    false_alarms = np.mean([verdict.isin(["higher", "lower"]).any() for verdict in runs])
    # At most 5 % by design; 400 runs leave a standard error of 1.1 points.
    assert false_alarms <= 0.07


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_planted_differences_are_found_and_nothing_else(kind: str) -> None:
    dice = np.random.default_rng(42)
    hits, others = [], []
    for _ in range(60):
        if kind == "proportion":
            whole = np.full(41, 200)
            true = np.full(41, 0.5)
            true[[0, 1]] = 0.75, 0.25
            part = dice.binomial(whole, true)
        else:
            whole = np.full(41, 1_000_000)
            true = np.full(41, 16.0)
            true[[0, 1]] = 32.0, 6.0
            part = dice.poisson(whole * true / 100_000)
        verdict = compare(kind, part, whole).frame["verdict"]
        hits.append((verdict.iloc[0] == "higher") + (verdict.iloc[1] == "lower"))
        others.append(verdict.iloc[2:].isin(["higher", "lower"]).sum())
    assert np.mean(hits) > 1.9
    # The false discovery rate is 5 % of two findings and a few.
    assert np.mean(others) < 0.2


def test_areas_that_differ_all_over_are_not_all_called_different() -> None:
    dice = np.random.default_rng(43)
    whole = np.full(41, 400)
    found = compare("proportion", dice.binomial(whole, dice.beta(8, 8, 41)), whole)
    assert found.is_dispersed
    assert found.inflation == found.dispersion > 4
    assert found.frame["verdict"].isin(["higher", "lower"]).sum() <= 4
    assert f"φ＝{found.dispersion:.2f}" in found.method


def test_a_small_area_is_never_judged() -> None:
    found = compare("proportion", [0, 9, *[50] * 20], [9, 9, *[100] * 20])
    assert list(found.frame["verdict"][:2]) == ["few", "few"]
    assert found.frame["q"][:2].isna().all()
    assert found.frame["p"][:2].notna().all()
    assert found.least == 10
    # 16 per 100,000 and month: 31,000 person-months expect 4.96 events, 32,000 expect 5.12.
    rates = compare("rate", [0, 5, 1600], [31_000, 32_000, 10_000_000])
    assert list(rates.frame["verdict"][:2]) == ["few", "same"]
    assert rates.least == 5


def test_a_partly_sent_area_is_compared_by_what_it_sent() -> None:
    each, whole = estimates("proportion", [190, *[50] * 20], [200, *[100] * 20])
    each.loc[0, "state"] = "partial"
    assert against_prefecture(indicator("proportion"), each, whole).frame["verdict"][0] == "higher"


@pytest.mark.parametrize("kind", ["count", "duration"])
def test_a_complete_count_and_a_median_are_not_compared(kind: str) -> None:
    each, whole = estimates("count", [1, 0, 1], [1, 1, 1])
    found = against_prefecture(indicator(kind), each, whole)
    assert set(found.frame["verdict"]) == {"none"}
    assert found.frame[[column for column in ADDED if column != "verdict"]].isna().all(axis=None)
    assert list(found.frame.columns) == [*COLUMNS, *ADDED]
    assert (found.is_dispersed, len(found.method) > 10) == (False, True)
    assert np.isnan(found.dispersion)
    assert funnel_lines(indicator(kind), found, whole).empty


def test_without_a_value_of_the_prefecture_nothing_is_compared() -> None:
    found = compare("proportion", [0, 0], [0, 0])
    assert set(found.frame["verdict"]) == {"none"}
    assert "全体の値がない" in found.method


@pytest.mark.parametrize("kind", ["proportion", "rate", "ratio"])
def test_the_lines_pass_where_the_areas_limits_are(kind: str) -> None:
    dice = np.random.default_rng(44)
    each, whole = estimates(kind, *equal_areas(dice, kind))
    found = against_prefecture(indicator(kind), each, whole)
    lines = funnel_lines(indicator(kind), found, whole)
    assert list(lines.columns) == ["denominator", "low", "high", "low_998", "high_998"]
    assert 20 <= len(lines) <= 60
    assert lines["denominator"].is_monotonic_increasing
    assert lines["denominator"].iloc[0] <= each["denominator"].min()
    assert lines["denominator"].iloc[-1] >= each["denominator"].max()
    large = found.frame.nlargest(5, "denominator")
    for column, line in (("funnel_low", "low"), ("funnel_high", "high"), ("funnel_low_998", "low_998")):
        drawn = np.interp(large["denominator"], lines["denominator"], lines[line])
        assert drawn == pytest.approx(large[column].to_numpy(), rel=0.06)


def test_lines_follow_the_dispersion() -> None:
    dice = np.random.default_rng(45)
    whole_counts = np.full(41, 400)
    each, whole = estimates("proportion", dice.binomial(whole_counts, dice.beta(8, 8, 41)), whole_counts)
    found = against_prefecture(indicator("proportion"), each, whole)
    lines = funnel_lines(indicator("proportion"), found, whole)
    drawn = np.interp(400, lines["denominator"], lines["low"])
    assert drawn == pytest.approx(found.frame["funnel_low"].iloc[0], abs=0.01)
