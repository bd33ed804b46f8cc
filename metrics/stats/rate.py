"""Rates of events over exposure: exact Poisson limits for few events, Byar's approximation from 10 on.

Exact: Garwood F (1936) Biometrika 28:437-442, through the chi-square distribution (Ulm K (1990) Am J
Epidemiol 131:373-375). Byar: Breslow NE, Day NE (1987) Statistical Methods in Cancer Research II, p. 69.
The switch at 10 events is that of the English public health indicators (APHO Technical Briefing 3, 2008).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2, norm

from metrics.stats import Floats, Interval, as_counts, check_confidence

EXACT = "exact Poisson"
BYAR = "Byar"
BYAR_FROM = 10


def poisson(count: ArrayLike, exposure: ArrayLike, multiplier: float = 100_000, confidence: float = 0.95) -> Interval:
    """Events per `multiplier` units of exposure (for example person-months) with their limits.

    Raises ValueError when a count or an exposure is negative.
    """
    check_confidence(confidence)
    events, base = as_counts(count=count, exposure=exposure)
    known = (base > 0) & ~np.isnan(events)
    few = known & (events < BYAR_FROM)
    many = known & ~few
    low, high = (np.full(events.shape, np.nan) for _ in range(2))
    low[few], high[few] = _exact(events[few], confidence)
    low[many], high[many] = _byar(events[many], confidence)
    scale = np.full(events.shape, np.nan)
    scale[known] = multiplier / base[known]
    return Interval(events * scale, low * scale, high * scale, np.select([few, many], [EXACT, BYAR], default=""))


def _exact(events: Floats, confidence: float) -> tuple[Floats, Floats]:
    tail = (1 - confidence) / 2
    # chi2 with 0 degrees of freedom is NaN; the lower limit of no event is 0.
    low = np.where(events == 0, 0.0, chi2.ppf(tail, 2 * np.maximum(events, 1)) / 2)
    return low, chi2.ppf(1 - tail, 2 * events + 2) / 2


def _byar(events: Floats, confidence: float) -> tuple[Floats, Floats]:
    z = norm.ppf(1 - (1 - confidence) / 2)
    above = events + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return low, high
