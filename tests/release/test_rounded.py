"""A release under the rounding option: every file says the same rounded counts, and nothing follows from them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from metrics.catalog import load_catalog
from release import draft as drafts
from release.draft import prepare
from release.outsider import deduce
from release.publish import publish
from release.readable import read_published
from release.rules import load_rules
from release.store import PublicStore
from release.where import DATABASE, ledger_folder
from tests.release.conftest import SELECTION, approve
from tests.release.test_opendata import rows_of
from tests.release.test_outsider import open_data

BASE = 5


@pytest.fixture(scope="module")
def rounded(published, tmp_path_factory):
    """Place, draft and folder of a first release with counts rounded to multiples of five."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drafts, "load_rules", lambda: replace(load_rules(), rounding=BASE))
        place = published.copy_to(tmp_path_factory.mktemp("rounded") / "build")
        ledger_folder(place).rename(place.pointer.parent / "another")
        draft = prepare(place, SELECTION)
        first = publish(draft, approve(draft), place).folder
        yield place, draft, first


def test_every_printed_count_is_the_nearest_multiple_and_what_is_made_of_it_agrees(rounded):
    _, draft, folder = rounded
    true = draft.cells.set_index(["indicator_id", "area_code", "period", "breakdown"])
    with PublicStore(folder / DATABASE) as store:
        for one in ("handover_rate", "direction_balance"):
            shown = store.cells(one).query("state in ('value', 'partial')")
            keys = [(one, row.area_code, row.period, row.breakdown) for row in shown.itertuples()]
            for part in ("numerator", "denominator"):
                assert (shown[part] % BASE == 0).all() and (shown[part] % 10 != 0).any()
                assert ((true.loc[keys, part].to_numpy() - shown[part].astype("int64")).abs() <= BASE / 2).all()
            assert (shown["value"] == shown["numerator"] / shown["denominator"]).all()
        facts = store.cells("council_established")
        assert (facts["denominator"].dropna() % BASE != 0).any(), "whether there is a council is not rounded"


def test_files_and_pages_say_the_same_rounded_counts_and_that_they_are(rounded):
    _, _, folder = rounded
    package = json.loads((folder / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["disclosureControl"]["rounding"] == BASE and "5の倍数" in package["disclosureControl"]["note"]
    described = {
        one["name"]: {field["name"]: field["description"] for field in one["schema"]["fields"]}
        for one in package["resources"]
    }
    assert "5の倍数" in described["handover-rate"]["分母"] and "5の倍数" not in described["council-established"]["分母"]
    (resource,) = [one for one in package["resources"] if one["name"] == "handover-rate"]
    page = (folder / "site" / "indicators" / "handover_rate.html").read_text(encoding="utf-8")
    with PublicStore(folder / DATABASE) as store:
        cells = store.cells("handover_rate", ["2024"]).query("breakdown == 'all' and state in ('value', 'partial')")
        names = dict(store.areas()[["area_code", "name"]].itertuples(index=False, name=None))
    listed = {
        row["市区町村名"]: (row["分子"], row["分母"])
        for row in rows_of(folder, resource)
        if row["区分"] == "全体" and row["期間（コード）"] == "2024"
    }
    assert len(cells) > 3
    for row in cells.itertuples():
        assert listed["全域" if row.area_code == "990001" else names[row.area_code]] == (
            str(row.numerator),
            str(row.denominator),
        )
        assert f"<td>{row.numerator:,}</td>" in page and f"<td>{row.denominator:,}</td>" in page
    for name in ("index.html", "indicators/handover_rate.html", "data.html", "definitions.html"):
        assert "5の倍数" in (folder / "site" / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("form", ["folder", "csv"])
def test_whoever_knows_that_they_are_rounded_cannot_work_out_what_is_hidden(rounded, form):
    _, draft, folder = rounded
    path = folder if form == "folder" else next((folder / "data").glob("handover_rate*.csv"))
    found = deduce(read_published(path, load_catalog()), load_catalog(), load_rules())
    assert draft.is_safe and found.hidden > 10 and found.open_cells.empty


def test_what_rounded_counts_leave_of_a_single_hidden_one_is_found(tmp_path):
    """The total is 93 to 97, the other 38 to 42: what is hidden is 51 to 59, and that is too narrow."""
    counts = {"992011": ("40", "60"), "992038": ("x", "70"), "990001": ("95", "130")}
    path = open_data(tmp_path / "direction_balance.csv", counts)
    described = {"disclosureControl": {"rounding": BASE}}
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    opened = deduce(read_published(path, load_catalog()), load_catalog(), load_rules()).open_cells
    (cell,) = opened[opened["part"] == "numerator"].itertuples()
    assert (cell.area_code, cell.low, cell.high) == ("992038", 51, 59)


def test_the_same_can_be_published_again(rounded):
    place, first, _ = rounded
    again = prepare(place, SELECTION)
    assert again.number == 2 and again.is_safe, again.open_cells
    keys = ["indicator_id", "area_code", "period", "breakdown"]
    flags = [*keys, "is_numerator_hidden", "is_denominator_hidden"]
    assert (
        again.cells[flags]
        .sort_values(keys, ignore_index=True)
        .equals(first.cells[flags].sort_values(keys, ignore_index=True))
    )
