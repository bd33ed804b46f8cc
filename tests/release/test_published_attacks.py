"""Tables of the literature that look safe and are not, with the ranges published or worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from release.attack import attack
from release.rules import Rules
from release.suppress import suppress
from release.system import System
from tests.release.linked_tables import marked, system_of, table_system

FOUR = [[0, 1, 2, 3]]
THREE = [[0, 1, 2]]

# sdcTable, tests/testthat/test-simpleheuristic.R (B. Meindl): rows w x y z, columns a b c d.
MEINDL = [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]]
MEINDL_HIDDEN = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3)]


def ranges(system: System, hidden: list[int]) -> dict[int, tuple[float, float]]:
    found = attack(system, marked(len(system), hidden), Rules(threshold=1), every_bound=True)
    return {int(cell): (low, high) for cell, low, high in zip(found.cell, found.low, found.high, strict=True)}


def in_table(places: list[tuple[int, int]], columns: int) -> list[int]:
    return [row * (columns + 1) + column for row, column in places]


def test_meindl_two_hidden_cells_in_every_line_and_yet_one_is_known_exactly() -> None:
    """Rows w and x without columns a and c: 230 + 250 - 89 - 124 - 31 - (1021 + 770 - 92 - 59 - 800 - 651) = 47."""
    system = table_system(MEINDL, [FOUR, FOUR], Rules(threshold=1))
    hidden = in_table(MEINDL_HIDDEN, 4)
    assert ranges(system, hidden)[1] == (47, 47)


def test_meindl_one_more_hidden_cell_opens_it_as_far_as_published() -> None:
    system = table_system(MEINDL, [FOUR, FOUR], Rules(threshold=1))
    found = ranges(system, in_table([*MEINDL_HIDDEN, (1, 1)], 4))
    assert found[1] == (0, 141)


def test_meindl_suppression_hides_exactly_one_more_cell() -> None:
    rules = Rules(threshold=1, width=10)
    plain = table_system(MEINDL, [FOUR, FOUR], rules)
    system = replace(plain, sensitive=marked(len(plain), in_table(MEINDL_HIDDEN, 4)))
    found = suppress(system, rules)
    assert found.exact and (found.reason == "complementary").sum() == 1
    assert attack(system, found.hidden, rules).is_safe


# sdcTable, tests/testthat/test-linked-tables.r (example of Ø. Langsrud): 8 regions, by county and by size of the region.
REGIONS = dict(zip("ABIJKLMN", (2, 2, 8, 8, 3, 3, 3, 7), strict=True))
COUNTIES = {"county-1": "ABIJ", "county-2": "KLMN"}
SIZES = {"big": "LM", "small": "ABIJKN"}


def regions(groups: dict[str, str], rules: Rules) -> System:
    names = ["total", *groups, *REGIONS]
    place = {name: index for index, name in enumerate(names)}
    members = {name: [place[one] for one in inside] for name, inside in groups.items()}
    value = [
        sum(REGIONS.values()),
        *(sum(REGIONS[one] for one in inside) for inside in groups.values()),
        *REGIONS.values(),
    ]
    sums = [(place[name], parts) for name, parts in members.items()]
    for tables in (COUNTIES, SIZES):
        if tables.keys() <= groups.keys():
            sums.append((0, [place[name] for name in tables]))
    return system_of(value, sums, rules, names=names)


def small_regions(system: System) -> list[int]:
    return [index for index, name in enumerate(system.names) if name in REGIONS and system.value[index] <= 3]


@pytest.mark.parametrize("groups", [COUNTIES, SIZES])
def test_langsrud_each_of_two_linked_tables_is_safe_alone(groups: dict[str, str]) -> None:
    system = regions(groups, Rules(threshold=1))
    assert all(low < high for low, high in ranges(system, small_regions(system)).values())


def test_langsrud_together_they_give_a_region_away() -> None:
    """small - county-1 = K + N - (nothing else): 30 - 20 = 10, and N is printed as 7, so that K is 3."""
    system = regions(COUNTIES | SIZES, Rules(threshold=1))
    found = ranges(system, small_regions(system))
    assert found[system.names.index("K")] == (3, 3)
    assert found[system.names.index("A")] == (0, 4)


def test_langsrud_suppression_over_both_tables_hides_n_as_published() -> None:
    rules = Rules(threshold=4, width=3)
    system = regions(COUNTIES | SIZES, rules)
    # As published, only regions are candidates: the totals are wanted more.
    system = replace(system, weight=np.where(np.arange(len(system)) < 5, 1000.0, 1.0 + system.value))
    found = suppress(system, rules)
    assert [system.names[index] for index in np.flatnonzero(found.reason == "complementary")] == ["N"]
    assert attack(system, found.hidden, rules).is_safe


def test_fischetti_and_salazar_four_corners_leave_a_range_that_hand_arithmetic_gives() -> None:
    """Investments by activity and region, after Fischetti and Salazar 2001, figure 1 (the article could not be opened, so
    its figures are not checked against it; the ranges are arithmetic). With II-A, II-C, III-A and III-C hidden,
    II-A + II-C = 30, III-A + III-C = 29, II-A + III-A = 25: II-C is 30 - II-A, with II-A from 0 to 25."""
    system = table_system([[20, 50, 10], [8, 19, 22], [17, 32, 12]], [THREE, THREE], Rules(threshold=1))
    found = ranges(system, in_table([(1, 0), (1, 2), (2, 0), (2, 2)], 3))
    assert found == {4: (0, 25), 6: (5, 30), 8: (0, 25), 10: (4, 29)}


def test_cox_rows_added_and_columns_subtracted_leave_one_unknown() -> None:
    """Cox (1980, J Am Stat Assoc 75:377-385) looks beyond single lines: rows 1 and 2 together, minus columns 1 and 2
    together, cancel all hidden cells but one corner of a block, although each line hides two or three."""
    leaves = [[5, 7, 9, 40], [6, 8, 30, 41], [20, 21, 4, 3], [22, 23, 6, 8]]
    system = table_system(leaves, [FOUR, FOUR], Rules(threshold=1))
    hidden = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)]
    lines = [{row for row, _ in hidden}, {column for _, column in hidden}]
    assert all(sum(place[axis] == line for place in hidden) >= 2 for axis in (0, 1) for line in lines[axis])
    found = ranges(system, in_table(hidden, 4))
    assert found[2] == (9, 9)
    assert all(low < high for cell, (low, high) in found.items() if cell != 2)


def test_a_single_person_in_a_hidden_pair_is_known_through_the_total_of_its_group() -> None:
    """Hierarchical tables (Hundepool et al. 2012, 4.3): months hidden in pairs, quarters printed. Each quarter is a sum of
    its own, so that a pair across two quarters hides nothing."""
    months = [4, 30, 25, 6, 28, 31]
    system = table_system(months, [[[0, 1, 2], [3, 4, 5], [6, 7]]], Rules(threshold=1))
    assert ranges(system, [0, 3]) == {0: (4, 4), 3: (6, 6)}
    assert ranges(system, [0, 3, 6, 7]) == {0: (0, 10), 3: (0, 10), 6: (55, 65), 7: (59, 69)}


def test_counts_are_never_negative_and_that_alone_narrows_a_square() -> None:
    """Four corners of a square move together: a up, b and c down. From 3, 2, 0, 40 the step can only be from -3 to 0."""
    system = table_system([[3, 2], [0, 40]], [[[0, 1]], [[0, 1]]], Rules(threshold=1))
    assert ranges(system, [0, 1, 3, 4]) == {0: (0, 3), 1: (2, 5), 3: (0, 3), 4: (37, 40)}
