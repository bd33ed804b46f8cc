"""Durations with censoring: the Kaplan-Meier curve, and the median with its interval.

The curve is the product-limit estimate of statsmodels' SurvfuncRight. Its standard error for weighted data is
Tsiatis' and its median takes a strict "< 50 %", so Greenwood's variance and the reading of the median, which
the published examples use, are added here; everything works on grouped counts, never on one row per person.
Limits are pointwise on the log(-log S) scale (Kalbfleisch and Prentice 1980, p. 15; `conf.type = "log-log"`
in R, the default of SAS and Stata), which stay inside 0-1. The interval of the median collects the days
whose limits still contain 50 % (Brookmeyer R, Crowley J (1982) Biometrics 38:29-41).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm
from statsmodels.duration.survfunc import SurvfuncRight

from metrics.stats import Floats, Interval, as_counts, check_confidence

KAPLAN_MEIER = "Kaplan–Meier (log-log)"
# The curve is a product of quotients: an exact half comes out as 0.5000000000000001.
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class Curve:
    """Share still without the event after each day on which events fell; at_risk is the number before it.

    Limits are NaN on the day on which nobody is left.
    """

    days: Floats
    at_risk: Floats
    events: Floats
    survival: Floats
    low: Floats
    high: Floats


def curve(days: ArrayLike, events: ArrayLike, censored: ArrayLike, confidence: float = 0.95) -> Curve:
    """The curve of grouped counts: on each day so many events and so many last seen without one.

    A day may occur more than once. Elements with a missing input are left out.
    Raises ValueError when a day or a count is negative.
    """
    check_confidence(confidence)
    day, event, open_ = as_counts(days=days, events=events, censored=censored)
    known = ~(np.isnan(day) | np.isnan(event) | np.isnan(open_)) & (event + open_ > 0)
    day, event, open_ = day[known], event[known], open_[known]
    if not event.any():
        nothing = np.empty(0)
        return Curve(nothing, nothing, nothing, nothing, nothing, nothing)
    fit = SurvfuncRight(
        np.concatenate([day, day]),
        np.concatenate([np.ones(len(day)), np.zeros(len(day))]),
        freq_weights=np.concatenate([event, open_]),
    )
    left = fit.n_risk - fit.n_events
    z = norm.ppf(1 - (1 - confidence) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(fit.n_events / (fit.n_risk * left))
        shift = z * np.sqrt(greenwood) / np.abs(np.log(fit.surv_prob))
        low = np.where(left > 0, fit.surv_prob ** np.exp(shift), np.nan)
        high = np.where(left > 0, fit.surv_prob ** np.exp(-shift), np.nan)
    return Curve(fit.surv_times, fit.n_risk, fit.n_events, fit.surv_prob, low, high)


def kaplan_meier_median(days: ArrayLike, events: ArrayLike, censored: ArrayLike, confidence: float = 0.95) -> Interval:
    """The first day by which at least half have had the event (arrays of one element).

    While half is not reached the value is NaN, high is infinite, and low is the first day the median can be
    (NaN when even that is beyond what was observed). Nobody observed at all: everything NaN, method ''.
    """
    estimate = curve(days, events, censored, confidence)
    if len(estimate.days) == 0 and not _observed(days, events, censored):
        return _single(np.nan, np.nan, np.nan, "")
    return _single(
        _first_day(estimate.days, estimate.survival, np.nan),
        _first_day(estimate.days, estimate.low, np.nan),
        _first_day(estimate.days, estimate.high, np.inf),
        KAPLAN_MEIER,
    )


def _first_day(days: Floats, share: Floats, otherwise: float) -> float:
    half = np.flatnonzero(share <= 0.5 + ROUNDING)
    return float(days[half[0]]) if len(half) else otherwise


def _observed(days: ArrayLike, events: ArrayLike, censored: ArrayLike) -> bool:
    """Whether anybody was, on a day that is known."""
    day, event, open_ = as_counts(days=days, events=events, censored=censored)
    return bool(np.nansum((event + open_)[~np.isnan(day)]) > 0)


def _single(value: float, low: float, high: float, method: str) -> Interval:
    return Interval(np.array([value]), np.array([low]), np.array([high]), np.array([method]))
