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
ACCESSIBLE: Literal["ua-1"] = "ua-1"


def write_pdf(pack: Pack, path: Path) -> None:
    """Writes the pack to a new file, or over an old one."""
    data = typeset(pack) | {"palette": PALETTE}
    typst.compile(
        TEMPLATE,
        path,
        sys_inputs={"pack": json.dumps(data, ensure_ascii=False)},
        font_paths=paper.typst_fonts(),
        pdf_standards=ACCESSIBLE,
    )


PALETTE = {
    "ink": theme.INK,
    "muted": theme.MUTED,
    "grid": theme.GRID,
    "main": theme.MAIN,
    "pale": theme.PALE,
    "light": theme.SCALE[1],
}
