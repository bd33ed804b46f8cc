"""A second release of the same year: what it changes may not speak of the few people that were added or taken out."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from etl import store as versions
from metrics.catalog import ALL, load_catalog
from release.draft import prepare
from release.linked import Seen, Setting, link
from release.publication import load_publication
from release.publish import publish
from release.revision import revise, vintages
from release.rules import Rules
from release.store import PublicStore
from release.tables import KEYS
from release.where import DATABASE, PublicPlace
from tests.release.conftest import SELECTION, approve
from tests.release.test_linked import MEMBERS, TOWNS, handovers, table

SETTING = Setting(load_catalog(), MEMBERS, load_publication().weights, Rules())
NOTHING_HIDDEN = {"is_numerator_hidden": False, "is_denominator_hidden": False}


def moved(cells: pd.DataFrame, by: int) -> pd.DataFrame:
    """The table once one municipality has sent `by` more referrals, all handed over, of one direction."""
    direction = next(value for value in cells["breakdown"] if value != ALL)
    grown = cells["area_code"].isin([TOWNS[0], "region:東", "990001"]) & cells["breakdown"].isin([ALL, direction])
    changed = cells.copy()
    changed.loc[grown, ["numerator", "denominator"]] += by
    return changed


def test_a_change_of_a_few_is_held_back_for_all_that_is_linked():
    before = table("handover_rate", handovers())
    apart = table("both_needs_share", {ALL: [(40 + town, 90 + 3 * town) for town in range(8)]})
    seen = pd.concat([before, apart], ignore_index=True).assign(**NOTHING_HIDDEN)
    now = pd.concat([moved(before, 3), apart], ignore_index=True)
    found = revise(now, [Seen(seen, MEMBERS)], SETTING)
    assert found.held_back.to_dict("records") == [{"indicator_id": "handover_rate", "period": "2024"}]
    order = ["indicator_id", "area_code", "breakdown"]
    pd.testing.assert_frame_equal(
        found.cells.sort_values(order, ignore_index=True),
        seen[found.cells.columns].sort_values(order, ignore_index=True),
        check_dtype=False,
    )


def test_a_change_of_many_is_published_beside_what_was():
    before = table("handover_rate", handovers()).assign(**NOTHING_HIDDEN)
    now = moved(before, 30)[list(table("handover_rate", handovers()).columns)]
    found = revise(now, [Seen(before, MEMBERS)], SETTING)
    assert found.held_back.empty and found.cells.equals(now) and len(found.before) == 1


def test_earlier_releases_that_agree_are_one_and_what_any_of_them_showed_is_shown():
    first = table("handover_rate", handovers()).assign(is_numerator_hidden=True, is_denominator_hidden=False)
    second = first.head(5).assign(is_numerator_hidden=False)
    (one,) = vintages([Seen(first, MEMBERS), Seen(second, MEMBERS)])
    assert len(one.cells) == len(first) and (~one.cells["is_numerator_hidden"]).sum() == 5
    assert len(vintages([Seen(first, MEMBERS), Seen(moved(first, 30), MEMBERS)])) == 2


def test_totals_of_regions_are_left_out_once_their_members_have_changed():
    now = table("handover_rate", handovers())
    moved_town = {**MEMBERS, "region:東": TOWNS[:3], "region:西": TOWNS[3:]}
    then = table("handover_rate", handovers(), TOWNS, moved_town).assign(**NOTHING_HIDDEN)
    found = revise(now, [Seen(then, moved_town)], SETTING)
    assert found.held_back.empty and not found.cells["area_code"].str.startswith("region:").any()
    # Both ways of adding up hold together: the old totals are known, the prefecture is the sum of its municipalities.
    (linked,) = link(found.cells, found.before, SETTING)
    assert linked.system.fixed_shown.sum() == 2 * len(then)


def resent(place: versions.Place, months: int, by: int) -> None:
    """What is current once a municipality has sent its returns again, with `by` referrals more in each of some months."""
    with versions.writing(place):
        work = versions.new_version_path(place)
        work.write_bytes(place.current().read_bytes())
        with duckdb.connect(str(work)) as con:
            sent = [
                row[0]
                for row in con.execute(
                    """
                    select period from cube.count
                    where indicator_id = 'handover_rate' and area_code = '992011' and numerator > 0
                        and breakdown = 'connection_to_support' and period between '2024-04' and '2025-03'
                    order by period limit $months
                    """,
                    {"months": months},
                ).fetchall()
            ]
            assert len(sent) == months
            con.execute(
                """
                update cube.count set numerator = numerator + $by, denominator = denominator + $by
                where area_code = '992011' and period in (select unnest($months))
                    and (indicator_id = 'handover_rate' and breakdown = 'connection_to_support'
                        or indicator_id = 'direction_balance')
                """,
                {"months": sent, "by": by},
            )
        versions.publish(place, work)


def printed(folder: Path) -> pd.DataFrame:
    """Every count of one release's file: name, value (NaN where hidden)."""
    with PublicStore(folder / DATABASE) as store:
        frames = [store.cells(one).assign(indicator_id=one) for one in ("handover_rate", "direction_balance")]
        region = dict(store.areas()[["area_code", "region"]].itertuples(index=False, name=None))
    cells = pd.concat(frames)
    cells = cells[~cells["state"].isin(["not_sent", "not_applicable"])]
    return cells.assign(region=cells["area_code"].map(region))


