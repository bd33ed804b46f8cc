"""Maps by pydeck over boundaries that the browser caches: only colours and values go over the wire.

The GeoJSON lies in static/boundaries and knows no values; each outline carries its place `i` in the file. Colours are
an array that deck.gl indexes by `i`. Tooltips are all in one text, of which a style sheet shows the `i`-th: the
browser fills in {i} and {name} from the outline under the pointer.
"""

from __future__ import annotations

import html
import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pydeck as pdk

from ui import labels, shades, theme

BOUNDARIES = Path(__file__).resolve().parents[1] / "static" / "boundaries"
# A narrow phone must still show the whole prefecture; a wide screen shows some surroundings instead.
FRAME_WIDTH, FRAME_HEIGHT = 345, 430
TILE = 512


@cache
def outlines(region: str) -> Mapping[str, Any]:
    """bbox, codes, names and neighbours of a boundary file ('28', '99', 'japan'), in file order."""
    index = json.loads((BOUNDARIES / "index.json").read_text(encoding="utf-8"))
    found: Mapping[str, Any] = index[region]
    return found


def neighbours(region: str) -> Mapping[str, Sequence[str]]:
    """Code → codes of the municipalities that share a border with it on land."""
    found: Mapping[str, Sequence[str]] = outlines(region)["neighbours"]
    return found


def area_map(region: str, values: Mapping[str, tuple[float, str]], texts: Mapping[str, str]) -> pdk.Deck:
    """A choropleth. values: code → (value, state); texts: code → what the tooltip says. Missing codes: not sent."""
    shown = outlines(region)
    bounds = shades.class_bounds([value for value, _ in values.values()])
    nothing = (math.nan, "not_sent")
    colours = [theme.rgb(shades.colour_of(*values.get(code, nothing), bounds)) for code in shown["codes"]]
    layer = pdk.Layer(
        "GeoJsonLayer",
        id="areas",
        data=f"app/static/boundaries/{region}.geojson",
        # The brackets around the array are needed: the expression parser takes no index right behind a literal.
        get_fill_color=f"({json.dumps(colours, separators=(',', ':'))})[properties.i]",
        get_line_color=theme.rgb(theme.MUTED),
        line_width_min_pixels=1,
        pickable=True,
        auto_highlight=True,
        highlight_color=[255, 196, 0, 120],
    )
    said = "".join(
        f"<div class='v v{place}'>{html.escape(texts.get(code, labels.NOT_SENT))}</div>"
        for place, code in enumerate(shown["codes"])
    )
    tooltip = {
        "html": "<style>.v{display:none}.v{i}{display:block}</style><b>{name}</b>" + said,
        "style": {"fontFamily": theme.FONT, "fontSize": "14px", "color": "#FFFFFF", "backgroundColor": theme.INK},
    }
    # map_style must be left out, not None: None is replaced by a style of an outside host.
    return pdk.Deck(
        layers=[layer],
        initial_view_state=view_of(shown["bbox"]),
        views=[pdk.View(type="MapView", controller={"scrollZoom": False, "dragRotate": False})],
        map_provider=None,
        tooltip=tooltip,
    )


def view_of(bbox: Sequence[float]) -> pdk.ViewState:
    """The view that shows a bounding box (west, south, east, north) whole, in Web Mercator."""
    west, south, east, north = bbox
    upper, lower = _mercator(north), _mercator(south)
    zoom_x = math.log2(FRAME_WIDTH / TILE * 360 / (east - west))
    zoom_y = math.log2(FRAME_HEIGHT / TILE * 2 * math.pi / (upper - lower))
    middle = math.degrees(2 * math.atan(math.exp((upper + lower) / 2)) - math.pi / 2)
    zoom = min(zoom_x, zoom_y) - 0.05
    return pdk.ViewState(longitude=(west + east) / 2, latitude=middle, zoom=zoom, min_zoom=zoom - 1, max_zoom=13)


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
