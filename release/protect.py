"""The cheapest further cells that let one cell move: the surest way to open it, one cell at a time.

The protection problem of the early heuristics (Kelly, Golden and Assad 1992, Networks 22:397-417; Castro 2002, European
Journal of Operational Research 136:103-116, for networks), as a linear program over any linked tables: another world in
which the cell is higher (or lower) by the needed width, moving as little weight of printed cells as possible. Whatever
moves must be hidden; then that world is possible for the outsider too.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from release.pattern import Choice
from release.system import BoolArray, FloatArray, System

MOVED = 1e-7
NEXT_TO_NOTHING = 1e-4  # price of moving what is hidden already: few cells move rather than many


def cells_to_hide(
    system: System, choice: Choice, hidden: BoolArray, cell: int, width: int, near: BoolArray | None = None
) -> BoolArray | None:
    """Printed cells to hide so that this one has the width; None if nothing that may be hidden can open it.

    near: cells that may move; all of them without.
    """
    price = np.where(system.unknown(hidden), NEXT_TO_NOTHING, system.weight + NEXT_TO_NOTHING)
    movable = ~system.fixed_shown & (choice.must | choice.free | choice.unseen)
    if near is not None:
        movable &= near
    fall = np.where(movable, system.value - system.lower, 0.0)
    rise = np.where(movable, system.upper - system.value, 0.0)
    ways: list[tuple[float, BoolArray]] = []
    for up in sorted({min(width, rise[cell]), max(width - fall[cell], 0.0)}, reverse=True):
        moved, paid = np.zeros(len(system), dtype=bool), 0.0
        for distance in (up, up - width):
            if distance == 0 or up > rise[cell] or width - up > fall[cell]:
                continue
            found = _cheapest_move(system, price, fall, rise, cell, distance)
            if found is None:
                paid = np.inf
                break
            moved |= found[0]
            paid += found[1]
        if moved.any() and np.isfinite(paid):
            ways.append((paid, moved))
    if not ways:
        return None
    cheapest = min(ways, key=lambda way: way[0])[1]
    return np.asarray(cheapest & choice.free & ~hidden)


def _cheapest_move(
    system: System, price: FloatArray, fall: FloatArray, rise: FloatArray, cell: int, distance: float
) -> tuple[BoolArray, float] | None:
    """What moves when the cell moves by this much, and what that costs."""
    able = np.flatnonzero((fall > 0) | (rise > 0))
    equations = csr_array(system.equations[:, able]).astype(float)
    equations = csr_array(equations[np.flatnonzero(np.diff(equations.indptr))])
    both = csr_array(hstack([equations, -equations]))
    low, high = np.zeros(2 * len(able)), np.concatenate([rise[able], fall[able]])
    place = int(np.searchsorted(able, cell))
    forward, backward = (place, place + len(able)) if distance > 0 else (place + len(able), place)
    low[forward] = high[forward] = abs(distance)
    high[backward] = 0
    sums = [LinearConstraint(both, 0, 0)] if both.shape[0] else []
    found = milp(np.concatenate([price[able]] * 2), constraints=sums, bounds=Bounds(low, high))
    if found.x is None:
        return None
    moved = np.zeros(len(system), dtype=bool)
    moved[able] = found.x[: len(able)] + found.x[len(able) :] > MOVED
    return moved, float(found.fun)
