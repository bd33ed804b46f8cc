"""「このリンクをコピー」: the copied link restores the view, also where the browser gives no clipboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer
from tests.browser.conftest import WIDE
from tests.browser.watch import PATIENCE, opened, settled
from tests.sample_database import SENDERS

AREA = SENDERS["青苑市"]
CATCH = "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }"
NO_CLIPBOARD = """Object.defineProperty(navigator, 'clipboard', { value: undefined });
document.execCommand = () => false"""
SHOWN = """() => [...document.querySelectorAll(
  'h1, [data-testid=stSelectbox], [data-testid=stMultiSelect], [data-testid=stTextInput]')]
  .map(one => (one.querySelector('input')?.value || '') + '|' + one.innerText)"""


@pytest.mark.parametrize(
    "path",
    [
        "indicator",
        f"gap?area={AREA}&benchmark=peers&group=region&peers={AREA}-992011-992054",
        "cases?q=予約",
        f"packs?for=municipality&areas=m-{AREA}-992011&as=file-pdf&sections=municipality-key&shown=key",
    ],
)
def test_a_copied_link_shows_the_same_view_with_its_year(app: AppServer, page: Page, path: str) -> None:
    page.set_viewport_size(WIDE)
    opened(page, f"{app.url}/{path}")
    page.evaluate(CATCH)
    page.get_by_role("button", name="このリンクをコピー").click()
    expect(page.get_by_text("コピーしました")).to_be_visible(timeout=PATIENCE)
    copied, before = page.evaluate("window.copied"), page.evaluate(SHOWN)
    # The latest year of today will not be the latest one for ever.
    assert re.search(r"[?&]fy=202[34]", copied)
    opened(page, copied)
    settled(page)
    assert page.evaluate(SHOWN) == before


def test_without_a_clipboard_the_link_stands_there_to_be_copied(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/indicator?fy=2023&area={AREA}")
    page.evaluate(NO_CLIPBOARD)
    button = page.get_by_role("button", name="このリンクをコピー")
    button.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("この画面のリンク")
    expect(field).to_be_visible(timeout=PATIENCE)
    expect(field).to_have_value(f"{app.url}/indicator?fy=2023&area={AREA}")
    expect(page.get_by_text("下のリンクを選んで")).to_be_visible()
