"""The cheapest pattern that no single equation gives away, and that respects everything learnt from attacks so far.

The master problem of Fischetti and Salazar (2001, Management Science 47:1008-1027): a 0-1 variable per cell, hidden or
not, solved by HiGHS (scipy.optimize.milp). The first constraints come from each equation alone: whoever knows the other
cells of a sum must not be able to narrow a hidden one. Further ones are added by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from release.system import BoolArray, FloatArray, IntArray, System

NODES = 20_000  # a limit that does not depend on how fast the machine is
SECONDS = 120.0  # and one for the worst case
GAP = 1e-4
SMALL = 1e-9
CLEARLY = 1e-8


@dataclass(frozen=True, eq=False)
class Choice:
    """What may be chosen. must: hidden in any case. free: hidden or not, at a cost. unseen: never printed."""

    must: BoolArray
    free: BoolArray
    unseen: BoolArray

    @classmethod
    def of(cls, system: System) -> Choice:
        known = system.fixed_shown
        must = (system.sensitive | system.fixed_hidden) & system.printed & ~known
        return cls(must, system.printed & ~known & ~must, ~system.printed & ~known)


def cheapest(
    system: System, choice: Choice, rows: csr_array, *, also: BoolArray | None = None, gap: float = GAP
) -> tuple[BoolArray, bool] | None:
    """The pattern of least weight with rows @ unknown >= 0, and whether it is surely the least; None: there is none.

    also: cells to hide besides, whatever the cost.
    """
    one = choice.must | choice.unseen if also is None else choice.must | choice.unseen | also
    free = np.flatnonzero(choice.free & ~one)
    given = rows[:, np.flatnonzero(one)].sum(axis=1)
    open_rows = csr_array(rows[:, free])
    # Rows that hold whatever is chosen bind nothing; rows that nothing can satisfy are left to the attack to report.
    binding = np.flatnonzero(
        (given + _sum(open_rows, np.minimum) < -SMALL) & (given + _sum(open_rows, np.maximum) > -SMALL)
    )
    hidden = one & system.printed
    if not len(binding):
        return hidden, True
    constraint = LinearConstraint(csr_array(open_rows[binding]), -given[binding], np.inf)
    found = milp(
        system.weight[free] + CLEARLY * max(float(system.weight.max()), 1.0),  # what costs nothing is still not hidden
        integrality=np.ones(len(free)),
        bounds=Bounds(0, 1),
        constraints=[constraint],
        options={"node_limit": NODES, "time_limit": SECONDS, "mip_rel_gap": gap},
    )
    if found.x is None:
        return None
    hidden[free[found.x > 0.5]] = True
    return hidden, found.status == 0


def _sum(rows: csr_array, of: np.ufunc) -> FloatArray:
    """Of each row the sum of its negative (np.minimum) or positive (np.maximum) entries."""
    chosen = csr_array((of(rows.data, 0), rows.indices, rows.indptr), shape=rows.shape)
    return np.asarray(chosen.sum(axis=1))


def single_equations(system: System, choice: Choice, width: FloatArray) -> csr_array:
    """Rows @ unknown >= 0: within each equation, a cell that must stay open has company, and enough of it.

    width: how open each cell must be; 0 for cells that need not be.
    The range of a cell is at most what the others can make room for: up by what its own side can give and the other
    side can take, down to its lowest. Where that is finite and short of the width, something else must be hidden.
    """
    equations = system.equations
    pairs = _pairs(equations)
    cell, sign = equations.indices, equations.data
    entry, other = pairs
    own = entry == other
    can_fall = system.value - system.lower
    can_rise = system.upper - system.value
    wanted = np.where(choice.must | choice.free | (choice.unseen & system.sensitive), width, 0.0)[cell]
    same = sign[entry] == sign[other]
    rows = []
    # First the rise of the cell: the fall is at most can_fall; then the fall, the rise being at most can_rise.
    for rest, gives in ((can_fall, (can_fall, can_rise)), (can_rise, (can_rise, can_fall))):
        need = np.maximum(wanted - rest[cell], 0)
        room = np.where(same, gives[0][cell[other]], gives[1][cell[other]])
        amount = np.where(own, -need[entry], np.minimum(room, need[entry]))
        chosen = need[entry] > 0
        rows.append(_row_each(entry[chosen], cell[other[chosen]], amount[chosen], len(cell), len(system)))
    company = np.where(own, -1.0, 1.0)
    chosen = wanted[entry] > 0
    rows.append(_row_each(entry[chosen], cell[other[chosen]], company[chosen], len(cell), len(system)))
    return csr_array(vstack(rows))


def _pairs(equations: csr_array) -> tuple[IntArray, IntArray]:
    """All ordered pairs of entries of the same equation."""
    count = np.diff(equations.indptr)
    length = np.repeat(count, count)
    entry = np.repeat(np.arange(len(length)), length)
    first = np.repeat(np.repeat(equations.indptr[:-1], count), length)
    within = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    return entry, (first + within).astype(np.int64)


def _row_each(row: IntArray, cell: IntArray, amount: FloatArray, rows: int, size: int) -> csr_array:
    matrix = csr_array((amount.astype(float), (row, cell)), shape=(rows, size))
    return csr_array(matrix[np.flatnonzero(np.diff(matrix.indptr))])
