"""Maps: colours and words without outlines, no tile server, a frame that shows the whole prefecture."""

from __future__ import annotations

import json
import math
import re

import pytest

from ui import maps, theme

NAN = math.nan
pytestmark = pytest.mark.usefixtures("boundaries")


def test_a_map_sends_colours_and_words_but_no_outline() -> None:
    codes = maps.outlines("99")["codes"]
    values = {codes[0]: (0.5, "value"), codes[1]: (NAN, "not_sent")}
    deck = json.loads(maps.area_map("99", values, {codes[0]: "50.0％"}).to_json())
    (layer,) = deck["layers"]
    assert layer["data"] == "app/static/boundaries/99.geojson"
    colours = json.loads(re.search(r"\[\[.*?\]\]", layer["getFillColor"]).group())
    assert len(colours) == len(codes) == 41
    assert colours[1:] == [theme.rgb(theme.NO_DATA)] * 40
    assert colours[0] in [theme.rgb(colour) for colour in theme.SCALE]
    assert len(json.dumps(deck)) < 20_000
    assert "coordinates" not in json.dumps(deck)


def test_neighbours_are_known_for_every_place() -> None:
    found = maps.neighbours("99")
    assert list(found) == list(maps.outlines("99")["codes"])
    assert all(code in found[other] for code, others in found.items() for other in others)
    assert sum(map(len, found.values())) > len(found)


def test_a_map_asks_no_tile_server() -> None:
    deck = json.loads(maps.area_map("japan", {}, {}).to_json())
    assert not deck.get("mapProvider")
    assert "http" not in json.dumps(deck)


def test_the_tooltip_says_not_sent_of_a_place_without_words_and_escapes_the_rest() -> None:
    codes = maps.outlines("99")["codes"]
    # Streamlit hands the tooltip over beside the deck's JSON.
    tooltip = maps.area_map("99", {}, {codes[0]: "<script>1</script>"})._tooltip["html"]
    assert "<script>" not in tooltip
    assert "&lt;script&gt;" in tooltip
    assert tooltip.count("未提出") == 40


@pytest.mark.parametrize("region", ["01", "13", "28", "47", "99", "japan"])
def test_the_opening_view_shows_the_whole_region_on_a_phone(region: str) -> None:
    west, south, east, north = maps.outlines(region)["bbox"]
    view = maps.view_of((west, south, east, north))
    world = 512 * 2**view.zoom

    def mercator(latitude: float) -> float:
        return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))

    width = world * (east - west) / 360
    height = world * (mercator(north) - mercator(south)) / 360
    assert width <= 345
    assert height <= 430
    assert width > 300 or height > 380  # and no smaller than it must be
    assert west < view.longitude < east
    assert mercator(view.latitude) == pytest.approx((mercator(north) + mercator(south)) / 2)


def test_every_prefecture_has_its_outlines_in_the_order_of_codes() -> None:
    for region in ("japan", "99", *(f"{number:02d}" for number in range(1, 48))):
        shown = maps.outlines(region)
        assert list(shown["codes"]) == sorted(shown["codes"])
        assert len(shown["codes"]) == len(shown["names"])
    assert len(maps.outlines("japan")["codes"]) == 47
