"""相互紹介, 会議体 and 日常の連携 in a real browser: wide charts on a phone, one municipality, typed assumptions."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer
from tests.browser.conftest import PHONE, WIDE
from tests.browser.watch import PATIENCE, opened, settled


def test_wide_charts_scroll_in_their_own_frame_on_a_phone(app: AppServer, page: Page) -> None:
    page.set_viewport_size(PHONE)
    opened(page, f"{app.url}/referral")
    frame = page.locator(".st-key-wide-flow")
    expect(frame.locator(".chart .drawing .link").first).to_be_attached(timeout=PATIENCE)
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth + 100")
    expect(page.locator(".phone-only").first).to_be_visible()
    page.set_viewport_size(WIDE)
    expect(page.locator(".phone-only").first).to_be_hidden()


def test_a_chosen_municipality_goes_along_to_the_other_pages(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/referral?area=992011")
    for title in ("会議体", "日常の連携"):
        page.get_by_test_id("stSidebarNavLink").filter(has_text=title).click()
        expect(page.locator("h1").first).to_contain_text(title, timeout=PATIENCE)
        expect(page.locator(".mx tr.c th").first).to_have_text("夕凪原市", timeout=PATIENCE)
        assert "area=992011" in page.url


def test_assumptions_that_are_typed_count_and_stand_in_the_link(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/meeting")
    settled(page)
    for key, value in (("joinable", "6"), ("organisations", "4"), ("travel", "30")):
        box = page.locator(f".st-key-hours-{key} input")
        box.fill(value)
        box.press("Enter")
        page.wait_for_url(f"**{key}={value}**", timeout=PATIENCE)
        settled(page)
    card = page.get_by_test_id("stMetric").filter(has_text="同日に続けて開く場合")
    expect(card).to_contain_text("12.0時間", timeout=PATIENCE)  # 6 × 4 × 1 × 30 min
    page.wait_for_url("**travel=30**", timeout=PATIENCE)
    opened(page, page.url)
    expect(page.get_by_test_id("stMetric").filter(has_text="同日に続けて開く場合")).to_contain_text("12.0時間")
