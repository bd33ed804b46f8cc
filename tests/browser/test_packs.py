"""会議資料 in a real browser: files are made, arrive whole, and many municipalities come as one archive or not at all."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.app_server import AppServer
from tests.browser.conftest import WIDE
from tests.browser.watch import PATIENCE, Watch, opened, settled
from tests.sample_database import SENDERS, SILENT

PATIENT = 4 * PATIENCE


def saved(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name=f"{name}（").filter(has_text="を保存").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_pack_is_made_and_saved(app: AppServer, page: Page, watch: Watch) -> None:
    page.set_viewport_size(WIDE)
    opened(page, f"{app.url}/packs?sections=prefecture-facts-key&fy=2023&as=file-pptx-pdf")
    page.get_by_role("button", name="作成する").click()
    expect(page.get_by_text("作成しました。")).to_be_visible(timeout=PATIENT)
    settled(page)
    name, body = saved(page, "PowerPoint")
    assert name.startswith("会議資料_見本県_2023年度") and name.endswith(".pptx")
    slides = Presentation(io.BytesIO(body)).slides
    text = "\n".join(shape.text_frame.text for one in slides for shape in one.shapes if shape.has_text_frame)
    assert "令和5年度" in text
    preview = page.get_by_role("img", name="見本県")
    expect(preview).to_be_visible(timeout=PATIENT)
    # A page of A4 that the browser has drawn, and letters of it that can be read.
    wide, tall = preview.evaluate("one => [one.naturalWidth, one.naturalHeight]")
    assert wide > 900 and 1.40 < tall / wide < 1.43
    name, body = saved(page, "PDF")
    assert name.endswith(".pdf") and body.startswith(b"%PDF")
    assert watch.errors == []
    assert watch.foreign(app.url) == []


def test_several_municipalities_come_as_one_archive_that_can_be_stopped(app: AppServer, page: Page) -> None:
    places = [SENDERS["青苑市"], SILENT["水琴町"]]
    opened(page, f"{app.url}/packs?for=municipality&areas=m-{'-'.join(places)}&sections=municipality-facts")
    make, stop = page.get_by_role("button", name="作成する"), page.get_by_role("button", name="やめる")
    make.click()
    stop.click(timeout=PATIENCE)
    expect(stop).to_have_count(0, timeout=PATIENT)
    settled(page)
    expect(page.get_by_role("button", name="ZIP（")).to_have_count(0)
    make.click()
    expect(page.get_by_text("2市区町村分を作成しました。")).to_be_visible(timeout=PATIENT)
    settled(page)
    name, body = saved(page, "ZIP")
    assert name == "会議資料_2市区町村_令和6年度.zip"
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert [one.split("_")[1] for one in archive.namelist()] == sorted(places)
