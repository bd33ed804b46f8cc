"""One chromium and one running app for all browser tests; a test that changes something starts its own app."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.app_server import AppServer, running
from tests.browser.watch import Watch
from tests.sample_database import SampleDatabase

HERE = Path(__file__).parent
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Maps need WebGL, which machines without a graphics card do in software.
ARGUMENTS = (
    *("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
    *("--ignore-gpu-blocklist", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--lang=ja"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, so `-m "not browser"` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    named = os.environ.get("RENKEI_CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else PROGRAMS)), None)
    if found is None:
        pytest.fail(
            f"RENKEI_CHROMIUM names no program: {named}"
            if named
            else "The browser tests need chromium and found none. Install it (on Debian: apt install chromium"
            " fonts-noto-cjk) or set RENKEI_CHROMIUM to its path. To run the other tests: make check",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def app(
    sample_database: SampleDatabase, boundaries: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AppServer]:
    """The internal app over a copy of the sample database; nothing is loaded into it."""
    copy = sample_database.copy_to(tmp_path_factory.mktemp("app") / "build")
    with running(copy.path) as server:
        yield server


@pytest.fixture(scope="session")
def shared_context(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile for tests that only look: the app's scripts are fetched and compiled once."""
    context = browser.new_context(
        viewport=WIDE, locale="ja-JP", timezone_id="Asia/Tokyo", accept_downloads=True, reduced_motion="reduce"
    )
    yield context
    context.close()


@pytest.fixture
def page(shared_context: BrowserContext) -> Iterator[Page]:
    opened = shared_context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def watch(page: Page) -> Watch:
    """What the page says on its console and which hosts it speaks to."""
    return Watch(page)
