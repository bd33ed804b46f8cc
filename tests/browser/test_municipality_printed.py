"""地域差 and 市町村 in a real browser: one sheet of paper, a phone, a click on a bar, nothing from outside."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer
from tests.browser.conftest import PHONE, WIDE
from tests.browser.watch import PATIENCE, Watch, opened, settled
from tests.sample_database import SENDERS, SILENT


def opened_whole(page: Page, url: str) -> None:
    opened(page, url)
    expect(page.get_by_text("集計：").first).to_be_attached(timeout=PATIENCE)
    settled(page)


@pytest.mark.parametrize("name", ["青苑市", "夕凪原市", "水琴町"])
def test_a_municipality_is_one_sheet_of_paper(app: AppServer, page: Page, name: str) -> None:
    page.set_viewport_size(WIDE)
    opened_whole(page, f"{app.url}/municipality?area={(SENDERS | SILENT)[name]}")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


@pytest.mark.parametrize("path", ["gap", "municipality"])
def test_a_phone_shows_the_page_without_sideways_scrolling(app: AppServer, page: Page, watch: Watch, path: str) -> None:
    page.set_viewport_size(PHONE)
    opened_whole(page, f"{app.url}/{path}?area={SENDERS['青苑市']}")
    assert page.get_by_test_id("stMain").evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    assert watch.errors == []
    assert watch.foreign(app.url) == []


def test_a_bar_of_the_gain_chooses_its_municipality(app: AppServer, page: Page) -> None:
    page.set_viewport_size(WIDE)
    opened_whole(page, f"{app.url}/gap")
    chart = page.locator(".st-key-gain")
    bar = chart.locator("svg .bar").last
    expect(bar).to_be_visible(timeout=PATIENCE)
    bar.evaluate("one => one.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(500)
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".st-key-chosen")).to_contain_text("選択中：", timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"[?&]area=\d{6}"), timeout=PATIENCE)
