"""Charts as a reader meets them: drawn without a script of outside, told by pointer and keyboard, printed sharp."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer
from tests.browser.conftest import PHONE, WIDE
from tests.browser.watch import PATIENCE, Watch, opened, settled

FUNNEL = ".st-key-funnel .chart"
# Texts and marks that end beyond the drawing, where a reader would see a part of them.
CUT = """() => [...document.querySelectorAll('.chart .drawing')].flatMap(svg => {
  const own = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && (box.left < own.left - 2 || box.right > own.right + 2 || box.top < own.top - 2 || box.bottom > own.bottom + 2);
  }).map(one => one.textContent) })"""


def test_a_chart_is_told_by_the_keyboard_and_chosen_with_enter(app: AppServer, page: Page, watch: Watch) -> None:
    page.set_viewport_size(WIDE)
    opened(page, f"{app.url}/indicator?indicator=handover_rate")
    drawing, tip = page.locator(f"{FUNNEL} .drawing"), page.locator(f"{FUNNEL} .tip")
    expect(drawing).to_have_attribute("aria-label", re.compile("管理限界"), timeout=PATIENCE)
    expect(tip).to_be_hidden()
    drawing.focus()
    page.keyboard.press("ArrowRight")
    expect(tip).to_contain_text("95％信頼区間")
    name = tip.locator("b").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(f"^選択中：{name}"))).to_have_count(1, timeout=PATIENCE)
    settled(page)
    page.keyboard.press("Escape")
    assert watch.errors == []
    assert (
        page.evaluate("performance.getEntriesByType('resource').filter(one => one.name.includes('Plotly')).length") == 0
    )


def test_a_name_of_the_legend_hides_and_shows_its_line(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/referral")
    lines = page.locator(".st-key-contact .chart path.line")
    button = page.locator(".st-key-contact .legend button").first
    expect(button).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)
    before = lines.count()
    button.click()
    expect(lines).to_have_count(before - 1)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(lines).to_have_count(before)


def test_no_text_of_a_chart_is_cut_on_desk_or_phone(app: AppServer, page: Page) -> None:
    found = {}
    for path in ("indicator", "referral", "gap", "national", "meeting?area=992011"):
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            opened(page, f"{app.url}/{path}")
            expect(page.locator(".chart .drawing").last).to_be_attached(timeout=PATIENCE)
            settled(page)
            found[path, size["width"]] = page.evaluate(CUT)
    page.set_viewport_size(WIDE)
    assert {where: texts for where, texts in found.items() if texts} == {}
