"""A slide as HTML. Charts and maps are vector pictures, sharp at any size of the wall."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Sequence

from reports import picture
from reports.content import Block, Chart, KeyNumbers, Map, Sentences
from ui import theme
from ui.internal.presentation import blocks
from ui.internal.presentation.slides import Slide, is_large

# The screen cut to 16:9; every size below is a share of it.
STYLE = (
    "<style>.deck{position:fixed;inset:0;z-index:999900;background:#FFF;display:grid;place-items:center;"
    "font-size:min(1.75vw,3.111vh);color:" + theme.INK + ";line-height:1.5}"
    ".deck .sheet{width:min(100vw,177.78vh);height:min(100vh,56.25vw);display:grid;overflow:hidden;"
    "grid-template-rows:auto minmax(0,1fr) auto;padding:.9em 1.5em .4em;box-sizing:border-box}"
    ".deck h1{font-size:1.3em!important;margin:0;padding:0 0 .25em!important;color:" + theme.INK + ";"
    "border-bottom:.12em solid " + theme.MAIN + "}"
    ".deck .body{min-height:0;padding:.5em 0;display:flex;gap:1em;flex-direction:column;justify-content:safe center;"
    "overflow:auto}"
    ".deck .beside{flex-direction:row;align-items:center}.deck .beside>*{flex:1 1 0;min-width:0}"
    ".deck .foot{font-size:.55em;color:" + theme.MUTED + ";min-height:2.6em;padding-right:30em;display:flex;"
    "align-items:center;gap:1em}"
    ".deck .foot b{color:" + theme.INK + ";white-space:nowrap}"
    ".deck ul{margin:0;padding-left:1.2em;font-size:1em}"
    ".deck li{font-size:1.12em;margin:.35em 0;word-break:auto-phrase}"
    ".deck .beside li{font-size:.95em}.deck .remark li{font-size:.6em}.deck .remark ul{list-style:none;padding:0}"
    ".deck img{display:block;margin:0 auto;max-width:100%;max-height:100%;height:100%;object-fit:contain}"
    ".deck figure{margin:0;min-height:0;flex:1 1 auto;height:100%}"
    ".deck .kn{grid-template-columns:repeat(auto-fit,minmax(9.2em,1fr));gap:.5em}"
    ".deck .kn div{padding:.6em .6em}.deck .kn p{font-size:.64em}.deck .kn .t{font-size:.78em;line-height:1.3}"
    ".deck .kn .v{font-size:1.75em;line-height:1.3}"
    ".deck .mx{max-height:none;overflow:visible}.deck .mx table{font-size:.72em;width:100%}"
    ".deck .large .mx table{font-size:.95em}.deck .mx th,.deck .mx td{padding:.1em .5em}"
    ".deck .mx tbody th{min-width:6.5em}"
    ".deck p{margin:.1em 0}.deck .body>p{font-size:1.12em}.deck .table>p{font-size:.7em}"
    ".deck .note{font-size:.55em;color:" + theme.MUTED + "}"
    ".deck .first{text-align:center}.deck .first li{list-style:none;font-size:1.2em}.deck .first ul{padding:0}"
    ".deck .first li:first-child{font-size:2.2em;font-weight:700}"
    "</style>"
)
# Pixels that a picture is drawn for. Fewer of them mean larger letters: it is stretched to the slide.
CHART, CHART_BESIDE, MAP = (820, 400), (520, 400), (520, 380)


def slide_html(slide: Slide, number: int, count: int, about: Sequence[str]) -> str:
    """One slide. about: the lines at its foot, 「架空データ」 among them where it applies."""
    is_beside = len(slide.blocks) == 2 and isinstance(slide.blocks[1], Map)
    kind = "beside" if is_beside else "first" if number == 1 else ""
    inside = "".join(_drawn(block, is_remark=place > 0) for place, block in enumerate(slide.blocks))
    foot = "　".join(about)
    return (
        f"{STYLE}<section class=deck aria-roledescription='スライド' aria-label='{number}／{count}枚目'>"
        "<div class=sheet>"
        f"<h1>{html.escape(slide.title)}</h1><div class='body {kind}'>{inside or _empty(slide)}</div>"
        f"<div class=foot><b>{number}／{count}</b><span>{html.escape(foot)}</span></div></div></section>"
    )


def _empty(slide: Slide) -> str:
    return f"<p>{html.escape(slide.empty)}</p>"


def _drawn(block: Block, *, is_remark: bool) -> str:
    if isinstance(block, Sentences):
        inside = blocks.sentences_html(block.items)
        return f"<div class=remark>{inside}</div>" if is_remark else f"<div>{inside}</div>"
    if isinstance(block, KeyNumbers):
        return f"<div>{blocks.numbers_html(block)}</div>"
    if isinstance(block, Map):
        drawn = picture.map_svg(block, title=block.title, width=MAP[0], height=MAP[1])
        return _figure(drawn, block.title, "")
    if isinstance(block, Chart):
        if block.figure is None:
            return f"<div class=table>{blocks.table_html(blocks.series_table(block))}</div>"
        drawn = picture.svg(block.figure, title=block.title, width=CHART[0], height=CHART[1])
        return _figure(drawn, block.title, block.note)
    size = "table large" if is_large(block) else "table"
    return f"<div class='{size}'>{blocks.table_html(block)}{_note(block.note)}</div>"


def _figure(svg: bytes, title: str, note: str) -> str:
    data = base64.b64encode(svg).decode()
    shown = f"<img alt='{html.escape(title, quote=True)}' src='data:image/svg+xml;base64,{data}'>"
    return f"<figure>{shown}</figure>{_note(note)}"


def _note(text: str) -> str:
    return f"<p class=note>{html.escape(re.sub(r'[*]{2}', '', text))}</p>" if text else ""
