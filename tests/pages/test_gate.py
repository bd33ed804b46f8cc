"""Who sees what: nothing internal without saying so, nothing internal to other machines, no dead end without data."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from tests.pages.page_text import words
from tests.sample_database import ROOT, SampleDatabase

PAGES = ("overview", "indicator", "national", "intake")


def app() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def shows_nothing_else(opened: AppTest) -> bool:
    parts = (opened.metric, opened.dataframe, opened.selectbox, opened.file_uploader, opened.download_button)
    return not any(len(part) for part in parts)


@pytest.mark.parametrize("audience", [None, "public", "INTERNAL", "1", ""])
def test_everyone_is_the_public_unless_told_internal(
    internal: SampleDatabase, monkeypatch: pytest.MonkeyPatch, audience: str | None
) -> None:
    if audience is None:
        monkeypatch.delenv("RENKEI_AUDIENCE")
    else:
        monkeypatch.setenv("RENKEI_AUDIENCE", audience)
    opened = app().run()
    assert "公表されたデータがまだありません" in words(opened)
    assert not opened.exception
    assert shows_nothing_else(opened)


@pytest.mark.parametrize("page", PAGES)
def test_the_public_audience_has_no_internal_page_to_link_to(
    internal: SampleDatabase, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("RENKEI_AUDIENCE", "public")
    opened = app().switch_page(f"pages/internal/{page}.py").run()
    assert "公表されたデータがまだありません" in words(opened)
    assert shows_nothing_else(opened)


@pytest.mark.parametrize("address", ["0.0.0.0", None, "192.168.1.20", "::", "10.0.0.1", "dashboard.example.jp"])
def test_internal_pages_refuse_every_address_but_loopback(internal: SampleDatabase, address: str | None) -> None:
    config.set_option("server.address", address)
    opened = app().run()
    assert "庁内向けの画面は表示できません" in words(opened)
    assert "127.0.0.1" in words(opened)
    assert shows_nothing_else(opened)
    assert "概況" not in words(opened)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
def test_internal_pages_open_on_loopback(internal: SampleDatabase, address: str) -> None:
    config.set_option("server.address", address)
    opened = app().run()
    assert len(opened.error) == 0
    assert opened.title[0].value.startswith("概況")


@pytest.mark.parametrize("page", PAGES)
def test_without_data_a_page_says_why_and_what_to_do(
    page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, boundaries: None
) -> None:
    monkeypatch.setenv("RENKEI_AUDIENCE", "internal")
    monkeypatch.setenv("RENKEI_DB", str(tmp_path / "nothing.duckdb"))
    opened = app() if page == "overview" else app().switch_page(f"pages/internal/{page}.py")
    opened.run()
    assert not opened.exception
    assert len(opened.title) == 1
    assert "まだ" in words(opened)
    assert "読み込" in words(opened)
    assert len(opened.dataframe) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_pointer_to_a_version_that_is_gone_counts_as_no_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pointer = tmp_path / "internal.duckdb"
    pointer.write_text("internal-20250410T000000000000-abcdef.duckdb", encoding="utf-8")
    monkeypatch.setenv("RENKEI_AUDIENCE", "internal")
    monkeypatch.setenv("RENKEI_DB", str(pointer))
    opened = app().run()
    assert not opened.exception
    assert "まだ" in words(opened)
