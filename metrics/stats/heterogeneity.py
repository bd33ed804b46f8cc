"""Differences between areas beyond chance: Cochran's Q, tau squared and I squared.

DerSimonian R, Laird N (1986) Meta-analysis in clinical trials, Control Clin Trials 7:177-188; I squared after Higgins
JPT, Thompson SG (2002) Stat Med 21:1539-1558 (statsmodels combine_effects). Proportions are compared as arcsines
of their roots, whose variance 1 / (4 n) does not depend on the proportion, so that 0 of n needs no correction.
Rates are compared as logarithms with variance 1 / events; an area without an event counts as having half of one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2
from statsmodels.stats.meta_analysis import combine_effects

from metrics.stats import as_counts, parts_of_wholes

DERSIMONIAN_LAIRD = "DerSimonian–Laird"
LEAST_AREAS = 2
NO_EVENT = 0.5


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """tau2 in the square of the scale compared, i2 between 0 and 1, Q with its p, n areas used.

    Refused under LEAST_AREAS: everything but n is NaN and the method is ''.
    """

    tau2: float
    i2: float
    q: float
    p: float
    n: int
    method: str


def dersimonian_laird(effect: ArrayLike, variance: ArrayLike) -> Heterogeneity:
    """Of effects with known variances; an element with a missing one is left out.

    Raises ValueError when a variance is not above 0.
    """
    effects, variances = (np.array(a, dtype=np.float64) for a in np.broadcast_arrays(effect, variance))
    known = ~(np.isnan(effects) | np.isnan(variances))
    y, v = effects[known], variances[known]
    if np.any(v <= 0):
        raise ValueError("a variance must be above 0")
    n = len(y)
    if n < LEAST_AREAS:
        return Heterogeneity(np.nan, np.nan, np.nan, np.nan, n, "")
    # It warns on numbers not used here, when the areas differ by less than chance.
    with np.errstate(divide="ignore", invalid="ignore"):
        found = combine_effects(y, v, method_re="dl")
    q = float(found.q)
    i2 = max(0.0, (q - (n - 1)) / q) if q > 0 else 0.0
    return Heterogeneity(max(0.0, float(found.tau2)), i2, q, float(chi2.sf(q, n - 1)), n, DERSIMONIAN_LAIRD)


def proportions(numerator: ArrayLike, denominator: ArrayLike) -> Heterogeneity:
    """Of proportions on the arcsine scale. Raises ValueError for impossible counts."""
    part, whole, known = parts_of_wholes(numerator, denominator)
    return dersimonian_laird(np.arcsin(np.sqrt(part[known] / whole[known])), 1 / (4 * whole[known]))


def rates(count: ArrayLike, exposure: ArrayLike) -> Heterogeneity:
    """Of rates on the log scale. Raises ValueError when a count or an exposure is negative."""
    events, base = as_counts(count=count, exposure=exposure)
    known = (base > 0) & ~np.isnan(events)
    seen = np.where(events[known] > 0, events[known], NO_EVENT)
    return dersimonian_laird(np.log(seen / base[known]), 1 / seen)
