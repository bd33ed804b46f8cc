"""A map as shapes that can be edited: one freeform a municipality, named after it, grouped, with a legend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from reports.content import Map
from reports.drawing import choropleth
from reports.slides import measure
from reports.slides.deck import Box, add_text, describe, without_style
from reports.slides.lettering import Look, plain, rgb
from ui import labels, shades, theme

GRID = 0.4  # points; corners snap to it, so that neighbours keep meeting and the file stays small
LEGEND_HEIGHT = 38.0
EMU = 12700
_HATCHED = ("not_sent", "hidden")
Ring = list[tuple[float, float]]


def draw(slide: Any, box: Box, shown: Map) -> Any:
    """The municipalities in the middle of the box, the legend below."""
    outlines, frame = choropleth.load(shown.region)
    keys = choropleth.keys_of(shown, outlines)
    place = _Placed(frame, Box(box.left, box.top, box.width, box.height - LEGEND_HEIGHT))
    bounds = shades.class_bounds([value for value, _ in shown.values.values()])
    shapes, marks = [], []
    # The chosen one last: its outline lies over the borders of its neighbours.
    for code, name, rings in sorted(outlines, key=lambda one: one.code == shown.chosen):
        value, state = shown.values.get(code, choropleth.NOTHING)
        if not rings:
            continue
        shape = _freeform(slide, [place.on_slide(ring) for ring in rings])
        describe(shape, name, f"{name} {labels.with_unit(value, shown.kind, state)}")
        _paint(shape, shades.colour_of(value, state, bounds), state, is_chosen=code == shown.chosen)
        shapes.append(shape)
        if state == "partial" and not math.isnan(value):
            marks.append(_mark(slide, choropleth.middle(rings, place), f"{name}：一部の報告による値"))
    # Grouped at once: the library measures a group anew for each shape that joins it.
    group = slide.shapes.add_group_shape([*shapes, *marks])
    describe(group, plain(shown.title), f"地図：{plain(shown.title)}")
    outside = [one.name for one in outlines if not one.rings]
    _legend(slide, Box(box.left, box.bottom - LEGEND_HEIGHT + 4, box.width, LEGEND_HEIGHT - 4), shown, keys, outside)
    return group


def _mark(slide: Any, middle: tuple[float, float], name: str) -> Any:
    """The ring of a value that comes from a part of the months."""
    shape = slide.shapes.add_shape(MSO_SHAPE.OVAL, *Box(middle[0] - 2.5, middle[1] - 2.5, 5, 5).emu)
    describe(shape, name)
    _paint(shape, "#FFFFFF", "value")
    shape.line.color.rgb, shape.line.width = rgb(theme.INK), Pt(1)
    return shape


class _Placed:
    """Degrees to points: equal distances at the middle latitude, as large as the box lets, in its middle."""

    def __init__(self, bounds: Sequence[float], box: Box) -> None:
        self.west, south, east, self.north = bounds
        self.shrink = math.cos(math.radians((south + self.north) / 2))
        wide, tall = (east - self.west) * self.shrink, self.north - south
        self.scale = min(box.width / wide, box.height / tall)
        self.left = box.left + (box.width - wide * self.scale) / 2
        self.top = box.top + (box.height - tall * self.scale) / 2

    def __call__(self, point: tuple[float, float]) -> tuple[float, float]:
        x = self.left + (point[0] - self.west) * self.shrink * self.scale
        return x, self.top + (self.north - point[1]) * self.scale

    def on_slide(self, ring: Sequence[tuple[float, float]]) -> Ring:
        """The ring in points, corners on the grid, each once."""
        found: Ring = []
        for point in ring:
            x, y = self(point)
            corner = (round(x / GRID) * GRID, round(y / GRID) * GRID)
            if not found or found[-1] != corner:
                found.append(corner)
        return found[:-1] if len(found) > 1 and found[0] == found[-1] else found


def _freeform(slide: Any, rings: Sequence[Ring]) -> Any:
    """A shape of these outlines. Islets too small to be drawn are left out, but never a whole municipality."""
    drawn = [ring for ring in rings if len(ring) >= 3]
    if not drawn:
        x, y = rings[0][0]
        drawn = [[(x, y), (x + 1.5, y), (x + 1.5, y + 1.5), (x, y + 1.5)]]
    corners = [corner for ring in drawn for corner in ring]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    wide, tall = max(x for x, _ in corners) - left, max(y for _, y in corners) - top
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(left), Pt(top), Pt(wide), Pt(tall))
    # The library's own builder takes a time that grows with the square of the corners.
    old = shape._element.spPr.find(qn("a:prstGeom"))
    old.getparent().replace(old, parse_xml(_geometry(drawn, left, top, wide, tall)))
    return shape


def _geometry(rings: Sequence[Ring], left: float, top: float, wide: float, tall: float) -> str:
    drawn = []
    for ring in rings:
        points = [f'<a:pt x="{round((x - left) * EMU)}" y="{round((y - top) * EMU)}"/>' for x, y in ring]
        lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in points[1:])
        drawn.append(f"<a:moveTo>{points[0]}</a:moveTo>{lines}<a:close/>")
    return (
        f'<a:custGeom {nsdecls("a")}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{round(wide * EMU)}" h="{round(tall * EMU)}">{"".join(drawn)}</a:path></a:pathLst>'
        "</a:custGeom>"
    )


def _paint(shape: Any, colour: str, state: str, *, is_chosen: bool = False) -> None:
    """The colour of the page; what was not sent is hatched as well, so that no state is told by colour alone."""
    without_style(shape)
    if state in _HATCHED:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = rgb(theme.MUTED), rgb(colour)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(colour)
    shape.line.color.rgb = rgb(theme.INK if is_chosen else theme.MUTED)
    shape.line.width = Pt(2.5 if is_chosen else 0.5)


def _legend(slide: Any, box: Box, shown: Map, keys: Sequence[shades.Key], outside: Sequence[str]) -> None:
    """What the colours and marks mean, in one or two lines of keys below the map; who lies outside its frame."""
    size, edge = 9.0, 10.0
    unit = plain(shown.unit) + (f"　図の範囲の外：{'、'.join(outside)}" if outside else "")
    add_text(slide, Box(box.left, box.top, box.width, 12), [(unit, Look(size, theme.MUTED))], name="凡例の単位")
    x, y = box.left, box.top + 13
    for key in keys:
        wide = edge + 4 + measure.width(key.text, size) + 10
        if x + wide > box.left + box.width and x > box.left:
            x, y = box.left, y + 12
        if key.state == "partial":
            _mark(slide, (x + edge / 2, y + 6), f"凡例：{key.text}")
        else:
            mark = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(x, y + 1, edge, edge).emu)
            describe(mark, f"凡例：{key.text}")
            _paint(mark, key.colour, key.state)
        add_text(slide, Box(x + edge + 4, y, wide - edge - 4, 12), [(key.text, Look(size))], name="凡例")
        x += wide
