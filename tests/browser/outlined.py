"""The outline map as a test sees it: the fill and the words of a municipality, and a place on it to click."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.watch import PATIENCE

# Of a grid over the outline, the point inside that lies nearest to the middle, on the screen.
INNER_POINT = """
path => {
  const box = path.getBBox(), steps = [...Array(15).keys()].map(part => (part + 0.5) / 15);
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  const inside = steps.flatMap(across => steps.map(down => new DOMPoint(box.x + box.width * across, box.y + box.height * down)))
    .filter(point => path.isPointInFill(point));
  inside.sort((a, b) => Math.hypot(a.x - middle[0], a.y - middle[1]) - Math.hypot(b.x - middle[0], b.y - middle[1]));
  const found = inside[0].matrixTransform(path.getScreenCTM());
  return [found.x, found.y];
}
"""


def outline(page: Page, code: str) -> Locator:
    """The outline of a municipality, once the map is drawn."""
    path = page.locator(f"svg[data-drawn] path[data-code='{code}']")
    expect(path).to_be_attached(timeout=PATIENCE)
    path.scroll_into_view_if_needed()
    return path


def fills(page: Page) -> set[str]:
    """Every fill that the map shows."""
    paths = page.locator("svg[data-drawn] path.area")
    expect(paths.first).to_be_attached(timeout=PATIENCE)
    found: set[str] = set(paths.evaluate_all("paths => paths.map(path => path.getAttribute('fill'))"))
    return found


def words_of(page: Page, code: str) -> str:
    """What the browser shows of a municipality under the pointer."""
    return outline(page, code).locator("title").inner_html()


def click_on(page: Page, code: str) -> None:
    x, y = outline(page, code).evaluate(INNER_POINT)
    page.mouse.click(x, y)
