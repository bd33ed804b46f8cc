"""Draws that the generators share: weighted words, shifted probabilities, days of delay."""

import calendar
import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from etl.sample.plan import Plan


def shifted(probability: float, shift: float) -> float:
    """The probability moved by `shift` on the logit scale; stays inside 0-1."""
    return 1 / (1 + (1 / probability - 1) * math.exp(-shift))


def happens(rng: np.random.Generator, probability: float) -> bool:
    return bool(rng.random() < probability)


def one_of(rng: np.random.Generator, weights: Mapping[str, float]) -> str:
    """One key, drawn in proportion to its weight."""
    total = np.cumsum(list(weights.values()))
    return list(weights)[int(np.searchsorted(total, rng.random() * total[-1], side="right"))]


def delay(rng: np.random.Generator, days: Mapping[str, Any]) -> timedelta:
    """Log-normal whole days with the given median and sigma."""
    return timedelta(days=round(days["median"] * math.exp(rng.normal(0, days["sigma"]))))


def working_day(rng: np.random.Generator, month: str, last_day: int = 31) -> date:
    """A weekday of the month 'YYYY-MM', not after `last_day`."""
    year, number = int(month[:4]), int(month[5:])
    days = range(1, min(last_day, calendar.monthrange(year, number)[1]) + 1)
    weekdays = [day for day in days if date(year, number, day).weekday() < 5]
    return date(year, number, weekdays[int(rng.integers(len(weekdays)))])


def last_date(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, calendar.monthrange(year, number)[1])


def improvement(plan: Plan, month: str) -> float:
    """0 before the change month, then growing evenly to 1 over the months the plan says."""
    period = plan.rates["period"]
    months = plan.months.index(month) - plan.months.index(period["change"]) + 1
    return min(1.0, max(0.0, months / float(period["change_months"])))
