"""One fiscal year of tables as lines of counts over places and periods, with every sum that ties them together.

A line is the numerator, the denominator or the unprinted rest (denominator - numerator) of one indicator and one value
of its breakdown: its counts at all places and periods.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalog import ALL, Indicator
from metrics.periods import fiscal_year_of

IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]

NUMERATOR, DENOMINATOR, REST, OTHERS = "numerator", "denominator", "rest", "others"
BEYOND, TOGETHER = "beyond", "together"
PRINTED = (NUMERATOR, DENOMINATOR)
HIDDEN = {NUMERATOR: "is_numerator_hidden", DENOMINATOR: "is_denominator_hidden"}
ARRAYS = ("value", "is_listed", "is_count", "is_known", "is_sent", "row")


class Column(NamedTuple):
    """What a line counts. part 'others': what no value of a breakdown has taken of a shared denominator; 'beyond' and
    'together': what of an outer count is not in an inner one, and several outer counts together (nested.py)."""

    indicator_id: str
    part: str
    breakdown: str


class Sum(NamedTuple):
    """A total and its parts: lines (at every place and period), or places and periods (of every line)."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Line:
    """is_listed: the figure stands in the tables. is_count: it is a number that could be hidden (not 0 of 0, which its
    state tells). is_known: the value is; an outsider does not know all. row: number of the table's row that prints it,
    -1 where none does."""

    column: Column
    value: IntArray
    is_listed: BoolArray
    is_count: BoolArray
    is_known: BoolArray
    is_sent: BoolArray
    row: IntArray


@dataclass(frozen=True, eq=False)
class Grid:
    """Arrays are (lines, places × periods): entry `area * len(periods) + period`."""

    areas: Sequence[str]
    periods: Sequence[str]
    columns: Sequence[Column]
    value: IntArray
    is_listed: BoolArray
    is_count: BoolArray
    is_known: BoolArray
    is_sent: BoolArray
    row: IntArray
    sums: Sequence[Sum]
    totals: Sequence[Sum]


def grid_of(
    cells: pd.DataFrame,
    catalog: Mapping[str, Indicator],
    members: Mapping[str, Sequence[str]],
    *,
    zero_is_known: bool = True,
) -> Grid:
    """The grid of one fiscal year's rows (tables.COLUMNS). members: 圏域 and prefecture → their municipalities.

    With HIDDEN the hidden counts of the rows are not known, and any number stands in their place.
    """
    areas = list(cells["area_code"].unique())
    periods = sorted(cells["period"].unique(), key=lambda period: (-len(period), period))
    place = pd.Index(areas).get_indexer(cells["area_code"]) * len(periods)
    place = place + pd.Index(periods).get_indexer(cells["period"])
    is_count = ((cells["numerator"] > 0) | (cells["denominator"] > 0)).to_numpy()
    cells = cells if HIDDEN[NUMERATOR] in cells else cells.assign(**dict.fromkeys(HIDDEN.values(), False))
    is_count = is_count | cells[list(HIDDEN.values())].any(axis=1).to_numpy()
    if not zero_is_known:
        is_count = is_count | (cells["state"] != "not_sent").to_numpy()
    lines: list[Line] = []
    sums: list[Sum] = []
    for indicator_id, rows in cells.groupby("indicator_id", sort=False).indices.items():
        asked = cells.iloc[rows]
        indicator = catalog[str(indicator_id)]
        new = [
            _line(
                indicator, str(value), part, asked.iloc[inner], rows[inner], place, is_count, len(areas) * len(periods)
            )
            for value, inner in asked.groupby("breakdown", sort=False).indices.items()
            for part in _parts(indicator)
        ]
        more, tied = _tied(indicator, new, len(lines))
        lines += [*new, *more]
        sums += tied
    arrays = {name: np.array([getattr(line, name) for line in lines]) for name in ARRAYS}
    columns = [line.column for line in lines]
    return Grid(areas, periods, columns, sums=sums, totals=_totals(areas, periods, members), **arrays)


def _parts(indicator: Indicator) -> tuple[str, ...]:
    if indicator.kind == "rate":  # its denominator is the population, which everybody knows
        return (NUMERATOR,)
    return (NUMERATOR, DENOMINATOR, REST) if indicator.kind == "proportion" else PRINTED


