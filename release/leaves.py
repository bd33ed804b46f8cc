"""Linked tables written with fewer unknowns: totals follow from their parts, so that only the parts need to be guessed.

An equation with one cell alone on its side defines that cell by the others. Defined cells are replaced, level by
level, by what they are made of; what is left is a matrix from the leaves (cells nothing defines) to all cells, and the
equations that no definition has used up. In complete tables these vanish; 11,000 cells may have 3,500 leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, eye_array

from release.system import BoolArray, IntArray, System


@dataclass(frozen=True, eq=False)
class Leaves:
    """made_of: (cells, cells) direct parts of each defined cell. of_cell: (cells, cells) its leaves.

    further: (equations, cells) over leaves, what the definitions do not imply.
    """

    is_leaf: BoolArray
    made_of: csr_array
    of_cell: csr_array
    further: csr_array


def leaves_of(system: System) -> Leaves:
    equations, size = system.equations, len(system)
    defined_by = _definitions(equations, system.block < 0)
    defined = np.flatnonzero(defined_by >= 0)
    is_leaf = defined_by < 0
    made_of = _direct_parts(equations, defined, defined_by[defined], size)
    of_cell = csr_array(eye_array(size, dtype=np.int64) * is_leaf[:, None].astype(np.int64))
    leaf_itself, level = of_cell, made_of @ of_cell
    while True:
        expanded = csr_array(leaf_itself + level)
        if expanded.nnz == of_cell.nnz and (expanded != of_cell).nnz == 0:
            break
        of_cell, level = expanded, made_of @ expanded
    unused = np.setdiff1d(np.arange(equations.shape[0]), defined_by[defined])
    further = csr_array(equations[unused].astype(np.int64) @ of_cell)
    further.eliminate_zeros()
    return Leaves(is_leaf, made_of, of_cell, csr_array(further[np.flatnonzero(np.diff(further.indptr))]))


def _definitions(equations: csr_array, between: BoolArray) -> IntArray:
    """Number of the equation that defines each cell, -1 for leaves. No cell is made of itself, however far down.

    between: cells that are the difference of two others and stand in no other sum.
    """
    count = np.diff(equations.indptr)
    row, cell, sign = np.repeat(np.arange(len(count)), count), equations.indices, equations.data
    positive, negative = (np.bincount(row, chosen, len(count)) for chosen in (sign > 0, sign < 0))
    alone = ((sign > 0) & (positive[row] == 1)) | ((sign < 0) & (negative[row] == 1) & (positive[row] > 1))
    size = equations.shape[1]
    entry = np.flatnonzero(alone & (count[row] > 1))
    pattern = abs(equations).astype(np.int64)
    open_cells = np.zeros(size, dtype=bool)
    open_cells[cell[entry]] = True
    defined_by = np.full(size, -1, dtype=np.int64)
    is_used = np.zeros(len(count), dtype=bool)
    differences = between[cell]
    defined_by[cell[differences]], is_used[row[differences]] = row[differences], True
    open_cells &= ~between
    while open_cells.any():
        still = pattern @ open_cells.astype(np.int64)
        ready = entry[(still[row[entry]] == 1) & open_cells[cell[entry]] & ~is_used[row[entry]]]
        if not len(ready):
            open_cells[np.flatnonzero(open_cells)[0]] = False  # a circle of definitions: one of them becomes a leaf
            continue
        ready = ready[np.lexsort((count[row[ready]], cell[ready]))]  # of each cell the shortest equation
        ready = ready[np.unique(cell[ready], return_index=True)[1]]
        ready = ready[np.unique(row[ready], return_index=True)[1]]
        defined_by[cell[ready]], is_used[row[ready]], open_cells[cell[ready]] = row[ready], True, False
    return defined_by


def _direct_parts(equations: csr_array, defined: IntArray, by: IntArray, size: int) -> csr_array:
    chosen = csr_array(equations[by]).tocoo()
    row, cell = chosen.coords
    own = cell == defined[row]
    factor = np.zeros(len(defined), dtype=np.int64)
    factor[row[own]] = chosen.data[own]
    entries = -chosen.data[~own] * factor[row[~own]]  # factors are 1 and -1
    return csr_array((entries.astype(np.int64), (defined[row[~own]], cell[~own])), shape=(size, size))
