"""Worked examples in print: Theil's index.

Printed figures with their data were found for the total only; the split is tested against first principles in
test_inequality.py, where the values follow from the definition by hand.
"""

from __future__ import annotations

import math

import pytest

from metrics.stats.inequality import theil

# The incomes of the help pages of R's ineq.
INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


def test_theil_of_the_incomes_in_the_help_of_ineq() -> None:
    # Generalised entropy with parameter 1: 0.3623412, in the tests of a Scala port of ineq.
    assert theil(INCOMES, [1] * 10, ["all"] * 10).total == pytest.approx(0.3623412, abs=5e-8)


def test_one_who_has_everything_among_n() -> None:
    # Theil H (1967) Economics and Information Theory, p. 92: 0 for equality, log n when one has all.
    assert theil([0, 0, 0, 7], [1] * 4, ["all"] * 4).total == pytest.approx(math.log(4))
    assert theil([5, 5, 5, 5], [1] * 4, ["all"] * 4).total == 0


def test_one_one_and_four() -> None:
    assert theil([1, 1, 4], [1] * 3, ["all"] * 3).total == pytest.approx(math.log(2) / 3)
