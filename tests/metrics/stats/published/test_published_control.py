"""Worked examples in print: p-chart and XmR chart."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.stats.control import p_chart, xmr

# Montgomery DC (1991) Introduction to Statistical Quality Control, 2nd ed., pp. 152-155 (R: qcc, `orangejuice`;
# also the wafers of the NIST/SEMATECH e-Handbook, 6.3.3.2): nonconforming cans in samples of 50.
CANS = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
]  # fmt: skip
# The same book, p. 242: viscosity of a primer, one batch each.
VISCOSITY = [
    33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84,
]  # fmt: skip
# Wetherill GB, Brown DW (1991) Statistical Process Control, p. 120: water in antifreeze.
WATER = [
    2.23, 2.53, 2.62, 2.63, 2.58, 2.44, 2.49, 2.34, 2.95, 2.54, 2.60, 2.45, 2.17, 2.58, 2.57, 2.44, 2.38, 2.23, 2.23,
    2.54, 2.66, 2.84, 2.81, 2.39, 2.56, 2.70, 3.00, 2.81, 2.77, 2.89, 2.54, 2.98, 2.35, 2.53,
]  # fmt: skip


def test_trial_limits_of_the_cans_and_the_two_samples_beyond() -> None:
    found = p_chart(CANS, [50] * 30)
    assert (found.centre[0], found.upper[0], found.lower[0]) == pytest.approx((0.2313, 0.4102, 0.0524), abs=5e-5)
    assert [sample + 1 for sample in np.flatnonzero(found.signal == "beyond_limits")] == [15, 23]


def test_revised_limits_of_the_cans_without_the_two_samples() -> None:
    # Without 15 and 23 the limits are 0.2150, 0.3893 and 0.0407, and sample 21 lies beyond.
    rest = [count for number, count in enumerate(CANS, 1) if number not in (15, 23)]
    found = p_chart(rest, [50] * 28)
    assert (found.centre[0], found.upper[0], found.lower[0]) == pytest.approx((0.2150, 0.3893, 0.0407), abs=5e-5)
    assert list(np.flatnonzero(found.signal == "beyond_limits")) == [19]


def test_limits_of_the_viscosity() -> None:
    # Centre 33.52, limits 34.80 and 32.24, mean moving range 0.48, its limit 1.57; all in control.
    found = xmr(VISCOSITY)
    assert [round(line[0], 2) for line in (found.centre, found.upper, found.lower)] == [33.52, 34.80, 32.24]
    assert round(np.nanmean(found.moving_range), 2) == 0.48
    assert round(found.range_upper[0], 2) == 1.57
    assert "beyond_limits" not in found.signal


def test_limits_of_the_water_content() -> None:
    # qcc prints 2.569706 with limits 2.031344 and 3.108068; it divides by 1.128 where 2.66 is rounded.
    found = xmr(WATER)
    assert (found.centre[0], found.lower[0], found.upper[0]) == pytest.approx((2.569706, 2.031344, 3.108068), abs=2e-4)
    assert "beyond_limits" not in found.signal
