"""Which months of a series differ from its ordinary up and down, and whether there is a trend.

Pure pandas and numpy over metrics.estimate.by_month. Proportions stand on a p-chart; rates, ratios and medians of
days on an XmR chart, whose limits come from the months themselves and need no distribution. Nothing lies below 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from metrics.catalog import Indicator
from metrics.stats import Floats, control
from metrics.stats.tendency import Tendency, mann_kendall

COLUMNS = ["period", "value", "centre", "lower", "upper", "signal"]
RULES = control.RULES
LEAST_POINTS = control.LEAST_POINTS  # months a stretch needs before anything is said
XMR_KINDS = ("rate", "ratio", "duration")


def signals(indicator: Indicator, series: pd.DataFrame, breaks: Sequence[str] = ()) -> pd.DataFrame:
    """COLUMNS, one row per month of `series`, in its order and with its index, in the unit of `value`.

    signal: '' or one of RULES. centre, lower and upper are NaN where nothing can be said: a stretch with fewer
    than LEAST_POINTS months that have a value, a count (complete: nothing varies by chance), or a month without a
    value (limits of a p-chart only). breaks: periods from which on a new centre line holds (a change of definition,
    the epidemic); those outside the series do nothing. Raises ValueError when the periods do not rise.
    """
    periods = series["period"].astype(str).to_numpy()
    if np.any(periods[1:] <= periods[:-1]):
        raise ValueError("periods must rise, one row each")
    shown = series["value"].notna()
    positions = sorted({int(np.searchsorted(periods, start)) for start in breaks if periods.size})
    inside = [position for position in positions if 0 < position < len(periods)]
    if indicator.kind == "proportion":
        numerator, denominator = (_floats(series[part].where(shown)) for part in ("numerator", "denominator"))
        chart = control.p_chart(numerator, denominator, inside)
    elif indicator.kind in XMR_KINDS:
        chart = control.xmr(_floats(series["value"]), breaks=inside, least=0.0)
    else:
        chart = control.xmr(np.full(len(series), np.nan))
    found = {"centre": chart.centre, "lower": chart.lower, "upper": chart.upper, "signal": chart.signal}
    return series[["period", "value"]].assign(**found)[COLUMNS]


def tendency_of(values: ArrayLike) -> Tendency:
    """Mann-Kendall and Sen's slope per step (month or year) of values in order; a missing one keeps its place.

    Under 5 values everything but n is NaN and the method is ''.
    """
    return mann_kendall(np.asarray(values, dtype=np.float64))


def _floats(column: pd.Series) -> Floats:
    return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)
