"""What an outsider deduces: for every hidden cell, the range that everything printed leaves open.

The attacker's problem of Fischetti and Salazar (2001, Management Science 47:1008-1027): the lowest and highest value
of a cell over all tables that agree with what is printed. A cell is safe when the range is as wide as the rules
demand. Knows nothing of how the pattern was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from release.deduce import known_beforehand, tightened
from release.leaves import Leaves, leaves_of
from release.rules import Rules
from release.system import BoolArray, FloatArray, IntArray, System
from release.worlds import EXACT, FARTHEST, NEARLY_BEST, Part, View, parts_of, push, push_together

SPREAD = 2.5  # of the logarithm of random weights: in each world a few cells win, instead of all a little
UPWARD = 0.8  # share of cells pushed upward: the way down to zero is short
ALONG = 0.2  # of the weight of a cell, on what limits it in other blocks: it has to give way
PATIENCE = 3  # pushes that open next to nothing before cells are asked one by one


@dataclass(frozen=True, eq=False)
class Findings:
    """One entry per cell that must stay open: hidden, or unprinted and sensitive.

    low, high: what an outsider deduces (is_exact). Else of a safe cell two tables that were found and differ there, so
    that at least that much is open; of an open cell what single equations leave, so that at most that much is.
    """

    cell: IntArray
    low: FloatArray
    high: FloatArray
    needed: IntArray
    is_exact: BoolArray
    names: Sequence[str]
    value: IntArray

    @property
    def is_open_enough(self) -> BoolArray:
        return np.asarray(self.high - self.low >= self.needed)

    @property
    def is_safe(self) -> bool:
        return bool(self.is_open_enough.all())

    @property
    def open_cells(self) -> IntArray:
        """Cells that the release would give away."""
        return self.cell[~self.is_open_enough]

    def as_frame(self) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "cell": self.cell,
                "name": [str(self.names[index]) for index in self.cell],
                "value": self.value,
                "low": self.low,
                "high": self.high,
                "needed": self.needed,
                "is_exact": self.is_exact,
                "is_safe": self.is_open_enough,
            }
        )


def attack(
    system: System, hidden: BoolArray, rules: Rules, *, worlds: Sequence[FloatArray] = (), every_bound: bool = False
) -> Findings:
    """worlds: deviations of every cell that may be possible tables: each is believed only after it was checked.

    every_bound: lowest and highest value of every cell, also where less is enough to know it safe.
    """
    view = view_of(system, hidden, rules, leaves_of(system))
    wanted = system.must_be_open(hidden)
    reached = Reached.of(view, wanted, rules.needed_width)
    for world in worlds:
        if is_possible(system, view, world):
            reached.add(np.flatnonzero(~reached.is_asked), world[~reached.is_asked])
    for part in parts_of(system, view, wanted & (reached.missing() | every_bound)):
        if not every_bound:
            open_many(part, reached)
        ask_each(part, reached, every_bound=every_bound)
    cell = np.flatnonzero(wanted)
    return Findings(
        cell,
        np.asarray(system.value[cell] + np.ceil(reached.low[cell] - EXACT), dtype=np.float64),
        np.asarray(system.value[cell] + np.floor(reached.high[cell] + EXACT), dtype=np.float64),
        np.full(len(cell), rules.needed_width, dtype=np.int64),
        reached.is_exact[cell],
        system.names,
        system.value[cell],
    )


def view_of(system: System, hidden: BoolArray, rules: Rules, leaves: Leaves) -> View:
    low, high = known_beforehand(system, hidden, rules)
    tight_low, tight_high = tightened(system.equations, low, high)
    value = system.value
    return View(leaves, low - value, high - value, tight_low - value, tight_high - value)


def is_possible(system: System, view: View, world: FloatArray) -> bool:
    """Whether a deviation of every cell agrees with everything printed."""
    inside = (world >= view.first_low - EXACT) & (world <= view.first_high + EXACT)
    return bool(inside.all() and (np.abs(system.equations @ world) <= EXACT).all())


@dataclass(frozen=True, eq=False)
class Reached:
    """How far worlds go that were found, per cell of the system, as deviations; they only widen.

    is_exact: no world goes further. is_asked: nothing further is looked for. useful: cells and deviations of the worlds
    that went further than others before.
    """

    wanted: BoolArray
    width: int
    low: FloatArray
    high: FloatArray
    is_exact: BoolArray
    is_asked: BoolArray
    useful: list[tuple[IntArray, FloatArray]] = field(default_factory=list)

    @classmethod
    def of(cls, view: View, wanted: BoolArray, width: int) -> Reached:
        """Cells too narrow already after single equations are as narrow as that at most: no world is looked for."""
        narrow = wanted & (view.high - view.low < width)
        low, high = np.where(narrow, view.low, 0.0), np.where(narrow, view.high, 0.0)
        is_exact = wanted & (view.high == view.low)
        return cls(wanted, width, low, high, is_exact, is_exact | narrow)

    def missing(self) -> BoolArray:
        open_enough = np.floor(self.high + EXACT) - np.ceil(self.low - EXACT) >= self.width
        return np.asarray(self.wanted & ~open_enough & ~self.is_asked)

    def add(self, cells: IntArray, world: FloatArray) -> None:
        goes_further = (world < self.low[cells] - EXACT) | (world > self.high[cells] + EXACT)
        if (goes_further & self.missing()[cells]).any():
            self.useful.append((cells, world))
        self.low[cells] = np.minimum(self.low[cells], world)
        self.high[cells] = np.maximum(self.high[cells], world)


def open_many(part: Part, reached: Reached, most: int = 1000) -> None:
    """Worlds for many cells at once, as long as each opens some."""
    chance = np.random.default_rng(len(part.cells))
    blocks = part.blocks
    stale, leaf = 0, None
    for _ in range(most):
        missing = reached.missing()[part.cells]
        before = int(missing.sum())
        if before < 2 or stale == PATIENCE:
            return
        weight = np.exp(SPREAD * np.clip(chance.normal(size=len(missing)), -2.5, 2.5))
        weight *= np.where(chance.random(len(missing)) < UPWARD, 1, -1) * missing
        weight += ALONG * (part.nearby @ weight)
        order = chance.permutation(blocks) if len(blocks) > 1 else blocks
        leaf = push(part, weight, leaf if len(blocks) > 1 else None, order=order, gap=NEARLY_BEST)
        world = None if leaf is None else part.world(leaf)
        if world is None:
            leaf = None
        else:
            reached.add(part.cells, world)
        opened = before - int(reached.missing()[part.cells].sum())
        stale = stale + 1 if opened <= before / 100 else 0


def ask_each(part: Part, reached: Reached, *, every_bound: bool = False) -> None:
    """Lowest and highest value of each cell that is still not known to be open enough."""
    for place, cell in enumerate(part.cells):
        if not (reached.wanted[cell] & ~reached.is_exact[cell] if every_bound else reached.missing()[cell]):
            continue
        if len(part.blocks) > 1 and not every_bound:
            _ask_in_turn(part, reached, place)
            if not reached.missing()[cell]:
                continue
        worlds = []
        for sign in (1.0, -1.0):
            leaf = push_together(part, np.where(np.arange(len(part.cells)) == place, sign, 0.0))
            world = None if leaf is None else part.world(leaf)
            if world is not None:
                reached.add(part.cells, world)
                worlds.append(world[place])
            if not every_bound and not reached.missing()[cell]:
                break
        else:
            # Nothing goes further than these two; without both, what was found before stands.
            if len(worlds) == 2:
                highest, lowest = worlds
                reached.high[cell] = np.inf if highest > FARTHEST / 2 else highest
                reached.low[cell] = -np.inf if lowest < -FARTHEST / 2 else lowest
            reached.is_exact[cell] = len(worlds) == 2
            reached.is_asked[cell] = True


def _ask_in_turn(part: Part, reached: Reached, place: int) -> None:
    """Worlds in which one cell goes far up or down: first what limits it in other blocks gives way, then the cell."""
    own = np.zeros(len(part.cells))
    own[place] = 1.0
    around = (part.nearby @ own > 0).astype(float)
    further = (part.nearby @ around > 0).astype(float)
    for sign in (1.0, -1.0):
        leaf = push(part, sign * (own + ALONG * (around + ALONG * further)))
        leaf = leaf if leaf is None else push(part, sign * own, leaf)
        world = None if leaf is None else part.world(leaf)
        if world is not None:
            reached.add(part.cells, world)
        if not reached.missing()[part.cells[place]]:
            return
