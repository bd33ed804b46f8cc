"""One indicator laid out once, so that every question to it is a slice and a sum.

What the cube holds of an indicator is small (areas × periods × values of its breakdown) and asked again and again for
other months: counts and what was sent stand in arrays, and a selection of months costs no search, join or grouping.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalog import Indicator
from metrics.periods import fiscal_year_of
from metrics.rollup import headline
from metrics.sent import FULLY, NOT_SENT, Sent, sent_by_month

IntArray = NDArray[np.int64]
Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False, slots=True)
class Summed:
    """Cells in the order of their keys (area, then period, then breakdown), each key a list of equal length.

    weakest, strongest: the least and the most that was sent of a cell. days: of a duration, for each cell the days,
    events and censored of its rows; None for all other kinds.
    """

    area_code: Sequence[str] | None
    period: Sequence[str] | None
    breakdown: Sequence[str] | None
    numerator: IntArray
    denominator: IntArray
    weakest: Sent
    strongest: Sent
    days: Sequence[IntArray] | None


class Panel:
    """Arrays of areas × periods × values. The last period is one in which nothing is: whatever is asked beyond."""

    def __init__(
        self, indicator: Indicator, rows: pd.DataFrame, coverage: pd.DataFrame, area_codes: Sequence[str]
    ) -> None:
        self.indicator, self.area_codes = indicator, list(area_codes)
        rows = rows[rows["area_code"].isin(self.area_codes)]
        self.values, declared = _values(indicator, rows)
        self._declared = np.arange(len(self.values)) < declared
        periods = _periods(indicator, rows, coverage)
        self._place_of = {period: place for place, period in enumerate(periods)}
        sent = sent_by_month(indicator, headline(indicator, rows), coverage, self.area_codes, periods)
        beyond = np.full((len(self.area_codes), 1), NOT_SENT if indicator.returns else FULLY, dtype=np.int8)
        self._sent = np.concatenate([sent, beyond], axis=1)
        chosen = indicator.breakdown.headline if indicator.breakdown else ()
        self._is_headline = np.array([not chosen or value in chosen for value in self.values], dtype=bool)
        at = (
            _places(self.area_codes, rows["area_code"]),
            _places(periods, rows["period"]),
            _places(self.values, rows["breakdown"]),
        )
        self._occurs = np.zeros((len(self.area_codes), len(periods) + 1, len(self.values)), dtype=bool)
        self._occurs[at] = True
        is_duration = indicator.kind == "duration"
        self._shares_cases = (
            not is_duration and indicator.breakdown is not None and (indicator.breakdown.splits == "numerator")
        )
        days = [rows[name].to_numpy(dtype=np.int64) for name in ("days", "events", "censored")] if is_duration else None
        self._rows = None if days is None else _Durations(at, np.stack(days))
        numerator, denominator = (
            (days[1], days[1] + days[2])
            if days
            else [rows[name].to_numpy(dtype=np.int64) for name in ("numerator", "denominator")]
        )
        self._numerator, self._denominator = (np.zeros(self._occurs.shape, dtype=np.int64) for _ in range(2))
        np.add.at(self._numerator, at, numerator)
        np.add.at(self._denominator, at, denominator)

    def summed(self, periods: Sequence[str], by: Sequence[str], area_code: str | None = None) -> Summed:
        """Counts and what was sent of each combination of the keys `by`, of all areas together or of one.

        Values that share their denominator bring it once into their sum. Breakdown values are those declared, then
        others that occur in what was asked.
        """
        area = [self.area_codes.index(area_code)] if area_code else list(range(len(self.area_codes)))
        period = [self._place_of.get(one, len(self._place_of)) for one in periods]
        box = np.ix_(area, period)
        sent, numerator, denominator = self._sent[box], self._numerator[box], self._denominator[box]
        value = self._shown(box) if "breakdown" in by else np.flatnonzero(self._is_headline)
        numerator, denominator = numerator[:, :, value], denominator[:, :, value]
        if "breakdown" not in by:
            numerator = numerator.sum(axis=2, keepdims=True)
            put_together = denominator.max if self._shares_cases else denominator.sum
            denominator = put_together(axis=2, keepdims=True, initial=0)
        over = tuple(axis for axis, key in enumerate(("area_code", "period")) if key not in by)
        weakest = sent.min(axis=over, keepdims=True, initial=FULLY)
        strongest = sent.max(axis=over, keepdims=True, initial=NOT_SENT)
        numerator, denominator = (part.sum(axis=over, keepdims=True) for part in (numerator, denominator))
        lists = (
            [self.area_codes[place] for place in area] if "area_code" in by else None,
            list(periods) if "period" in by else None,
            [self.values[place] for place in value] if "breakdown" in by else None,
        )
        areas, months, values = _spread_out(lists, numerator.shape)
        asked = (area, period, value.tolist())
        return Summed(
            area_code=areas,
            period=months,
            breakdown=values,
            numerator=numerator.ravel(),
            denominator=denominator.ravel(),
            weakest=np.broadcast_to(weakest[:, :, None], numerator.shape).ravel(),
            strongest=np.broadcast_to(strongest[:, :, None], numerator.shape).ravel(),
            days=None if self._rows is None else self._rows.in_cells(asked, lists, self._occurs.shape),
        )

    def _shown(self, box: tuple[Places, ...]) -> Places:
        return np.flatnonzero(self._declared | self._occurs[box].any(axis=(0, 1)))


class _Durations:
    """The rows of a duration with their places in the arrays."""

    def __init__(self, at: Sequence[Places], days: IntArray) -> None:
        self._at, self._days = at, days

    def in_cells(
        self, asked: Sequence[Sequence[int]], keys: Sequence[Sequence[str] | None], shape: Sequence[int]
    ) -> list[IntArray]:
        """Days, events and censored of each cell; an axis without keys is one cell. shape: of the whole arrays."""
        cell = np.zeros(self._days.shape[1], dtype=np.intp)
        inside = np.ones(self._days.shape[1], dtype=bool)
        cells = 1
        for at, places, named, length in zip(self._at, asked, keys, shape, strict=True):
            order = np.full(length, -1, dtype=np.intp)
            order[list(places)] = np.arange(len(places)) if named is not None else 0
            width = len(places) if named is not None else 1
            cell, cells = cell * width + order[at], cells * width
            inside &= order[at] >= 0
        found = np.flatnonzero(inside)
        found = found[np.argsort(cell[found], kind="stable")]
        ends = np.searchsorted(cell[found], np.arange(1, cells))
        return np.split(self._days[:, found], ends, axis=1)


def _spread_out(lists: Sequence[Sequence[str] | None], shape: Sequence[int]) -> list[list[str] | None]:
    """Each list of keys repeated so that it stands beside every cell."""
    found: list[list[str] | None] = []
    for axis, keys in enumerate(lists):
        inner, outer = int(np.prod(shape[axis + 1 :])), int(np.prod(shape[:axis]))
        found.append(None if keys is None else [key for key in keys for _ in range(inner)] * outer)
    return found


def _places(keys: Sequence[str], column: pd.Series) -> Places:
    return np.asarray(pd.Index(list(keys), dtype="str").get_indexer(column), dtype=np.intp)


def _values(indicator: Indicator, rows: pd.DataFrame) -> tuple[list[str], int]:
    """The values of the breakdown, and how many of them the header declares: those come first."""
    declared = list(indicator.breakdown.labels) if indicator.breakdown else []
    return declared + sorted(set(rows["breakdown"]) - set(declared)), len(declared)


def _periods(indicator: Indicator, rows: pd.DataFrame, coverage: pd.DataFrame) -> list[str]:
    """Every period in which there is a row or something was sent."""
    months = set(coverage.loc[coverage["return_id"].isin(indicator.returns), "period"])
    sent = {str(fiscal_year_of(month)) for month in months} if indicator.is_yearly else months
    return sorted(set(rows["period"]) | sent)
