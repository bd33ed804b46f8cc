"""A safe pattern of little weight for parts too large for the best one.

The cheapest pattern that single equations allow is searched for worlds (worlds.py). In parts of middle size the cells
that stay open teach inequalities, as in exact.py. Elsewhere, and when that takes too long, more room is demanded in the
equations around them. The last ones get their own protection (protect.py), which opens a cell if that can be done.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from release.attack import Reached, ask_each, open_many, view_of
from release.leaves import leaves_of
from release.lesson import capacity
from release.pattern import Choice, cheapest, single_equations
from release.protect import cells_to_hide
from release.rules import Rules
from release.system import BoolArray, FloatArray, System
from release.worlds import Part, parts_of

GAP = 0.005  # of a pattern from the cheapest of its kind
MORE_ROOM = 1.5  # demanded in its equations around a cell that stays open
ROUNDS_OF_ROOM = 8
MOST_TAUGHT = 2000  # cells, up to which a part is taught by attacks
ROUNDS_TAUGHT = 15
MOST_LESSONS = 25  # learnt from one attack


def safe_pattern(part: System, rules: Rules) -> tuple[BoolArray, list[FloatArray]]:
    """Safe wherever there is a safe pattern that the steps above find; an attack tells. Also worlds that show it."""
    task = _Task(part, rules)
    hidden = task.choice.must.copy()
    if not rules.rounding:
        if len(part) <= MOST_TAUGHT:
            taught = _taught(task)
            if taught is not None:
                return taught, task.worlds
        hidden = _roomy_one_by_one(task, hidden)
    return _protected_singly(task, _roomy_together(task, hidden)), task.worlds


class _Task:
    """A part, what has been learnt about it, and worlds found while the pattern grows: they stay possible."""

    def __init__(self, part: System, rules: Rules) -> None:
        self.part, self.rules = part, rules
        self.choice = Choice.of(part)
        self.width: FloatArray = np.full(len(part), float(rules.needed_width))
        self.lessons = csr_array((0, len(part)))
        self.leaves = leaves_of(part)
        self.forget()

    def forget(self) -> None:
        self.low, self.high = np.zeros(len(self.part)), np.zeros(len(self.part))
        self.worlds: list[FloatArray] = []

    def pattern(self, also: BoolArray | None = None) -> BoolArray | None:
        rows = csr_array(vstack([single_equations(self.part, self.choice, self.width), self.lessons]))
        found = cheapest(self.part, self.choice, rows, also=also, gap=GAP)
        return None if found is None else found[0]

    def open_cells(self, hidden: BoolArray) -> NDArray[np.int64]:
        """Cells not known to leave enough open, after a search for worlds of many at once."""
        return np.flatnonzero(self._missing(hidden, self.part.must_be_open(hidden), open_many))

    def is_open(self, hidden: BoolArray, cell: int) -> bool:
        """Whether an outsider really learns too much of this one cell."""
        wanted = np.arange(len(self.part)) == cell
        return bool(self._missing(hidden, wanted, ask_each).any())

    def narrow_cells(self, hidden: BoolArray) -> NDArray[np.int64]:
        """Cells that equations one by one narrow too far."""
        view = view_of(self.part, hidden, self.rules, self.leaves)
        wanted = self.part.must_be_open(hidden)
        return np.flatnonzero(wanted & (view.high - view.low < self.rules.needed_width))

    def _missing(self, hidden: BoolArray, wanted: BoolArray, look: Callable[[Part, Reached], None]) -> BoolArray:
        view = view_of(self.part, hidden, self.rules, self.leaves)
        found = Reached.of(view, wanted, self.rules.needed_width)
        narrow = found.is_asked.copy()
        found.low[~narrow], found.high[~narrow] = self.low[~narrow], self.high[~narrow]
        for piece in parts_of(self.part, view, found.missing()):
            look(piece, found)
        self.worlds += [_spread(cells, world, len(self.part)) for cells, world in found.useful]
        short = found.missing() | (wanted & found.is_asked & (found.high - found.low < found.width))
        wide = ~narrow & ~found.is_exact
        self.low[wide], self.high[wide] = found.low[wide], found.high[wide]
        return np.asarray(short)


def _spread(cells: NDArray[np.int64], world: FloatArray, size: int) -> FloatArray:
    """The world as the deviation of every cell: the others stand still."""
    whole = np.zeros(size)
    whole[cells] = world
    return whole


def _taught(task: _Task) -> BoolArray | None:
    """A pattern that leaves nothing to teach, or None with the lessons kept."""
    for _ in range(ROUNDS_TAUGHT):
        hidden = task.pattern()
        if hidden is None:
            return None
        task.forget()
        open_cells = task.open_cells(hidden)
        if not len(open_cells):
            return hidden
        chosen = open_cells[:: -(-len(open_cells) // MOST_LESSONS)]
        lessons = [capacity(task.part, hidden, int(cell), task.rules.needed_width) for cell in chosen]
        useful = [one for one in lessons if one is not None and one[one > 0].sum() + one.min() >= 0]
        if not useful:
            return None
        task.lessons = csr_array(vstack([task.lessons, csr_array(np.array(useful))]))
    return None


def _roomy_one_by_one(task: _Task, hidden: BoolArray) -> BoolArray:
    """More room where equations one by one give something away, which costs next to nothing to see."""
    for _ in range(ROUNDS_OF_ROOM):
        found = task.pattern()
        if found is None:
            return hidden
        hidden = found
        narrow = task.narrow_cells(hidden)
        if not len(narrow):
            break
        task.width[narrow] *= MORE_ROOM
    return hidden


def _roomy_together(task: _Task, hidden: BoolArray) -> BoolArray:
    """More room where only the sums together give something away; from here on the pattern only grows."""
    task.forget()
    before = len(task.part) + 1
    for _ in range(ROUNDS_OF_ROOM):
        open_cells = task.open_cells(hidden)
        if len(open_cells) >= before:  # what is hidden to make room needs protection itself: no gain any more
            break
        before = len(open_cells)
        task.width[open_cells] *= MORE_ROOM
        found = None if task.rules.rounding or not len(open_cells) else task.pattern(also=hidden)
        if found is None or not (found & ~hidden).any():
            break
        hidden = found
    return hidden


def _protected_singly(task: _Task, hidden: BoolArray) -> BoolArray:
    """Hides what the last open cells need, cell by cell, until nothing more can be done."""
    hopeless = np.zeros(len(task.part), dtype=bool)
    while True:
        open_cells = task.open_cells(hidden)
        open_cells = open_cells[~hopeless[open_cells]]
        if not len(open_cells):
            return hidden
        for cell in open_cells:
            if not task.is_open(hidden, int(cell)):
                continue
            more = _cells_to_hide(task, hidden, int(cell))
            if more is None or not more.any():
                hopeless[cell] = True
            else:
                hidden = hidden | more


def _cells_to_hide(task: _Task, hidden: BoolArray, cell: int) -> BoolArray | None:
    """Of the cell's own tables if those are enough, else of all that hangs together."""
    block = task.part.block
    rows = abs(task.part.equations[:, [cell]]).sum(axis=1) > 0
    own = np.unique(block[(abs(task.part.equations[rows]).sum(axis=0) > 0)]) if block[cell] < 0 else block[[cell]]
    near = np.isin(block, own) | (block < 0)
    found = cells_to_hide(task.part, task.choice, hidden, cell, task.rules.needed_width, near)
    if (found is None or not found.any()) and not near.all():
        found = cells_to_hide(task.part, task.choice, hidden, cell, task.rules.needed_width)
    return found
