"""What is public holds no trace of single referrals, meetings or contacts, and no count that was to be hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import cases
from desk.records import Desk
from desk.where import desk_url
from metrics.store import Store
from release.draft import prepare
from release.examples import public_examples, small_counts
from release.publish import publish
from release.store import PublicStore
from release.where import DATABASE
from tests.release.conftest import SELECTION, approve


def public_bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_number_of_a_referral_or_a_meeting_is_in_any_public_file(published, sample_database):
    told = [row["referral_id"] for row in sample_database.rows("core.referral")]
    told += [row["meeting_id"] for row in sample_database.rows("core.meeting")]
    names = sorted({str(one) for one in told if len(str(one)) >= 6})
    assert len(names) > 500
    for file, body in public_bytes(published.folder).items():
        text = body.decode("utf-8", errors="ignore")
        assert [name for name in names if name in text][:3] == [], file


def test_no_file_knows_the_tables_behind_it_nor_the_ledger(published):
    for file, body in public_bytes(published.folder).items():
        for name in (b"core.", b"cube.", b"raw.", b"referral_id", b"ledger", b"is_safe", b"complementary"):
            assert name not in body, (file, name)


def test_no_hidden_count_stands_in_its_place(published):
    true = published.draft.cells.set_index(["indicator_id", "area_code", "period", "breakdown"])
    with published.store() as store:
        for one in ("handover_rate", "direction_balance"):
            cells = store.cells(one)
            for part in ("numerator", "denominator"):
                hidden = cells[cells[f"is_{part}_hidden"]]
                assert len(hidden) >= 3 and hidden[part].isna().all()
                shown = cells[cells[part].notna()]
                keys = [(one, row.area_code, row.period, row.breakdown) for row in shown.itertuples()]
                assert not true.loc[keys, f"is_{part}_hidden"].any()
                assert (true.loc[keys, part].to_numpy() == shown[part].to_numpy()).all()


@pytest.fixture
def with_cases(published, tmp_path):
    """The desk has marked two cases public, of which one tells a small count in its own words."""
    place = published.copy_to(tmp_path / "build")
    desk = Desk(desk_url(place))
    sheet = {
        "case_title": "同じ日に二つの会議を開く",
        "category": "支援会議",
        "contact": "地域福祉課 内線4649",
        "publication": "yes",
        "outcome": "紹介は年間３件から48件になった。",
    }
    cases.enter(desk, "992011", sheet, "係長")
    with Store(place.current()) as store:
        returned = store.examples()
    merged = cases.merged(returned.to_dict("records"), desk)
    allowed = [case for case in merged if case.sheet.get("publication") == "yes"]
    for case in (
        next(one for one in allowed if one.origin == "desk"),
        next(one for one in allowed if one.origin == "return"),
    ):
        cases.mark(desk, case, "public", "係長")
    return place, returned, [case for case in merged if case.state != "public"]


def test_only_public_cases_are_published_without_whom_to_ask(with_cases):
    place, returned, _ = with_cases
    found = public_examples(returned, place)
    assert len(found) == 2
    assert all("問合せ先" not in one.sheet and "公開可否" not in one.sheet for one in found)
    (warning,) = [one for one in small_counts(found, 10) if "同じ日に二つの会議を開く" in one]
    assert "3件" in warning and "48件" not in warning


def test_the_contact_of_a_case_reaches_no_file(with_cases):
    place, _, _ = with_cases
    draft = prepare(place, SELECTION)
    assert any("同じ日に二つの会議を開く" in warning for warning in draft.warnings)
    folder = publish(draft, approve(draft), place).folder
    with PublicStore(folder / DATABASE) as store:
        assert len(store.examples()) == 2
    texts = {file: body.decode("utf-8", errors="ignore") for file, body in public_bytes(folder).items()}
    assert [file for file, text in texts.items() if "4649" in text] == []
    assert any("同じ日に二つの会議を開く" in text for text in texts.values())
