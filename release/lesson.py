"""What an attack teaches about patterns: an inequality that every safe pattern satisfies and the attacked one does not.

Capacity constraints of Fischetti and Salazar (2001, Management Science 47:1008-1027), from the dual of the attacker's
linear program: however the cells are hidden, a cell's range is at most the sum, over the hidden ones, of the prices of
their limits. Any prices give a valid inequality, so that rounding errors of the solver cannot make it wrong.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from release.pattern import Choice
from release.system import BoolArray, FloatArray, System

NOTHING = 1e-7


def capacity(system: System, hidden: BoolArray, cell: int, width: int) -> FloatArray | None:
    """Row with row @ unknown >= 0 that the pattern breaks; None if the cell's range is wide enough in fractions."""
    unknown = np.flatnonzero(system.unknown(hidden))
    matrix = csr_array(system.equations[:, unknown])
    used = np.flatnonzero(np.diff(matrix.indptr))
    matrix = csr_array(matrix[used])
    fall, rise = system.value - system.lower, system.upper - system.value
    bounds = np.column_stack([-fall[unknown], rise[unknown]])
    row = np.zeros(len(system))
    for sign in (1.0, -1.0):
        goal = np.zeros(len(system))
        goal[cell] = sign
        found = linprog(-goal[unknown], A_eq=matrix, b_eq=np.zeros(len(used)), bounds=bounds, method="highs")
        if found.status != 0:
            return None
        price = np.zeros(system.equations.shape[0])
        price[used] = -found.eqlin.marginals
        left = goal - system.equations.T @ price
        left[np.abs(left) < NOTHING] = 0
        with np.errstate(invalid="ignore"):
            row += np.where(left > 0, left * rise, np.where(left < 0, -left * fall, 0.0))
    row = np.minimum(row, width)
    row[cell] -= width
    row[system.fixed_shown] = 0
    return row if row[system.unknown(hidden)].sum() < -NOTHING else None


def something_more(system: System, choice: Choice, hidden: BoolArray, cell: int) -> FloatArray:
    """Row that asks for at least one more hidden cell as long as this one is: hiding less never opens it."""
    row = np.zeros(len(system))
    row[choice.free & ~hidden] = 1
    row[cell] -= 1
    return row
