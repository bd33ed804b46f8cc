"""Worked examples in print: the ratio of the ninth to the first decile, and Theil's index.

Of decile ratios with their data, only the deciles were found in print; the ratio is theirs. All printed examples of
Theil's index weigh every case alike; weights are tested against first principles in test_inequality.py.
"""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from metrics.stats.inequality import decile_ratio, theil

TABLES = Path(__file__).parent / "tables"
# The incomes of the help pages of R's ineq.
INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
# PySAL (inequality, tests of Theil and TheilD): year, the total, and the part between the regions of Mexico.
MEXICO = [
    (1940, 0.20894344, 0.0345889),
    (1950, 0.15222451, 0.02816853),
    (1960, 0.10472941, 0.05260921),
    (1970, 0.10194725, 0.05931219),
    (1980, 0.09560113, 0.03205257),
    (1990, 0.10511256, 0.02963731),
    (2000, 0.10660832, 0.03635872),
]
# Printed by quantile() at 10 % and 90 %: 1 to 9 in the manual of TIBCO's engine for R (quantile), the others in an
# answer on deciles (mirror of Mathematics Stack Exchange, question 2194743).
DECILES = [
    ([1, 2, 3, 4, 5, 6, 7, 8, 9], 1.8, 8.2),
    ([76, 77, 77, 78, 78, 79, 80, 81, 81, 81], 76.9, 81),
    ([3, 50, 50, 50, 50, 50, 50, 50, 73], 40.6, 54.6),
]


def test_theil_of_the_incomes_in_the_help_of_ineq() -> None:
    # Generalised entropy with parameter 1: 0.3623412, in the tests of a Scala port of ineq.
    assert theil(INCOMES, [1] * 10, ["all"] * 10).total == pytest.approx(0.3623412, abs=5e-8)


@pytest.mark.parametrize(("year", "total", "between"), MEXICO)
def test_theil_between_and_within_the_regions_of_mexico(year: int, total: float, between: float) -> None:
    states = pd.read_csv(TABLES / "mexico.csv", comment="#")
    found = theil(states[f"pcgdp{year}"], [1] * len(states), states["hanson98"])
    assert len(states) == 32
    assert (found.total, found.between) == pytest.approx((total, between), abs=6e-9)
    assert found.within == pytest.approx(total - between, abs=1.2e-8)


def test_one_who_has_everything_among_n() -> None:
    # Theil H (1967) Economics and Information Theory, p. 92: 0 for equality, log n when one has all.
    assert theil([0, 0, 0, 7], [1] * 4, ["all"] * 4).total == pytest.approx(math.log(4))
    assert theil([5, 5, 5, 5], [1] * 4, ["all"] * 4).total == 0


def test_one_one_and_four() -> None:
    assert theil([1, 1, 4], [1] * 3, ["all"] * 3).total == pytest.approx(math.log(2) / 3)


@pytest.mark.parametrize(("values", "p10", "p90"), DECILES)
def test_deciles_that_r_prints(values: list[int], p10: float, p90: float) -> None:
    found = decile_ratio(values)
    assert (found.p10, found.p90) == pytest.approx((p10, p90))
    assert found.value == pytest.approx(p90 / p10)
