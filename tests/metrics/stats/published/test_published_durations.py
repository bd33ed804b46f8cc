"""Worked examples in print: Kaplan-Meier curves and medians.

Rows are (day, events, censored). On limits: programs differ in the transformation. R's `survfit` prints
log limits unless told otherwise; SAS, Stata and this package use log(-log S).
"""

from __future__ import annotations

import math

import pytest

from metrics.stats.duration import curve, kaplan_meier_median

# 6-MP arm of Freireich EJ et al. (1963) Blood 21:699-716, weeks in remission.
SIX_MP = [
    (6, 3, 1), (7, 1, 0), (9, 0, 1), (10, 1, 1), (11, 0, 1), (13, 1, 0), (16, 1, 0), (17, 0, 1), (19, 0, 1),
    (20, 0, 1), (22, 1, 0), (23, 1, 0), (25, 0, 1), (32, 0, 2), (34, 0, 1), (35, 0, 1),
]  # fmt: skip
# Maintained arm of the acute myelogenous leukemia trial, Miller RG (1981) Survival Analysis (R: `aml`).
AML_MAINTAINED = [
    (9, 1, 0), (13, 1, 1), (18, 1, 0), (23, 1, 0), (28, 0, 1), (31, 1, 0), (34, 1, 0), (45, 0, 1), (48, 1, 0),
    (161, 0, 1),
]  # fmt: skip
# Control arm of Stata's example data `cancer` ("Patient Survival in Drug Trial"): 20 patients, 19 deaths.
STATA_CONTROL = [
    (1, 2, 0), (2, 1, 0), (3, 1, 0), (4, 2, 0), (5, 2, 0), (8, 3, 1), (11, 2, 0), (12, 2, 0), (15, 1, 0),
    (17, 1, 0), (22, 1, 0), (23, 1, 0),
]  # fmt: skip


def columns(rows: list[tuple[int, int, int]]) -> tuple[list[int], list[int], list[int]]:
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def log_limits_of_the_median(rows: list[tuple[int, int, int]]) -> tuple[float, float]:
    """R's default limits, S * exp(-+ z * se(log S)), to show that only the transformation differs."""
    share, variance, low, high = 1.0, 0.0, math.nan, math.inf
    for day, events, _ in rows:
        at_risk = sum(row[1] + row[2] for row in rows if row[0] >= day)
        if events:
            share *= 1 - events / at_risk
            variance += events / (at_risk * (at_risk - events)) if at_risk > events else math.inf
            width = 1.959963984540054 * math.sqrt(variance)
            low = day if math.isnan(low) and share * math.exp(-width) <= 0.5 else low
            high = day if math.isinf(high) and share * math.exp(width) <= 0.5 else high
    return low, high


def test_six_mp_curve_of_freireich_1963_with_log_log_limits() -> None:
    # The example of MASS::gehan (Venables WN, Ripley BD (2002) Modern Applied Statistics with S, sec. 13.1):
    # summary(survfit(Surv(time, cens) ~ treat, data = gehan, conf.type = "log-log")).
    found = curve(*columns(SIX_MP))
    assert list(found.days) == [6, 7, 10, 13, 16, 22, 23]
    assert list(found.at_risk) == [21, 17, 15, 12, 11, 7, 6]
    assert found.survival == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert found.low == pytest.approx([0.620, 0.563, 0.503, 0.432, 0.368, 0.268, 0.188], abs=6e-4)
    assert found.high == pytest.approx([0.952, 0.923, 0.889, 0.849, 0.805, 0.747, 0.680], abs=6e-4)


def test_six_mp_median_of_23_weeks() -> None:
    # The log-log lower limit is 13: the table above falls to 50 % there (0.432). The often quoted 16 is R's
    # default log limit.
    found = kaplan_meier_median(*columns(SIX_MP))
    assert (found.value[0], found.low[0], found.high[0]) == (23, 13, math.inf)
    assert log_limits_of_the_median(SIX_MP) == (16, math.inf)


def test_aml_maintained_median_of_31_weeks() -> None:
    # R: survfit(Surv(time, status) ~ x, data = aml) prints 31 (18, NA) with log limits; log-log begin at 13.
    found = kaplan_meier_median(*columns(AML_MAINTAINED))
    assert (found.value[0], found.low[0], found.high[0]) == (31, 13, math.inf)
    assert log_limits_of_the_median(AML_MAINTAINED) == (18, math.inf)


def test_stata_control_arm() -> None:
    # stata.com, "Survival example session": `stsum, by(dose)` gives the median 8, `sts list` these rows.
    found = curve(*columns(STATA_CONTROL))
    assert found.survival[:4] == pytest.approx([0.9000, 0.8500, 0.8000, 0.7000], abs=5e-5)
    assert found.low[:4] == pytest.approx([0.6560, 0.6038, 0.5511, 0.4505], abs=6e-5)
    assert found.high[:4] == pytest.approx([0.9740, 0.9490, 0.9198, 0.8525], abs=6e-5)
    assert found.survival[-1] == 0
    assert math.isnan(found.low[-1])
    assert math.isnan(found.high[-1])
    assert kaplan_meier_median(*columns(STATA_CONTROL)).value[0] == 8


def test_a_curve_that_stays_at_exactly_one_half() -> None:
    # CAMIS (PSI AIMS), "R vs SAS - Kaplan Meier": five events, then five censored; S = 0.5 (0.184, 0.753)
    # from day 87 on, log-log. Half have had the event by day 87, which is our median.
    days = [54, 75, 77, 84, 87, 92, 103, 105, 112, 118]
    events = [1] * 5 + [0] * 5
    found = curve(days, events, [1 - event for event in events])
    assert (found.days[-1], found.survival[-1]) == pytest.approx((87, 0.5))
    assert (found.low[-1], found.high[-1]) == pytest.approx((0.184, 0.753), abs=5e-4)
    assert kaplan_meier_median(days, events, [1 - event for event in events]).value[0] == 87


def test_ties_at_one_half_follow_stata() -> None:
    # Statalist 2002-11-17 (C. Daskalakis), six events each: the median of 1 2 3 4 5 6 is 3, and `stci` gives
    # 2 for 1 2 2 4 6 8, where the curve is exactly one half from 2 to 4.
    assert kaplan_meier_median([1, 2, 3, 4, 5, 6], [1] * 6, [0] * 6).value[0] == 3
    assert kaplan_meier_median([1, 2, 4, 6, 8], [1, 2, 1, 1, 1], [0] * 5).value[0] == 2
