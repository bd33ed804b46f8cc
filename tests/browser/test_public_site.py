"""The static site in a real browser: accessible by axe-core's rules, from this machine alone, whole on paper."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.published_release import write_whole_site

AXE = Path(__file__).parent / "axe" / "axe.min.js"
SIZES = ((1366, 768), (390, 844))
A4 = (595, 842)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, boundaries: None) -> Path:
    return write_whole_site(tmp_path_factory.mktemp("release"))


def test_every_page_is_accessible_fits_both_screens_and_asks_nobody(site: Path, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for file in sorted(site.rglob("*.html")):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(file.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, file.name
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "axe.run().then(result => result.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"
        )
        assert found == [], file.name
    assert asked and [url for url in asked if not url.startswith("file:")] == []


def test_a_page_prints_on_a4_with_its_table(site: Path, page: Page) -> None:
    page.goto((site / "indicators" / "handover_rate.html").as_uri())
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert all(round(float(sheet.mediabox.width)) == A4[0] for sheet in printed.pages)
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    assert "夕凪原市" in text and "架空データ" in text and "データ時点" in text
