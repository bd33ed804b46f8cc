from __future__ import annotations

import pandas as pd
import pytest

from metrics.catalog import ALL, load_catalog
from metrics.estimate import estimate
from metrics.periods import months_of_year
from metrics.store import Store
from release.publication import load_publication
from release.tables import KEYS, Selection, Tables, build_tables, complete_years, members_of

CATALOG = load_catalog()
# One of each way that values of a breakdown make up the whole, with months and without.
IDS = ("joint_operation_rate", "consultations_per_100k_month", "platform_attendance", "daily_practice_coverage")


@pytest.fixture(scope="module")
def store(sample_database):
    with Store(sample_database.place.current()) as opened:
        yield opened


@pytest.fixture(scope="module")
def tables(store) -> Tables:
    return build_tables(store, Selection([CATALOG[one] for one in IDS], [2024], [2024]))


@pytest.mark.parametrize("indicator_id", IDS)
def test_every_published_figure_is_what_the_pages_estimate(store, tables, indicator_id):
    indicator = CATALOG[indicator_id]
    months = ["2024"] if indicator.is_yearly else months_of_year(2024)
    rows, coverage = store.counts(indicator_id, months), store.coverage()
    towns = list(store.areas()["area_code"])
    scopes = {**{town: [town] for town in towns}, **members_of(tables.areas)}
    picked = [*towns[:6], *list(scopes)[-4:]]
    expected = []
    for code in picked:
        for by in ((), ("breakdown",), ("period",), ("period", "breakdown")):
            if by[:1] == ("period",) and indicator.is_yearly:
                continue
            one = estimate(indicator, rows, coverage, scopes[code], months, by).assign(area_code=code)
            expected.append(one if "period" in by else one.assign(period="2024"))
    keys = KEYS[1:]
    ours = tables.cells[(tables.cells["indicator_id"] == indicator_id) & tables.cells["area_code"].isin(picked)]
    both = pd.concat(expected).merge(ours, on=keys, how="left", suffixes=("_page", ""))
    assert len(both) == len(pd.concat(expected)) and both["state"].notna().all()
    for name in ("numerator", "denominator", "state"):
        assert (both[f"{name}_page"] == both[name]).all(), name


def test_places_are_municipalities_then_regions_then_the_prefecture_under_its_own_code(tables):
    assert list(tables.areas["level"].unique()) == ["municipality", "region", "prefecture"]
    last = tables.areas.iloc[-1]
    assert (last["area_code"], last["name"]) == ("990001", "見本県")  # JIS X 0402: 5 digits 99000, check digit 1
    assert last["population"] == tables.areas.loc[tables.areas["level"] == "municipality", "population"].sum()


def test_only_years_that_are_over_are_published(store):
    assert complete_years(store) == [2022, 2023, 2024]


def test_a_coarser_table_leaves_out_what_it_says(store):
    indicator = CATALOG["handover_rate"]
    coarser = {indicator.id: frozenset({"breakdown", "months", "municipalities"})}
    cells = build_tables(store, Selection([indicator], [2024], [2024], coarser)).cells
    assert set(cells["breakdown"]) == {ALL} and set(cells["period"]) == {"2024"}
    assert all(code == "990001" or code.startswith("region:") for code in cells["area_code"])


def test_what_counts_no_people_is_declared_and_everything_else_is_protected():
    publication = load_publication()
    chosen = publication.chosen(CATALOG)
    assert {one.id for one in chosen} == {one.id for one in CATALOG.values() if one.public}
    assert publication.facts == {one.id for one in chosen if one.kind == "count"}
    assert publication.facts_reason
