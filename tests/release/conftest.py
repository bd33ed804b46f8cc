"""One release of the fictional prefecture, published once by the production code for all tests that only read it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from etl.store import Place, place_of
from release.draft import Draft, Options, prepare
from release.publish import Approval, Released, publish
from release.store import PublicStore
from release.where import DATABASE
from tests.sample_database import SampleDatabase

# Small enough to be proven in seconds, and linked: one is the numerator and denominator of directions of the other.
SELECTION = Options(
    fiscal_years=(2024,),
    years_with_months=(),
    indicators=("handover_rate", "direction_balance", "council_established"),
)


@dataclass(frozen=True, eq=False)
class PublishedSample:
    """Where it lies, the draft that was approved, and what came of it."""

    place: Place
    draft: Draft
    released: Released

    @property
    def folder(self) -> Path:
        return self.released.folder

    def store(self) -> PublicStore:
        return PublicStore(self.folder / DATABASE)

    def copy_to(self, folder: Path) -> Place:
        """The same state elsewhere, for tests that publish or withdraw."""
        shutil.copytree(self.place.pointer.parent, folder, symlinks=True)
        return place_of(folder / self.place.pointer.name)


def approve(draft: Draft, name: str = "公表 太郎") -> Approval:
    return Approval(name, draft.digest, datetime(2025, 5, 1, 9, 0))


@pytest.fixture(scope="session")
def published(sample_database: SampleDatabase, tmp_path_factory: pytest.TempPathFactory) -> PublishedSample:
    place = sample_database.copy_to(tmp_path_factory.mktemp("published") / "build").place
    draft = prepare(place, SELECTION)
    return PublishedSample(place, draft, publish(draft, approve(draft), place))
