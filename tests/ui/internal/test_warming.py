"""What is made before anybody asks: the usual views, the latest fiscal year first."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from metrics.catalog import load_catalog
from metrics.periods import months_of_year
from tests.sample_database import SampleDatabase
from ui.internal import store, warming


def test_every_indicator_is_made_for_whole_years_the_latest_first(
    sample_database: SampleDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENKEI_DB", sample_database.path)
    version = store.version()
    assert version is not None
    views = list(warming.usual_views(version))
    latest = max(int(month[:4]) - (int(month[5:]) < 4) for month in store.reported_months(version))
    assert [one for one, _ in views[: len(load_catalog())]] == list(load_catalog())
    assert {months for _, months in views[: len(load_catalog())]} == {tuple(months_of_year(latest))}
    assert len(views) % len(load_catalog()) == 0


@pytest.fixture
def collector() -> Iterator[None]:
    """The garbage collector as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_warming_leaves_the_answers_with_those_who_ask(
    sample_database: SampleDatabase, monkeypatch: pytest.MonkeyPatch, collector: None
) -> None:
    monkeypatch.setenv("RENKEI_DB", sample_database.path)
    monkeypatch.setattr(warming, "BEGIN_SECONDS", 0.0)
    monkeypatch.setattr(warming, "REST_SECONDS", 0.0)
    version = store.version()
    assert version is not None
    monkeypatch.setattr(warming, "usual_views", lambda _: [("handover_rate", tuple(months_of_year(2024)))])
    warming.begin().join(timeout=20)
    shelf = vars(store.answers(version))["_kept_compared"]
    assert ("handover_rate", tuple(months_of_year(2024))) in shelf
    # What was made is set aside from every full collection.
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold() == warming.THRESHOLDS
