"""Text as DrawingML: every run names its size, colour and the font for Latin and Japanese letters alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from ui import theme
from ui.labels.inert import inert_text

FONT = "BIZ UDPゴシック"
FONTS = f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/><a:cs typeface="{FONT}"/>'
_BOLD = re.compile(r"\*\*(.+?)\*\*")
# What XML cannot hold, but for tab and line ends.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Look:
    """size in points. align: l, ctr, r. space: points above the paragraph."""

    size: float
    colour: str = theme.INK
    is_bold: bool = False
    is_italic: bool = False
    align: str = "l"
    space: float = 0.0


def rgb(colour: str) -> Any:
    """'#0017C1' as the library's own colour."""
    return RGBColor.from_string(colour[1:])  # type: ignore[no-untyped-call]


def clean(text: str) -> str:
    """Text that a file can hold and no program runs."""
    return str(inert_text(_NOT_IN_XML.sub("", text)))


def plain(text: str) -> str:
    """Without the marks of bold."""
    return _BOLD.sub(r"\1", clean(text))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A text with `**…**` as (text, is bold) one after the other."""
    for place, piece in enumerate(_BOLD.split(clean(text))):
        if piece:
            yield piece, place % 2 == 1


def run_properties(look: Look, tag: str = "a:rPr") -> str:
    size, colour = round(look.size * 100), look.colour.removeprefix("#")
    marks = (' b="1"' if look.is_bold else ' b="0"') + (' i="1"' if look.is_italic else "")
    return (
        f'<{tag} lang="ja-JP" altLang="en-US" sz="{size}"{marks} dirty="0">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{FONTS}</{tag}>'
    )


def paragraph_xml(text: str, look: Look, *, declare: bool = False, bullet: bool = False) -> str:
    """One paragraph; line ends within it break lines. declare: with the namespace, to be parsed alone."""
    runs = []
    for piece, is_bold in pieces(text):
        properties = run_properties(replace(look, is_bold=look.is_bold or is_bold))
        lines = [f"<a:r>{properties}<a:t>{escape(line)}</a:t></a:r>" if line else "" for line in piece.split("\n")]
        runs.append("<a:br/>".join(lines))
    above = f'<a:spcBef><a:spcPts val="{round(look.space * 100)}"/></a:spcBef>'
    indent = round(look.size * 12700)
    mark = (
        f'<a:buClr><a:srgbClr val="{theme.MAIN[1:]}"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>'
        if bullet
        else "<a:buNone/>"
    )
    margins = f'marL="{indent}" indent="-{indent}"' if bullet else 'marL="0" indent="0"'
    namespace = f" {nsdecls('a')}" if declare else ""
    return (
        f'<a:p{namespace}><a:pPr {margins} algn="{look.align}">{above}{mark}</a:pPr>'
        f"{''.join(runs)}{run_properties(look, 'a:endParaRPr')}</a:p>"
    )


def write(frame: Any, paragraphs: Sequence[tuple[str, Look]], *, bullet: bool = False) -> None:
    """Sets the paragraphs of a python-pptx text frame. No text is shrunk or spilled by the program that opens it."""
    body = frame._txBody
    for old in list(body.findall(f"{{{body.nsmap['a']}}}p")):
        body.remove(old)
    for text, look in paragraphs:
        body.append(parse_xml(paragraph_xml(text, look, declare=True, bullet=bullet)))
    if not paragraphs:
        body.append(parse_xml(f"<a:p {nsdecls('a')}/>"))


def name_fonts(element: etree._Element) -> None:
    """Adds the Japanese font to character properties that python-pptx made (charts, notes)."""
    for tag in ("latin", "ea", "cs"):
        for old in element.findall(f"{{{element.nsmap['a']}}}{tag}"):
            element.remove(old)
        etree.SubElement(element, f"{{{element.nsmap['a']}}}{tag}").set("typeface", FONT)
