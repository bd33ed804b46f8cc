"""Worked examples in print: empirical-Bayes estimates of small areas.

What spdep prints stands on its help page EBest, which follows Marshall (1991) and Martuzzi and Elliott (1996).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from metrics.stats.shrinkage import beta_binomial, gamma_poisson

TABLES = Path(__file__).parent / "tables"


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(TABLES / name, comment="#")


def test_prior_of_child_mortality_in_auckland() -> None:
    # Marshall RM (1991) Appl Stat 40:283-294, as printed by spdep: a is the variance between areas, b the mean.
    auckland = table("auckland.csv")
    found = gamma_poisson(auckland["deaths_1977_85"], 9 * auckland["under_5_in_1981"], multiplier=1)
    assert found.between_variance == pytest.approx(7.284173e-07, rel=1e-6)
    assert found.prior_mean == pytest.approx(0.002633436, rel=1e-6)


def test_sudden_deaths_of_the_first_counties_of_north_carolina() -> None:
    # PySAL (esda, tests of Empirical_Bayes), rates of Ashe, Alleghany, Surry, Currituck and Northampton.
    counties = table("north_carolina.csv")
    found = gamma_poisson(counties["sudden_deaths_1974_78"], counties["births_1974_78"], multiplier=1)
    assert found.value[:5] == pytest.approx([0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349], abs=5e-8)


def test_prevalence_in_all_71_areas_of_huddersfield() -> None:
    # Martuzzi M, Elliott P (1996) Stat Med 15:1867-1873, as printed by spdep in per cent with two decimals.
    areas = table("huddersfield.csv")
    found = beta_binomial(areas["cases"], areas["total"])
    assert len(areas) == 71
    assert 100 * found.value == pytest.approx(areas["shrunk_percent"].to_numpy(), abs=5.001e-3)
