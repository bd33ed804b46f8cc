"""Every page in a real browser: on a desk and on a phone, whole, without errors and without the outside world."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app import INTERNAL_PAGES
from tests.browser.app_server import AppServer
from tests.browser.conftest import PHONE, WIDE
from tests.browser.map_picture import map_of
from tests.browser.watch import Watch, fits, opened
from tests.sample_database import ROOT

# By address; the first one is the front page and has none.
PAGES = {"" if url == "overview" else url: title for _, title, url, _ in INTERNAL_PAGES}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "root")
def test_a_page_opens_whole_on_desk_and_phone_and_asks_no_other_host(
    app: AppServer, page: Page, watch: Watch, path: str
) -> None:
    page.set_viewport_size(WIDE)
    opened(page, f"{app.url}/{path}")
    expect(page.locator("h1").first).to_contain_text(PAGES[path])
    assert page.get_by_test_id("stException").count() == 0
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        fits(page)
    assert watch.foreign(app.url) == []
    assert watch.errors == []


def test_maps_and_open_tables_ask_no_other_host_either(app: AppServer, page: Page, watch: Watch) -> None:
    opened(page, f"{app.url}/national")
    map_of(page)
    page.get_by_text("データの表").first.click()
    page.wait_for_timeout(500)
    assert any(url.startswith("ws://") for url in watch.asked)
    assert any(url.endswith("/japan.geojson") for url in watch.asked)
    assert watch.foreign(app.url) == []
    assert app.outside == []
    assert watch.errors == []


def test_the_outlines_are_static_files(app: AppServer) -> None:
    names = sorted(path.name for path in (ROOT / "static" / "boundaries").glob("*.geojson"))
    assert len(names) == 49
    for name in ("99.geojson", "28.geojson", "japan.geojson", "index.json"):
        answer = app.get(f"app/static/boundaries/{name}")
        assert answer.status == 200
        assert len(answer.body) > 1000


@pytest.mark.parametrize(
    "path", ["app/static/../data/build/sample.duckdb", "app/static/%2e%2e/app.py", "data/build/sample.duckdb", "app.py"]
)
def test_nothing_but_static_files_can_be_fetched(app: AppServer, path: str) -> None:
    answer = app.get(path)
    assert answer.status in (200, 400, 403, 404)
    if answer.status == 200:  # the empty page of Streamlit, which answers every address it does not know
        assert b"<title>Streamlit</title>" in answer.body


def test_every_answer_tells_the_browser_to_ask_nobody_else(app: AppServer) -> None:
    for path in ("", "indicator", "app/static/boundaries/99.geojson", "_stcore/health"):
        policy = {name.lower(): value for name, value in app.get(path).headers.items()}["content-security-policy"]
        sources = {word for part in policy.split(";") for word in part.split()[1:]}
        own = {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "ws:", "wss:", "blob:", "data:"}
        assert sources <= own
        assert policy.startswith("default-src 'self'")
