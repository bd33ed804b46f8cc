"""The cards that show key figures of the prefecture: the value of now, and how it changed within a year."""

from __future__ import annotations

import html
from collections.abc import Sequence

from metrics.answers import KeyFigure
from ui import theme
from ui.labels.sentences.overview import key_text

STYLE = (
    "<style>.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(10.5rem,1fr));gap:.5rem;margin:.1rem 0}"
    ".cards a{display:flex;flex-direction:column;border:1px solid " + theme.GRID + ";border-radius:.4rem;"
    "padding:.3rem .6rem;color:" + theme.INK + ";text-decoration:none}"
    ".cards a:hover,.cards a:focus{border-color:" + theme.MAIN + ";outline:2px solid " + theme.MAIN + "}"
    ".cards .t{font-size:.78rem;line-height:1.3;flex:1}.cards .v{font-size:1.35rem;font-weight:600;line-height:1.3}"
    ".cards .u{font-size:.85rem;font-weight:400}.cards .d,.cards .i{font-size:.7rem;color:" + theme.MUTED + ";"
    "line-height:1.4}.cards .d{color:" + theme.INK + "}</style>"
)


def cards(figures: Sequence[KeyFigure], query: str) -> str:
    """Key figures as HTML: title, value, change, interval and counts; each leads to its page (query: of the link).

    No colour says better or worse: a change of one year is not yet either.
    """
    return f"{STYLE}<div class=cards>{''.join(_card(one, query) for one in figures)}</div>"


def _card(figure: KeyFigure, query: str) -> str:
    said, indicator = key_text(figure), figure.indicator
    lines = ([said.interval] if said.interval else []) + [said.counts]
    about = f"分子：{indicator.numerator}／分母：{indicator.denominator}"
    return (
        f'<a href="indicator?indicator={indicator.id}{html.escape(query)}" title="{html.escape(about)}">'
        f"<span class=t>{html.escape(said.title)}</span>"
        f"<span class=v>{html.escape(said.value)}<span class=u>{said.unit}</span></span>"
        f"<span class=d>{said.change}</span>" + "".join(f"<span class=i>{line}</span>" for line in lines) + "</a>"
    )
