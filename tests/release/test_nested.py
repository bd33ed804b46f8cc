"""Counts that are part of others by definition are known to every reader: they may neither narrow nor be subtracted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from etl.store import current_version
from metrics.catalog import ALL, load_catalog
from metrics.store import Store
from release.attack import attack
from release.draft import Options, choose
from release.grid import BEYOND, grid_of
from release.linked import Setting, link
from release.nested import Counted, Within, with_nested
from release.publication import load_publication
from release.rules import Rules
from release.suppress import suppress
from release.tables import build_tables
from tests.release.test_linked import CATALOG, DIRECTIONS, MEMBERS, TOWNS, balance, table
from tests.sample_database import SampleDatabase

PUBLICATION = load_publication()
FOLLOWED, HANDED_OVER = (
    Counted.of("contact_within_30_days.denominator"),
    Counted.of("handover_rate.numerator"),
)
NESTED = (Within(FOLLOWED, (HANDED_OVER,)),)
SETTING = Setting(CATALOG, MEMBERS, PUBLICATION.weights, Rules(), within=NESTED)


def two_tables(between: list[int]) -> pd.DataFrame:
    """Handed over, and of them observed: the difference of each municipality is given. All counts are large."""
    handed = [60 + 7 * town for town in range(8)]
    observed = [one - less for one, less in zip(handed, between, strict=True)]
    return pd.concat(
        [
            table("handover_rate", {ALL: [(one, one + 40) for one in handed]}),
            table("contact_within_30_days", {ALL: [(one - 30, one) for one in observed]}),
        ],
        ignore_index=True,
    )


def judged(cells: pd.DataFrame, setting: Setting) -> list[tuple[str, bool]]:
    """Of every count that must stay open, and does: its name, and whether it is hidden."""
    found: list[tuple[str, bool]] = []
    for linked in link(cells, [], setting):
        pattern = suppress(linked.system, setting.rules)
        told = attack(linked.system, pattern.hidden, setting.rules, every_bound=True)
        assert told.is_safe
        found += [(str(linked.names[cell]), bool(pattern.hidden[cell])) for cell in told.cell]
    return found


def test_a_small_difference_of_two_tables_is_hidden_like_one_within_a_table() -> None:
    between = [12, 15, 4, 20, 11, 13, 14, 12]
    assert judged(two_tables(between), Setting(CATALOG, MEMBERS, PUBLICATION.weights, Rules())) == []
    found = judged(two_tables(between), SETTING)
    assert any(f"|{BEYOND}|{TOWNS[2]}|" in name for name, _ in found)
    hidden = {name.split("|")[2] for name, is_hidden in found if is_hidden}
    assert TOWNS[2] in hidden


def test_where_nothing_is_small_between_them_nothing_is_hidden() -> None:
    assert judged(two_tables([12, 15, 14, 20, 11, 13, 14, 12]), SETTING) == []


def test_an_outer_count_that_is_printed_narrows_the_inner_one_and_the_attack_knows() -> None:
    cells = two_tables([12, 15, 14, 20, 11, 13, 14, 12])
    # Where 30 are few, the two tables are one system.
    few = Setting(CATALOG, MEMBERS, PUBLICATION.weights, Rules(threshold=31), within=NESTED)
    (linked,) = link(cells, [], few)
    names = [str(name) for name in linked.names]
    hidden = np.array(["contact_within_30_days|denominator" in name for name in names]) & linked.system.printed
    told = attack(linked.system, hidden, Rules(), every_bound=True)
    of = {names[cell]: (low, high) for cell, low, high in zip(told.cell, told.low, told.high, strict=True)}
    town = of[f"contact_within_30_days|denominator|{TOWNS[0]}|2024|{ALL}"]
    assert town == (18, 60)  # 18 had a contact, 60 were handed over


def test_a_count_that_its_whole_shows_to_be_nothing_is_no_unknown() -> None:
    counts = [(5, 20)] * 7 + [(0, 0)]
    rate = table("referrals_per_100k_month", {ALL: [(den, 1000) for _, den in counts]})
    cells = pd.concat([table("handover_rate", {ALL: counts}), rate], ignore_index=True)
    same = (Within(Counted.of("referrals_per_100k_month.numerator"), (Counted.of("handover_rate.denominator"),), True),)
    grid = with_nested(grid_of(cells, CATALOG, MEMBERS), same, 10)
    line = [column[:2] for column in grid.columns].index(("referrals_per_100k_month", "numerator"))
    assert grid.is_count[line].sum() == 7 + 3 and not grid.is_count[line][grid.areas.index(TOWNS[7])]


def test_two_names_of_one_count_are_one_however_few_places_there_are() -> None:
    """Three municipalities are too few for the numbers to show it, but the definitions say so."""
    towns, members = TOWNS[:3], {"990001": TOWNS[:3]}
    there, back, other = [(9, 25), (30, 45), (21, 29)], [(15, 40), (22, 44), (18, 39)], [(11, 31), (12, 33), (13, 35)]
    whole = [(sum(one[0] for one in of), sum(one[1] for one in of)) for of in zip(there, back, other, strict=True)]
    handed = {ALL: whole, **dict(zip(DIRECTIONS, (there, back, other), strict=True))}
    both = {"handover_rate": handed, "direction_balance": balance(handed)}
    cells = pd.concat([table(name, of, towns, members) for name, of in both.items()], ignore_index=True)
    (linked,) = link(cells, [], Setting(CATALOG, members, PUBLICATION.weights, Rules(), within=PUBLICATION.within))
    hidden = np.array(
        [
            (name.indicator_id, name.part, name.breakdown) == ("handover_rate", "denominator", DIRECTIONS[0])
            for name in linked.names
        ]
    )
    found = attack(linked.system, hidden & linked.system.printed, Rules(), every_bound=True)
    # Hidden under one name and printed under the other: nothing is hidden.
    assert (found.low == found.high).all()


@pytest.fixture(scope="module")
def whole_sample(sample_database: SampleDatabase) -> pd.DataFrame:
    database = current_version(sample_database.place.pointer)
    assert database is not None
    with Store(database) as store:
        return build_tables(store, choose(store, Options(), PUBLICATION, load_catalog())).cells


def test_every_declared_count_is_within_its_outer_ones_in_every_cell_of_the_sample(whole_sample: pd.DataFrame) -> None:
    """Of places, months and years, totals too; else readers would be told something untrue, and the proof be wrong."""
    at = ["area_code", "period"]

    def counts(one: Counted) -> pd.Series:
        rows = whole_sample[
            (whole_sample["indicator_id"] == one.indicator_id)
            & (whole_sample["breakdown"] == one.breakdown)
            & (whole_sample["state"] != "not_sent")
        ]
        assert len(rows), f"{one} is not in the tables"
        return rows.set_index(at)[one.part]

    for one in PUBLICATION.within:
        whole = sum(counts(outer) for outer in one.outer)
        both = pd.concat({"inner": counts(one.inner), "outer": whole}, axis=1).dropna()
        assert len(both) > 20, one
        wrong = both[both["inner"] != both["outer"]] if one.is_same else both[both["inner"] > both["outer"]]
        assert wrong.empty, (one, wrong.head())
        assert (both["outer"] > 0).any(), one
