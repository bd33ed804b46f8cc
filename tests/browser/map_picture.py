"""A drawn map as a test sees it: its colours, and where on it a municipality lies."""

from __future__ import annotations

import io
import json
import math
from functools import cache
from itertools import pairwise

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.watch import PATIENCE
from tests.sample_database import ROOT
from ui import theme
from ui.maps import view_of

Point = tuple[float, float]
TILE = 512  # pixels of the whole world at zoom 0, in deck.gl
ENOUGH_PIXELS = 30  # of one colour, to be an area and not an edge


def map_of(page: Page) -> Locator:
    shown = page.get_by_test_id("stDeckGlJsonChart")
    expect(shown.locator("canvas").first).to_be_visible(timeout=PATIENCE)
    shown.scroll_into_view_if_needed()
    return shown


def drawn_colours(page: Page, known: tuple[str, ...], least: int) -> set[str]:
    """Which of the known colours fill areas of the map, as soon as at least `least` do (else what there is)."""
    shown, found = map_of(page), set[str]()
    for _ in range(20):
        picture = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
        counted = {colour: count for count, colour in picture.getcolors(picture.width * picture.height)}
        found = {colour for colour in known if counted.get(tuple(theme.rgb(colour)), 0) >= ENOUGH_PIXELS}
        if len(found) >= least:
            break
        page.wait_for_timeout(500)
    return found


def said_over(page: Page, region: str, name: str) -> str:
    """The text of the tooltip when the pointer rests on the area of that name."""
    shown = map_of(page)
    x, y = _place(shown, region, name)
    tooltip = page.locator(".deck-tooltip")
    for step in range(20):  # picking needs a drawn map; a pointer that does not move picks nothing
        page.mouse.move(x - 2 + step % 2, y - 2)
        page.mouse.move(x, y)
        page.wait_for_timeout(250)
        if tooltip.count() and tooltip.first.is_visible() and name in tooltip.first.inner_text():
            break
    return tooltip.first.inner_text() if tooltip.count() else ""


def click_on(page: Page, region: str, name: str) -> None:
    """Clicks on the area of that name, as soon as the map knows what lies under the pointer."""
    said_over(page, region, name)
    x, y = _place(map_of(page), region, name)
    page.mouse.click(x, y)


def _place(shown: Locator, region: str, name: str) -> Point:
    box = shown.locator("canvas").first.bounding_box()
    assert box is not None
    across, down = _offset(region, name)
    return box["x"] + box["width"] / 2 + across, box["y"] + box["height"] / 2 + down


@cache
def _features(region: str) -> list[dict[str, object]]:
    text = (ROOT / "static" / "boundaries" / f"{region}.geojson").read_text(encoding="utf-8")
    return json.loads(text)["features"]


def _offset(region: str, name: str) -> Point:
    """Pixels from the middle of the map to a point well inside the area, in the view the map opens with."""
    index = json.loads((ROOT / "static" / "boundaries" / "index.json").read_text(encoding="utf-8"))
    view = view_of(index[region]["bbox"])
    world = TILE * 2**view.zoom
    feature = next(one for one in _features(region) if one["properties"]["name"] == name)
    x, y = _inner_point(feature["geometry"])
    return world * (x - view.longitude) / 360, -world * (_mercator(y) - _mercator(view.latitude)) / (2 * math.pi)


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _inner_point(geometry: dict[str, object]) -> Point:
    """Of a grid over the largest outline, the point inside that is farthest from its corners."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    ring = max((polygon[0] for polygon in polygons), key=len)
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    steps = [(part + 0.5) / 15 for part in range(15)]
    grid = [(west + (east - west) * across, south + (north - south) * up) for across in steps for up in steps]
    inside = [point for point in grid if _is_inside(point, ring)]
    return max(inside, key=lambda point: min(math.dist(point, corner) for corner in ring))


def _is_inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1
