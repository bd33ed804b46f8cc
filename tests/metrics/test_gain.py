from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalog import load_catalog
from metrics.gain import COLUMNS, COMPLETE, DURATION, FEW_AREAS, NEED, gain, reason_against

CATALOG = load_catalog()
RECOMMENDED = replace(CATALOG["recommendation_rate"], gain="利用勧奨のある紹介")
RATIO = replace(RECOMMENDED, kind="ratio")
RATE = replace(RECOMMENDED, kind="rate")


def each_of(*counts: tuple[int, int] | None, unit: float = 1.0) -> pd.DataFrame:
    """One row per area as metrics.estimate gives it; None: nothing sent."""
    rows = [
        {
            "area_code": f"99{number:04d}",
            "numerator": 0 if one is None else one[0],
            "denominator": 0 if one is None else one[1],
            "value": np.nan if one is None else one[0] / one[1] * unit,
            "state": "not_sent" if one is None else "value",
        }
        for number, one in enumerate(counts)
    ]
    return pd.DataFrame(rows)


def naive(counts: list[tuple[int, int]], least: int = 10) -> float:
    shares = sorted(x / n for x, n in counts if n >= least)
    half = len(shares) // 2
    median = shares[half] if len(shares) % 2 else (shares[half - 1] + shares[half]) / 2
    return sum(max(0.0, median - x / n) * n for x, n in counts)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.integers(10, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=3, max_size=20)
)
def test_the_gain_equals_a_naive_recomputation(counts: list[tuple[int, int]]) -> None:
    found = gain(RECOMMENDED, each_of(*counts))
    assert found.total == pytest.approx(naive(counts), abs=1e-9)
    assert found.per_area["gain"].sum() == pytest.approx(found.total, abs=1e-9)
    assert found.per_area["expected"].sum() == pytest.approx(found.expected)
    assert found.low <= found.expected <= found.high
    assert list(found.per_area.columns) == COLUMNS


def test_with_all_areas_equal_there_is_no_gain() -> None:
    found = gain(RECOMMENDED, each_of(*[(20, 50)] * 12))
    assert (found.total, found.low, found.per_area["gain"].sum()) == (0.0, 0.0, 0.0)


def test_areas_of_few_cases_take_no_part_in_the_median_but_in_the_gain() -> None:
    counts = [(0, 3), (0, 3), (0, 3), (40, 100), (50, 100), (60, 100)]
    found = gain(RECOMMENDED, each_of(*counts))
    assert found.benchmark == pytest.approx(0.5)
    assert found.per_area["gain"].tolist() == pytest.approx([1.5, 1.5, 1.5, 10, 0, 0])


def test_what_was_not_sent_is_left_out_and_is_not_zero() -> None:
    with_gap = gain(RECOMMENDED, each_of((40, 100), None, (50, 100), (60, 100)))
    assert with_gap.per_area["area_code"].tolist() == ["990000", "990002", "990003"]
    assert with_gap.total == pytest.approx(10)


def test_figures_of_other_spans_are_brought_to_a_year() -> None:
    each = each_of((40, 100), (50, 100), (60, 100))
    half, two = gain(RECOMMENDED, each, months_count=6), gain(RECOMMENDED, each, months_count=24)
    assert (half.total, two.total) == pytest.approx((20, 5))
    assert half.high == pytest.approx(4 * two.high)
    assert half.per_area["expected"].sum() == pytest.approx(half.expected)


def test_peers_and_a_set_value_can_be_the_benchmark() -> None:
    each = each_of((40, 100), (50, 100), (60, 100), (70, 100), (80, 100))
    peers = gain(RECOMMENDED, each, "peers", peers=["990002", "990003", "990004"])
    assert (peers.benchmark, peers.basis, peers.total) == (pytest.approx(0.7), "peers", pytest.approx(60))
    level = gain(RECOMMENDED, each, 0.55)
    assert (level.benchmark, level.basis, level.total) == (0.55, "value", pytest.approx(20))


def test_rates_and_ratios_count_in_their_own_units() -> None:
    people = [(x, 1_200_000) for x in (60, 90, 120, 150)]
    rate = gain(RATE, each_of(*people, unit=100_000), 10.0)
    assert rate.total == pytest.approx((10 - 5) * 12 + (10 - 7.5) * 12)
    ratio = gain(RATIO, each_of((10, 10), (20, 10), (30, 10)))
    assert (ratio.benchmark, ratio.total) == (pytest.approx(2.0), pytest.approx(10))


def test_what_is_no_gain_is_refused_with_the_reason() -> None:
    each = each_of((40, 100), (50, 100), (60, 100))
    consultations = gain(CATALOG["consultations_per_100k_month"], each)
    assert (consultations.reason, len(consultations.per_area)) == (NEED, 0)
    assert np.isnan([consultations.total, consultations.low, consultations.benchmark]).all()
    assert gain(CATALOG["days_to_contact"], each).reason == DURATION
    assert gain(replace(RECOMMENDED, kind="count"), each).reason == COMPLETE
    assert gain(RECOMMENDED, each_of((40, 100), (50, 100), None)).reason == FEW_AREAS
    assert gain(RECOMMENDED, each, "peers", peers=["990000"]).reason == FEW_AREAS
    assert gain(RECOMMENDED, each_of(None, None), 0.5).reason == FEW_AREAS


def test_a_wrong_benchmark_or_span_is_refused() -> None:
    with pytest.raises(ValueError, match="a benchmark is"):
        gain(RECOMMENDED, each_of((1, 2)), "mean")
    with pytest.raises(ValueError, match="months_count"):
        gain(RECOMMENDED, each_of((1, 2)), months_count=0)


def test_only_shares_of_which_more_is_no_worse_claim_a_gain_and_say_it_in_japanese() -> None:
    claiming = [one for one in CATALOG.values() if one.gain]
    assert {one.id for one in claiming} >= {"recommendation_rate", "handover_rate", "contact_within_30_days"}
    for one in claiming:
        assert one.kind in ("proportion", "ratio") and one.reading != "lower_better", one.id
        assert all(ord(letter) > 0x2FFF or letter.isdigit() for letter in one.gain), one.id
    assert all(reason_against(one) for one in CATALOG.values() if one.kind in ("rate", "duration", "count"))


def test_179_municipalities_take_far_less_than_a_second() -> None:
    dice = np.random.default_rng(1)
    counts = [(int(dice.binomial(n, 0.4)), int(n)) for n in dice.integers(5, 3000, 179)]
    started = time.perf_counter()
    gain(RECOMMENDED, each_of(*counts))
    assert time.perf_counter() - started < 1.0
