"""One municipality across indicators: how large its difference from the prefecture is, and what its peers have.

Pure pandas and numpy over the frames of metrics.compare. Sizes of different indicators are put beside each other by
Cohen's h for shares (difference of 2 arcsin(sqrt(p)); Cohen J (1988) Statistical Power Analysis, ch. 6) and by the
logarithm of the ratio for rates. Both are of the drawn-in value: the scatter of small numbers is not a large gap.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.catalog import Indicator
from metrics.compare import MINIMUM, MULTIPLIER
from metrics.stats import Floats

LEAST_PEERS = 3  # under this many there is no middle to speak of


@dataclass(frozen=True, slots=True)
class Peers:
    """The values of similar municipalities: first quartile, median, third quartile (NaN under LEAST_PEERS) of `areas`.

    Of a complete count, mostly yes or no for one area, `middle` is the share of them all together, without quartiles.
    """

    low: float
    middle: float
    high: float
    areas: int


def sizes(indicator: Indicator, each: pd.DataFrame, whole: float) -> Floats:
    """How far each area lies above (+) or below (-) the prefecture; NaN where the kind is not compared."""
    drawn_in = np.asarray(each["shrunk"].to_numpy(dtype=np.float64, na_value=np.nan))
    if indicator.kind == "proportion":
        return np.asarray(2 * (np.arcsin(np.sqrt(np.clip(drawn_in, 0, 1))) - np.arcsin(np.sqrt(whole))))
    if indicator.kind in MULTIPLIER and whole > 0:
        return np.asarray(np.log(np.maximum(drawn_in, 1e-12) / whole))
    return np.full(len(each), np.nan)


def of_peers(indicator: Indicator, each: pd.DataFrame, whole: float, codes: Collection[str]) -> Peers:
    """each: one row per area. Of small areas (metrics.compare.MINIMUM) one case would move the middle: left out."""
    value, denominator, numerator = (
        each[part].to_numpy(dtype=np.float64, na_value=np.nan) for part in ("value", "denominator", "numerator")
    )
    inside = np.array([code in codes for code in each["area_code"].tolist()], dtype=bool) & ~np.isnan(value)
    if indicator.kind == "proportion":
        inside &= denominator >= MINIMUM["proportion"]
    elif indicator.kind in MULTIPLIER:
        inside &= denominator * whole / MULTIPLIER[indicator.kind] >= MINIMUM[indicator.kind]
    count = int(inside.sum())
    if count < LEAST_PEERS:
        return Peers(np.nan, np.nan, np.nan, count)
    if indicator.kind == "count":
        return Peers(np.nan, float(numerator[inside].sum() / denominator[inside].sum()), np.nan, count)
    low, middle, high = np.quantile(value[inside], [0.25, 0.5, 0.75])
    return Peers(float(low), float(middle), float(high), count)
