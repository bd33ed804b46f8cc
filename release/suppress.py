"""Which cells to hide: the small ones, and the cheapest further ones that keep an outsider from working them out.

Tables that share no equation are judged apart, and where nothing is sensitive nothing is hidden. Small parts get the
cheapest safe pattern (exact.py), larger ones a safe pattern of little weight (heuristic.py). Either way the pattern is
only a proposal: attack.py proves it or does not.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from release.exact import MOST_FREE, exact_pattern, is_small
from release.heuristic import safe_pattern
from release.pattern import Choice
from release.rules import Rules
from release.system import BoolArray, FloatArray, System


@dataclass(frozen=True, eq=False)
class Suppression:
    """hidden, reason: per cell of the system; reason is '', 'primary', 'complementary' or 'earlier' (hidden before).

    exact: no pattern of less weight is safe. lost: weight of all that is hidden. worlds: deviations of every cell that
    may show hidden ones to be open, for an attack to check.
    """

    hidden: BoolArray
    reason: NDArray[np.str_]
    exact: bool
    lost: float
    seconds: float
    worlds: Sequence[FloatArray] = ()


def suppress(system: System, rules: Rules, *, most_free: int = MOST_FREE) -> Suppression:
    """Never raises for want of a safe pattern: what it returns then is the best it has, and an attack tells."""
    start = time.perf_counter()
    choice = Choice.of(system)
    hidden = choice.must.copy()
    exact = True
    worlds: list[FloatArray] = []
    for inside in _parts_with_secrets(system, choice):
        part = _only(system, inside)
        found = exact_pattern(part, rules) if is_small(part, most_free, rules) else None
        exact &= found is not None
        if found is None:
            found, shown = safe_pattern(part, rules)
            for world in shown:
                worlds.append(np.zeros(len(system)))
                worlds[-1][inside] = world[: len(inside)]
        hidden[inside] = found[: len(inside)]
    reason = np.full(len(system), "", dtype="<U13")
    reason[hidden] = "complementary"
    reason[hidden & system.fixed_hidden] = "earlier"
    reason[hidden & system.sensitive] = "primary"
    return Suppression(hidden, reason, exact, float(system.weight[hidden].sum()), time.perf_counter() - start, worlds)


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
    per_cell = ("value", "weight", "sensitive", "printed", "lower", "upper", "fixed_shown", "fixed_hidden", "block")
    kept = {name: getattr(system, name)[chosen] for name in per_cell}
    return replace(
        system, names=[system.names[index] for index in chosen], equations=csr_array(equations[:, chosen]), **kept
    )
