"""Worked examples in print: what is missing below a benchmark as observed, and the ensembles from which it is drawn.

As observed, the sum is known under other names. The population attributable risk of health inequality is what the
average would gain if every group reached the best one; the poverty gap is what incomes lack to reach the poverty line.

Two printed ensembles were found. They give posterior means and standard deviations of every area's rate. These can be
read off ours: against a benchmark above every rate, the expected shortfall of an area is (benchmark - mean rate) x
volume. Hyperpriors differ (ours is uniform shrinkage), so agreement is measured in the printed standard deviations.
Everything else is tested in test_shortfall.py. Printed figures: documentation of Mamba.jl, Examples, Pumps and
Surgical (after the examples of OpenBUGS).
"""

from __future__ import annotations

import numpy as np
import pytest

from metrics.stats.shortfall import proportions, rates

# Gaver DP, O'Muircheartaigh IG (1987) Robust empirical Bayes analyses of event rates, Technometrics 29:1-15; the model
# of George et al. (1993): failures of ten pumps and their thousands of hours.
FAILURES = [5, 1, 5, 14, 3, 19, 1, 1, 4, 22]
HOURS = np.array([94.3, 15.7, 62.9, 126, 5.24, 31.4, 1.05, 1.05, 2.1, 10.5])
PUMP_MEANS = np.array([
    0.0597276, 0.0997635, 0.0889841, 0.116179, 0.603654, 0.608916, 0.894307, 0.884304, 1.56235, 1.98785,
])  # fmt: skip
PUMP_DEVIATIONS = np.array([
    0.0251118, 0.0773339, 0.0379549, 0.030564, 0.32236, 0.139405, 0.691573, 0.726039, 0.755878, 0.427868,
])  # fmt: skip
# Deaths after heart surgery of infants in twelve hospitals (OpenBUGS, Surgical: institutional ranking).
DEATHS = [0, 18, 8, 46, 8, 13, 9, 31, 14, 8, 29, 24]
OPERATIONS = np.array([47, 148, 119, 810, 211, 196, 148, 215, 207, 97, 256, 360])
HOSPITAL_MEANS = np.array([
    0.052805725, 0.104001890, 0.070669708, 0.059118030, 0.051504980, 0.069199820, 0.067117588, 0.123097365,
    0.070410452, 0.078694851, 0.102801934, 0.068715136,
])  # fmt: skip
HOSPITAL_DEVIATIONS = np.array([
    0.0198027, 0.0219549, 0.0176251, 0.0079059, 0.0132372, 0.0147703, 0.0160309, 0.0219326, 0.0148534, 0.0198460,
    0.0176951, 0.0119246,
])  # fmt: skip


def test_failure_rates_of_ten_pumps() -> None:
    found = rates(FAILURES, HOURS, 50.0, multiplier=1)
    means = 50 - found.each_expected / HOURS
    assert np.all(np.abs(means - PUMP_MEANS) < 0.3 * PUMP_DEVIATIONS)
    # Where there is much to see the hyperprior does not matter.
    much = np.array(FAILURES) >= 10
    assert np.all(np.abs(means / PUMP_MEANS - 1)[much] < 0.06)


def test_mortality_in_twelve_hospitals() -> None:
    found = proportions(DEATHS, OPERATIONS, 1.0)
    means = 1 - found.each_expected / OPERATIONS
    assert np.all(np.abs(means - HOSPITAL_MEANS) < 0.2 * HOSPITAL_DEVIATIONS)


# Births attended by skilled health personnel in wealth quintiles, per cent, and the births: data and result of the
# example of `parisk`, R package healthequal 1.0.1 of the World Health Organization (reference pages OrderedSample and
# parisk; method: Schlotheuber A, Hosseinpoor AR (2022) Int J Environ Res Public Health 19:3697).
ATTENDED = np.array([75.60530, 91.01997, 96.03959, 97.04223, 99.22405])
BIRTHS = np.array([2072.436, 2112.204, 1983.059, 2052.124, 1884.510])


def test_births_that_the_poorer_lack_to_be_attended_as_those_of_the_richest() -> None:
    # Printed: par 7.627362 percentage points of all births. The printed counts and shares are rounded.
    found = proportions(ATTENDED / 100 * BIRTHS, BIRTHS, ATTENDED[-1] / 100)
    assert 100 * found.total / BIRTHS.sum() == pytest.approx(7.627362, abs=5e-6)
    assert found.each[-1] == 0


def test_five_groups_of_the_tests_of_healthequal() -> None:
    # tests/testthat/test-parisk.R of the same package expects 18.775509 for 20 to 60 per cent of groups whose sizes are
    # R's round(rnorm(5, 100, 40)) after set.seed(123): 78, 91, 162, 103, 105.
    share, people = np.array([0.2, 0.3, 0.4, 0.5, 0.6]), np.array([78, 91, 162, 103, 105])
    found = proportions(share * people, people, 0.6)
    assert 100 * found.total / people.sum() == pytest.approx(18.775509, abs=5e-6)


def test_poverty_gaps_of_the_handbook_of_the_world_bank() -> None:
    # Haughton J, Khandker SR (2009) Handbook on Poverty and Inequality, World Bank, p. 70: expenditures of 100, 110,
    # 150 and 160 against a line of 125 lack 25, 15, 0 and 0, an index of 0.08 [= 0.32/4].
    found = rates([100, 110, 150, 160], [1, 1, 1, 1], 125, multiplier=1)
    assert list(found.each) == [25, 15, 0, 0]
    assert found.total / 125 / 4 == pytest.approx(0.08)
