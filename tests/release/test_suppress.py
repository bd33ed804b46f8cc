from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csr_array, lil_array

from release.attack import attack
from release.rules import Rules
from release.suppress import suppress
from release.system import System
from tests.release.linked_tables import linked_pair, marked, system_of, table_system

RULES = Rules()
PAIR, THREE = [[0, 1]], [[0, 1, 2]]
TREE = [[0, 1], [2, 3], [4, 5]]  # four leaves, two groups, one total
SHARE = 0.7


def is_open_by_two_tables(system: System, hidden: NDArray[np.bool_], width: int) -> bool:
    """Naive: for every cell that must stay open, two whole tables that agree with the print and differ there by the width.

    One integer program straight from all equations, without anything the attack does.
    """
    cells = np.flatnonzero((hidden & system.printed) | (system.sensitive & ~system.printed))
    if not len(cells):
        return True
    size, copies = len(system), 2 * len(cells)
    sums = csr_array(block_diag([system.equations] * copies))
    apart = lil_array((len(cells), size * copies))
    for number, cell in enumerate(cells):
        apart[number, 2 * number * size + cell] = -1
        apart[number, (2 * number + 1) * size + cell] = 1
    known = system.printed & ~hidden
    most = float(system.value.max()) + 2 * width
    low = np.where(known, system.value, 0).astype(float)
    high = np.where(known, system.value, most).astype(float)
    found = milp(
        np.zeros(size * copies),
        integrality=np.ones(size * copies),
        bounds=Bounds(np.tile(low, copies), np.tile(high, copies)),
        constraints=[LinearConstraint(sums, 0, 0), LinearConstraint(csr_array(apart), width, np.inf)],
    )
    return found.x is not None


@st.composite
def linked_tables(draw: st.DrawFn) -> System:
    """2 or 3 dimensions, hierarchies, planted single persons, unprinted rests, tables that share their margins."""
    kind = draw(st.sampled_from(["flat", "tree", "cube", "rest", "linked"]))
    shape = {"flat": (3, 3), "tree": (4, 3), "cube": (2, 2, 3), "rest": (4, 2), "linked": (3, 2, 2)}[kind]
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    leaves = chance.poisson(chance.choice([0.5, 4, 15, 60], size=shape))
    for place in chance.integers(0, leaves.size, size=draw(st.integers(0, 3))):
        leaves.flat[place] = 1
    if kind == "linked":
        return linked_pair(leaves, RULES)
    axes = {"flat": [THREE, THREE], "tree": [TREE, THREE], "cube": [PAIR, PAIR, THREE], "rest": [TREE, PAIR]}[kind]
    return table_system(leaves, axes, RULES, unprinted=[(1,)] if kind == "rest" else [])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(linked_tables())
def test_no_hidden_cell_is_narrower_than_the_rule_and_nothing_is_hidden_without_need(system: System) -> None:
    found = suppress(system, RULES)
    must = system.sensitive & system.printed
    assert (found.hidden >= must).all() and not (found.hidden & ~system.printed).any()
    assert is_open_by_two_tables(system, found.hidden, RULES.needed_width)
    if not system.sensitive.any():
        assert not found.hidden.any()
    assert ((found.reason == "primary") == must).all()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(linked_tables())
def test_no_further_cell_could_be_shown_after_all_and_the_heuristic_is_never_better(system: System) -> None:
    best = suppress(system, RULES)
    assert best.exact
    for cell in np.flatnonzero(best.reason == "complementary"):
        less = best.hidden & ~marked(len(system), [int(cell)])
        assert not is_open_by_two_tables(system, less, RULES.needed_width)
    quick = suppress(system, RULES, most_free=-1)
    assert is_open_by_two_tables(system, quick.hidden, RULES.needed_width)
    assert best.lost <= quick.lost + 1e-6


