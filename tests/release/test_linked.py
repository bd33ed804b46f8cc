"""One count under two names is one cell, so that hiding it in one table and printing it in the other cannot happen."""

from __future__ import annotations

import itertools

import pandas as pd

from metrics.catalog import ALL, load_catalog
from release.equal import equal_lines
from release.grid import grid_of
from release.linked import Seen, Setting, indicator_groups, link
from release.publication import load_publication
from release.rules import Rules
from release.tables import COLUMNS

CATALOG = load_catalog()
TOWNS = [f"9920{number:02d}" for number in range(8)]
MEMBERS = {"region:東": TOWNS[:4], "region:西": TOWNS[4:], "990001": TOWNS}
SETTING = Setting(CATALOG, MEMBERS, load_publication().weights, Rules())
DIRECTIONS = ("connection_to_support", "support_to_connection", "other")


def table(
    indicator_id: str,
    counts: dict[str, list[tuple[int, int]]],
    towns: list[str] = TOWNS,
    groups: dict[str, list[str]] = MEMBERS,
) -> pd.DataFrame:
    """Rows of one fiscal year with all totals, from (numerator, denominator) by value of the breakdown and town."""
    rows = []
    for value, numbers in counts.items():
        of = dict(zip(towns, numbers, strict=True))
        for area, members in {**{town: [town] for town in towns}, **groups}.items():
            numerator, denominator = (sum(of[town][part] for town in members) for part in (0, 1))
            state = "value" if denominator else "not_applicable"
            rows.append((indicator_id, area, "2024", value, numerator, denominator, state))
    return pd.DataFrame(rows, columns=COLUMNS)


def handovers(seed: int = 0) -> dict[str, list[tuple[int, int]]]:
    parts = {
        value: [(7 + (3 * town + 5 * place + seed) % 11, 21 + (7 * town + place) % 13) for town in range(8)]
        for place, value in enumerate(DIRECTIONS)
    }
    whole = [tuple(map(sum, zip(*numbers, strict=True))) for numbers in zip(*parts.values(), strict=True)]
    return {ALL: whole, **parts}


def balance(of: dict[str, list[tuple[int, int]]]) -> dict[str, list[tuple[int, int]]]:
    there, back = (of[value] for value in DIRECTIONS[:2])
    return {ALL: [(one[1], one[1] + other[1]) for one, other in zip(there, back, strict=True)]}


def test_a_count_printed_under_two_names_is_one_cell():
    counts = handovers()
    cells = pd.concat([table("handover_rate", counts), table("direction_balance", balance(counts))], ignore_index=True)
    (linked,) = link(cells, [], SETTING)
    of = {
        (*cells.loc[row.row, ["indicator_id", "area_code", "breakdown"]], row.part): row.cell
        for row in linked.cells.itertuples()
    }
    for town in TOWNS:
        there = of["handover_rate", town, DIRECTIONS[0], "denominator"]
        assert of["direction_balance", town, ALL, "numerator"] == there
    assert set(linked.indicators) == {"handover_rate", "direction_balance"}
    assert len(set(indicator_groups([cells], SETTING).values())) == 1
    # The denominator of one is a sum of two denominators of the other: an equation, though nobody declared it.
    total = of["direction_balance", TOWNS[0], ALL, "denominator"]
    parts = {of["handover_rate", TOWNS[0], value, "denominator"] for value in DIRECTIONS[:2]}
    rows = linked.system.equations.toarray()
    assert any({*row.nonzero()[0].tolist()} == {total, *parts} for row in rows)


def test_lines_that_agree_but_for_a_few_places_are_linked_where_they_agree():
    towns = [f"9930{number:02d}" for number in range(60)]
    counts = [(3 + number, 20 + 2 * number) for number in range(60)]
    # One municipality that the other indicator leaves out of its denominator.
    other = [(1, denominator - 5 * (number == 7)) for number, (_, denominator) in enumerate(counts)]
    members = {"990001": towns}
    cells = pd.concat(
        [
            table("both_needs_share", {ALL: counts}, towns, members),
            table("outreach_share", {ALL: other}, towns, members),
        ],
        ignore_index=True,
    )
    grid = grid_of(cells, CATALOG, members)
    found = {
        (grid.columns[one][:2], grid.columns[other][:2]): set(map(grid.areas.__getitem__, where.nonzero()[0]))
        for one, other, where in equal_lines(grid)
    }
    both = (("both_needs_share", "denominator"), ("outreach_share", "denominator"))
    assert found == {both: set(towns) - {towns[7]}}


def test_the_true_counts_fit_every_equation_and_small_differences_are_sensitive():
    (linked,) = link(table("handover_rate", handovers()), [], SETTING)
    system = linked.system
    assert not (system.equations @ system.value).any()
    small = {str(name): value for name, value in zip(linked.names, system.value, strict=True) if 0 < value < 10}
    assert set(itertools.compress(map(str, linked.names), system.sensitive)) == set(small)
    assert any("|rest|" in name for name in small) or any("|numerator|" in name for name in small)


def test_what_a_fact_tells_to_be_zero_is_no_unknown():
    counts = handovers()
    counts[DIRECTIONS[0]][0] = (0, counts[DIRECTIONS[0]][0][1])
    counts[ALL][0] = (sum(counts[value][0][0] for value in DIRECTIONS), counts[ALL][0][1])
    zero = frozenset({("handover_rate", "numerator", DIRECTIONS[0], TOWNS[0])})
    named = [
        {str(name) for one in link(table("handover_rate", counts), [], setting) for name in one.names}
        for setting in (SETTING, Setting(CATALOG, MEMBERS, SETTING.weights, SETTING.rules, zero))
    ]
    gone = f"handover_rate|numerator|{TOWNS[0]}|2024|{DIRECTIONS[0]}"
    assert gone in named[0] and gone not in named[1]


def test_an_unchanged_count_of_an_earlier_release_is_the_same_cell_and_keeps_its_mark():
    now = table("handover_rate", handovers())
    flags = {"is_numerator_hidden": now["numerator"] < 12, "is_denominator_hidden": False}
    (linked,) = link(now, [Seen(now.assign(**flags), MEMBERS)], SETTING)
    alone = link(now, [], SETTING)[0]
    assert len(linked.system) == len(alone.system)
    for row in linked.cells.itertuples():
        hidden = bool(flags["is_numerator_hidden"][row.row]) if row.part == "numerator" else False
        assert linked.system.fixed_shown[row.cell] == (not hidden)
        assert linked.system.fixed_hidden[row.cell] == hidden


def test_a_revised_count_stands_beside_the_old_one():
    before = table("handover_rate", handovers()).assign(is_numerator_hidden=False, is_denominator_hidden=False)
    now = before[COLUMNS].copy()
    grown = now["area_code"].isin([TOWNS[0], "region:東", "990001"]) & now["breakdown"].isin([ALL, DIRECTIONS[0]])
    now.loc[grown, ["numerator", "denominator"]] += 30
    (linked,) = link(now, [Seen(before, MEMBERS)], SETTING)
    alone = link(now, [], SETTING)[0]
    # Numerators and denominators of 3 places x 2 values have an old count too; the rests did not change.
    assert len(linked.system) == len(alone.system) + 12
    assert linked.system.fixed_shown.sum() == 2 * len(before)
