"""Worked examples in print: Moran's I under randomisation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from metrics.stats.spatial import moran

TABLES = Path(__file__).parent / "tables"


def crime(name: str) -> tuple[list[float], list[list[int]]]:
    rows = pd.read_csv(TABLES / name, comment="#", dtype={"neighbours": "str"})
    return rows["crime"].tolist(), [[int(number) - 1 for number in cell.split()] for cell in rows["neighbours"]]


@pytest.mark.parametrize(
    ("is_row_standardised", "i", "variance", "deviate", "one_sided"),
    [(True, 0.510951264, 0.008908762, 5.6341, 8.797e-09), (False, 0.52063815, 0.00759872, 6.2116, 2.622e-10)],
)
def test_crime_in_columbus(
    is_row_standardised: bool, i: float, variance: float, deviate: float, one_sided: float
) -> None:
    # spdep, help page moran.test, styles W and B (data of Anselin 1988). It prints the one-sided p.
    found = moran(*crime("columbus_old.csv"), is_row_standardised)
    assert (found.i, found.expectation, found.variance) == pytest.approx((i, -0.020833333, variance), abs=5e-9)
    assert norm.isf(found.p / 2) == pytest.approx(deviate, abs=5e-5)
    assert found.p == pytest.approx(2 * one_sided, rel=5e-4)


def test_crime_in_columbus_with_neighbours_from_the_map() -> None:
    # moran.test(columbus$CRIME, nb2listw(poly2nb(columbus))) as printed in tutorials of spdep.
    found = moran(*crime("columbus_queen.csv"))
    assert (found.i, found.variance) == pytest.approx((0.500188557, 0.008689289), abs=5e-10)
    assert norm.isf(found.p / 2) == pytest.approx(5.5894, abs=5e-5)


def test_variance_on_a_lattice_of_three_by_three() -> None:
    # PySAL (esda, tests of Moran): y = 1..9, binary rook neighbours, VI_rand = 0.0596875.
    cells = range(9)
    rook = [[b for b in cells if abs(a // 3 - b // 3) + abs(a % 3 - b % 3) == 1] for a in cells]
    assert moran(np.arange(1, 10), rook, is_row_standardised=False).variance == pytest.approx(0.0596875)
