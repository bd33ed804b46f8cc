"""Pages on paper: A4, nothing cut off, no menu, and what they show is said on them."""

from __future__ import annotations

import io

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer
from tests.browser.conftest import WIDE
from tests.browser.watch import opened

PAPER = {"width": 718, "height": 1047}  # pixels between the margins of A4
# What is drawn must lie on the paper, and in no frame that shows a part of it only.
CUT = """() => [...document.querySelectorAll('.chart .drawing, .stDeckGlJsonChart canvas, .mx table')]
  .filter(one => one.getBoundingClientRect().width > 0)
  .flatMap(one => { const own = one.getBoundingClientRect(), found = [];
    if (own.right > window.innerWidth + 1) found.push('beyond the paper');
    for (let box = one.parentElement; box && !box.classList.contains('block-container'); box = box.parentElement) {
      const frame = box.getBoundingClientRect();
      if (getComputedStyle(box).overflowY !== 'visible' && frame.height && own.bottom > frame.bottom + 2)
        found.push(`cut by ${box.dataset.testid || box.className}`) }
    return found })"""


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("?indicator=handover_rate", ("概況", "令和6年度", "こだまの村")),
        ("gap?fy=2023", ("地域差", "令和5年度")),
        ("referral", ("相互紹介", "令和6年度")),
        ("packs?shown=key", ("会議資料", "県の会議（県全体）", "主要な指標")),
        ("cases", ("事例", "その場で予約まで取る利用勧奨")),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_page_is_printed_whole(app: AppServer, page: Page, path: str, words: tuple[str, ...]) -> None:
    page.set_viewport_size(WIDE)
    opened(page, f"{app.url}/{path}")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in printed.pages} == {(595, 842)}
    text = "".join(one.extract_text() for one in printed.pages)
    for word in ("架空データ", *words):
        assert word in text
    assert "このリンクをコピー" not in text
    assert "様式と用語" not in text  # the menu
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    try:
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        assert page.evaluate(CUT) == []
    finally:
        page.emulate_media(media="screen")


def test_a_grid_is_printed_as_a_table_with_all_its_rows(app: AppServer, page: Page) -> None:
    page.set_viewport_size(WIDE)
    opened(page, f"{app.url}/dictionary")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = "".join(one.extract_text() for one in printed.pages)
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stDataFrame").first).to_be_hidden()
    page.emulate_media(media="screen")
    for word in ("紹介番号", "つなぎ日", "性別"):  # the first, one in the middle, one that the grid scrolls to
        assert word in text
