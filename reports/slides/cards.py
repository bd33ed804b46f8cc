"""Key numbers as cards: title, figure, interval, counts and change. One shape a card, so that it moves whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from reports.content import KeyNumber
from reports.slides import measure
from reports.slides.deck import Box, describe, without_style
from reports.slides.lettering import Look, plain, rgb, write
from ui import theme

MOST_A_ROW, GAP, PADDING = 4, 12.0, 12.0
TALL, LEAST_TALL = 124.0, 108.0
# Title, figure, the rest: the first of these that fits a card.
_SIZES = ((13.0, 30.0, 11.0), (12.0, 28.0, 11.0), (12.0, 26.0, 10.5), (12.0, 24.0, 10.0), (11.0, 22.0, 10.0),
          (11.0, 20.0, 9.5), (10.0, 18.0, 9.0), (10.0, 16.0, 8.0), (9.0, 13.0, 7.0))  # fmt: skip
_WITHOUT_VALUE = ("not_sent", "hidden", "not_applicable")


def rows_of(items: Sequence[KeyNumber]) -> list[Sequence[KeyNumber]]:
    """The cards row by row; as even as they go (6 are 3 and 3, not 4 and 2)."""
    rows = -(-len(items) // MOST_A_ROW)
    if not rows:
        return []
    each = -(-len(items) // rows)
    return [items[start : start + each] for start in range(0, len(items), each)]


def draw(slide: Any, box: Box, rows: Sequence[Sequence[KeyNumber]], each: int) -> None:
    """Rows of cards from the top of the box; all as wide as `each` in a row make them."""
    wide = (box.width - GAP * (each - 1)) / each
    tall = min(TALL + 26, (box.height - GAP * (len(rows) - 1)) / len(rows))
    for line, row in enumerate(rows):
        for place, item in enumerate(row):
            _card(slide, Box(box.left + place * (wide + GAP), box.top + line * (tall + GAP), wide, tall), item)


def height(rows: int, tall: float = TALL) -> float:
    return rows * tall + (rows - 1) * GAP


def _card(slide: Any, box: Box, item: KeyNumber) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    describe(shape, f"指標：{plain(item.title)}", f"{plain(item.title)} {plain(item.value)} {plain(item.interval)}")
    without_style(shape)
    shape.fill.solid()
    without = item.state in _WITHOUT_VALUE
    shape.fill.fore_color.rgb = rgb(theme.NO_DATA if without else "#F8F8FB")
    shape.line.color.rgb, shape.line.width = rgb(theme.GRID), Pt(0.75)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = Pt(PADDING)
    frame.margin_top = frame.margin_bottom = Pt(8)
    room = box.width - 2 * PADDING
    small = [text for text in (item.interval, item.counts, item.change) if text]
    title, value, size = next((one for one in _SIZES if _height(item, small, one, room) <= box.height - 16), _SIZES[-1])
    write(
        frame,
        [
            (item.title, Look(title, is_bold=True)),
            (item.value, Look(value, theme.MUTED if without else theme.MAIN, is_bold=True, space=2)),
            *((text, Look(size, theme.INK)) for text in small),
        ],
    )


def _height(item: KeyNumber, small: Sequence[str], sizes: tuple[float, float, float], room: float) -> float:
    """Of all the text on a card; without end where the figure itself needs two lines."""
    title, value, size = sizes
    if measure.width(plain(item.value), value, True) > room:
        return math.inf
    own = measure.height(plain(item.title), title, room, True) + value * measure.LINE + 2
    return own + sum(measure.height(plain(text), size, room) for text in small)