def test_tables_without_a_small_count_are_printed_whole_beside_one_that_has_some() -> None:
    quiet = [(0, [1, 2])]
    small = [(3, [4, 5, 6])]
    system = system_of([50, 20, 30, 84, 4, 30, 50], [*quiet, *small], RULES)
    found = suppress(system, RULES)
    assert np.flatnonzero(found.hidden).tolist() == [4, 5] and found.exact
    assert found.reason.tolist() == ["", "", "", "", "primary", "complementary", ""]
    assert found.lost == pytest.approx(system.weight[[4, 5]].sum())


def test_the_cheapest_cell_is_hidden_not_the_smallest() -> None:
    system = system_of([84, 4, 30, 50], [(0, [1, 2, 3])], RULES, weight=np.array([9.0, 1, 5, 2]))
    assert np.flatnonzero(suppress(system, RULES).hidden).tolist() == [1, 3]


def test_a_small_unprinted_rest_hides_one_of_the_two_counts_it_follows_from() -> None:
    system = system_of([40, 37, 3], [(0, [1, 2])], RULES, unprinted=[2], weight=np.array([2.0, 1, 0]))
    found = suppress(system, RULES)
    # Either alone would do for the rest, and must itself stay open.
    assert np.flatnonzero(found.hidden).tolist() == [1]
    assert attack(system, found.hidden, RULES).is_safe


def test_what_an_earlier_release_showed_is_no_cover_and_what_it_hid_stays_hidden() -> None:
    value, sums = [84, 4, 30, 50, 40, 18, 22], [(0, [1, 2, 3]), (4, [5, 6])]
    system = system_of(value, sums, RULES, fixed_shown=marked(7, [2]), fixed_hidden=marked(7, [5]))
    found = suppress(system, RULES)
    assert np.flatnonzero(found.hidden).tolist() == [1, 3, 5, 6]
    assert found.reason.tolist() == ["", "primary", "", "complementary", "", "earlier", "complementary"]
    assert attack(system, found.hidden, RULES).is_safe


@pytest.mark.parametrize("most_free", [1500, -1])
def test_what_cannot_be_protected_is_named_by_the_attack(most_free: int) -> None:
    """Total and all but one part were printed before: nothing that may be hidden helps."""
    system = system_of([84, 4, 30, 50], [(0, [1, 2, 3])], RULES, fixed_shown=marked(4, [0, 2, 3]))
    found = suppress(system, RULES, most_free=most_free)
    assert not found.exact
    assert attack(system, found.hidden, RULES).open_cells.tolist() == [1]


def test_rounded_tables_are_protected_too_and_hide_less() -> None:
    leaves = [[3, 20, 15], [30, 12, 40], [14, 22, 18]]
    rounding = replace(RULES, rounding=5)
    plain, rounded = (table_system(leaves, [THREE, THREE], rules) for rules in (RULES, rounding))
    found = suppress(rounded, rounding)
    assert attack(rounded, found.hidden, rounding).is_safe
    assert found.hidden.sum() <= suppress(plain, RULES).hidden.sum()


def test_a_table_too_large_for_the_best_pattern_gets_a_safe_one() -> None:
    chance = np.random.default_rng(3)
    leaves = chance.poisson(chance.choice([0.4, 2, 9], size=(6, 4, 3)))
    groups = [[0, 1, 2], [3, 4, 5], [6, 7]]
    system = table_system(leaves, [groups, [list(range(4))], THREE], RULES)
    found = suppress(system, RULES, most_free=-1)
    findings = attack(system, found.hidden, RULES)
    assert findings.is_safe and not found.exact
    assert (found.reason == "complementary").sum() < (~system.sensitive).sum() / 3


def test_the_same_system_gives_the_same_pattern() -> None:
    chance = np.random.default_rng(11)
    system = table_system(chance.poisson(8, size=(4, 5)), [TREE, [list(range(5))]], RULES)
    assert (suppress(system, RULES).hidden == suppress(system, RULES).hidden).all()
