"""Fixtures that tests of several rooms share: the map's outlines and one database of the fictional prefecture."""

from __future__ import annotations

import pytest

from etl.boundaries import boundaries_are_current, write_boundaries
from tests.sample_database import SampleDatabase, load_sample
from tests.shared import shared_by_workers


@pytest.fixture(scope="session")
def boundaries() -> None:
    """The static outlines, as `make run` prepares them."""
    if not boundaries_are_current():
        write_boundaries()


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> SampleDatabase:
    """Loaded once by the production loader, for all workers of a run. Read only: what loads into it takes a copy."""
    return shared_by_workers("sample", tmp_path_factory, lambda folder: load_sample(folder / "build", folder / "sent"))
