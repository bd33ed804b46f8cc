"""Charts and maps as files: what a page draws, with a title above and its conditions below, as SVG or PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence

import typst

from reports.content import Figure, Map
from reports.drawing import chart, choropleth, paper, tidy

WIDTH = 960
MAP_WIDTH = 520
PIXELS = 2  # of a PNG for one of the screen
INCH = 96  # pixels of an SVG
SHEET = b"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg))"


def svg(
    figure: Figure,
    *,
    title: str = "",
    about: Sequence[str] = (),
    width: int = WIDTH,
    height: int | None = None,
    as_text: bool = False,
    alt: str = "",
) -> bytes:
    """The figure as SVG. about: lines below, with 「架空データ」 where it applies. height: of all; None: the page's.

    Letters are outlines, right on every machine; as_text keeps them letters for who brings the font (reports/fonts).
    alt: what a screen reader says of a picture without a title.
    """
    out = io.StringIO()
    with paper.drawing(text_as_paths=not as_text):
        sheet = chart.draw(figure, title=title, about=about, width=width, height=height)
        sheet.savefig(out, format="svg", metadata={"Date": None})
    return tidy.tidied(out.getvalue(), title or alt, about).encode()


def png(
    figure: Figure,
    *,
    title: str = "",
    about: Sequence[str] = (),
    width: int = WIDTH,
    height: int | None = None,
    pixels: float = PIXELS,
) -> bytes:
    """The same as PNG, `pixels` dots to a pixel of the page."""
    out, said = io.BytesIO(), {"Title": title, "Description": "\n".join(about)}
    with paper.drawing():
        sheet = chart.draw(figure, title=title, about=about, width=width, height=height)
        sheet.savefig(out, format="png", dpi=paper.DPI * pixels, metadata=said)
    return out.getvalue()


def map_svg(
    shown: Map,
    *,
    title: str = "",
    about: Sequence[str] = (),
    width: int = MAP_WIDTH,
    height: int | None = None,
    has_legend: bool = True,
) -> bytes:
    """A map with its legend as SVG; every area says its name and value. height: the most the map itself may take."""
    return choropleth.draw(shown, title=title, about=about, width=width, height=height, has_legend=has_legend).encode()


def map_png(
    shown: Map,
    *,
    title: str = "",
    about: Sequence[str] = (),
    width: int = MAP_WIDTH,
    height: int | None = None,
    has_legend: bool = True,
    pixels: float = PIXELS,
) -> bytes:
    """The same as PNG, `pixels` dots to a pixel of the SVG."""
    drawn = map_svg(shown, title=title, about=about, width=width, height=height, has_legend=has_legend)
    found: bytes = typst.compile(
        SHEET, format="png", ppi=INCH * pixels, sys_inputs={"svg": drawn.decode()}, font_paths=paper.typst_fonts()
    )
    return found
