"""Fixtures that tests of several rooms share: the map's outlines and one database of the fictional prefecture."""

from __future__ import annotations

import os
import pickle

import filelock
import pytest

from etl.boundaries import boundaries_are_current, write_boundaries
from tests.sample_database import SampleDatabase, load_sample


@pytest.fixture(scope="session")
def boundaries() -> None:
    """The static outlines, as `make run` prepares them."""
    if not boundaries_are_current():
        write_boundaries()


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> SampleDatabase:
    """Loaded once by the production loader, for all workers of a run. Read only: what loads into it takes a copy."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    known = shared / "sample.pickle"
    with filelock.FileLock(shared / "sample.lock"):
        if not known.exists():
            known.write_bytes(pickle.dumps(load_sample(shared / "sample" / "build", shared / "sample" / "sent")))
        loaded: SampleDatabase = pickle.loads(known.read_bytes())
    return loaded
