"""Worked examples in print: the chances and lines of funnels.

Spiegelhalter's own examples print their limits as figures only, and no printed over-dispersion (phi) with its data
was found: both are recalculated in test_funnel.py as his papers word them.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, poisson

from metrics.stats import Floats
from metrics.stats.funnel import proportion_limits, rate_limits, rates

# Seaton SE, Manktelow BN (2012) The probability of being identified as an outlier with commonly used funnel plot
# control limits for the standardised mortality ratio, BMC Med Res Methodol 12:98, table of the chances that a
# hospital in control falls outside 95 % limits, third method (prediction limits): expected deaths from, to; median,
# smallest and largest chance below the lower limit, and above the upper one for the row that was read (its median,
# 0.0201, stands in the abstract too). Read in an excerpt of the article, the grid of expected deaths is ours.
OUTSIDE = [
    (1, 50, (0.0186, 0.0000, 0.0250), (0.0201, 0.0052, 0.0250)),
    (50, 100, (0.0215, 0.0172, 0.0250), None),
]
STEPS = 100  # hundredths of an expected death: coarser ones miss the smallest chances
EVERY = 10  # of which as many are judged by p as well
# UKHSA, PHEindicatormethods, test workbook of the funnel for indirectly standardised ratios: events, and the expected
# events at which so many become a signal: low and high at 2 x 2.5 %, low and high at 2 x 0.1 %.
RATIOS = [
    (1, 5.571644585, 0.025317898, 9.233410143, 0.001000547),
    (2, 7.224687515, 0.242209467, 11.22886836, 0.04540199),
    (5, 11.6683331, 1.623486324, 16.45474478, 0.739371928),
    (10, 18.39035799, 4.795387629, 24.13397235, 2.960519925),
    (30, 42.82687112, 20.24087434, 51.08312418, 15.86916711),
    (100, 121.6268111, 81.36400699, 134.9243187, 71.92139974),
    (313, 349.6678193, 279.2813414, 371.620029, 261.1643428),
    (716, 770.4222128, 664.5083011, 802.60414, 636.1521174),
]
# The same, test workbook of the funnel for proportions round 80.642448 %: cases; low and high at 95 and at 99.8 %.
SATISFIED = 0.80642448
PROPORTIONS = [
    (1008, 78.203374, 83.081521, 76.796814, 84.488082),
    (2093, 78.949785, 82.335111, 77.973663, 83.311233),
    (5348, 79.583537, 81.701359, 78.972886, 82.31201),
    (9998, 79.867989, 81.416907, 79.421375, 81.863521),
    (25552, 80.158005, 81.126891, 79.878637, 81.406259),
    (110000, 80.408963, 80.875933, 80.274317, 81.010578),
]


def p_alone(count: Floats, expected: Floats) -> Floats:
    """p of each beside areas that are just as expected, so that none is widened for over-dispersion."""
    calm = np.full(10 * len(count), 4.0)
    found = rates(np.append(count, calm), np.append(expected, calm), 1.0, multiplier=1)
    assert not found.is_dispersed
    return found.p[: len(count)]


def check(chances: Floats, printed: tuple[float, float, float]) -> None:
    assert (np.median(chances), chances.min(), chances.max()) == pytest.approx(printed, abs=6e-5)


@pytest.mark.parametrize(("least", "most", "below", "above"), OUTSIDE)
def test_how_often_a_hospital_in_control_is_a_signal(
    least: int, most: int, below: tuple[float, float, float], above: tuple[float, float, float] | None
) -> None:
    expected = np.arange(STEPS * least + (least > 1), STEPS * most + 1) / STEPS
    line = rate_limits(1.0, expected, multiplier=1)
    # The last count below the lower line is a signal, the next is not; above, one count beyond the line is.
    low, high = np.ceil(line.low * expected) - 1, np.floor(line.high * expected - 1e-9) + 2
    few, last, first = expected[::EVERY], low[::EVERY], high[::EVERY]
    assert np.all(p_alone(np.maximum(last, 0), few)[last >= 0] <= 0.05)
    assert np.all(p_alone(last + 1, few) > 0.05)
    assert np.all(p_alone(first, few) <= 0.05)
    assert np.all(p_alone(first - 1, few) > 0.05)
    check(poisson.cdf(low, expected), below)
    if above is not None:
        check(poisson.sf(high - 1, expected), above)


@pytest.mark.parametrize(("events", "low", "high", "low_998", "high_998"), RATIOS)
def test_expected_events_at_which_a_count_becomes_a_signal(
    events: int, low: float, high: float, low_998: float, high_998: float
) -> None:
    for expected, p in ((low, 0.05), (high, 0.05), (low_998, 0.002), (high_998, 0.002)):
        assert rates([events], [expected], 1.0, multiplier=1).p[0] == pytest.approx(p, rel=1e-4)
    # There the lower line passes through the count itself, and the upper one, nearer by his interpolation, one below.
    line = rate_limits(1.0, [low, high, low_998, high_998], multiplier=1)
    assert (line.low[0] * low, line.low_998[2] * low_998) == pytest.approx((events, events), rel=1e-5)
    assert (line.high[1] * high, line.high_998[3] * high_998) == pytest.approx((events - 1, events - 1), abs=1e-2)


@pytest.mark.parametrize(("cases", "low", "high", "low_998", "high_998"), PROPORTIONS)
def test_lines_round_four_fifths(cases: int, low: float, high: float, low_998: float, high_998: float) -> None:
    # Theirs are normal limits. The exact ones lie off by the skewness of the binomial, (z^2 - 1) (1 - 2p) / 6 counts,
    # and the interpolation takes half a count: all told 0.8 and 1.4 counts less.
    line = proportion_limits(SATISFIED, [cases])
    for ours, theirs, tail in (
        (line.low, low, 0.025),
        (line.high, high, 0.025),
        (line.low_998, low_998, 0.001),
        (line.high_998, high_998, 0.001),
    ):
        off = (norm.isf(tail) ** 2 - 1) * (1 - 2 * SATISFIED) / 6 - 0.5
        assert ours[0] * cases == pytest.approx(theirs / 100 * cases + off, abs=0.15)
