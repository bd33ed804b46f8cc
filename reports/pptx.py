"""A pack as slides of 16:9: native charts, tables and shapes that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from reports.content import Cell, Pack, Section, Table, on_paper
from reports.slides import measure
from reports.slides.deck import BODY, HEIGHT, MARGIN, WIDTH, Box, add_slide, add_text, band, empty_deck, without_style
from reports.slides.flow import Page, pages_of
from reports.slides.lettering import Look, plain, rgb, write
from ui import labels, theme

CONDITIONS = "この資料の条件"
MOST_DEFINITIONS = 12  # in the notes of one slide


def write_pptx(pack: Pack, path: Path | IO[bytes]) -> None:
    """Writes the whole pack: a title, the slides of every section, the conditions."""
    deck = empty_deck(pack)
    cover = _cover(deck, pack)
    starts: list[tuple[str, Any]] = []
    for section in [*pack.sections, *_conditions(pack)]:
        starts.append((section.title, _slides_of(deck, pack, section)))
    _contents(cover, starts)
    deck.save(str(path) if isinstance(path, Path) else path)


def _slides_of(deck: Any, pack: Pack, section: Section) -> Any:
    """Draws the section; gives back its first slide."""
    pages, first = pages_of(on_paper(section)), None
    for number, page in enumerate(pages, start=1):
        title = section.title + (f"（{number}/{len(pages)}）" if len(pages) > 1 else "")
        slide = add_slide(deck, pack, title, _notes(pack, section, page))
        for draw in page.draws:
            draw(slide)
        first = first or slide
    return first


def _conditions(pack: Pack) -> list[Section]:
    if not pack.conditions:
        return []
    rows = [[Cell(name), Cell(text)] for name, text in pack.conditions]
    return [Section("conditions", CONDITIONS, [Table(CONDITIONS, ["項目", "内容"], rows)])]


def _notes(pack: Pack, section: Section, page: Page) -> list[str]:
    """For the speaker: what the slide shows, how the indicators on it are counted, under which conditions."""
    said = [f"{section.title}（{pack.where}）", *(f"・{plain(note)}" for note in page.notes)]
    named = " ".join([section.title, *page.notes])
    defined = [line for title, line in _definitions(pack) if title in named and section.id != "definitions"]
    said += ["", "【定義】", *defined[:MOST_DEFINITIONS]] if defined else []
    about = [line for line in pack.about if line]
    return [*said, "【期間・時点・出典】", *about, *(f"{name}：{text}" for name, text in pack.conditions)]


def _definitions(pack: Pack) -> list[tuple[str, str]]:
    """Title of each indicator with its line."""
    table = pack.definitions
    if table is None:
        return []
    found = []
    for row in table.rows:
        parts = [f"{head}：{cell.text}" for head, cell in zip(table.heads[1:], row[1:], strict=True) if cell.text]
        found.append((row[0].text, f"{row[0].text}　{'　'.join(parts)}"))
    return found


def _cover(deck: Any, pack: Pack) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    edge = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(0), Pt(0), Pt(14), Pt(HEIGHT))
    edge.name = "帯"
    without_style(edge)
    edge.fill.solid()
    edge.fill.fore_color.rgb = rgb(theme.MAIN)
    edge.line.fill.background()
    if pack.is_sample:
        band(slide, Box(MARGIN + 20, 36, WIDTH - 2 * MARGIN - 20, 30), labels.SAMPLE_NOTICE, 14)
    title = slide.shapes.title
    place = Box(MARGIN + 20, 92, WIDTH - 2 * MARGIN - 20, 100)
    title.left, title.top, title.width, title.height = place.emu
    size = measure.fitting_size([plain(pack.title)], (36, 32, 28, 24, 20), place.width, place.height)
    write(title.text_frame, [(pack.title, Look(size, theme.MAIN, is_bold=True))])
    about = [line for line in pack.about if line and line != labels.SAMPLE_NOTICE]
    facts = [text for text in (pack.where, pack.period) if not any(text in line for line in (pack.title, *about))]
    facts += about
    room = Box(place.left, 206, place.width, 84)
    size = measure.fitting_size([plain(line) for line in facts], (16, 15, 14, 13, 12, 11, 10), room.width, room.height)
    add_text(slide, room, [(line, Look(size)) for line in facts], name="期間・時点・出典")
    return slide


def _contents(cover: Any, starts: Sequence[tuple[str, Any]]) -> None:
    """The sections with the numbers of their slides, each a link to the first of them; in two columns from seven on."""
    slides = list(cover.part.package.presentation_part.presentation.slides)
    columns = 2 if len(starts) > 6 else 1
    each = -(-len(starts) // columns)
    wide = (WIDTH - 2 * MARGIN - 20 - 24 * (columns - 1)) / columns
    size = min(14.0, (BODY.bottom - 316) / max(1, each) / 1.6)
    top, left = 312.0, MARGIN + 20
    add_text(cover, Box(left, top - 18, wide, 18), [("目次", Look(12, theme.MUTED, is_bold=True))], name="目次の見出し")
    for place, (title, slide) in enumerate(starts):
        column, line = divmod(place, each)
        box = Box(left + column * (wide + 24), top + line * size * 1.6, wide, size * 1.4)
        room = box.width - 40
        fit = next(
            (one for one in (size, size * 0.9, size * 0.8) if measure.width(plain(title), one) <= room), size * 0.7
        )
        most = int(room / fit)
        title = title if measure.width(plain(title), fit) <= room else f"{plain(title)[: most - 1]}…"
        shape = add_text(cover, box, [(f"{slides.index(slide) + 1}　{title}", Look(fit))], name=f"目次：{plain(title)}")
        shape.click_action.target_slide = slide
