"""Worked examples in print: Mann-Kendall and Sen's slope.

The printed table (and one short series that reads it) is quoted second-hand: the book could not be opened, but each
chance agrees with the exact distribution, which anyone can enumerate. The examples of Gilbert (1987), ch. 16, are
not quoted with their data anywhere we could read, nor any printed limits that are interpolated between slopes as his
are. The rest of the family is tested against enumeration and step-by-step recalculation in test_tendency.py.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import norm

from metrics.stats.tendency import mann_kendall

# Gilbert RO (1987) Statistical Methods for Environmental Pollution Monitoring, Table A18 (from Kendall MG (1975) Rank
# Correlation Methods): the chance of S or more without a trend, one-sided.
TABLE_A18 = {
    5: {2: 0.408, 4: 0.242, 6: 0.117, 8: 0.042, 10: 0.0083},
    8: {2: 0.452, 4: 0.360, 6: 0.274, 8: 0.199, 10: 0.138, 12: 0.089, 14: 0.054, 16: 0.031, 18: 0.016, 20: 0.0071},
}


def series_with(score: int, points: int) -> list[int]:
    """A series of 1..n with the wanted S: begin with all rising (S = n (n-1) / 2) and swap neighbours."""
    for order in permutations(range(1, points + 1)):
        if sum((b > a) - (b < a) for i, a in enumerate(order) for b in order[i + 1 :]) == score:
            return list(order)
    raise AssertionError(score)


@pytest.mark.parametrize(
    ("points", "score", "one_sided"), [(n, s, p) for n, row in TABLE_A18.items() for s, p in row.items()]
)
def test_chances_of_table_a18(points: int, score: int, one_sided: float) -> None:
    found = mann_kendall(series_with(score, points))
    assert found.s == score
    assert found.method.startswith("Mann–Kendall (exact)")
    digits = 4 if one_sided < 0.01 else 3
    assert round(found.p / 2, digits) == one_sided


def test_five_measurements_of_the_epa_guidance() -> None:
    # EPA QA/G-9 (2000) Guidance for Data Quality Assessment, Box 4-6: 5, 6, 11, 8, 10 give S = 6 and p = 0.117.
    found = mann_kendall([5, 6, 11, 8, 10])
    assert (found.s, round(found.p / 2, 3)) == (6, 0.117)


def test_eleven_measurements_with_ties_of_the_epa_guidance() -> None:
    # EPA QA/G-9S (2006) Data Quality Assessment: Statistical Methods for Practitioners, p. 109, as quoted in the help
    # of EarthSoft's EnviroInsite: ties of four and of two, S = 22, variance 155.33, Z = 1.685.
    found = mann_kendall([10, 10, 10, 5, 10, 20, 18, 17, 15, 24, 15])
    assert (found.s, round(found.variance, 2), round(found.z, 3)) == (22, 155.33, 1.685)


def test_fourteen_values_by_hand() -> None:
    # Course notes, College of the Holy Cross (mathcs, ~little/Montserrat), "A Mann-Kendall Example (By Hand)": of 91
    # pairs 72 rise, 18 fall and one is tied; V = 14 * 13 * 33 / 18 - 2 * 1 * 9 / 18, Z = 2.9058, one-sided p about 0.0018.
    found = mann_kendall([12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7])
    assert found.s == 72 - 18
    assert found.variance == pytest.approx(14 * 13 * 33 / 18 - 2 * 1 * 9 / 18)
    assert found.z == pytest.approx(2.9058, abs=5e-5)
    assert round(found.p / 2, 4) == 0.0018


def test_slope_and_limits_of_sen_1968() -> None:
    # Sen PK (1968) J Am Stat Assoc 63:1379-1389, the example with seven points: slope 4, limits 3.71 and 4.38 at 93 %,
    # as quoted in the tests of scipy (theilslopes). His 93 % are those of the exact distribution, where 13 or more has
    # a chance of 3.5 %; the normal one of Gilbert needs another level to reach as far.
    assert round(mann_kendall(series_with(13, 7)).p, 2) == 0.07
    time, value = [1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78]
    usual = mann_kendall(value, time, confidence=0.93)
    as_far = mann_kendall(value, time, confidence=float(1 - 2 * norm.sf(13 / np.sqrt(usual.variance))))
    assert usual.slope == pytest.approx(4)
    assert 3.71 < usual.low < usual.slope < usual.high < 4.38
    assert (round(as_far.low, 2), round(as_far.high, 2)) == (3.71, 4.38)
