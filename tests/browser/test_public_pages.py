"""The public server in a real browser: whole on desk and phone, from the release alone, no word to the outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app import PUBLIC_PAGES
from tests.browser.app_server import AppServer, running
from tests.browser.conftest import PHONE, WIDE
from tests.browser.opened_files import watching_opens
from tests.browser.outlined import click_on, fills, words_of
from tests.browser.watch import PATIENCE, Watch, fits, opened, settled
from tests.published_release import write_release
from tests.sample_database import SampleDatabase

AXE = Path(__file__).parent / "axe" / "axe.min.js"
PAGES = {"" if url == "overview" else url: title for _, title, url, _ in PUBLIC_PAGES}


@pytest.fixture(scope="module")
def public_app(boundaries: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A machine that has the release and nothing internal."""
    folder = tmp_path_factory.mktemp("public")
    with running(folder / "no-internal.duckdb", audience=None, published=write_release(folder)) as server:
        yield server
    assert server.outside == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "root")
def test_a_public_page_opens_whole_and_accessible_on_desk_and_phone_and_asks_no_other_host(
    public_app: AppServer, page: Page, watch: Watch, path: str
) -> None:
    page.set_viewport_size(WIDE)
    opened(page, f"{public_app.url}/{path}")
    expect(page.locator("h1").first).to_contain_text(PAGES[path])
    assert page.get_by_test_id("stException").count() == 0
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        fits(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert (
        page.evaluate("axe.run().then(found => found.violations.map(one => `${one.id}: ${one.nodes[0].html}`))") == []
    )
    assert watch.foreign(public_app.url) == []
    assert watch.errors == []


def test_the_map_leads_to_the_place_that_was_pointed_at(public_app: AppServer, page: Page, watch: Watch) -> None:
    page.set_viewport_size(WIDE)
    opened(page, f"{public_app.url}/?indicator=handover_rate")
    assert words_of(page, "992011") == "夕凪原市：80.0％（120 ／ 150件、95％信頼区間70.0～90.0）"
    assert words_of(page, "992054") == "風待市：x（個人が分からないよう伏せています）"
    assert {"url(#hidden)", "url(#not_sent)"} < fills(page)
    click_on(page, "992011")
    expect(page.locator("h1").first).to_contain_text("指標：つなぎの実施率", timeout=PATIENCE)
    settled(page)
    expect(page.get_by_role("heading", name="推移：夕凪原市")).to_be_visible(timeout=PATIENCE)
    assert watch.foreign(public_app.url) == []


def test_no_file_of_the_internal_side_is_opened_though_it_lies_there(
    sample_database: SampleDatabase, boundaries: None, page: Page, tmp_path: Path
) -> None:
    internal = sample_database.copy_to(tmp_path / "internal")
    pointer = write_release(tmp_path / "public")
    inbox = internal.place.inbox
    for path in (internal.place.pointer.parent, inbox):
        for file in (one for one in path.rglob("*") if one.is_file() and not one.is_symlink()):
            file.chmod(0)
    page.set_viewport_size(WIDE)
    with (
        watching_opens(internal.place.pointer.parent, *({inbox, *filter(Path.is_dir, inbox.rglob("*"))})) as seen,
        running(internal.path, audience=None, published=pointer) as server,
    ):
        for path, title in PAGES.items():
            opened(page, f"{server.url}/{path}")
            expect(page.locator("h1").first).to_contain_text(title)
        assert seen.names() == []
        with Path(internal.path).open("rb"):  # the watch does see who opens it
            pass
        assert seen.names() == [internal.place.current().name]  # type: ignore[union-attr]
