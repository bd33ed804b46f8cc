"""Which cells to hide: the small ones, and the cheapest further ones that keep an outsider from working them out.

Tables that share no equation are judged apart, and where nothing is sensitive nothing is hidden. Small parts are solved
exactly: the cheapest pattern (pattern.py), an attack on it, what the attack teaches (lesson.py), and again, until an
attack finds nothing. Parts that are too large for that are solved by a heuristic: the cheapest pattern, worlds for as
many cells as possible, more room demanded around the cells that stay open, and for the last of them their own
protection (protect.py). Either way the pattern is only a proposal: attack.py proves it or does not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from release.attack import Reached, ask_each, attack, open_many, view_of
from release.leaves import leaves_of
from release.lesson import capacity, something_more
from release.pattern import Choice, cheapest, single_equations
from release.protect import cells_to_hide
from release.rules import Rules
from release.system import BoolArray, System
from release.worlds import MOST_WHOLE, Part, parts_of

MOST_FREE = 1500  # cells that may be hidden or not, up to which a part is solved exactly
GAP = 0.005  # of the heuristic's patterns from the cheapest of their kind
MOST_ROUNDS = 40  # of pattern and attack in the exact way
MOST_LESSONS = 25  # learnt from one attack
MORE_ROOM = 1.5  # demanded in its equations around a cell that stays open
ROUNDS_OF_ROOM = 8


@dataclass(frozen=True, eq=False)
class Suppression:
    """hidden, reason: per cell of the system; reason is '', 'primary', 'complementary' or 'earlier' (hidden before).

    exact: no pattern of less weight is safe. lost: weight of all that is hidden.
    """

    hidden: BoolArray
    reason: NDArray[np.str_]
    exact: bool
    lost: float
    seconds: float


def suppress(system: System, rules: Rules, *, most_free: int = MOST_FREE) -> Suppression:
    """Never raises for want of a safe pattern: what it returns then is the best it has, and an attack tells."""
    start = time.perf_counter()
    choice = Choice.of(system)
    hidden = choice.must.copy()
    exact = True
    for inside in _parts_with_secrets(system, choice):
        part = _only(system, inside)
        found = _exactly(part, rules) if _is_small(part, most_free, rules) else None
        exact &= found is not None
        hidden[inside] = (found if found is not None else _nearly(part, rules))[: len(inside)]
    reason = np.full(len(system), "", dtype="<U13")
    reason[hidden] = "complementary"
    reason[hidden & system.fixed_hidden] = "earlier"
    reason[hidden & system.sensitive] = "primary"
    return Suppression(hidden, reason, exact, float(system.weight[hidden].sum()), time.perf_counter() - start)


def _parts_with_secrets(system: System, choice: Choice) -> Iterator[NDArray[np.int64]]:
    able = ~system.fixed_shown
    label = system.parts(able)
    secret = choice.must | (choice.unseen & system.sensitive)
    for number in np.unique(label[secret]):
        yield np.flatnonzero(label == number)


def _only(system: System, inside: NDArray[np.int64]) -> System:
    """The cells as a system of their own, with the known ones that share an equation with them."""
    rows = np.flatnonzero(np.diff(csr_array(system.equations[:, inside]).indptr))
    equations = csr_array(system.equations[rows])
    chosen = np.union1d(inside, equations.indices)
    # Cells of the part come first, so that a pattern of the part is read off easily.
    chosen = np.concatenate([inside, np.setdiff1d(chosen, inside)])
    per_cell = ("value", "weight", "sensitive", "printed", "lower", "upper", "fixed_shown", "fixed_hidden")
    kept = {name: getattr(system, name)[chosen] for name in per_cell}
    return replace(
        system, names=[system.names[index] for index in chosen], equations=csr_array(equations[:, chosen]), **kept
    )


def _is_small(part: System, most_free: int, rules: Rules) -> bool:
    choice = Choice.of(part)
    return bool(choice.free.sum() <= most_free and leaves_of(part).is_leaf.sum() <= MOST_WHOLE and not rules.rounding)


def _exactly(part: System, rules: Rules) -> BoolArray | None:
    choice = Choice.of(part)
    width = np.full(len(part), float(rules.needed_width))
    rows = single_equations(part, choice, width)
    for _ in range(MOST_ROUNDS):
        found = cheapest(part, choice, rows, gap=0)
        if found is None or not found[1]:
            return None
        hidden = found[0]
        open_cells = attack(part, hidden, rules).open_cells
        if not len(open_cells):
            return hidden
        lessons = []
        for cell in open_cells[:MOST_LESSONS]:
            lesson = capacity(part, hidden, int(cell), rules.needed_width)
            lessons.append(something_more(part, choice, hidden, int(cell)) if lesson is None else lesson)
        useful = [lesson for lesson in lessons if lesson[lesson > 0].sum() + lesson.min() >= 0]
        if not useful:
            return None
        rows = csr_array(vstack([rows, csr_array(np.array(useful))]))
    return None


def _nearly(part: System, rules: Rules) -> BoolArray:
    """A safe pattern of little weight, wherever there is a safe one."""
    choice = Choice.of(part)
    hidden = choice.must.copy()
    width = np.full(len(part), float(rules.needed_width))
    taught, is_done = _taught(part, choice, rules)
    if is_done:
        return taught[0]
    search = _Search(part, rules)
    # First what equations one by one give away, which costs next to nothing to see; the pattern is made anew each time.
    for _ in range(ROUNDS_OF_ROOM):
        found = None if rules.rounding else cheapest(part, choice, _rows(part, choice, width, taught), gap=GAP)
        if found is None:
            break
        hidden = found[0]
        narrow = search.narrow_cells(hidden)
        if not len(narrow):
            break
        width[narrow] *= MORE_ROOM
    # Then what only the sums together give away; the pattern grows, and the worlds found so far stay possible.
    for _ in range(ROUNDS_OF_ROOM):
        open_cells = search.open_cells(hidden)
        if not len(open_cells):
            return hidden
        width[open_cells] *= MORE_ROOM
        if not rules.rounding:
            found = cheapest(part, choice, _rows(part, choice, width, taught), also=hidden, gap=GAP)
            if found is None or not (found[0] & ~hidden).any():
                break
            hidden = found[0]
    return _protected_singly(part, choice, hidden, search, rules)


def _protected_singly(part: System, choice: Choice, hidden: BoolArray, search: _Search, rules: Rules) -> BoolArray:
    """Hides what the last open cells need, cell by cell, until nothing more can be done."""
    hopeless = np.zeros(len(part), dtype=bool)
    while True:
        open_cells = search.open_cells(hidden)
        open_cells = open_cells[~hopeless[open_cells]]
        if not len(open_cells):
            return hidden
        for cell in open_cells:
            if not search.is_open(hidden, int(cell)):
                continue
            more = cells_to_hide(part, choice, hidden, int(cell), rules.needed_width)
            if more is None or not more.any():
                hopeless[cell] = True
            else:
                hidden = hidden | more


class _Search:
    """Remembers worlds while the pattern grows: what was possible stays possible."""

    def __init__(self, system: System, rules: Rules) -> None:
        self.system, self.rules = system, rules
        self.leaves = leaves_of(system)
        self.low, self.high = np.zeros(len(system)), np.zeros(len(system))

    def open_cells(self, hidden: BoolArray) -> NDArray[np.int64]:
        """Cells not known to leave enough open, after a search for worlds of many at once."""
        return np.flatnonzero(self._missing(hidden, self.system.must_be_open(hidden), open_many))

    def narrow_cells(self, hidden: BoolArray) -> NDArray[np.int64]:
        """Cells that equations one by one narrow too far."""
        view = view_of(self.system, hidden, self.rules, self.leaves)
        wanted = self.system.must_be_open(hidden)
        return np.flatnonzero(wanted & (view.high - view.low < self.rules.needed_width))

    def is_open(self, hidden: BoolArray, cell: int) -> bool:
        """Whether an outsider really learns too much of this one cell."""
        wanted = np.arange(len(self.system)) == cell
        return bool(self._missing(hidden, wanted, ask_each).any())

    def _missing(self, hidden: BoolArray, wanted: BoolArray, look: Callable[[Part, Reached], None]) -> BoolArray:
        view = view_of(self.system, hidden, self.rules, self.leaves)
        found = Reached.of(view, wanted, self.rules.needed_width)
        narrow = found.is_asked.copy()
        found.low[~narrow], found.high[~narrow] = self.low[~narrow], self.high[~narrow]
        for part in parts_of(self.system, view, found.missing()):
            look(part, found)
        short = found.missing() | (wanted & found.is_asked & (found.high - found.low < found.width))
        wide = ~narrow & ~found.is_exact
        self.low[wide], self.high[wide] = found.low[wide], found.high[wide]
        return short
