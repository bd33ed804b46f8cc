"""Searches for worlds: other tables that agree with everything printed, and in which hidden cells are something else.

Two worlds that differ by the needed width at a cell prove that an outsider cannot narrow it further. One linear program
that pushes many cells at once, each with a random weight, finds worlds for many of them; what no such world opens is
asked cell by cell for its lowest and highest value (HiGHS through scipy). Everything is written as the deviation from
the true table, which is one of the worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from release.leaves import Leaves
from release.system import BoolArray, FloatArray, IntArray, System

EXACT = 1e-6
# Up to so many leaves of a block only whole tables count as worlds; beyond, fractions are let in and rounded inward.
MOST_WHOLE = 400
FARTHEST = 1e6  # a range beyond this is as good as infinite
SECONDS = 60.0  # for one program; a cell that takes longer counts as open
NEARLY_BEST = 0.05  # of pushes of many cells: any world is welcome


@dataclass(frozen=True, eq=False)
class Part:
    """Unknown cells that hang together.

    cells: their numbers; equations, low, high: what a world must satisfy, as the system has it.
    made: (cells, leaves). rows: (rows, leaves), row_low <= rows @ leaves <= row_high. leaf_low, leaf_high: how far each
    leaf can deviate. block: of each leaf, System.block. nearby: (cells, cells) of other blocks that limit a cell.
    """

    cells: IntArray
    equations: csr_array
    low: FloatArray
    high: FloatArray
    made: csr_array
    rows: csr_array
    row_low: FloatArray
    row_high: FloatArray
    leaf_low: FloatArray
    leaf_high: FloatArray
    block: IntArray
    nearby: csr_array

    @property
    def blocks(self) -> IntArray:
        return np.unique(self.block)

    def world(self, leaf: FloatArray) -> FloatArray | None:
        """The deviation of each cell when the leaves deviate so; None if that is no world."""
        deviation = np.asarray(self.made @ leaf, dtype=np.float64)
        return deviation if self.is_world(deviation) else None

    def is_world(self, deviation: FloatArray) -> bool:
        """Judged by the equations of the system itself, so that nothing rests on how the world was found."""
        off = self.equations @ deviation
        inside = (deviation >= self.low - EXACT) & (deviation <= self.high + EXACT)
        return bool(inside.all() and (np.abs(off) <= EXACT).all())


@dataclass(frozen=True, eq=False)
class View:
    """What an outsider sees of a system: known before any sum, and after each equation was looked at. Deviations."""

    leaves: Leaves
    first_low: FloatArray
    first_high: FloatArray
    low: FloatArray
    high: FloatArray


def parts_of(system: System, view: View, wanted: BoolArray) -> Iterator[Part]:
    """Parts with a wanted cell."""
    loose = view.high > view.low
    label = system.parts(loose)
    for number in np.unique(label[wanted & loose]):
        yield _part(system, view, label == number, loose)


def _part(system: System, view: View, inside: BoolArray, loose: BoolArray) -> Part:
    leaves = view.leaves
    cells = np.flatnonzero(inside)
    leaf = np.flatnonzero(inside & leaves.is_leaf)
    of_cell = leaves.of_cell[:, leaf]
    # A total that stands fixed: its loose parts together do not deviate (its other parts are fixed as well).
    fixed = np.flatnonzero(~loose & ~leaves.is_leaf)
    sums = csr_array(leaves.made_of[fixed][:, cells] @ of_cell[cells])
    further = csr_array(leaves.further[:, leaf])
    limited = _limited_totals(view, inside)
    rows = vstack([sums, further, of_cell[limited]], format="csr")
    zeros = np.zeros(sums.shape[0] + further.shape[0])
    row_low = np.concatenate([zeros, view.first_low[limited]])
    row_high = np.concatenate([zeros, view.first_high[limited]])
    keep = _distinct(rows, row_low)
    equations = csr_array(system.equations[:, cells])
    return Part(
        cells,
        csr_array(equations[np.flatnonzero(np.diff(equations.indptr))]),
        view.first_low[cells],
        view.first_high[cells],
        csr_array(of_cell[cells]),
        csr_array(rows[keep]),
        row_low[keep],
        row_high[keep],
        view.low[leaf],
        view.high[leaf],
        system.block[leaf],
        _nearby(csr_array(leaves.made_of[cells[system.block[cells] < 0]][:, cells])),
    )


def _limited_totals(view: View, inside: BoolArray) -> IntArray:
    """Totals whose own limits say more than the limits of their parts."""
    made_of = view.leaves.made_of
    totals = np.flatnonzero(inside & ~view.leaves.is_leaf)
    entries = csr_array(made_of[totals]).tocoo()
    row, cell = entries.coords
    positive = entries.data > 0
    least = np.bincount(row, np.where(positive, view.first_low[cell], -view.first_high[cell]), len(totals))
    most = np.bincount(row, np.where(positive, view.first_high[cell], -view.first_low[cell]), len(totals))
    return totals[(view.first_low[totals] > least) | (view.first_high[totals] < most)]


def _distinct(rows: csr_array, kind: FloatArray) -> IntArray:
    """Rows that say something, each once (told apart by a random sum)."""
    mark = rows @ np.random.default_rng(0).random(rows.shape[1]) if rows.shape[1] else np.zeros(rows.shape[0])
    filled = np.flatnonzero(np.diff(rows.indptr) > 0)
    both = np.column_stack([np.round(np.abs(mark[filled]), 9), kind[filled]])
    return filled[np.unique(both, axis=0, return_index=True)[1]]


def _nearby(differences: csr_array) -> csr_array:
    """From the counts that each difference is made of: which two stand on either side of one."""
    sides = abs(differences).astype(float)
    both = csr_array(sides.T @ sides)
    both.setdiag(0)
    both.eliminate_zeros()
    return both


def push(
    part: Part, weight: FloatArray, start: FloatArray | None = None, *, order: IntArray | None = None, gap: float = 0.0
) -> FloatArray | None:
    """Leaves of a world with a great weighted sum of cells; None if none was found.

    The greatest, where the part is one block; else block after block, the others standing still meanwhile, which is
    far quicker than all at once and as good a world. start: leaves of a world to begin at. gap: how far from the
    greatest is near enough, as a share.
    """
    leaf = np.zeros(part.made.shape[1]) if start is None else start.copy()
    goal = part.made.T @ weight
    found_any = False
    for block in part.blocks if order is None else order:
        inside = np.flatnonzero(part.block == block)
        if not goal[inside].any():
            continue
        better = _push_block(part, goal, leaf, inside, gap) if len(part.blocks) > 1 else _push_all(part, goal, gap)
        if better is not None:
            leaf[inside] = better
            found_any = True
    return leaf if found_any else None


def push_together(part: Part, weight: FloatArray) -> FloatArray | None:
    """Leaves of the world with the greatest weighted sum of cells, all blocks at once; None if it was not found."""
    return _push_all(part, part.made.T @ weight, 0.0)


def _push_all(part: Part, goal: FloatArray, gap: float) -> FloatArray | None:
    return _solved(goal, part.leaf_low, part.leaf_high, part.rows, part.row_low, part.row_high, gap)


def _push_block(part: Part, goal: FloatArray, leaf: FloatArray, inside: IntArray, gap: float) -> FloatArray | None:
    rows = csr_array(part.rows[:, inside])
    used = np.flatnonzero(np.diff(rows.indptr))
    rows = csr_array(rows[used])
    given = part.rows[used] @ leaf - rows @ leaf[inside]
    low, high = part.row_low[used] - given, part.row_high[used] - given
    return _solved(goal[inside], part.leaf_low[inside], part.leaf_high[inside], rows, low, high, gap)


def _solved(
    goal: FloatArray,
    low: FloatArray,
    high: FloatArray,
    rows: csr_array,
    row_low: FloatArray,
    row_high: FloatArray,
    gap: float,
) -> FloatArray | None:
    is_whole = len(low) <= MOST_WHOLE
    found = milp(
        -goal,
        integrality=np.full(len(low), int(is_whole)),
        bounds=Bounds(np.maximum(low, -FARTHEST), np.minimum(high, FARTHEST)),
        constraints=[LinearConstraint(rows, row_low, row_high)] if rows.shape[0] else [],
        options={"mip_rel_gap": gap, "time_limit": SECONDS},
    )
    if found.x is None or (found.status != 0 and gap == 0):
        return None
    return np.asarray(np.rint(found.x) if is_whole else found.x)
