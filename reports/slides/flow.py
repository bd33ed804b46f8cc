"""Which block of a section stands on which slide, and where: nothing is drawn here, everything is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from reports.content import Block, Chart, KeyNumbers, Map, Section, Sentences, Table
from reports.slides import cards, chart_data, grid, map_shapes, measure, native_charts, tables
from reports.slides.deck import BODY, Box, add_text
from reports.slides.lettering import Look, plain
from ui import theme

GAP = 12.0
HEADING, NOTE = 13.0, 9.5
LEAST_CHART, LEAST_TABLE, LEAST_MAP, LEAST_PANELS = 220.0, 110.0, 285.0, 280.0
ALONE_SIZES, BESIDE_SIZES = (20.0, 18.0, 16.0, 14.0), (16.0, 15.0, 14.0, 13.0, 12.0)
MAP_SHARE = 0.42
Draw = Callable[[Any], Any]


@dataclass
class Page:
    """What is drawn on one slide, and what its notes say. top: where the next block may begin."""

    draws: list[Draw] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    top: float = BODY.top

    @property
    def room(self) -> float:
        return BODY.bottom - self.top


def pages_of(section: Section) -> list[Page]:
    """The section on one slide or more."""
    flow = _Flow()
    blocks: list[Block] = list(section.blocks)
    if not blocks:
        flow.sentences(Sentences([section.empty]), is_alone=True)
    while blocks:
        block, after = blocks.pop(0), blocks[0] if blocks else None
        if isinstance(block, Map):
            beside = blocks.pop(0) if isinstance(after, Chart) else None
            flow.map(block, beside if isinstance(beside, Chart) else None)
        elif isinstance(block, Chart):
            if isinstance(after, (Chart, Table)) and flow.pair(block, after):
                blocks.pop(0)
            else:
                flow.chart(block)
        elif isinstance(block, Table):
            title = "" if block.title == section.title else block.title
            for one in grid.folded(block, BODY.width, BODY.height - _around(block, title)):
                flow.table(one, title)
        elif isinstance(block, KeyNumbers):
            flow.cards(block, after)
        else:
            flow.sentences(block, after, is_alone=len(section.blocks) == 1)
    return flow.pages


class _Flow:
    """Fills pages from the top."""

    def __init__(self) -> None:
        self.pages = [Page()]

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def _make_room(self, needed: float) -> None:
        if self.page.room < needed and self.page.draws:
            self.pages.append(Page())

    def _put(self, draw: Draw, tall: float, *notes: str) -> None:
        self.page.draws.append(draw)
        self.page.notes += [note for note in notes if note and note not in self.page.notes]
        self.page.top += tall + GAP

    def sentences(self, block: Sentences, after: Block | None = None, *, is_alone: bool = False) -> None:
        """Bullets, as large as their share of the slide lets them; less beside a map or chart that follows."""
        is_alone = is_alone or (not self.page.draws and isinstance(after, Table) and _is_long(after))
        sizes = ALONE_SIZES if is_alone else BESIDE_SIZES
        texts = [plain(item) for item in block.items]
        share = 1.0 if is_alone else 0.25 if isinstance(after, (Map, Chart)) else 0.4
        tall = min(BODY.height * share, self.page.room)
        size = measure.fitting_size(texts, sizes, BODY.width - sizes[0], tall, gap=sizes[0] / 2)
        waiting = list(zip(block.items, texts, strict=True))
        while waiting:
            heights = [measure.height(text, size, BODY.width - size) + size / 2 for _, text in waiting]
            self._make_room(min(sum(heights), BODY.height * 0.4))
            count = _fitting(heights, self.page.room)
            taken, waiting = waiting[:count], waiting[count:]
            paragraphs = [(item, Look(size, space=size / 2)) for item, _ in taken]
            box = Box(BODY.left, self.page.top, BODY.width, sum(heights[:count]))
            self._put(partial(_bullets, box=box, paragraphs=paragraphs), box.height)
            if waiting:
                self.pages.append(Page())

    def cards(self, block: KeyNumbers, after: Block | None = None) -> None:
        """Rows of cards; a short remark that follows finds its place below them."""
        rows = cards.rows_of(block.items)
        texts = [plain(item) for item in after.items] if isinstance(after, Sentences) else []
        kept = (
            sum(measure.height(text, BESIDE_SIZES[-1], BODY.width - 12) + 8 for text in texts) + GAP if texts else 0.0
        )
        kept = kept if kept < 60 else 0.0
        while rows:
            self._make_room(cards.TALL)
            count = max(1, int((self.page.room + cards.GAP) // (cards.TALL + cards.GAP)))
            tall = self.page.room - kept
            if cards.height(min(count, len(rows)), cards.LEAST_TALL) > tall:
                tall = self.page.room
            taken, rest = rows[:count], rows[count:]
            box = Box(BODY.left, self.page.top, BODY.width, min(tall, cards.height(len(taken), cards.TALL + 26)))
            self._put(partial(cards.draw, box=box, rows=taken, each=len(rows[0])), box.height)
            self.page.notes += [plain(one.title) for row in taken for one in row]
            rows = rest
            if rows:
                self.pages.append(Page())

    def table(self, block: Table, title: str) -> None:
        around = _around(block, title)
        full, here, is_fresh = BODY.height - around, self.page.room - around, not self.page.draws
        if not is_fresh and here >= LEAST_TABLE:
            found = grid.parts(block, BODY.width, full, here)
            short = len(found) > 1 and len(found[0].rows) < 4
            is_fresh = short or (len(found) > 1 and len(grid.parts(block, BODY.width, full)) < len(found))
        else:
            is_fresh = True
        if is_fresh:
            self._make_room(BODY.height)
            found = grid.parts(block, BODY.width, full)
        for place, part in enumerate(found):
            if place:
                self.pages.append(Page())
            box = Box(BODY.left, self.page.top, BODY.width, part.height + around)
            self._put(partial(_table, box=box, table=block, part=part, title=title, has_note=part is found[-1]),
                      box.height, block.title, block.note)  # fmt: skip

    def chart(self, block: Chart) -> None:
        panels = chart_data.panels(block)
        if len(panels) > 1:
            self._panels(block, panels, 3 if len(block.series) < 3 else 2)
            return
        block = panels[0]
        self._make_room(LEAST_CHART + _note_height(_said_of(block), BODY.width))
        bars = len(block.categories) * max(1, len(block.series))
        tall = self.page.room if block.form != "bar" else min(self.page.room, max(LEAST_CHART, 110 + 24 * bars))
        box = Box(BODY.left, self.page.top, BODY.width, tall)
        self._put(
            partial(_chart, box=box, chart=block, axis=chart_data.scale(block)), tall, block.title, _said_of(block)
        )

    def pair(self, block: Chart, after: Chart | Table) -> bool:
        """A short chart with its table, or two short charts, side by side; False where they do not fit so."""
        half = (BODY.width - GAP * 2) / 2
        panels = chart_data.panels(block)
        if len(panels) > 1:
            return False
        block = panels[0]
        if isinstance(after, Chart):
            others = chart_data.panels(after)
            if len(others) > 1 or max(len(block.categories), len(after.categories)) > 26:
                return False
            after = others[0]
            self._make_room(LEAST_CHART + 40)
            for place, one in enumerate((block, after)):
                box = Box(BODY.left + place * (half + GAP * 2), self.page.top, half, self.page.room)
                self.page.draws.append(partial(_chart, box=box, chart=one, axis=chart_data.scale(one)))
                self.page.notes += [one.title, _said_of(one)]
            self.page.top = BODY.bottom
            return True
        if block.form != "bar" and len(block.categories) > 16:
            return False
        around = _heading_height(after.title, half) + _note_height(after.note, half)
        room = self.page.room if self.page.room >= LEAST_CHART + 40 or not self.page.draws else BODY.height
        found = grid.parts(after, half, room - around)
        if len(found) > 1 or found[0].size < 9:
            return False
        self._make_room(room)
        left = Box(BODY.left, self.page.top, half, self.page.room)
        right = Box(BODY.left + half + GAP * 2, self.page.top, half, self.page.room)
        self.page.draws.append(partial(_chart, box=left, chart=block, axis=chart_data.scale(block)))
        self._put(partial(_table, box=right, table=after, part=found[0], title=after.title, has_note=True), 0,
                  block.title, _said_of(block), after.title, after.note)  # fmt: skip
        self.page.top = BODY.bottom
        return True

    def map(self, block: Map, beside: Chart | None) -> None:
        """The map at the left of a slide of its own; the chart of the same values beside it and on further slides."""
        self._make_room(LEAST_MAP)
        left = Box(BODY.left, self.page.top, BODY.width * MAP_SHARE if beside else BODY.width, self.page.room)
        top = self.page.top
        self._put(partial(_map, box=left, shown=block), 0, block.title, block.note)
        if beside is None:
            self.page.top = BODY.bottom
            return
        start = left.left + left.width + GAP * 1.5
        right = Box(start, top, BODY.left + BODY.width - start, BODY.bottom - top)
        self._panels(beside, chart_data.panels(beside), 2, right)

    def _panels(self, chart: Chart, panels: Sequence[Chart], most: int, box: Box | None = None) -> None:
        """Panels side by side from the box on; those that are left stand three on a slide."""
        axis, waiting = chart_data.scale(chart), list(panels)
        if box is None:
            self._make_room(LEAST_PANELS)
            box = Box(BODY.left, self.page.top, BODY.width, self.page.room)
        while waiting:
            taken, waiting = waiting[:most], waiting[most:]
            self._put(partial(_side_by_side, box=box, charts=taken, axis=axis, title=plain(chart.title)), 0,
                      chart.title, _said_of(chart))  # fmt: skip
            self.page.top = BODY.bottom
            if waiting:
                self.pages.append(Page())
                most, box = max(most, 3 if len(chart.series) < 3 else 2), BODY


def _is_long(table: Table) -> bool:
    """Whether a table needs more than one slide, even alone."""
    return len(grid.parts(table, BODY.width, BODY.height - _around(table, table.title))) > 1


def _around(table: Table, title: str) -> float:
    """What a table of the whole width needs above and below its rows."""
    return _heading_height(title, BODY.width) + _note_height(table.note, BODY.width)


def _said_of(chart: Chart) -> str:
    return chart.native_note or chart.note


def _fitting(heights: Sequence[float], room: float) -> int:
    """How many fit, at least one."""
    used, count = 0.0, 0
    for one in heights:
        used += one
        if used > room and count:
            break
        count += 1
    return count


def _heading_height(title: str, room: float) -> float:
    return measure.height(plain(title), HEADING, room, True) + 4 if title else 0.0


def _note_height(note: str, room: float) -> float:
    return measure.height(plain(note), NOTE, room) + 6 if note else 0.0


def _bullets(slide: Any, box: Box, paragraphs: Sequence[tuple[str, Look]]) -> None:
    add_text(slide, box, paragraphs, name="本文", bullet=True)


def _heading(slide: Any, box: Box, title: str) -> Box:
    """The title above a block; gives back what is left of the box."""
    tall = _heading_height(title, box.width)
    if title:
        add_text(slide, Box(box.left, box.top, box.width, tall), [(title, Look(HEADING, is_bold=True))], name="題名")
    return Box(box.left, box.top + tall, box.width, box.height - tall)


def _note(slide: Any, box: Box, note: str, top: float) -> None:
    if note:
        tall = _note_height(note, box.width)
        add_text(slide, Box(box.left, top + 6, box.width, tall - 6), [(note, Look(NOTE, theme.MUTED))], name="注")


def _table(slide: Any, box: Box, table: Table, part: grid.Part, title: str, *, has_note: bool) -> None:
    inner = _heading(slide, box, title)
    tables.draw(slide, inner, table, part)
    _note(slide, box, table.note if has_note else "", inner.top + part.height)


def _chart(slide: Any, box: Box, chart: Chart, axis: tuple[float, float, float]) -> None:
    note = _said_of(chart)
    below = _note_height(note, box.width)
    native_charts.draw(slide, Box(box.left, box.top, box.width, box.height - below), chart, axis)
    _note(slide, box, note, box.bottom - below)


def _side_by_side(slide: Any, box: Box, charts: Sequence[Chart], axis: tuple[float, float, float], title: str) -> None:
    inner, note = _heading(slide, box, title), _said_of(charts[0])
    below = _note_height(note, box.width)
    wide = (box.width - GAP * (len(charts) - 1)) / len(charts)
    for place, one in enumerate(charts):
        left = inner.left + place * (wide + GAP)
        native_charts.draw(slide, Box(left, inner.top, wide, inner.height - below), one, axis, title="")
    _note(slide, box, note, inner.bottom - below)


def _map(slide: Any, box: Box, shown: Map) -> None:
    inner = _heading(slide, box, shown.title)
    below = _note_height(shown.note, box.width)
    map_shapes.draw(slide, Box(inner.left, inner.top, inner.width, inner.height - below), shown)
    _note(slide, box, shown.note, inner.bottom - below)
