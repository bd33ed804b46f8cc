"""Worked examples in print: Q, tau squared and I squared of DerSimonian and Laird."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.stats.heterogeneity import dersimonian_laird


def test_bcg_vaccine_log_risk_ratios() -> None:
    # Colditz GA et al. (1994) JAMA 271:698-702, as in metafor: Q = 152.2330 (Stata metan too), tau2 0.3088, I2 92.12 %.
    events = np.array([4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27])
    others = np.array([119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886])
    control = np.array([11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29])
    control_others = np.array([128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825])
    treated, untreated = events + others, control + control_others
    effect = np.log((events / treated) / (control / untreated))
    found = dersimonian_laird(effect, 1 / events - 1 / treated + 1 / control - 1 / untreated)
    assert (found.n, round(found.q, 4), round(found.tau2, 4), round(100 * found.i2, 2)) == (13, 152.2330, 0.3088, 92.12)
    assert found.p < 1e-4


def test_pre_eclampsia_log_odds_ratios() -> None:
    # DerSimonian R, Kacker R (2007) Contemp Clin Trials 28:105-114, Table 3 (CLASP and others): tau 0.2323.
    treated, untreated = np.array([156, 303, 565, 1570, 103, 4659]), np.array([74, 303, 477, 1565, 105, 4650])
    events, control = np.array([5, 5, 12, 69, 9, 313]), np.array([8, 17, 9, 94, 11, 352])
    effect = np.log(events / (treated - events)) - np.log(control / (untreated - control))
    variance = 1 / events + 1 / (treated - events) + 1 / control + 1 / (untreated - control)
    assert np.sqrt(dersimonian_laird(effect, variance).tau2) == pytest.approx(0.2323, abs=5e-5)


def test_pcb_28_between_six_laboratories() -> None:
    # Key comparison CCQM-K25, as in the NIST consensus builder's example: metafor prints Q = 68.2154, tau2 2.9289,
    # I2 92.67 %.
    effect = [34.3, 32.9, 34.53, 32.42, 31.9, 35.8]
    uncertainty = np.array([1.03, 0.69, 0.83, 0.29, 0.4, 0.38])
    found = dersimonian_laird(effect, uncertainty**2)
    assert (round(found.q, 4), round(found.tau2, 4), round(100 * found.i2, 2)) == (68.2154, 2.9289, 92.67)
