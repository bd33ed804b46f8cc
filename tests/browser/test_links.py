"""A view has a link: it restores the view, follows the filters, and survives going from page to page."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests import recount
from tests.browser.app_server import AppServer
from tests.browser.watch import PATIENCE, opened, settled
from tests.sample_database import SENDERS, SampleDatabase


def chosen(page: Page, label: str) -> str:
    """What a filter shows as chosen."""
    box = page.get_by_test_id("stSelectbox").filter(has=page.get_by_text(label, exact=True))
    return box.locator("input").input_value() or box.inner_text().removeprefix(label).strip()


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_test_id("stSelectbox").filter(has=page.get_by_text(label, exact=True))
    box.locator("input").click()
    box.locator("input").fill(option)  # the list shows only the part that is scrolled to
    page.get_by_role("option", name=option, exact=True).click()


def test_a_link_shows_exactly_that_view(app: AppServer, page: Page, sample_database: SampleDatabase) -> None:
    area = SENDERS["風待市"]
    opened(page, f"{app.url}/indicator?fy=2023&month=6&indicator=handover_rate&area={area}")
    expect(page.locator("h1").first).to_have_text("指標：つなぎの実施率")
    assert [chosen(page, label) for label in ("年度", "月", "市区町村")] == ["令和5年度", "6月", "風待市"]
    yes, of = recount.handed_over(recount.within(sample_database.rows("core.referral"), ["2023-06"]))
    said = page.get_by_text("令和5年6月のつなぎの実施率は、県全体で").inner_text()
    assert f"{recount.per_cent((yes, of))}％" in said
    expect(page.get_by_role("heading", name="推移：風待市")).to_be_visible()
    assert page.url.endswith(f"/indicator?fy=2023&month=6&indicator=handover_rate&area={area}")


def test_a_changed_filter_changes_the_link_and_the_view(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/indicator")
    choose(page, "年度", "令和5年度")
    expect(page).to_have_url(re.compile(r"\?fy=2023$"), timeout=PATIENCE)
    settled(page)
    choose(page, "市区町村", "夕凪原市")
    expect(page).to_have_url(re.compile(r"fy=2023&area=992011$"), timeout=PATIENCE)
    expect(page.get_by_role("heading", name="推移：夕凪原市")).to_be_visible(timeout=PATIENCE)
    page.reload()
    expect(page.get_by_role("heading", name="推移：夕凪原市")).to_be_visible(timeout=PATIENCE)
    settled(page)
    assert chosen(page, "年度") == "令和5年度"


def test_going_to_another_page_keeps_the_year_and_the_indicator(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/?fy=2023&indicator=handover_rate")
    page.get_by_test_id("stSidebarNavLink").filter(has_text="指標").click()
    expect(page.locator("h1").first).to_have_text("指標：つなぎの実施率", timeout=PATIENCE)
    settled(page)
    assert chosen(page, "年度") == "令和5年度"
    expect(page).to_have_url(re.compile(r"/indicator\?(?=.*fy=2023)(?=.*indicator=handover_rate)"))


def test_the_table_under_a_chart_downloads_with_its_marks(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/indicator?indicator=handover_rate")
    page.get_by_text("データの表").first.click()
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name="CSVで保存").first.click()
    text = waiting.value.path().read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert waiting.value.suggested_filename.endswith(".csv")
    lines = text.decode("utf-8-sig").split("\r\n")
    heads = lines[0].split(",")
    assert heads[:3] == ["市区町村", "値（％）", "95％信頼区間"]
    rows = {line.split(",")[0]: dict(zip(heads, line.split(","), strict=False)) for line in lines[1:]}
    silent = rows["水琴町"]
    assert [silent[name] for name in ("値（％）", "95％信頼区間", "分子", "分母")] == ["未提出", "", "未提出", "未提出"]
    assert rows["夕凪原市"]["値（％）"].removesuffix("（一部）").replace(".", "").isdigit()
    assert any("架空データ" in line for line in lines if line.startswith('"※'))
    assert any("出典" in line for line in lines if line.startswith('"※'))


def shows(page: Page, label: str, text: str) -> None:
    """Waits until a filter shows what is expected: after the URL has changed, the run that follows it takes a moment."""
    box = page.get_by_test_id("stSelectbox").filter(has=page.get_by_text(label, exact=True))
    expect(box.locator("input")).to_have_value(text, timeout=PATIENCE)


def test_going_back_in_the_browser_brings_the_view_of_before(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/indicator")
    before = chosen(page, "年度")
    choose(page, "年度", "令和5年度")
    expect(page).to_have_url(re.compile(r"\?fy=2023$"), timeout=PATIENCE)
    page.go_back()  # at once: the page may still be drawing the year that is left
    expect(page).to_have_url(re.compile(r"/indicator$"), timeout=PATIENCE)
    shows(page, "年度", before)
    settled(page)
    assert chosen(page, "年度") == before
    expect(page).to_have_url(re.compile(r"/indicator$"))
    page.go_forward()
    shows(page, "年度", "令和5年度")
    settled(page)
    expect(page).to_have_url(re.compile(r"\?fy=2023$"))


def test_a_fold_opens_and_closes_by_keyboard(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/indicator?indicator=handover_rate")
    fold = page.get_by_test_id("stExpander").filter(has_text="市区町村別").first
    summary = fold.locator("summary")
    expect(fold.get_by_test_id("stDataFrame")).to_have_count(0)
    summary.focus()
    page.keyboard.press("Enter")
    expect(fold.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
    settled(page)
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    expect(fold.get_by_test_id("stDataFrame")).not_to_be_visible(timeout=PATIENCE)


def test_an_open_table_is_printed_whole(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/indicator?indicator=handover_rate")
    fold = page.get_by_test_id("stExpander").filter(has_text="市区町村別").first
    fold.locator("summary").click()
    expect(fold.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
    settled(page)
    paper = fold.locator(".on-paper")
    expect(paper).to_be_hidden()
    page.emulate_media(media="print")
    expect(fold.get_by_test_id("stDataFrame")).to_be_hidden()
    expect(paper.get_by_role("row")).to_have_count(43)
    expect(paper.get_by_role("cell", name="水琴町", exact=True)).to_be_visible()
    page.emulate_media(media="screen")
