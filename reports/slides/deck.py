"""An empty deck of our own look, and slides with a title, the invented-data band, a foot and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from reports.content import Pack
from reports.slides import measure
from reports.slides.lettering import FONT, Look, clean, plain, rgb, run_properties, write
from ui import labels, theme

WIDTH, HEIGHT = 960.0, 540.0  # points: 13.33 x 7.5 inches
MARGIN = 36.0
BAND_FILL, BAND_EDGE = "#FFE3E3", "#FE3939"
PRODUCT = "連携ダッシュボード"
FOOT_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)


@dataclass(frozen=True)
class Box:
    """A place on a slide in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def emu(self) -> tuple[Any, Any, Any, Any]:
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


BODY = Box(MARGIN, 84, WIDTH - 2 * MARGIN, 408)
TITLE = Box(MARGIN, 26, WIDTH - 2 * MARGIN, 44)
FOOT = Box(MARGIN, 500, WIDTH - 2 * MARGIN - 70, 32)
_COLOURS = {
    "dk1": theme.INK, "lt1": "#FFFFFF", "dk2": theme.MAIN, "lt2": "#F8F8FB", "accent1": theme.MAIN,
    "accent2": theme.LIGHT, "accent3": theme.MUTED, "accent4": theme.MID, "accent5": "#C5D7FB", "accent6": theme.PALE,
    "hlink": theme.MAIN, "folHlink": theme.MUTED,
}  # fmt: skip


def empty_deck(pack: Pack) -> Any:
    """A presentation of 16:9 with one layout that knows a title only, and nothing left of the library's template."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    only = next(layout for layout in deck.slide_layouts if layout.name == "Title Only")
    for layout in list(deck.slide_layouts):
        if layout is not only:
            deck.slide_layouts.remove(layout)
    only.name = "見出しと本文"
    for holder in (deck.slide_master, only):
        _keep_title_only(holder)
    _own_theme(deck)
    _forget_template(deck)
    about = deck.core_properties
    about.title, about.author, about.last_modified_by = plain(pack.title), PRODUCT, PRODUCT
    about.subject = plain(f"{pack.where}　{pack.period}")
    about.comments = labels.SAMPLE_NOTICE if pack.is_sample else ""
    about.language, about.revision = "ja-JP", 1
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    return deck


def add_slide(deck: Any, pack: Pack, title: str, notes: Sequence[str] = ()) -> Any:
    """A slide with its title, what every slide must say, and notes for the speaker."""
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    size = measure.fitting_size([plain(title)], (24, 22, 20, 18, 16), TITLE.width - 8, TITLE.height)
    write(slide.shapes.title.text_frame, [(title, Look(size, theme.MAIN, is_bold=True))])
    line = slide.shapes.add_connector(1, Pt(MARGIN), Pt(TITLE.bottom + 4), Pt(WIDTH - MARGIN), Pt(TITLE.bottom + 4))
    line.name = "罫線"
    without_style(line)
    line.line.color.rgb, line.line.width = rgb(theme.MAIN), Pt(1.25)
    _foot(slide, pack)
    if pack.is_sample:
        band(slide, Box(0, 0, WIDTH, 20), labels.SAMPLE_NOTICE, 10)
    if notes:
        write(slide.notes_slide.notes_text_frame, [(note, Look(11)) for note in notes if note])
    return slide


def add_text(
    slide: Any, box: Box, paragraphs: Sequence[tuple[str, Look]], *, name: str, bullet: bool = False, anchor: str = "t"
) -> Any:
    """A text box without margins of its own."""
    shape = slide.shapes.add_textbox(*box.emu)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = {"t": MSO_ANCHOR.TOP, "ctr": MSO_ANCHOR.MIDDLE, "b": MSO_ANCHOR.BOTTOM}[anchor]
    write(frame, paragraphs, bullet=bullet)
    return shape


def band(slide: Any, box: Box, text: str, size: float) -> None:
    """What must not be overlooked, on a tinted band."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    shape.name = "架空データの表示"
    without_style(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(BAND_FILL)
    shape.line.color.rgb, shape.line.width = rgb(BAND_EDGE), Pt(0.75)
    shape.text_frame.word_wrap = True
    shape.text_frame.margin_top = shape.text_frame.margin_bottom = 0
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(shape.text_frame, [(text, Look(size, is_bold=True, align="ctr"))])


def describe(shape: Any, name: str, text: str = "") -> None:
    """Name in the selection pane, and what a screen reader says."""
    shape.name = clean(name)
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(text or name))


def without_style(shape: Any) -> None:
    """Drops what the theme would add to a drawn shape: shadow, gradient, white letters."""
    for style in shape._element.xpath("./p:style"):
        shape._element.remove(style)


def _foot(slide: Any, pack: Pack) -> None:
    """Period, as of, source; the number of the slide at the right."""
    said = "　".join(clean(line) for line in pack.about if line and line != labels.SAMPLE_NOTICE)
    size = measure.fitting_size([said], FOOT_SIZES, FOOT.width, FOOT.height)
    add_text(slide, FOOT, [(said, Look(size, theme.MUTED))], name="期間・時点・出典", anchor="b")
    number = add_text(slide, Box(WIDTH - MARGIN - 60, 512, 60, 20), [], name="ページ番号", anchor="b")
    place = slide.part.package.presentation_part.presentation.slides.index(slide) + 1
    field = (
        f'<a:p {nsdecls("a")}><a:pPr algn="r"/><a:fld id="{{6C7A4D3E-52B0-4A57-9A51-5B0C6E1F8D21}}" type="slidenum">'
        f"{run_properties(Look(10, theme.MUTED))}<a:t>{place}</a:t></a:fld></a:p>"
    )
    body = number.text_frame._txBody
    body.replace(body.p_lst[0], parse_xml(field))


def _keep_title_only(holder: Any) -> None:
    """Leaves the title of a master or layout, moved to its place; the words in it are ours."""
    for shape in list(holder.placeholders):
        if shape.placeholder_format.type != 1:  # the title
            shape._element.getparent().remove(shape._element)
            continue
        shape.left, shape.top, shape.width, shape.height = TITLE.emu
        shape.name = "見出し"
        shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        shape.text_frame.margin_left = shape.text_frame.margin_right = 0
        shape.text_frame.margin_top = shape.text_frame.margin_bottom = 0
        write(shape.text_frame, [("見出し", Look(24, theme.MAIN, is_bold=True))])


def _own_theme(deck: Any) -> None:
    """Colours and fonts of the theme: what people add to the deck looks like the rest."""
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = part.blob.decode("utf-8")
    for name, colour in _COLOURS.items():
        xml = re.sub(
            rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>', xml, flags=re.S
        )
    fonts = f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/><a:cs typeface=""/>'
    for kind in ("major", "minor"):
        xml = re.sub(rf"<a:{kind}Font>.*?</a:{kind}Font>", f"<a:{kind}Font>{fonts}</a:{kind}Font>", xml, flags=re.S)
    part._blob = re.sub(r'name="[^"]*"', f'name="{PRODUCT}"', xml, count=1).encode("utf-8")


def _forget_template(deck: Any) -> None:
    """Drops the printer, thumbnail and program facts of the template's own maker."""
    for relations, kinds in (
        (deck.part.rels, (RELATIONSHIP_TYPE.PRINTER_SETTINGS,)),
        (deck.part.package._rels, (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)),
    ):
        for key in [key for key, relation in relations.items() if relation.reltype in kinds]:
            relations.pop(key)
