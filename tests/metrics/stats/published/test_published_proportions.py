"""Worked examples in print: Wilson limits."""

from __future__ import annotations

import pytest

from metrics.stats.proportion import wilson

# Newcombe RG (1998) Two-sided confidence intervals for the single proportion: comparison of seven methods.
# Stat Med 17:857-872, Table I, method 3 (score without continuity correction).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# R: binom.confint of the package binom, row "wilson"; read in the tests of statsmodels (results_proportion).
BINOM = [
    (18, 20, 0.6989663547715128, 0.972133518786232),
    (4, 20, 0.0806576625797981, 0.4160174322518935),
    (4, 200, 0.00780442641634947, 0.05028708690582643),
    (190, 200, 0.910421851861224, 0.972617354399236),
    (1, 30, 0.00590859, 0.16670391),
    (29, 30, 0.8332961, 0.9940914),
    (0, 30, 0.0, 0.11351339),
    (30, 30, 0.8864866, 1.0),
]


@pytest.mark.parametrize(("part", "whole", "low", "high"), NEWCOMBE)
def test_limits_of_newcombe_1998(part: int, whole: int, low: float, high: float) -> None:
    found = wilson([part], [whole])
    assert found.low[0] == pytest.approx(low, abs=5e-5)
    assert found.high[0] == pytest.approx(high, abs=5e-5)


def test_all_examples_at_once_as_one_vector() -> None:
    parts, wholes, lows, highs = zip(*NEWCOMBE, strict=True)
    found = wilson(parts, wholes)
    assert found.low == pytest.approx(lows, abs=5e-5)
    assert found.high == pytest.approx(highs, abs=5e-5)


@pytest.mark.parametrize(("part", "whole", "low", "high"), BINOM)
def test_limits_that_the_package_binom_prints(part: int, whole: int, low: float, high: float) -> None:
    found = wilson([part], [whole])
    assert found.low[0] == pytest.approx(low, abs=5e-8)
    assert found.high[0] == pytest.approx(high, abs=5e-8)


def test_one_hundred_of_two_hundred_at_95_and_90_per_cent() -> None:
    # R 4.3.3: DescTools::BinomCI(100, 200, method = "wilson"); the one-sided limits at 95 % are those of 90 %. Read in
    # the tests of statsmodels (test_proportion_confint).
    usual, narrow = wilson([100], [200]), wilson([100], [200], confidence=0.90)
    assert (usual.low[0], usual.high[0]) == pytest.approx((0.4313609, 0.5686391), abs=5e-8)
    assert (narrow.low[0], narrow.high[0]) == pytest.approx((0.442235, 0.557765), abs=5e-7)


def test_six_cars_of_thirty_two() -> None:
    # An R notebook (RPubs 1367507) on Henderson and Velleman's `mtcars`, 25 miles per gallon or more: 0.1875.
    found = wilson([6], [32])
    assert found.value[0] == 0.1875
    assert (found.low[0], found.high[0]) == pytest.approx((0.08889545, 0.35309155), abs=5e-9)
