"""Maps as SVG, written from the static outlines: the shades of the page, a pattern or a mark for every other state.

Letters stay letters: on a page, in the browser's font; in a PDF, in ours.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from reports.content import Map
from reports.drawing import paper, tidy
from ui import labels, shades, theme

BOUNDARIES = Path(__file__).resolve().parents[2] / "static" / "boundaries"
FINE = 10  # steps to a pixel
NEAR = 4  # points closer to the last one (in steps) are left out
LEGEND = 176  # pixels beside the map
ROW, BOX, SIZE = 20, 13, 12
NARROW = 400  # below, the legend stands under the map
NOTHING = (math.nan, "not_sent")


def _patterns(suffix: str, scale: int) -> str:
    """A hatch and dots, `scale` times as large: outlines are drawn in steps, the legend in pixels."""
    ground, size = f'<rect width="6" height="6" fill="{theme.NO_DATA}"/>', 'width="6" height="6"'
    return (
        f'<pattern id="map-not_sent{suffix}" {size} patternUnits="userSpaceOnUse" patternTransform="rotate(45) '
        f'scale({scale})">{ground}<path d="M0 0v6" stroke="#8C8C8C" stroke-width="1.6"/></pattern>'
        f'<pattern id="map-hidden{suffix}" {size} patternUnits="userSpaceOnUse" patternTransform="scale({scale})">'
        f'{ground}<circle cx="3" cy="3" r="1.1" fill="{theme.MUTED}"/></pattern>'
    )


Point = tuple[float, float]


class Outline(NamedTuple):
    code: str
    name: str
    rings: Sequence[Sequence[Point]]


class Frame(NamedTuple):
    """Where the outlines go: pixels a degree, after longitudes were drawn together as at the middle of the region."""

    west: float
    north: float
    east_scale: float
    scale: float

    def __call__(self, point: Point) -> Point:
        return (point[0] - self.west) * self.east_scale * self.scale, (self.north - point[1]) * self.scale


def draw(shown: Map, *, title: str, about: Sequence[str], width: int, height: int | None, has_legend: bool) -> str:
    """height: the most the map itself may take; None: as much as its width asks for."""
    outlines, (west, south, east, north) = load(shown.region)
    outside = [outline.name for outline in outlines if not outline.rings]
    narrowed = math.cos(math.radians((south + north) / 2))
    is_beside = has_legend and width >= NARROW
    room = width - (LEGEND if is_beside else 0) - 4
    scale = min(room / ((east - west) * narrowed), height / (north - south) if height else math.inf)
    frame = Frame(west, north, narrowed, scale)
    map_width, map_height = (east - west) * narrowed * scale, (north - south) * scale
    keys = keys_of(shown, outlines) if has_legend else []
    above = paper.wrapped(title, 16, width - 8) if title else []
    beyond = [f"図の範囲の外：{'、'.join(outside)}（値は表にあります）"] if outside else []
    below = [line for text in [*beyond, *about] for line in paper.wrapped(text, 11, width - 8)]
    head = len(above) * 23 + (8 if above else 0)
    left = 2.0 if is_beside else max(2.0, (width - map_width) / 2)
    places = _legend_places(keys, width, is_beside, map_width, map_height)
    bottom = max([map_height, *(top + ROW for _, top in places)]) + 4
    total = head + bottom + (len(below) * 16 + 8 if below else 0)
    parts = [
        tidy.head(width, round(total, 1), title or shown.title, about),
        f"<defs>{_patterns('', 1)}{_patterns('-area', FINE)}</defs>",
        f'<g font-family={quoteattr(theme.FONT)} font-size="{SIZE}" fill="{theme.INK}">',
        *(f'<text x="4" y="{20 + 23 * n}" font-size="16" font-weight="bold">{escape(t)}</text>'
          for n, t in enumerate(above)),
        f'<g transform="translate({left:.1f} {head + 2})">{_areas(shown, outlines, frame)}</g>',
        f'<g transform="translate(0 {head + 2})">{_legend(shown, keys, places)}</g>',
        *(f'<text x="4" y="{head + bottom + 14 + 16 * n:.1f}" font-size="11" fill="{theme.MUTED}">{escape(t)}</text>'
          for n, t in enumerate(below)),
        "</g></svg>",
    ]  # fmt: skip
    return "".join(parts)


@lru_cache(maxsize=4)
def load(region: str) -> tuple[Sequence[Outline], Sequence[float]]:
    """The outlines of static/boundaries ('28', '99', 'japan') within the frame of the page's opening view; the frame.

    Islands far off would make all the rest tiny: what lies outside the frame has no ring.
    """
    west, south, east, north = json.loads((BOUNDARIES / "index.json").read_text(encoding="utf-8"))[region]["bbox"]
    found = json.loads((BOUNDARIES / f"{region}.geojson").read_text(encoding="utf-8"))
    outlines = []
    for feature in found["features"]:
        geometry, about = feature["geometry"], feature["properties"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings = [
            [(x, y) for x, y in ring]
            for polygon in polygons for ring in polygon
            if any(west <= x <= east and south <= y <= north for x, y in ring)
        ]  # fmt: skip
        outlines.append(Outline(about["code"], about["name"], rings))
    return outlines, (west, south, east, north)


def _fill(state: str, suffix: str = "") -> str:
    """What stands for no value: white only where nothing can apply."""
    if state == "not_applicable":
        return theme.NOT_APPLICABLE
    return f"url(#map-{'hidden' if state == 'hidden' else 'not_sent'}{suffix})"


def _areas(shown: Map, outlines: Sequence[Outline], frame: Frame) -> str:
    bounds = shades.class_bounds([value for value, _ in shown.values.values()])
    areas, marks, chosen = [], [], ""
    for outline in outlines:
        if not outline.rings:
            continue
        value, state = shown.values.get(outline.code, NOTHING)
        fill = _fill(state, "-area") if math.isnan(value) else shades.colour_of(value, state, bounds)
        said = f"{outline.name}：{labels.with_unit(value, shown.kind, state)}"
        path = _path(outline.rings, frame)
        areas.append(f'<path d="{path}" fill="{fill}"><title>{escape(said)}</title></path>')
        if outline.code == shown.chosen:
            chosen = f'<path d="{path}" fill="none" stroke="{theme.INK}" stroke-width="{3 * FINE}"/>'
        if state == "partial" and not math.isnan(value):
            x, y = middle(outline.rings, frame)
            marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>')
    outer = f'<g transform="scale({1 / FINE:g})" stroke="{theme.MUTED}" stroke-width="{0.7 * FINE:g}">'
    partial = f'<g fill="#FFFFFF" stroke="{theme.INK}" stroke-width="1.2">{"".join(marks)}</g>' if marks else ""
    return f"{outer}{''.join(areas)}{chosen}</g>{partial}"


def _path(rings: Sequence[Sequence[Point]], frame: Frame) -> str:
    """Steps from point to point in whole numbers; of small islands only the largest ring is sure to stay."""
    found = []
    largest = max(rings, key=len)
    for ring in rings:
        steps: list[tuple[int, int]] = []
        for point in ring:
            x, y = frame(point)
            step = (round(x * FINE), round(y * FINE))
            if not steps or abs(step[0] - steps[-1][0]) + abs(step[1] - steps[-1][1]) >= NEAR:
                steps.append(step)
        if len(steps) < 3 and ring is not largest:
            continue
        moves = [f"{x - a} {y - b}" for (a, b), (x, y) in pairwise(steps)]
        found.append(
            f"M{steps[0][0]} {steps[0][1]}l{' '.join(moves)}z" if moves else f"M{steps[0][0]} {steps[0][1]}h9v9h-9z"
        )
    return "".join(found).replace(" -", "-")


def middle(rings: Sequence[Sequence[Point]], frame: Frame | Callable[[Point], Point]) -> Point:
    """The centre of mass of the largest ring."""
    ring = [frame(point) for point in max(rings, key=len)]
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (x / (3 * area), y / (3 * area)) if area else ring[0]


def keys_of(shown: Map, outlines: Sequence[Outline]) -> list[shades.Key]:
    """The shades with their ranges, then only the states that the map has."""
    pairs = [shown.values.get(outline.code, NOTHING) for outline in outlines]
    states = {state for value, state in pairs if math.isnan(value) or state == "partial"}
    return shades.keys([value for value, _ in pairs], shown.kind, states)


def _legend_places(
    keys: Sequence[shades.Key], width: int, is_beside: bool, map_width: float, map_height: float
) -> list[Point]:
    """Upper left corners: of the unit's name, then of each key."""
    if not keys:
        return []
    if is_beside:
        top = max(0.0, map_height - ROW * (len(keys) + 1))
        return [(map_width + 14, top + ROW * number) for number in range(len(keys) + 1)]
    places, left, top = [(4.0, map_height + 6)], 4.0, map_height + 6 + ROW
    for key in keys:
        need = BOX + 20 + paper.text_width(key.text, SIZE)
        if left + need > width and left > 4:
            left, top = 4.0, top + ROW
        places.append((left, top))
        left += need
    return places


def _legend(shown: Map, keys: Sequence[shades.Key], places: Sequence[Point]) -> str:
    if not keys:
        return ""
    (left, top), *corners = places
    parts = [f'<text x="{left:.1f}" y="{top + 14:.1f}">{escape(shown.unit)}</text>']
    for key, (x, y) in zip(keys, corners, strict=True):
        fill = key.colour if key.state == "value" else _fill(key.state)
        box = f'x="{x:.1f}" y="{y + 3:.1f}" width="{BOX + 5}" height="{BOX}"'
        hollow = f'fill="#FFFFFF" stroke="{theme.INK}" stroke-width="1.2"'
        mark = (
            f'<circle cx="{x + 9:.1f}" cy="{y + 9.5:.1f}" r="3.2" {hollow}/>'
            if key.state == "partial"
            else f'<rect {box} fill="{fill}" stroke="{theme.MUTED}" stroke-width=".7"/>'
        )
        parts.append(f'{mark}<text x="{x + BOX + 11:.1f}" y="{y + 14:.1f}">{escape(key.text)}</text>')
    return "".join(parts)
