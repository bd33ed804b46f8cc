"""Counts that are part of others by definition: whoever had a first consultation within 30 days was handed over before.

Whoever reads the definitions knows that the inner count is never above the outer one, and that what is between them is
a count of people too. Declared in publication.toml: numbers can show that two counts are nested here and now, but not
that they must be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from metrics.catalog import ALL
from release.grid import ARRAYS, BEYOND, PRINTED, TOGETHER, Column, Grid, Line, Sum

SEPARATOR = "."


class Counted(NamedTuple):
    """A printed count: of an indicator, its part, of a value of its breakdown."""

    indicator_id: str
    part: str
    breakdown: str

    @classmethod
    def of(cls, text: str) -> Counted:
        """'plan_rate.denominator', with a value of the breakdown behind it or without. Raises ValueError."""
        indicator_id, part, *value = text.split(SEPARATOR, 2)
        if part not in PRINTED:
            raise ValueError(f"{text}: a count is a {' or a '.join(PRINTED)}")
        return cls(indicator_id, part, value[0] if value else ALL)

    def __str__(self) -> str:
        return SEPARATOR.join(self[:2] if self.breakdown == ALL else self)


@dataclass(frozen=True)
class Within:
    """inner counts some of what the outer ones count together; is_same: all of it. with_months: judged also in fiscal
    years that are published by month."""

    inner: Counted
    outer: tuple[Counted, ...]
    is_same: bool = False
    with_months: bool = True


def with_nested(grid: Grid, within: Sequence[Within], fewest: int) -> Grid:
    """The grid with a line for what is between each inner count and its outer ones, and the sums that say so.

    Where a count was not sent, or the numbers contradict the declaration, nobody can reason with it: no sum there. Of
    months only those are taken in which the outer count is not hidden for being under `fewest`: below, both are, and
    the sums of the year hold them together.
    """
    grid = _without_nothing(grid, within)
    lines = [_line_of(grid, number) for number in range(len(grid.columns))]
    number = {column: place for place, column in enumerate(grid.columns)}
    sums: list[Sum] = []
    has_months = any(len(period) > 4 for period in grid.periods)
    for one in within:
        if has_months and not (one.is_same or one.with_months):
            continue
        columns = [Column(*each) for each in (one.inner, *one.outer)]
        if not all(column in number for column in columns):
            continue
        inner, *outer = (number[column] for column in columns)
        named = "+".join(map(str, one.outer))
        if len(outer) > 1:
            column = Column(one.outer[0].indicator_id, TOGETHER, named)
            if column not in number:
                number[column] = len(lines)
                lines.append(_together(column, [lines[place] for place in outer]))
                sums.append(Sum(number[column], tuple(outer)))
            outer = [number[column]]
        column = Column(one.inner.indicator_id, BEYOND, f"{one.inner}<{named}")
        sums.append(Sum(outer[0], (inner, len(lines))))
        lines.append(_between(grid, column, lines[outer[0]], lines[inner], one.is_same, fewest))
    arrays: dict[str, Any] = {name: np.array([getattr(line, name) for line in lines]) for name in ARRAYS}
    return replace(grid, columns=[line.column for line in lines], sums=[*grid.sums, *sums], **arrays)


def _without_nothing(grid: Grid, within: Sequence[Within]) -> Grid:
    """Where all of an outer count is known to be nothing, by its state, the inner one is no unknown either."""
    number = {column: place for place, column in enumerate(grid.columns)}
    is_count = grid.is_count.copy()
    for one in within:
        inner, outer = number.get(Column(*one.inner)), [number.get(Column(*each)) for each in one.outer]
        known = [place for place in outer if place is not None]
        if inner is not None and len(known) == len(outer):
            nothing = (grid.is_sent[known] & ~is_count[known]).all(axis=0)
            is_count[inner] &= ~(nothing & (grid.value[inner] == 0))
    return replace(grid, is_count=is_count)


def _line_of(grid: Grid, number: int) -> Line:
    return Line(grid.columns[number], **{name: getattr(grid, name)[number] for name in ARRAYS})


def _together(column: Column, lines: Sequence[Line]) -> Line:
    return Line(
        column,
        value=np.sum([line.value for line in lines], axis=0),
        is_listed=np.all([line.is_listed for line in lines], axis=0),
        is_count=np.any([line.is_count for line in lines], axis=0),
        is_known=np.all([line.is_known for line in lines], axis=0),
        is_sent=np.all([line.is_sent for line in lines], axis=0),
        row=np.full_like(lines[0].row, -1),
    )


def _between(grid: Grid, column: Column, whole: Line, inner: Line, is_same: bool, fewest: int) -> Line:
    is_known = whole.is_known & inner.is_known
    value = np.where(is_known, whole.value - inner.value, 0)
    # A total of the outer count lacks the places that did not send it, though the inner one may have them.
    is_apart = inner.is_count & ~whole.is_sent
    for _ in range(2):  # by months and by places: a year of a total is reached either way
        for total, parts in grid.totals:
            is_apart[total] |= is_apart[list(parts)].any()
    where = whole.is_listed & inner.is_listed & whole.is_count & inner.is_count & ~is_apart
    if is_same:
        where &= value == 0
    else:
        yearly = np.array([len(period) == 4 for _ in grid.areas for period in grid.periods])
        where &= (value >= 0) & (yearly | (whole.is_known & (whole.value >= fewest)))
    is_count = where & (not is_same)
    return Line(column, value, where, is_count, is_known, is_known, np.full_like(inner.row, -1))
