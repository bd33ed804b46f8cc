"""A municipality chosen by a click on one page is chosen on every page: map, ranking, funnel, row of a table."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer
from tests.browser.outlined import click_on
from tests.browser.watch import PATIENCE, Watch, opened, settled

ROW, HEAD = 35, 35  # pixels of the grid


def chosen(page: Page, name: str | None) -> None:
    """Waits until that municipality (None: none) is the chosen one, in words and in the box."""
    box = page.get_by_test_id("stSelectbox").filter(has=page.get_by_text("市区町村", exact=True))
    expect(box.locator("input")).to_have_value(name or "県全体", timeout=PATIENCE)
    expect(page.get_by_text(re.compile("^選択中："))).to_have_count(1 if name else 0, timeout=PATIENCE)
    settled(page)


def click_on_point(page: Page) -> None:
    """Clicks on the first municipality of the funnel."""
    point = page.locator(".st-key-funnel .chart path.point.choosable").first
    expect(point).to_be_visible(timeout=PATIENCE)
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.wait_for_timeout(200)
    page.mouse.click(x, y)


def test_a_click_on_the_map_chooses_for_every_page_and_a_second_lets_go(
    app: AppServer, page: Page, watch: Watch
) -> None:
    opened(page, f"{app.url}/?indicator=handover_rate")
    chosen(page, None)
    click_on(page, "992011")
    chosen(page, "夕凪原市")
    expect(page.locator(".mx tr.c th")).to_have_text("夕凪原市")
    expect(page).to_have_url(re.compile("area=992011"))
    page.get_by_test_id("stSidebarNavLink").filter(has_text="指標").click()
    expect(page.locator("h1").first).to_have_text("指標：つなぎの実施率", timeout=PATIENCE)
    chosen(page, "夕凪原市")
    expect(page.get_by_role("heading", name="推移：夕凪原市")).to_be_visible(timeout=PATIENCE)
    click_on(page, "992011")
    chosen(page, None)
    assert watch.errors == []


def test_a_click_on_a_point_chooses_and_the_button_lets_go(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/indicator?indicator=handover_rate")
    chosen(page, None)
    click_on_point(page)
    expect(page).to_have_url(re.compile(r"area=99\d{4}"), timeout=PATIENCE)
    settled(page)
    expect(page.get_by_text(re.compile("^選択中："))).to_have_count(1)
    page.get_by_role("button", name="選択を解除").click()
    chosen(page, None)


def test_a_ranked_row_is_chosen_by_a_click_and_by_the_keyboard(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/?indicator=handover_rate")
    chosen(page, None)
    rows = page.locator(".rows tr[data-code]")
    rows.nth(2).click()
    chosen(page, rows.nth(2).locator("th").inner_text())
    rows.nth(2).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen(page, rows.nth(3).locator("th").inner_text())


def test_a_row_of_the_table_chooses_and_a_second_click_lets_go(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/indicator?indicator=handover_rate")
    page.get_by_test_id("stExpander").filter(has_text="市区町村別").first.locator("summary").click()
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid).to_be_visible(timeout=PATIENCE)
    settled(page)
    second = {"x": 15, "y": HEAD + ROW * 1.5}
    grid.click(position=second)
    chosen(page, "夕凪原市")
    expect(grid).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(500)  # the grid marks its row a moment after it is drawn
    grid.click(position=second)
    chosen(page, None)
