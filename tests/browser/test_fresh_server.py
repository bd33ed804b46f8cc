"""The very first request of a server goes to a page's own address: it must still pass the gate in app.py."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app import INTERNAL_PAGES
from tests.browser.app_server import running
from tests.browser.watch import PATIENCE
from tests.sample_database import SampleDatabase

INSIDE = ("受付：", "受け取りの記録", "提出の状況", "読み込む")


@pytest.mark.parametrize(
    ("audience", "address", "said"),
    [
        (None, "127.0.0.1", "公表されたデータがまだありません"),
        ("internal", "0.0.0.0", "庁内向けの画面は表示できません"),
    ],
    ids=["public", "internal on all addresses"],
)
def test_a_first_deep_link_is_refused_to_whom_it_is_not_for(
    page: Page, sample_database: SampleDatabase, audience: str | None, address: str, said: str
) -> None:
    with running(sample_database.path, audience=audience, address=address) as server:
        page.goto(f"{server.url}/intake")
        expect(page.get_by_text(said)).to_be_visible(timeout=PATIENCE)
        page.wait_for_timeout(500)
        shown = page.locator("body").inner_text()
        assert [inside for inside in INSIDE if inside in shown] == []
        assert page.get_by_test_id("stSidebarNavLink").count() == 0
        assert page.locator('input[type="file"]').count() == 0


def test_a_first_deep_link_of_the_internal_audience_opens_inside_the_app(
    page: Page, sample_database: SampleDatabase, boundaries: None
) -> None:
    with running(sample_database.path) as server:
        page.goto(f"{server.url}/intake")
        expect(page.locator("h1").first).to_contain_text("受付", timeout=PATIENCE)
        links = page.get_by_test_id("stSidebarNavLink")
        assert [text.split("\n")[-1] for text in links.all_inner_texts()] == [title for _, title, *_ in INTERNAL_PAGES]