def _line(
    indicator: Indicator,
    breakdown: str,
    part: str,
    cells: pd.DataFrame,
    rows: IntArray,
    place: IntArray,
    is_count: BoolArray,
    size: int,
) -> Line:
    numbers = cells["denominator"] - cells["numerator"] if part == REST else cells[part]
    found = Line(
        Column(indicator.id, part, breakdown),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=bool),
        np.zeros(size, dtype=bool),
        np.zeros(size, dtype=bool),
        np.zeros(size, dtype=bool),
        np.full(size, -1, dtype=np.int64),
    )
    where = place[rows]
    found.value[where] = numbers
    found.is_listed[where] = True
    found.is_count[where] = is_count[rows]
    of = [HIDDEN[part]] if part != REST else list(HIDDEN.values())
    found.is_known[where] = ~cells[of].any(axis=1)
    found.is_sent[where] = cells["state"] != "not_sent"
    if part != REST:
        found.row[where] = rows
    return found


def _tied(indicator: Indicator, lines: Sequence[Line], first: int) -> tuple[list[Line], list[Sum]]:
    """The sums among the lines of one indicator, numbered from `first`, and the line of OTHERS if there is one."""
    number = {(line.column.part, line.column.breakdown): first + index for index, line in enumerate(lines)}
    values = list(dict.fromkeys(line.column.breakdown for line in lines))
    sums = [
        Sum(number[DENOMINATOR, value], (number[NUMERATOR, value], number[REST, value]))
        for value in values
        if (REST, value) in number
    ]
    divided = indicator.breakdown
    if divided is None or len(values) == 1 or ALL not in values:
        return [], sums
    single = [value for value in values if value != ALL]
    headline = [value for value in single if not divided.headline or value in divided.headline]
    sums.append(Sum(number[NUMERATOR, ALL], tuple(number[NUMERATOR, value] for value in headline)))
    if indicator.kind == "rate":
        return [], sums
    if divided.splits == "both":
        return [], [*sums, Sum(number[DENOMINATOR, ALL], tuple(number[DENOMINATOR, value] for value in headline))]
    whole = lines[number[DENOMINATOR, ALL] - first]
    shared = [value for value in single if _is_same(lines[number[DENOMINATOR, value] - first], whole)]
    sums += [Sum(number[DENOMINATOR, ALL], (number[DENOMINATOR, value],)) for value in shared]
    taken = tuple(number[NUMERATOR, value] for value in shared)
    known = np.logical_and.reduce([whole.is_known, *(lines[one - first].is_known for one in taken)])
    left = np.where(known, whole.value - sum(lines[one - first].value for one in taken), 0)
    if not taken or (left < 0).any():
        return [], sums
    if not left.any():
        return [], [*sums, Sum(number[DENOMINATOR, ALL], taken)]
    nowhere = np.full(len(left), -1, dtype=np.int64)
    others = Line(
        Column(indicator.id, OTHERS, ALL), left, whole.is_listed, whole.is_count, known, whole.is_sent, nowhere
    )
    return [others], [*sums, Sum(number[DENOMINATOR, ALL], (*taken, first + len(lines)))]


def _is_same(line: Line, other: Line) -> bool:
    known = line.is_known & other.is_known
    return bool((line.value == other.value)[known].all() and (line.is_known == other.is_known).all())


def _totals(areas: Sequence[str], periods: Sequence[str], members: Mapping[str, Sequence[str]]) -> list[Sum]:
    found: list[Sum] = []
    area, period = ({name: index for index, name in enumerate(names)} for names in (areas, periods))
    for total, parts in _area_sums({code: towns for code, towns in members.items() if code in area}):
        for when in range(len(periods)):
            inner = tuple(area[part] * len(periods) + when for part in parts if part in area)
            found.append(Sum(area[total] * len(periods) + when, inner))
    months = [one for one in periods if "-" in one]
    for year in (one for one in periods if "-" not in one):
        inner_months = [period[month] for month in months if str(fiscal_year_of(month)) == year]
        if len(inner_months) == 12:
            found += [
                Sum(where * len(periods) + period[year], tuple(where * len(periods) + month for month in inner_months))
                for where in range(len(areas))
            ]
    return found


def _area_sums(members: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """Each 圏域 of its municipalities; the prefecture of its 圏域 and of the municipalities in none."""
    *regions, prefecture = members  # a 圏域 that is not in the tables is none: its municipalities stand alone
    inside = {town for region in regions for town in members[region]}
    for region in regions:
        yield region, list(members[region])
    loose = [town for town in members[prefecture] if town not in inside]
    yield prefecture, [*regions, *loose]
    if loose and regions:
        yield prefecture, list(members[prefecture])
