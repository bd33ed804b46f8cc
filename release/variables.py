"""Numbers for the counts of several grids: the same count is one variable, and every sum one equation of variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from release.equal import equal_lines, equal_sums
from release.grid import BEYOND, TOGETHER, BoolArray, Grid, IntArray, Sum


class Named(NamedTuple):
    """One figure: what it counts, where and when."""

    indicator_id: str
    part: str
    breakdown: str
    area_code: str
    period: str

    def __str__(self) -> str:
        return "|".join((self.indicator_id, self.part, self.area_code, self.period, self.breakdown))


@dataclass(frozen=True, eq=False)
class Variables:
    """of_entry: for each grid (lines, places × periods) the variable, -1 where there is no count to hide.

    value: of each variable. equations @ value = 0; the last `copies` variables only stand for others, since an
    equation may take a variable once.
    """

    of_entry: Sequence[IntArray]
    value: IntArray
    equations: csr_array
    copies: int


class Ties(NamedTuple):
    """What links the lines of a grid: pairs that are one count at some entries, and sums."""

    equal: Sequence[tuple[int, int, BoolArray]]
    sums: Sequence[Sum]


def ties_of(grid: Grid) -> Ties:
    """As the true counts show them."""
    return Ties(list(equal_lines(grid)), [*grid.sums, *equal_sums(grid)])


def variables_of(grids: Sequence[Grid], ties: Sequence[Ties]) -> Variables:
    nodes, values = _nodes(grids)
    merged = [np.empty((0, 2), dtype=np.int64)]
    for grid, node, tied in zip(grids, nodes, ties, strict=True):
        single = [(one.total, one.parts[0]) for one in tied.sums if len(one.parts) == 1]
        same = [*tied.equal, *((one, other, grid.is_count[one] & grid.is_count[other]) for one, other in single)]
        merged += [np.column_stack([node[one][where], node[other][where]]) for one, other, where in same]
    edges = np.concatenate(merged)
    graph = coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(len(values), len(values)))
    label = connected_components(graph, directed=False)[1].astype(np.int64)
    value = np.zeros(label.max(initial=-1) + 1, dtype=np.int64)
    value[label] = values
    of_entry = [np.where(node >= 0, label[node], -1) if len(label) else node for node in nodes]
    equations, copies = _equations(grids, of_entry, [tied.sums for tied in ties], len(value))
    copied = value[copies] if len(copies) else value[:0]
    return Variables(of_entry, np.concatenate([value, copied]), equations, len(copies))


def _nodes(grids: Sequence[Grid]) -> tuple[list[IntArray], IntArray]:
    """A number for each name with its count: an unchanged count of an earlier release has the number of today's."""
    columns = {column: None for grid in grids for column in grid.columns}
    areas = {area: None for grid in grids for area in grid.areas}
    periods = {period: None for grid in grids for period in grid.periods}
    order = [{name: index for index, name in enumerate(names)} for names in (columns, areas, periods)]
    found: list[IntArray] = []
    for grid in grids:
        column, area, period = (
            np.array([order[axis][name] for name in names], dtype=np.int64)
            for axis, names in enumerate((grid.columns, grid.areas, grid.periods))
        )
        place = (area[:, None] * len(periods) + period[None, :]).ravel()
        key = column[:, None] * (len(areas) * len(periods)) + place[None, :]
        line, entry = np.nonzero(grid.is_count)
        found.append(np.column_stack([key[line, entry], grid.value[line, entry]]))
    together = np.concatenate(found)
    distinct, number = np.unique(together, axis=0, return_inverse=True)
    number = number.ravel()
    nodes: list[IntArray] = []
    for grid, part in zip(grids, np.split(number, np.cumsum([len(one) for one in found])[:-1]), strict=True):
        node = np.full(grid.value.shape, -1, dtype=np.int64)
        node[np.nonzero(grid.is_count)] = part
        nodes.append(node)
    return nodes, distinct[:, 1].astype(np.int64)


def _equations(
    grids: Sequence[Grid], of_entry: Sequence[IntArray], sums: Sequence[Sequence[Sum]], size: int
) -> tuple[csr_array, IntArray]:
    """Every sum whose total and parts are all listed; a part that is no count adds nothing."""
    rows: list[IntArray] = []
    cells: list[IntArray] = []
    signs: list[IntArray] = []
    first = 0
    for grid, variable, several in zip(grids, of_entry, sums, strict=True):
        # What is between two lines adds up since they do: no need to say so again.
        own = np.array([column.part not in (BEYOND, TOGETHER) for column in grid.columns])
        totals = (grid.is_listed[own].T, variable[own].T, grid.totals)
        # Over lines at every place and period, then over places and periods of every line.
        for listed, number, ties in ((grid.is_listed, variable, several), totals):
            for total, parts in ties:
                chosen = [total, *parts]
                where = np.flatnonzero(listed[chosen].all(axis=0))
                found = number[chosen][:, where]
                rows.append(np.broadcast_to(first + np.arange(len(where)), found.shape).ravel())
                cells.append(found.ravel())
                signs.append(np.repeat([1] + [-1] * len(parts), len(where)))
                first += len(where)
    if not rows:
        return csr_array((0, size), dtype=np.int64), np.empty(0, dtype=np.int64)
    row, cell, sign = np.concatenate(rows), np.concatenate(cells), np.concatenate(signs)
    real = cell >= 0
    matrix = csr_array(coo_array((sign[real], (row[real], cell[real])), shape=(first, size), dtype=np.int64))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return _each_once(_distinct(matrix))


def _distinct(matrix: csr_array) -> csr_array:
    """Without empty rows and rows that say what another says."""
    matrix.sort_indices()
    seen: dict[bytes, int] = {}
    for row in range(matrix.shape[0]):
        inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
        if inside.start < inside.stop:
            sign = matrix.data[inside] * np.sign(matrix.data[inside.start])
            seen.setdefault(matrix.indices[inside].tobytes() + sign.tobytes(), row)
    return csr_array(matrix[sorted(seen.values())])


def _each_once(matrix: csr_array) -> tuple[csr_array, IntArray]:
    """With copies for variables that an equation would take twice: only signs are left in the matrix."""
    entries = matrix.tocoo()
    (row, column), data = entries.coords, entries.data
    more = np.repeat(np.arange(len(data)), np.maximum(np.abs(data) - 1, 0))
    if not len(more):
        return matrix, np.empty(0, dtype=np.int64)
    wide = csr_array(
        coo_array(
            (np.sign(data[more]), (row[more], np.arange(len(more)))), shape=(matrix.shape[0], len(more)), dtype=np.int64
        )
    )
    upper = hstack([matrix.sign(), wide])
    copies = column[more].astype(np.int64)
    index = np.arange(len(more))
    is_same = coo_array((np.ones(len(more)), (index, copies)), shape=(len(more), matrix.shape[1]))
    is_copy = coo_array((-np.ones(len(more)), (index, index)), shape=(len(more), len(more)))
    return csr_array(vstack([upper, hstack([is_same, is_copy])]).astype(np.int64)), copies
