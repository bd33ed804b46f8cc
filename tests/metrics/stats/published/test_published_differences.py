"""Worked examples in print: differences of two proportions and of two rates.

Of rates, one table prints limits of this very method (Stampfer). Others were looked for and not found with figures:
programs that know it (ratesci, biostatUZH, statsmodels) print other variants, and manuals other methods (Rothman).
"""

from __future__ import annotations

import pytest

from metrics.stats.difference import proportions, rates

# Newcombe RG (1998) Interval estimation for the difference between independent proportions: comparison of eleven
# methods. Stat Med 17:873-890, Table II, method 10 (square-and-add Wilson): first less second group.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


@pytest.mark.parametrize(("x1", "n1", "x2", "n2", "low", "high"), NEWCOMBE)
def test_limits_of_newcombe_1998_table_2(x1: int, n1: int, x2: int, n2: int, low: float, high: float) -> None:
    found = proportions([x2], [n2], [x1], [n1])  # ours is the second less the first
    assert found.value[0] == pytest.approx(x1 / n1 - x2 / n2)
    assert found.low[0] == pytest.approx(low, abs=6e-5)
    assert found.high[0] == pytest.approx(high, abs=6e-5)


def test_two_independent_groups_of_fagerland_2015() -> None:
    # Fagerland MW, Lydersen S, Laake P (2015) Recommended confidence intervals for two independent binomial
    # proportions, Stat Methods Med Res 24:224-254: 7 of 34 against 1 of 34, Newcombe hybrid score 0.019 to 0.34, as
    # their table of results is quoted in the tests of statsmodels (test_confint_2indep).
    found = proportions([1], [34], [7], [34])
    assert (round(found.low[0], 3), round(found.high[0], 2)) == (0.019, 0.34)


def test_vassarstats_example() -> None:
    # R. Lowry's page on two independent proportions: 23 of 60 against 18 of 72, difference 0.1333.
    found = proportions([18], [72], [23], [60])
    assert found.value[0] == pytest.approx(0.1333, abs=5e-5)


def test_rate_difference_of_rothman() -> None:
    # Rothman KJ, Epidemiology: An Introduction, the breast cancers of women with and without X-ray fluoroscopy
    # (Boice and Monson 1977): 41 in 28,010 and 15 in 19,017 person-years, difference 67.5 per 100,000, Wald limits
    # 7.5 and 128. MOVER limits are looser on the side of 0, as score limits of few events are, and agree on the other.
    found = rates([15], [19_017], [41], [28_010])
    assert found.value[0] == pytest.approx(67.5, abs=0.05)
    assert found.low[0] == pytest.approx(7.5, abs=5)
    assert found.high[0] == pytest.approx(128, abs=1)


def test_rate_difference_of_stampfer_1985() -> None:
    # Coronary heart disease after the menopause with and without hormones, Stampfer MJ et al. (1985): 30 in 54,308.7
    # against 60 in 51,477.5 person-years, rates 0.000552 and 0.001166 (StatsDirect manual, "Compare two crude rates").
    # Li HQ et al. (2011), the source of the method, print 90 % limits of -0.9232 and -0.3188 per 1,000, as quoted in
    # the tests of statsmodels (test_confint_poisson_2indep); -0.9195 and -0.3193 there are another variant (Jeffreys).
    found = rates([60], [51_477.5], [30], [54_308.7], multiplier=1_000, confidence=0.90)
    assert found.value[0] == pytest.approx(0.552 - 1.166, abs=1e-3)
    assert (round(found.low[0], 4), round(found.high[0], 4)) == (-0.9232, -0.3188)