def naive_intervals(
    releases: list[pd.DataFrame], changed: frozenset[tuple] = frozenset()
) -> dict[tuple, tuple[float, float]]:
    """Straight from the printed files: every hidden count by linear programming over all sums of all releases.

    A count of the same place, year and value is taken to be the same in both releases, as an outsider would try, but
    for those that he knows to be changed: (indicator, place, value).
    """
    index: dict[tuple, int] = {}
    bounds: list[tuple[float, float | None]] = []
    rows: list[dict[int, int]] = []

    def cell(*key) -> int:
        key = (number if key[:3] in changed else 0, *key)
        if key not in index:
            index[key] = len(bounds)
            bounds.append((0, None))
        return index[key]

    for number, cells in enumerate(releases):  # noqa: B007  (cell knows of which release it is asked)
        for row in cells.itertuples():
            key = (row.indicator_id, row.area_code, row.breakdown)
            parts = [cell(*key, part) for part in ("numerator", "denominator")]
            for count, part, hidden in (
                (row.numerator, parts[0], row.is_numerator_hidden),
                (row.denominator, parts[1], row.is_denominator_hidden),
            ):
                if not hidden:
                    bounds[part] = (int(count), int(count))
            rows.append({parts[1]: 1, parts[0]: -1, cell(*key, "rest"): -1})
        for part in ("numerator", "denominator"):
            for (indicator_id, value), group in cells.groupby(["indicator_id", "breakdown"]):
                towns = group[~group["area_code"].str.match("region|990001")]
                for code in group["area_code"]:
                    inside = towns if code == "990001" else towns[towns["region"] == code.removeprefix("region:")]
                    if code == "990001" or code.startswith("region:"):
                        total = cell(indicator_id, code, value, part)
                        rows.append(
                            {total: 1, **{cell(indicator_id, town, value, part): -1 for town in inside["area_code"]}}
                        )
            for (indicator_id, code), group in cells.groupby(["indicator_id", "area_code"]):
                single = [value for value in group["breakdown"] if value != ALL]
                if single:
                    total = cell(indicator_id, code, ALL, part)
                    rows.append({total: 1, **{cell(indicator_id, code, value, part): -1 for value in single}})
        known = {key[1:] for key in index}
        for code in cells["area_code"].unique():
            there, back = (
                ("handover_rate", code, value, "denominator")
                for value in ("connection_to_support", "support_to_connection")
            )
            if there in known and ("direction_balance", code, ALL, "numerator") in known:
                rows.append({cell(*there): 1, cell("direction_balance", code, ALL, "numerator"): -1})
            if back in known and ("direction_balance", code, ALL, "rest") in known:
                rows.append({cell(*back): 1, cell("direction_balance", code, ALL, "rest"): -1})
    matrix = np.zeros((len(rows), len(bounds)))
    for place, row in enumerate(rows):
        for column, sign in row.items():
            matrix[place, column] += sign
    found = {}
    for key, column in index.items():
        if bounds[column][0] != bounds[column][1] and key[-1] != "rest":
            ends = []
            for sign in (1, -1):
                cost = np.zeros(len(bounds))
                cost[column] = sign
                solved = linprog(cost, A_eq=matrix, b_eq=np.zeros(len(rows)), bounds=bounds)
                assert solved.status in (0, 3), solved.message
                ends.append(sign * solved.fun if solved.status == 0 else -sign * np.inf)
            found[key] = (ends[0], ends[1])
    return found


