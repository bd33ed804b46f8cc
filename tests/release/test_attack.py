from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from release import worlds
from release.attack import attack
from release.rules import Rules, printed_range
from release.system import System
from tests.release.linked_tables import Counts, marked, system_of, table_system

RULES = Rules(threshold=4)
PAIR = [[0, 1]]
THREE = [[0, 1, 2]]


def by_enumeration(system: System, hidden: NDArray[np.bool_], rules: Rules, most: int) -> dict[int, tuple[int, int]]:
    """Every table of counts up to `most` that agrees with what is printed, one after the other."""
    low, high = printed_range(system.value, rules)
    unknown = system.unknown(hidden)
    low, high = np.where(unknown, system.lower, low), np.where(unknown, np.minimum(system.upper, most), high)
    low[system.fixed_shown] = high[system.fixed_shown] = system.value[system.fixed_shown]
    equations = system.equations.toarray()
    # Totals follow from the rest, so that only cells no equation starts with are tried.
    defined = {int(np.flatnonzero(row > 0)[0]): row for row in equations}
    tried = [cell for cell in range(len(system)) if cell not in defined]
    guesses = np.array(list(itertools.product(*(range(int(low[cell]), int(high[cell]) + 1) for cell in tried))))
    tables = np.zeros((len(guesses), len(system)), dtype=np.int64)
    tables[:, tried] = guesses
    for _ in defined:
        for total, row in defined.items():
            tables[:, total] = -(tables @ row - tables[:, total])
    agrees = (tables @ equations.T == 0).all(axis=1) & (low <= tables).all(axis=1) & (tables <= high).all(axis=1)
    all_tables = tables[agrees]
    return {
        int(cell): (all_tables[:, cell].min(), all_tables[:, cell].max())
        for cell in np.flatnonzero(system.must_be_open(hidden))
    }


def deduced(system: System, hidden: NDArray[np.bool_], rules: Rules) -> dict[int, tuple[float, float]]:
    found = attack(system, hidden, rules, every_bound=True)
    assert found.is_exact.all()
    return {int(cell): (low, high) for cell, low, high in zip(found.cell, found.low, found.high, strict=True)}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=6, max_size=6), st.sets(st.integers(0, 10), max_size=6), st.data())
def test_ranges_are_those_of_all_tables_one_after_the_other(
    counts: list[int], cells: set[int], data: st.DataObject
) -> None:
    system = table_system(np.array(counts).reshape(2, 3), [PAIR, THREE], RULES)
    known = data.draw(st.sampled_from([[], [3], [11]]))
    system = replace(system, fixed_shown=marked(len(system), known))
    hidden = marked(len(system), sorted(cells))
    # The grand total is printed, so that nothing can be greater than it.
    assert deduced(system, hidden, RULES) == by_enumeration(system, hidden, RULES, int(system.value[11]))


@pytest.mark.parametrize("base", [3, 5])
def test_rounded_counts_are_known_as_ranges(base: int) -> None:
    rules = Rules(threshold=4, rounding=base)
    system = table_system([[2, 4], [3, 1]], [PAIR, PAIR], rules)
    hidden = marked(9, [0, 3])
    assert deduced(system, hidden, rules) == by_enumeration(system, hidden, rules, 14)


def test_what_everybody_knows_beforehand_narrows_the_range() -> None:
    system = system_of([20, 4, 6, 10], [(0, [1, 2, 3])], RULES, upper=np.array([np.inf, 5, 8, np.inf]))
    assert deduced(system, marked(4, [1, 2]), RULES) == {1: (2, 5), 2: (5, 8)}


def test_a_hidden_total_has_no_end() -> None:
    system = system_of([20, 4, 16], [(0, [1, 2])], RULES)
    assert deduced(system, marked(3, [0, 1]), RULES) == {0: (16, np.inf), 1: (0, np.inf)}


def test_the_unprinted_rest_of_two_printed_counts_is_given_away() -> None:
    system = system_of([40, 37, 3], [(0, [1, 2])], RULES, unprinted=[2])
    found = attack(system, marked(3, []), RULES)
    assert not found.is_safe and found.open_cells.tolist() == [2]
    assert (found.low.tolist(), found.high.tolist(), found.value.tolist()) == ([3], [3], [3])
    assert found.as_frame().loc[0, ["name", "is_safe"]].tolist() == ["2", False]


def test_a_difference_between_releases_may_be_negative() -> None:
    """now + withdrawn - added = before: the difference is free to both sides once the new count is hidden."""
    free = np.array([0, 0, -np.inf])
    system = system_of([37, 40, -3], [(0, [1, 2])], RULES, unprinted=[1, 2], lower=free, fixed_shown=marked(3, [1]))
    assert attack(system, marked(3, []), RULES).open_cells.tolist() == [2]
    assert deduced(system, marked(3, [0]), RULES) == {0: (0, np.inf), 2: (-40, np.inf)}


def test_hiding_what_was_shown_before_hides_nothing() -> None:
    system = system_of([20, 4, 16], [(0, [1, 2])], RULES, fixed_shown=marked(3, [1]))
    found = attack(system, marked(3, [1, 2]), RULES)
    assert found.open_cells.tolist() == [1, 2] and found.low.tolist() == [4, 16]


def test_a_range_that_only_halves_would_reach_is_not_counted() -> None:
    """2a = 3 + t with t known to be 0 to 4: fractions reach every t, whole numbers only the odd ones."""
    names = {"a": 2, "b": 2, "sum": 4, "copy": 2, "t": 1, "both": 3}
    place = {name: index for index, name in enumerate(names)}
    sums = [
        (place["sum"], [place["a"], place["copy"]]),
        (place["sum"], [place["both"], place["t"]]),
        (place["a"], [place["copy"]]),
    ]
    upper = np.array([np.inf, np.inf, np.inf, np.inf, 4, np.inf])
    system = system_of(list(names.values()), sums, RULES, upper=upper)
    found = deduced(system, marked(6, [place[name] for name in ("a", "sum", "copy", "t")]), RULES)
    assert found[place["t"]] == (1, 3)
    assert found[place["a"]] == (2, 3)


def test_large_parts_give_the_same_ranges_by_fractions_rounded_inward(monkeypatch: pytest.MonkeyPatch) -> None:
    leaves: Counts = np.random.default_rng(5).poisson(4, size=(5, 6))
    system = table_system(leaves, [[[0, 1, 2, 3, 4]], [[0, 1, 2], [3, 4, 5], [6, 7]]], RULES)
    hidden = system.sensitive.copy()
    whole = deduced(system, hidden, RULES)
    monkeypatch.setattr(worlds, "MOST_WHOLE", 0)
    assert deduced(system, hidden, RULES) == whole


def test_worlds_are_enough_to_know_a_cell_safe_and_never_say_too_much() -> None:
    leaves: Counts = np.random.default_rng(7).poisson(6, size=(8, 9))
    rules = Rules(threshold=8)
    system = table_system(leaves, [[list(range(8))], [list(range(9))]], rules)
    hidden = system.sensitive.copy()
    quick, full = attack(system, hidden, rules), attack(system, hidden, rules, every_bound=True)
    assert (quick.is_open_enough == full.is_open_enough).all() and full.is_open_enough.any()
    assert (quick.low >= full.low).all() and (quick.high <= full.high).all()
    assert not quick.is_exact.all()
