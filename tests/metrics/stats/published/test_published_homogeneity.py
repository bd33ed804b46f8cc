"""Worked examples in print: chi-square over several groups.

The printed p come from the chi-square distribution. Ours takes the exact mean and variance, hence is not the same
but near where no group is small. No printed example of the moments of Haldane and Dawson with its data was found:
those are tested against every possible table in test_homogeneity.py.
"""

from __future__ import annotations

import pytest

from metrics.stats.homogeneity import proportions, rates

# NAG Library manual, results of the example programs of g08ebf (pairs) and g08ecf (triplets): successive values of a
# random series, counted in 25 and 8 cells that expect the same.
PAIRS = [7, 10, 5, 16, 8, 9, 10, 7, 6, 8, 13, 15, 10, 10, 12, 10, 21, 7, 5, 13, 13, 5, 10, 12, 8]
TRIPLETS = [22, 25, 18, 17, 23, 24, 24, 13]


def test_smokers_among_patients_of_four_studies() -> None:
    # Fleiss JL (1981), p. 139, as in the example of R's prop.test: X-squared = 12.6, df = 3, p = 0.005585 (its output
    # was read at matstat.org, R course).
    found = proportions([83, 90, 129, 70], [86, 93, 136, 82])
    assert round(found.statistic, 1) == 12.6
    assert found.mean == pytest.approx(3, abs=0.01)  # the degrees of freedom
    assert found.p == pytest.approx(0.005585, rel=0.1)


@pytest.mark.parametrize(
    ("counts", "chi_square", "freedom", "p"), [(PAIRS, 34.8000, 24, 0.0714), (TRIPLETS, 6.1446, 7, 0.5230)]
)
def test_counts_in_cells_that_expect_the_same(counts: list[int], chi_square: float, freedom: int, p: float) -> None:
    found = rates(counts, [1] * len(counts))
    assert found.statistic == pytest.approx(chi_square, abs=5e-5)
    assert found.mean == pytest.approx(freedom)
    assert found.p == pytest.approx(p, abs=6e-4)
