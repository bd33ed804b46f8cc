"""The cheapest safe pattern: the cheapest one, an attack on it, what the attack teaches, and again.

The cutting planes of Fischetti and Salazar (2001, Management Science 47:1008-1027), for parts small enough that both
the pattern and the attack are solved in whole numbers. Every lesson holds for all safe patterns, so that the first
pattern in which an attack finds nothing is the best there is.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, vstack

from release.attack import attack
from release.leaves import leaves_of
from release.lesson import capacity, something_more
from release.pattern import Choice, cheapest, single_equations
from release.rules import Rules
from release.system import BoolArray, System

MOST_FREE = 400  # cells that may be hidden or not, up to which a part is solved exactly
MOST_LEAVES = 400  # of such a part, so that attacks on it are quick
MOST_ROUNDS = 40
MOST_LESSONS = 25  # learnt from one attack


def is_small(part: System, most_free: int, rules: Rules) -> bool:
    choice = Choice.of(part)
    return bool(choice.free.sum() <= most_free and leaves_of(part).is_leaf.sum() <= MOST_LEAVES and not rules.rounding)


def exact_pattern(part: System, rules: Rules) -> BoolArray | None:
    """The safe pattern of least weight; None where there is none or it was not found in time."""
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
