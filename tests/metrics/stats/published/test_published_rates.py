"""Worked examples in print: limits of Poisson counts and rates."""

from __future__ import annotations

import pytest

from metrics.stats.rate import poisson

# Garwood F (1936) Fiducial limits for the Poisson distribution, Biometrika 28:437-442, as tabulated in
# epidemiology textbooks; obtained through chi-square as in Ulm K (1990) Am J Epidemiol 131:373-375.
GARWOOD = [
    (0, 0.0, 3.689),
    (1, 0.0253, 5.572),
    (2, 0.242, 7.225),
    (3, 0.619, 8.767),
    (5, 1.623, 11.668),
]
# The same tables from 10 events on, where Byar's approximation (Breslow and Day 1987, p. 69) stands in:
# Public Health England, Technical Guide Confidence Intervals (2018), promises it "within 0.2 %".
TABULATED_FROM_10 = [
    (10, 4.795, 18.390),
    (20, 12.217, 30.888),
    (25, 16.18, 36.90),  # GraphPad QuickCalcs, confidence interval of a count
    (100, 81.36, 121.63),
]


@pytest.mark.parametrize(("count", "low", "high"), GARWOOD)
def test_exact_limits_of_the_garwood_table(count: int, low: float, high: float) -> None:
    found = poisson([count], [1], multiplier=1)
    assert found.method[0] == "exact Poisson"
    assert found.low[0] == pytest.approx(low, abs=6e-4)
    assert found.high[0] == pytest.approx(high, abs=6e-4)


@pytest.mark.parametrize(("count", "low", "high"), TABULATED_FROM_10)
def test_byar_is_within_its_promise_of_the_tables(count: int, low: float, high: float) -> None:
    found = poisson([count], [1], multiplier=1)
    assert found.method[0] == "Byar"
    assert found.low[0] == pytest.approx(low, rel=0.002)
    assert found.high[0] == pytest.approx(high, rel=0.002)


def test_thirty_observed_where_15_21_were_expected() -> None:
    # Biological Effects of Low Level Exposures to Chemicals and Radiation (1992), ch. 7, Table 7.5:
    # 30 observed, limits 20.24 and 42.83, ratio to 15.21 expected between 1.33 and 2.82.
    counts = poisson([30], [1], multiplier=1)
    assert (round(counts.low[0], 2), round(counts.high[0], 2)) == (20.24, 42.83)
    ratio = poisson([30], [15.21], multiplier=1)
    assert (round(ratio.low[0], 2), round(ratio.high[0], 2)) == (1.33, 2.82)


def test_four_events() -> None:
    # R: help page cipoisson of the package survival, 95 % limits of 4: 1.089865 and 10.24153 (found by trying, to five digits).
    found = poisson([4], [1], multiplier=1)
    assert (found.low[0], found.high[0]) == pytest.approx((1.089865, 10.24153), rel=1e-5)


def test_fourteen_events_in_four_hundred_years() -> None:
    # StatsDirect help, Poisson rate confidence interval: 14 in 400 person-years, 0.035, exact 0.019135 to 0.058724.
    found = poisson([14], [400], multiplier=1)
    assert (found.value[0], found.method[0]) == (0.035, "Byar")
    assert (found.low[0], found.high[0]) == pytest.approx((0.019135, 0.058724), rel=0.002)


def test_fifteen_events_in_four_hundred() -> None:
    # R: DescTools::PoissonCI(15, 400, method = "exact"), as quoted in the tests of statsmodels (test_rate_poisson_r).
    # What DescTools calls "byar" adds one half to the events at both limits and is another approximation.
    found = poisson([15], [400], multiplier=1)
    assert (found.value[0], found.method[0]) == (0.0375, "Byar")
    assert (found.low[0], found.high[0]) == pytest.approx((0.0209884653319583, 0.0618505471787146), rel=0.002)
