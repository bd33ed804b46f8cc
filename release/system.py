"""Linked tables as one system of counts and equations: what suppression hides in and what an attack solves.

A system knows nothing of indicators. Each cell is a count; each equation says that a signed sum of cells is zero
(total = sum of parts). Cells of several tables are linked by being the same cell, or by further equations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class ContradictorySystem(ValueError):  # noqa: N818
    """The true counts break an equation or a bound, so that no outsider's reasoning about them would mean anything."""


@dataclass(frozen=True, eq=False)
class System:
    """All arrays have one entry per cell.

    equations: (equations, cells), entries -1, 0, 1; equations @ value = 0.
    weight: what is lost by hiding the cell.
    sensitive: needs protection of its own (small counts and small differences).
    printed: False for what nobody prints, but can be deduced: denominator - numerator, a revision's difference.
    lower, upper: what any outsider knows beforehand (0 and infinity for counts).
    fixed_shown: known to everybody from an earlier release, within lower and upper if these are finite, else exactly.
    fixed_hidden: hidden there, must stay hidden.
    block: tables that sums hold together; -1 for what is between counts of two of them, and may be anything from 0.
    """

    names: Sequence[str]
    value: IntArray
    equations: csr_array
    weight: FloatArray
    sensitive: BoolArray
    printed: BoolArray
    lower: FloatArray
    upper: FloatArray
    fixed_shown: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    fixed_hidden: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    block: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        size = len(self.value)
        for name in ("fixed_shown", "fixed_hidden"):
            if size and not len(getattr(self, name)):
                object.__setattr__(self, name, np.zeros(size, dtype=bool))
        if size and not len(self.block):
            object.__setattr__(self, "block", np.zeros(size, dtype=np.int64))
        per_cell = ("names", "weight", "sensitive", "printed", "lower", "upper", "fixed_shown", "fixed_hidden", "block")
        wrong = [name for name in per_cell if len(getattr(self, name)) != size]
        if wrong or self.equations.shape[1] != size:
            raise ContradictorySystem(f"not one entry per cell: {', '.join(wrong) or 'equations'}")
        if size and not np.isin(self.equations.data, (-1, 0, 1)).all():
            raise ContradictorySystem("an equation may only add and subtract cells")
        if (self.weight < 0).any():
            raise ContradictorySystem("a weight is never negative")
        outside = (self.value < self.lower) | (self.value > self.upper)
        if outside.any():
            raise ContradictorySystem(f"outside what is known beforehand: {self._names(outside)}")
        if size and self.equations.shape[0]:
            broken = self.equations.astype(np.int64) @ self.value != 0
            if broken.any():
                cells = abs(self.equations[broken][[0]]).sum(axis=0) > 0
                raise ContradictorySystem(f"{broken.sum()} sums do not add up, the first of: {self._names(cells)}")

    def __len__(self) -> int:
        return len(self.value)

    def unknown(self, hidden: BoolArray) -> BoolArray:
        """Cells an outsider does not read anywhere."""
        return (hidden | ~self.printed) & ~self.fixed_shown

    def must_be_open(self, hidden: BoolArray) -> BoolArray:
        """Cells of which an outsider may not learn more than the rules allow."""
        return (hidden & self.printed) | (self.sensitive & ~self.printed & ~self.fixed_shown)

    def parts(self, cells: BoolArray) -> IntArray:
        """Number of the connected part each of the cells belongs to, joined by equations over these cells; else -1."""
        label = np.full(len(self), -1, dtype=np.int64)
        inside = self.equations[:, np.flatnonzero(cells)]
        if inside.shape[1]:
            label[cells] = connected_columns(csr_array(inside))
        return label

    def _names(self, cells: BoolArray, most: int = 5) -> str:
        return ", ".join(str(self.names[index]) for index in np.flatnonzero(cells)[:most])


def connected_columns(matrix: csr_array) -> IntArray:
    """Part of each column, where columns that share a row belong together."""
    rows, columns = matrix.shape
    entries = matrix.tocoo()
    ends = (entries.coords[0], entries.coords[1] + rows)
    graph = csr_array((np.ones(entries.nnz, dtype=np.int8), ends), shape=(rows + columns, rows + columns))
    _, label = connected_components(graph, directed=False)
    _, part = np.unique(label[rows:], return_inverse=True)
    return part.astype(np.int64)


def equations_of(sums: Iterable[tuple[int, Sequence[int]]], size: int) -> csr_array:
    """Equations from (total, parts) pairs of cell numbers."""
    row: list[int] = []
    column: list[int] = []
    sign: list[int] = []
    number = 0
    for total, parts in sums:
        row += [number] * (1 + len(parts))
        column += [total, *parts]
        sign += [1] + [-1] * len(parts)
        number += 1
    return csr_array((np.array(sign, dtype=np.int64), (row, column)), shape=(number, size), dtype=np.int64)
