"""A pack as PDF on A4: one page for a municipality, a few for the prefecture; vector charts, fonts embedded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import typst

from reports.content import Pack
from reports.drawing import paper
from reports.typesetting import typeset
from ui import theme

TEMPLATE = Path(__file__).parent / "typst" / "pack.typ"
# PDF/UA-1: tagged, titled, with a text for every picture; typst refuses to write what does not keep it.
SCREEN = 120.0  # dots to an inch of a page that is looked at: letters of 6.5 points can be read
ACCESSIBLE: Literal["ua-1"] = "ua-1"


def write_pdf(pack: Pack, path: Path) -> None:
    """Writes the pack to a new file, or over an old one."""
    typst.compile(TEMPLATE, path, sys_inputs=_inputs(pack), font_paths=paper.typst_fonts(), pdf_standards=ACCESSIBLE)


def page_pictures(pack: Pack) -> list[bytes]:
    """The same pages as PNG, for a screen."""
    found = typst.compile(TEMPLATE, format="png", ppi=SCREEN, sys_inputs=_inputs(pack), font_paths=paper.typst_fonts())
    return found if isinstance(found, list) else [found]  # a pack of one page comes as it is


def _inputs(pack: Pack) -> dict[str, str]:
    return {"pack": json.dumps(typeset(pack) | {"palette": PALETTE}, ensure_ascii=False)}


PALETTE = {
    "ink": theme.INK,
    "muted": theme.MUTED,
    "grid": theme.GRID,
    "main": theme.MAIN,
    "pale": theme.PALE,
    "light": theme.SCALE[1],
}
