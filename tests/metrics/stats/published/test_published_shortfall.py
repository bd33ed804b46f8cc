"""Worked examples in print: the ensembles from which a shortfall is drawn.

No printed shortfall with its data was found, and two printed ensembles rather than three. They give posterior means
and standard deviations of every area's rate. These can be read off ours: against a benchmark above every rate, the
expected shortfall of an area is (benchmark - mean rate) x volume. Hyperpriors differ (ours is uniform shrinkage), so
agreement is measured in the printed standard deviations. Everything else is tested in test_shortfall.py.
Printed figures: documentation of Mamba.jl, Examples, Pumps and Surgical (after the examples of OpenBUGS).
"""

from __future__ import annotations

import numpy as np

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
