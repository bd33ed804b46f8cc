"""Pages under test run through app.py, as they do for users."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from tests.sample_database import ROOT, SampleDatabase

Opened = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def loopback() -> Iterator[None]:
    """The address of .streamlit/config.toml, whatever folder pytest was started in."""
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield
    config.set_option("server.address", before)


@pytest.fixture(autouse=True)
def nothing_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was published on this machine is not what tests are about."""
    monkeypatch.setenv("RENKEI_PUBLIC_DB", "nothing-published.duckdb")


@pytest.fixture
def internal(monkeypatch: pytest.MonkeyPatch, sample_database: SampleDatabase, boundaries: None) -> SampleDatabase:
    """The internal audience with the sample database."""
    monkeypatch.setenv("RENKEI_AUDIENCE", "internal")
    monkeypatch.setenv("RENKEI_DB", sample_database.path)
    return sample_database


@pytest.fixture
def own_copy(internal: SampleDatabase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SampleDatabase:
    """The internal audience with a copy of the sample database, to load into."""
    copy = internal.copy_to(tmp_path / "build")
    monkeypatch.setenv("RENKEI_DB", copy.path)
    return copy


@pytest.fixture
def open_page() -> Opened:
    """open_page('indicator', fy='2023') opens a page by its link and returns it; an exception in it fails the test."""

    def opened(page: str, **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params.update(query)
        if page != "overview":
            app.switch_page(str(Path("pages", "internal", f"{page}.py")))
        app.run()
        assert [found.message for found in app.exception] == []
        return app

    return opened
