"""The presentation in a real browser: large, without menu, moved by keys alone, and back to where it came from."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer
from tests.browser.conftest import WIDE
from tests.browser.watch import PATIENCE, Watch, opened, settled

INSIDE = """() => { const body = document.querySelector('.deck .body');
  return [body.scrollHeight - body.clientHeight, body.scrollWidth - body.clientWidth] }"""


def stands_at(page: Page, number: int, count: int) -> None:
    expect(page.locator(".deck .foot b")).to_have_text(f"{number}／{count}", timeout=PATIENCE)
    expect(page).to_have_url(re.compile(rf"[?&]slide={number}(&|$)"), timeout=PATIENCE)


def test_keys_lead_through_every_slide_and_out_again(app: AppServer, page: Page, watch: Watch) -> None:
    page.set_viewport_size(WIDE)
    opened(page, f"{app.url}/?fy=2023&indicator=handover_rate")
    page.get_by_role("link", name="発表用の画面").click()
    expect(page.locator(".deck h1")).to_contain_text("見本県", timeout=PATIENCE)
    expect(page.locator(".deck")).to_contain_text("令和5年度")
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    expect(page.get_by_test_id("stHeader")).not_to_be_visible()
    count = int(page.locator(".deck .foot b").inner_text().split("／")[1])
    titles, over = [], {}
    for number in range(1, count + 1):
        stands_at(page, number, count)
        titles.append(page.locator(".deck h1").inner_text())
        beyond = page.evaluate(INSIDE)
        if max(beyond) > 2:
            over[number] = beyond
        expect(page.locator(".deck .foot")).to_contain_text("架空データ")
        page.keyboard.press("ArrowRight" if number % 2 else "PageDown")
    assert over == {}
    assert titles[1:3] == ["三つの事実", "主要な指標"]
    assert any(one.startswith("地図：つなぎの実施率") for one in titles)
    for key, number in (("Home", 1), ("End", count), ("ArrowLeft", count - 1), ("ArrowRight", count)):
        page.keyboard.press(key)
        stands_at(page, number, count)
    page.reload()
    stands_at(page, count, count)
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("h1").first).to_contain_text("概況", timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"/(overview)?\?(?=.*fy=2023)(?=.*indicator=handover_rate)"), timeout=PATIENCE)
    assert watch.errors == []
    assert watch.foreign(app.url) == []
