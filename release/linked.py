"""The tables of one fiscal year, and all that was published of it before, as systems for the engine.

One count is one variable, under however many names it is printed: shared by indicators, or unchanged since an earlier
release. A count that was revised is a new variable beside the old one. Fiscal years share no sum, so each stands alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from metrics.catalog import ALL, Indicator
from release.equal import equal_lines, equal_sums
from release.grid import BEYOND, DENOMINATOR, HIDDEN, PRINTED, BoolArray, Grid, IntArray, grid_of
from release.nested import Within, with_nested
from release.rules import Rules, is_small, printed_range
from release.system import System, connected_columns
from release.tables import COLUMNS, REGION
from release.variables import Named, Variables, ties_of, variables_of

COPY = Named("", "copy", "", "", "")  # of a variable that an equation would take twice


@dataclass(frozen=True)
class Setting:
    """What tables are judged by. members: 圏域 and prefecture → their municipalities. known_zero: (indicator, part,
    breakdown, area) that a published fact shows to be 0 in this fiscal year."""

    catalog: Mapping[str, Indicator]
    members: Mapping[str, Sequence[str]]
    weights: Mapping[str, float]
    rules: Rules
    known_zero: frozenset[tuple[str, str, str, str]] = field(default=frozenset())
    within: Sequence[Within] = ()


@dataclass(frozen=True, eq=False)
class Seen:
    """What was published earlier: cells (tables.COLUMNS with HIDDEN), which municipalities made up its places, and the
    multiple that its counts were rounded to (0: printed as they are)."""

    cells: pd.DataFrame
    members: Mapping[str, Sequence[str]]
    rounding: int = 0


@dataclass(frozen=True, eq=False)
class Linked:
    """A system of all that hangs together, and where its cells stand in the tables to be published now.

    names: of each cell of the system, one of the names it is printed under.
    cells: part, row (of the tables), cell (of the system).
    """

    system: System
    names: Sequence[Named]
    indicators: tuple[str, ...]
    cells: pd.DataFrame


def link(now: pd.DataFrame, before: Sequence[Seen], setting: Setting) -> list[Linked]:
    """Systems in which something is sensitive or was hidden; all else needs no protection.

    now: rows of one fiscal year (tables.COLUMNS) without facts, numbered from 0. before: what was published of it
    earlier, one for each time that counts had changed.
    """
    if now.empty:
        return []
    grids = [grid_for(now, setting), *(grid_for(one.cells, replace(setting, members=one.members)) for one in before)]
    variables = variables_of(grids, [ties_of(grid) for grid in grids])
    size = len(variables.value)
    names = ("is_sensitive", "is_printed", "was_shown", "was_hidden")
    flags = {name: np.zeros(size, dtype=bool) for name in names}
    marks = _Marks(np.zeros(size), np.full(size, math.inf), weight=np.zeros(size), name=[None] * size, **flags)
    for number, (grid, variable) in enumerate(zip(grids, variables.of_entry, strict=True)):
        _mark(marks, grid, variable, before[number - 1] if number else None, setting)
    return list(_systems(variables, marks, grids[0]))


def indicator_groups(frames: Sequence[pd.DataFrame], setting: Setting) -> dict[str, int]:
    """Number of the group of linked indicators that each belongs to, by what links them in any of the frames."""
    edges: list[tuple[str, str]] = []
    for grid in (grid_for(frame, setting) for frame in frames if len(frame)):
        name = [column.indicator_id for column in grid.columns]
        edges += [(one, one) for one in name]
        edges += [(name[one], name[other]) for one, other, _ in equal_lines(grid)]
        edges += [(name[one.total], name[part]) for one in equal_sums(grid) for part in one.parts]
    names = sorted({name for edge in edges for name in edge})
    place = {name: index for index, name in enumerate(names)}
    ends = np.array([[place[one], place[other]] for one, other in edges], dtype=np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(names), len(names)))
    return dict(zip(names, connected_components(graph, directed=False)[1].tolist(), strict=True))


def grid_for(cells: pd.DataFrame, setting: Setting) -> Grid:
    # The true counts: what was hidden of them is no secret here.
    grid = grid_of(cells[COLUMNS], setting.catalog, setting.members, zero_is_known=setting.rules.zero == "show")
    place = {area: index for index, area in enumerate(grid.areas)}
    lines = {tuple(column): index for index, column in enumerate(grid.columns)}
    for indicator_id, part, breakdown, area in setting.known_zero:
        line = lines.get((indicator_id, part, breakdown))
        if line is not None and area in place:
            inside = slice(place[area] * len(grid.periods), (place[area] + 1) * len(grid.periods))
            grid.is_count[line, inside] &= grid.value[line, inside] > 0
    return with_nested(grid, setting.within, setting.rules.threshold)


@dataclass(frozen=True, eq=False)
class _Marks:
    """One entry per variable. lower, upper: what is known of it beforehand: within what it was rounded in an earlier
    release, and that a denominator is not 0, since its state would say so."""

    lower: np.ndarray[tuple[int], np.dtype[np.float64]]
    upper: np.ndarray[tuple[int], np.dtype[np.float64]]
    is_sensitive: BoolArray
    is_printed: BoolArray
    was_shown: BoolArray
    was_hidden: BoolArray
    weight: np.ndarray[tuple[int], np.dtype[np.float64]]
    name: list[Named | None]


def _mark(marks: _Marks, grid: Grid, variable: IntArray, seen: Seen | None, setting: Setting) -> None:
    factor = np.array([_factor(area, period, setting) for area in grid.areas for period in grid.periods])
    for line, column in enumerate(grid.columns):
        entries = np.flatnonzero(variable[line] >= 0)
        found = variable[line][entries]
        marks.is_sensitive[found] |= is_small(grid.value[line][entries], setting.rules)
        is_printed = column.part in PRINTED
        for entry, one in zip(entries, found, strict=True):
            if marks.name[one] is None or (is_printed and not marks.is_printed[one]):
                area, period = divmod(int(entry), len(grid.periods))
                marks.name[one] = Named(*column, grid.areas[area], grid.periods[period])
        if not is_printed:
            continue
        marks.is_printed[found] = True
        if column.part == DENOMINATOR and setting.rules.zero == "show":
            marks.lower[found] = np.maximum(marks.lower[found], grid.value[line][entries] > 0)
        if seen is None:
            divided = setting.weights["undivided" if column.breakdown == ALL else "divided"]
            lost = factor[entries] * divided * np.log2(1.0 + grid.value[line][entries])
            np.add.at(marks.weight, found, lost)
        else:
            hidden = seen.cells[HIDDEN[column.part]].to_numpy()[grid.row[line][entries]]
            marks.was_hidden[found[hidden]] = True
            shown = found[~hidden]
            marks.was_shown[shown] = True
            value = grid.value[line][entries][~hidden]
            low, high = printed_range(value, replace(setting.rules, rounding=seen.rounding))
            marks.lower[shown] = np.maximum(marks.lower[shown], low)
            marks.upper[shown] = np.minimum(marks.upper[shown], high)


def _factor(area: str, period: str, setting: Setting) -> float:
    level = "municipality"
    if area in setting.members:
        level = "region" if area.startswith(REGION) else "prefecture"
    return setting.weights[level] * setting.weights["month" if "-" in period else "fiscal_year"]


def _systems(variables: Variables, marks: _Marks, grid: Grid) -> list[Linked]:
    real = len(variables.value) - variables.copies
    part = connected_columns(variables.equations)
    printed_now = _printed_now(grid, variables.of_entry[0])
    needs = np.zeros(part.max(initial=-1) + 1, dtype=bool)
    needs[part[:real][marks.is_sensitive[:real] | marks.was_hidden[:real]]] = True
    concerned = np.zeros(len(needs), dtype=bool)
    concerned[part[printed_now["variable"]]] = True
    found: list[Linked] = []
    for number in np.flatnonzero(needs & concerned):
        inside = np.flatnonzero(part == number)
        rows = np.unique(variables.equations[:, inside].nonzero()[0])
        place = np.full(len(part), -1, dtype=np.int64)
        place[inside] = np.arange(len(inside))
        cells = printed_now[place[printed_now["variable"]] >= 0]
        named = [marks.name[one] or COPY for one in inside]
        equations = csr_array(variables.equations[rows][:, inside])
        system = System(
            names=[str(one) for one in named],
            value=variables.value[inside],
            equations=equations,
            weight=marks.weight[inside],
            sensitive=marks.is_sensitive[inside],
            printed=marks.is_printed[inside],
            lower=marks.lower[inside],
            upper=marks.upper[inside],
            fixed_shown=marks.was_shown[inside],
            fixed_hidden=marks.was_hidden[inside] & ~marks.was_shown[inside],
            block=blocks_of(equations, np.array([one.part == BEYOND for one in named])),
        )
        indicators = tuple(dict.fromkeys(one.indicator_id for one in named if one is not COPY))
        table = pd.DataFrame({"part": cells["part"], "row": cells["row"], "cell": place[cells["variable"]]})
        found.append(Linked(system, named, indicators, table))
    return found


def blocks_of(equations: csr_array, between: BoolArray) -> IntArray:
    """System.block: what hangs together by other sums than those of `between`."""
    within = np.flatnonzero(abs(equations).astype(np.int64) @ between.astype(np.int64) == 0)
    return np.where(between, -1, connected_columns(csr_array(equations[within])))


def _printed_now(grid: Grid, variable: IntArray) -> pd.DataFrame:
    """part, row of the tables, variable of every figure printed now that is a count."""
    line, entry = np.nonzero((variable >= 0) & (grid.row >= 0))
    parts = np.array([column.part for column in grid.columns], dtype=object)
    return pd.DataFrame({"part": parts[line], "row": grid.row[line, entry], "variable": variable[line, entry]})
