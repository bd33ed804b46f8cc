"""Publishing and taking back: whole or not at all, only what was approved, and nothing that can be worked out."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from metrics.catalog import load_catalog
from metrics.store import Store
from release import publish as publishing
from release import safety
from release.draft import NothingToPublish, Options, choose, prepare
from release.ledger import Ledger
from release.publication import load_publication
from release.publish import NotWithdrawable, Refused, publish, recover, withdraw
from release.suppress import Suppression
from release.where import DATABASE, PublicPlace, ledger_folder, public_place
from tests.release.conftest import SELECTION, approve


def test_a_release_is_numbered_whole_and_leads_through_one_link(published):
    public = public_place(published.place)
    assert published.released.number == 1 and public.current() == published.folder
    assert (public.folder / "public.duckdb").resolve() == published.folder.resolve() / DATABASE
    assert (public.folder / "public_site").resolve() == published.folder.resolve() / "site"
    (entry,) = Ledger(ledger_folder(published.place)).entries()
    assert (entry.state, entry.approved_by) == ("published", "公表 太郎")
    for name, digest in entry.told["sha256"].items():
        assert hashlib.sha256((published.folder / name).read_bytes()).hexdigest() == digest, name


def test_every_hidden_count_is_proven_open(published):
    draft = published.draft
    assert draft.is_safe and len(draft.proof) >= int(draft.loss[["primary", "complementary"]].sum().sum()) / 2
    assert ((draft.proof["high"] - draft.proof["low"]) >= draft.rules.needed_width).all()
    small = draft.cells[~draft.cells["indicator_id"].isin(draft.publication.facts)]
    for part in ("numerator", "denominator"):
        assert small.loc[small[part].between(1, 9), f"is_{part}_hidden"].all()
    rest = small["denominator"] - small["numerator"]
    assert small.loc[rest.between(1, 9), ["is_numerator_hidden", "is_denominator_hidden"]].any(axis=1).all()


def test_where_everything_is_shown_the_files_add_up(published):
    with published.store() as store:
        for one in ("handover_rate", "council_established"):
            cells = store.cells(one, ["2024"])
            cells = cells[cells["breakdown"] == "all"].set_index("area_code")["denominator"]
            regions, total = cells[cells.index.str.startswith("region:")], cells["990001"]
            if regions.notna().all() and pd.notna(total):
                assert regions.sum() == total
                break
        else:
            pytest.fail("nothing is shown")


def test_a_rate_is_hidden_when_either_count_is(published):
    with published.store() as store:
        cells = store.cells("handover_rate")
    hidden = cells["is_numerator_hidden"] | cells["is_denominator_hidden"]
    assert hidden.any() and (cells.loc[hidden, "state"] == "hidden").all()
    assert cells.loc[hidden, ["value", "low", "high"]].isna().all(axis=None)
    assert (
        cells.loc[~hidden & cells["state"].isin(["value", "partial"]), ["value", "low", "high"]].notna().all(axis=None)
    )


@pytest.mark.parametrize("change", [{"digest": "another"}, {"name": "  "}])
def test_what_was_not_approved_is_not_published(published, tmp_path, change):
    place = published.copy_to(tmp_path / "build")
    draft = replace(published.draft, number=2)
    with pytest.raises(Refused):
        publish(draft, replace(approve(draft), **change), place)
    assert public_place(place).current().name == published.folder.name


def test_a_draft_of_yesterdays_data_or_before_another_release_is_refused(published, tmp_path):
    place = published.copy_to(tmp_path / "build")
    for stale in (published.draft, replace(published.draft, number=2, database="sample-older.duckdb")):
        with pytest.raises(Refused, match="案を作り直して"):
            publish(stale, approve(stale), place)


def test_an_open_count_is_refused_named_and_a_coarser_table_suggested(published, tmp_path, monkeypatch):
    """Hiding only what is small leaves it to be worked out from the totals: the proof sees that."""

    def primary_only(system, rules):
        hidden = system.sensitive & system.printed
        return Suppression(hidden, np.where(hidden, "primary", ""), False, 0.0, 0.0)

    monkeypatch.setattr(safety, "suppress", primary_only)
    place = published.copy_to(tmp_path / "build")
    (place.inbox.with_name("sample_ledger")).rename(tmp_path / "gone")
    draft = prepare(place, SELECTION)
    assert not draft.is_safe
    with pytest.raises(Refused) as refused:
        publish(draft, approve(draft), place)
    first = draft.open_cells.iloc[0]
    assert first["indicator_id"] in ("handover_rate", "direction_balance")
    assert "推測できます" in str(refused.value) and "2024" in str(refused.value)
    assert {one.indicator_id for one in draft.suggestions} == {*draft.open_cells["indicator_id"]}
    assert all(one.title in one.sentence and one.sentence in str(refused.value) for one in draft.suggestions)


def test_a_withdrawn_release_is_gone_for_the_public_and_stays_in_the_record(published, tmp_path):
    place = published.copy_to(tmp_path / "build")
    again = prepare(place, SELECTION)
    second = publish(again, approve(again), place)
    public = public_place(place)
    assert public.current() == second.folder
    assert withdraw(place, 2, "係長", "誤り").name == published.folder.name
    assert not second.folder.exists()
    assert withdraw(place, 1, "係長", "誤り") is None
    assert not (public.folder / "public.duckdb").exists() and not public.versions
    entries = Ledger(ledger_folder(place)).entries()
    assert [entry.state for entry in entries] == ["withdrawn", "withdrawn"]
    assert entries[1].withdrawn["reason"] == "誤り" and len(Ledger(ledger_folder(place)).seen()) == 2
    with pytest.raises(NotWithdrawable):
        withdraw(place, 2, "係長", "誤り")


def test_there_must_be_a_complete_year(published, tmp_path):
    with pytest.raises(NothingToPublish, match="令和7年度"):
        prepare(published.place, Options(fiscal_years=(2025,)))


@pytest.mark.parametrize(("declared", "expected"), [(0, []), (1, [2024]), (2, [2023, 2024])])
def test_months_are_published_of_as_many_years_as_declared(published, declared, expected):
    publication = replace(load_publication(), years_with_months=declared)
    with Store(published.place.current()) as store:
        chosen = choose(store, Options(), publication, load_catalog())
    assert (chosen.fiscal_years[-1], list(chosen.years_with_months)) == (2024, expected)


def test_who_approves_months_is_told_what_the_proof_leaves_out_and_nothing_else_is(published):
    months = Options(fiscal_years=(2024,), years_with_months=(2024,), indicators=("council_established",))
    (told,) = prepare(published.place, months).warnings
    assert told.startswith("令和6年度は月別も載せるため")
    assert not published.draft.warnings


def killed(place, draft, steps: int) -> bool:
    """Publishes in a child that dies before its nth rename or link; True when it died."""

    def few_files(folder: Path, draft, at, say) -> None:
        (folder / "data").mkdir()
        for name in (DATABASE, "data/a.csv"):
            (folder / name).write_text(f"release {draft.number}", encoding="utf-8")

    child = os.fork()
    if child == 0:
        left = [steps]
        rename, link = os.replace, os.symlink

        def counted(act):
            def instead(*arguments, **named):
                left[0] -= 1
                if left[0] < 0:
                    os._exit(9)
                return act(*arguments, **named)

            return instead

        os.replace, os.symlink = counted(rename), counted(link)
        publishing.write_release = few_files
        try:
            publish(draft, approve(draft), place)
        except BaseException:
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9)
    return code == 9


def test_killed_at_any_moment_the_old_release_stands_whole_or_the_new(published, tmp_path):
    draft = replace(published.draft, number=2)
    states = []
    for steps in range(20):
        place = published.copy_to(tmp_path / str(steps) / "build")
        died = killed(place, draft, steps)
        ledger, public = Ledger(ledger_folder(place)), public_place(place)
        current = public.current()
        is_new = current.name != published.folder.name
        assert (public.folder / "public.duckdb").resolve() == current.resolve() / DATABASE
        if is_new:
            assert (current / "data" / "a.csv").read_text() == (current / DATABASE).read_text() == "release 2"
        # Whatever anybody can have seen is in the record, and known to the next release.
        entries = ledger.entries()
        assert current.name in {entry.folder for entry in entries}
        assert entries[0].state == "published"
        with ledger.writing():
            recover(ledger, public)
        assert public.current().name == current.name
        assert [entry.state for entry in ledger.entries()][1:] in ([], ["published" if is_new else "abandoned"])
        assert {path.name for path in public.versions} == {
            entry.folder for entry in ledger.entries() if entry.state == "published"
        }
        states.append(is_new)
        if not died:
            break
    else:
        pytest.fail("never finished")
    assert states == sorted(states) and {*states} == {False, True}, "died before and after it was seen"


def test_without_links_pointers_are_small_files(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "symlink", lambda *_: (_ for _ in ()).throw(NotImplementedError()))
    public = PublicPlace(tmp_path)
    version = public.settle(public.new_work())
    (version / DATABASE).write_bytes(b"")
    public.make_current(version)
    assert public.current() == version
    assert (tmp_path / "public.duckdb").read_text() == f"{version.name}/{DATABASE}"
    public.make_none_current()
    assert public.current() is None and not (tmp_path / "public.duckdb").exists()