@pytest.fixture(scope="module")
def revised(published, tmp_path_factory):
    """The first release and the second, made after three referrals were taken out of the returns."""
    folder = tmp_path_factory.mktemp("revised") / "build"
    place = published.copy_to(folder)
    resent(place, months=3, by=-1)
    draft = prepare(place, SELECTION)
    return PublicPlace(folder).current(), draft, publish(draft, approve(draft), place).folder


def test_the_pair_of_releases_gives_nothing_away(revised):
    first, _, second = revised
    intervals = naive_intervals([printed(first), printed(second)])
    assert len(intervals) > 50
    narrow = {key: ends for key, ends in intervals.items() if ends[1] - ends[0] < 10 - 1e-6}
    assert narrow == {}


def test_the_second_release_says_what_it_holds_back(revised, published):
    first, draft, second = revised
    assert {*draft.held_back["indicator_id"]} == {"handover_rate", "direction_balance"}
    assert draft.number == 2 and first != second
    # The true counts did change; what is printed did not.
    key = ["indicator_id", "area_code", "period", "breakdown", "state"]
    for column in ("numerator", "denominator"):
        before, after = (printed(folder).set_index(key)[column] for folder in (first, second))
        assert before.sort_index().equals(after.sort_index())


def test_a_change_of_many_is_published_and_both_releases_together_give_nothing_away(published, tmp_path):
    """The new counts stand beside the old: whoever has both files, and knows which counts changed, tries all sums."""
    place = published.copy_to(tmp_path / "build")
    first = PublicPlace(tmp_path / "build").current()
    resent(place, months=1, by=30)
    draft = prepare(place, SELECTION)
    assert draft.held_back.empty and draft.is_safe
    second = publish(draft, approve(draft), place).folder
    then, now = (
        one.cells.set_index(KEYS)[["numerator", "denominator"]].sort_index() for one in (published.draft, draft)
    )
    is_changed = (then != now).any(axis=1)
    changed = frozenset((name, code, value) for name, code, _, value in is_changed[is_changed].index)
    assert {code for _, code, _ in changed} >= {"992011", "990001"}
    key = ["indicator_id", "area_code", "breakdown"]
    shown = [
        printed(folder).set_index(key)["denominator"].loc["handover_rate", "990001", ALL] for folder in (first, second)
    ]
    assert shown[1] - shown[0] == 30
    intervals = naive_intervals([printed(first), printed(second)], changed)
    assert len(intervals) > 50
    assert {key: ends for key, ends in intervals.items() if ends[1] - ends[0] < 10 - 1e-6} == {}
    with PublicStore(second / DATABASE) as store:
        told = store.changes().set_index("title")
    assert told.loc["つなぎの実施率", "revised"] >= 1 and told["new"].sum() == 0
