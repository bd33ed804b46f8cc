"""How unequal areas are: the ratio of the ninth to the first decile, and Theil's index in two parts.

Theil H (1967) Economics and Information Theory, ch. 4; the split is Shorrocks AF (1980) The class of additively
decomposable inequality measures, Econometrica 48:613-625. The deciles take every area once, because they say
how far apart municipalities are; the index weights by cases or people, because it is an average over these.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.stats import Floats, as_counts

P90_P10 = "P90/P10 (unweighted)"
THEIL = "Theil T (weighted)"
LEAST_AREAS = 5


@dataclass(frozen=True, slots=True)
class DecileRatio:
    """NaN and method '' when refused: under LEAST_AREAS values, or a first decile of 0."""

    value: float
    p10: float
    p90: float
    n: int
    method: str


@dataclass(frozen=True, slots=True)
class Theil:
    """total = within + between (0 is perfect equality, at most ln n). NaN when refused: nothing but zeros."""

    total: float
    within: float
    between: float
    n: int
    method: str


def decile_ratio(value: ArrayLike) -> DecileRatio:
    """P90/P10 of the values that are there, quantiles interpolated linearly (Hyndman and Fan's type 7).

    Raises ValueError when a value is negative.
    """
    (values,) = as_counts(value=value)
    values = values[~np.isnan(values)]
    if len(values) < LEAST_AREAS:
        return DecileRatio(np.nan, np.nan, np.nan, len(values), "")
    p10, p90 = (float(q) for q in np.quantile(values, [0.1, 0.9]))
    if p10 == 0:
        return DecileRatio(np.nan, p10, p90, len(values), "")
    return DecileRatio(p90 / p10, p10, p90, len(values), P90_P10)


def theil(value: ArrayLike, weight: ArrayLike, group: ArrayLike) -> Theil:
    """Theil's T of values with weights (cases, people), split by group. An element missing in any is left out.

    0 ln 0 is 0. A weight of 0 takes no part. Raises ValueError when a value or a weight is negative.
    """
    values, weights = as_counts(value=value, weight=weight)
    labels = np.broadcast_to(np.asarray(group, dtype=object), values.shape)
    is_labelled = np.array([label is not None and label == label for label in labels], dtype=bool)
    known = ~np.isnan(values) & (weights > 0) & is_labelled
    y, w = values[known], weights[known]
    if len(y) == 0 or (w * y).sum() == 0:
        return Theil(np.nan, np.nan, np.nan, len(y), "")
    share = w / w.sum()
    names, index = np.unique(labels[known].astype(str), return_inverse=True)
    group_share = np.bincount(index, share, len(names))
    group_mean = np.bincount(index, share * y, len(names)) / group_share
    mean = float((share * y).sum())
    between = float((group_share * _entropy(group_mean / mean)).sum())
    # Inside a group whose mean is 0 there are only zeros, and nothing is unequal.
    own_mean = np.where(group_mean > 0, group_mean, 1.0)[index]
    within = float((share * own_mean / mean * _entropy(y / own_mean)).sum())
    return Theil(within + between, within, between, len(y), THEIL)


def _entropy(ratio: Floats) -> Floats:
    return ratio * np.log(np.where(ratio > 0, ratio, 1.0))
