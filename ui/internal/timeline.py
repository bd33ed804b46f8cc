"""The days of the law that these pages refer to, with where the shown period stands."""

from __future__ import annotations

import html
from collections.abc import Sequence

from ui import labels, theme
from ui.internal.words import MILESTONES

_STYLE = (
    "<style>.tl{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin:0;padding:.35rem .7rem;list-style:none;"
    f"font-size:.84rem;border-left:4px solid {theme.LIGHT};background:{theme.PALE}}}"
    ".tl li{margin:0;padding:0}.tl b{font-weight:600}</style>"
)


def timeline(months: Sequence[str]) -> str:
    """The milestones in order, each with whether the shown months lie before it, hold it, or lie after it."""
    items = "".join(
        f"<li><b>{_day(day)}</b> {html.escape(what)}（{place_of(day, months)}）" for day, what in MILESTONES.items()
    )
    return f"{_STYLE}<ol class=tl aria-label='法令と通知の日'>{items}</ol>"


def place_of(day: str, months: Sequence[str]) -> str:
    month = day[:7]
    if month < min(months):
        return "表示期間より前"
    return "表示期間より後" if month > max(months) else "表示期間の中"


def _day(iso: str) -> str:
    return f"{labels.month_text(iso[:7])}{int(iso[8:])}日"
