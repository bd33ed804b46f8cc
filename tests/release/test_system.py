from __future__ import annotations

import numpy as np
import pytest

from release.rules import Rules
from release.system import ContradictorySystem, System
from tests.release.linked_tables import marked, system_of

RULES = Rules()


def test_counts_that_do_not_add_up_are_refused_by_name() -> None:
    with pytest.raises(ContradictorySystem, match="1 sums do not add up, the first of: 0, 1, 2"):
        system_of([5, 2, 2], [(0, [1, 2])], RULES)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"upper": np.array([4.0, 9.0, 9.0])}, "outside what is known beforehand: 0"),
        ({"weight": np.array([1.0, -1.0, 1.0])}, "weight"),
        ({"printed": np.ones(2, dtype=bool)}, "not one entry per cell: printed"),
    ],
)
def test_a_system_that_contradicts_itself_is_refused(more: dict[str, object], message: str) -> None:
    with pytest.raises(ContradictorySystem, match=message):
        system_of([5, 3, 2], [(0, [1, 2])], RULES, **more)


def test_an_equation_takes_a_cell_once() -> None:
    with pytest.raises(ContradictorySystem, match="add and subtract"):
        system_of([4, 2], [(0, [1, 1])], RULES)


def test_what_was_shown_before_is_known_and_what_is_never_printed_is_not() -> None:
    system = system_of(
        [30, 4, 26, 3],
        [(0, [1, 2])],
        RULES,
        unprinted=[1, 3],
        fixed_shown=marked(4, [2, 3]),
        fixed_hidden=marked(4, [0]),
    )
    assert system.unknown(marked(4, [0, 2])).tolist() == [True, True, False, False]
    assert system.must_be_open(marked(4, [0])).tolist() == [True, True, False, False]


def test_parts_are_joined_by_equations_over_the_cells_looked_at() -> None:
    system: System = system_of([6, 4, 2, 7, 3, 4], [(0, [1, 2]), (3, [4, 5])], RULES)
    assert system.parts(np.ones(6, dtype=bool)).tolist() == [0, 0, 0, 1, 1, 1]
    assert system.parts(marked(6, [1, 4, 5])).tolist() == [-1, 0, -1, -1, 1, 1]
