"""What a browser page asks for and complains about while a test looks at it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, expect

# Streamlit looks for its own address by probing below the page's path: those 404 are how it works.
PROBE = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")
# Milliseconds: a machine without a graphics card draws maps in software.
PATIENCE = 30_000


class Watch:
    """Lists of foreign requests and of errors, filled while the page lives."""

    def __init__(self, page: Page) -> None:
        self.errors: list[str] = []
        self.asked: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))

    def foreign(self, url: str) -> list[str]:
        """Requests that went to another host than that of the app (data: and blob: go nowhere)."""
        own = urlsplit(url).netloc
        parts = {asked: urlsplit(asked) for asked in self.asked}
        return [asked for asked, part in parts.items() if part.scheme not in ("data", "blob") and part.netloc != own]

    def _console(self, message: ConsoleMessage) -> None:
        where = urlsplit(message.location.get("url", "")).path
        if message.type == "error" and not PROBE.search(where):
            self.errors.append(f"{message.text} ({where})")


def fits(page: Page) -> None:
    """Waits until nothing stands beyond the right edge. Charts follow a changed window one after another."""
    page.wait_for_function(
        """() => { const main = document.querySelector('[data-testid=stMain]');
        return document.documentElement.scrollWidth <= window.innerWidth && main.scrollWidth <= main.clientWidth }""",
        timeout=PATIENCE,
    )


def settled(page: Page) -> None:
    """Waits until the script has run and everything it sent stands on the page."""
    done = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(done).to_be_attached(timeout=PATIENCE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)
    expect(done).to_be_attached(timeout=PATIENCE)


def opened(page: Page, url: str) -> None:
    """Opens an address of the app and waits until its page has a title and is complete."""
    page.goto(url, wait_until="domcontentloaded")
    expect(page.locator("h1").first).to_be_visible(timeout=PATIENCE)
    settled(page)
