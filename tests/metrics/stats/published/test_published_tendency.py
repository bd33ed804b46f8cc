"""Worked examples in print: Mann-Kendall.

The printed table (and one short series that reads it) is quoted second-hand: the book could not be opened, but each
chance agrees with the exact distribution, which anyone can enumerate. The examples of Gilbert (1987), ch. 16, are
not quoted with their data anywhere we could read. The rest of the family is tested against enumeration and
step-by-step recalculation in test_tendency.py.
"""

from __future__ import annotations

from itertools import permutations

import pytest

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
