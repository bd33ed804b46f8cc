"""Several shares of one place on one per-cent scale, as an HTML table: value, interval, the whole, the middle of peers.

Each row is name, track, value, whole, peers and verdict: the chart is its own table, fits a phone and prints as it
stands. What the marks on the track mean never depends on their colour.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from ui import theme

_STYLE = (
    "<style>.ps{width:100%;overflow-x:auto}.ps table{width:100%;border-collapse:collapse;font-size:.82rem;"
    "font-variant-numeric:tabular-nums}.ps caption{position:absolute;left:-9999px}"
    ".ps th,.ps td{padding:.12rem .4rem;border-bottom:1px solid " + theme.GRID + ";text-align:right;line-height:1.3}"
    ".ps th:first-child{text-align:left;font-weight:400;min-width:9rem}.ps thead th{font-weight:600;"
    "vertical-align:bottom;white-space:nowrap}.ps td{white-space:nowrap}"
    ".ps td.v{text-align:left}.ps .h{text-align:left}"
    ".ps td.n{color:" + theme.MUTED + "}.ps .s{font-size:.9em;color:" + theme.MUTED + "}"
    ".ps.f th:first-child{min-width:13.5rem}.ps:not(.f) .s{display:block}"
    ".ps:not(.f) thead th{white-space:normal}.ps .t{width:26%;min-width:11rem;padding:.12rem .7rem}"
    ".ps .k{position:relative;height:1.15rem;"
    "background:linear-gradient(90deg," + theme.GRID + " 1px,transparent 1px) 0 0/25% 100%;"
    "border-right:1px solid " + theme.GRID + "}"
    ".ps .k i{position:absolute;box-sizing:border-box}"
    ".ps .b{top:.2rem;height:.75rem;background:" + theme.SCALE[1] + ";border:1px solid " + theme.LIGHT + "}"
    ".ps .m{top:.2rem;height:.75rem;width:2px;background:" + theme.MID + "}"
    ".ps .w{top:0;height:1.15rem;border-left:2px dashed " + theme.INK + "}"
    ".ps .l{top:.52rem;height:2px;background:" + theme.MAIN + "}"
    ".ps .o{top:.29rem;width:.6rem;height:.6rem;margin-left:-.3rem;border-radius:50%;background:" + theme.MAIN + "}"
    ".ps .o.p{background:#FFF;border:2px solid " + theme.MAIN + "}"
    ".ps .a{display:flex;justify-content:space-between;font-weight:400;font-size:.72rem;color:" + theme.MUTED + "}"
    # On a phone a row becomes a block: the name, the track, then the figures in a line.
    "@media screen and (max-width:640px){.ps thead{display:none}"
    ".ps tr{display:grid;grid-template-columns:1.3fr 1fr 1.4fr;"
    "border-bottom:1px solid " + theme.GRID + ";padding:.25rem 0}.ps th,.ps td{border:0;padding:.08rem .2rem;"
    "text-align:left;white-space:normal}.ps th:first-child,.ps .t{grid-column:1/-1;width:auto}"
    ".ps .t{padding:.08rem .5rem}.ps .g::before{content:'県全体 '}.ps .q{display:none}.ps .s{display:block}}"
    "@media print{.ps *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}</style>"
)


@dataclass(frozen=True, slots=True)
class Position:
    """One row. Texts as shown; value, low, high, whole and the quartiles of peers between 0 and 1, NaN for none.

    With `value` NaN the track holds no mark of the place itself.
    """

    name: str
    value_text: str
    interval_text: str
    whole_text: str
    peers_text: str
    verdict: str
    state: str = "value"
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    whole: float = math.nan
    peers: tuple[float, float, float] = (math.nan, math.nan, math.nan)


def positions_html(
    rows: Sequence[Position], *, title: str, place: str, has_track: bool = True, is_judged: bool = True
) -> str:
    """The table for st.html. has_track: all values are shares; is_judged: with intervals and verdicts."""
    axis = "<th class=t><div class=a><span>0％</span><span>50％</span><span>100％</span></div>" if has_track else ""
    own = html.escape(place) + ("<span class=s>（95％信頼区間）</span>" if is_judged else "")
    verdict, peers = ("<th class=h>県全体との差", "類似の中央値") if is_judged else ("", "類似")
    head = f"<tr><th>指標{axis}<th>{own}<th>県全体<th class=q>{peers}{verdict}"
    body = "".join(_row(row, has_track, is_judged) for row in rows)
    return (
        f"{_STYLE}<div class='{'ps f' if has_track else 'ps'}' tabindex=0 role=region "
        f"aria-label='{html.escape(title)}'><table>"
        f"<caption>{html.escape(title)}</caption><thead>{head}</thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Position, has_track: bool, is_judged: bool) -> str:
    track = f"<td class=t><div class=k>{_marks(row)}</div>" if has_track else ""
    interval = f"<span class=s>（{html.escape(row.interval_text)}）</span>" if row.interval_text else ""
    own = f"<td{' class=n' if math.isnan(row.value) else ''}>{html.escape(row.value_text)}{interval}"
    verdict = f"<td class=v>{html.escape(row.verdict)}" if is_judged else ""
    return (
        f"<tr><th scope=row>{html.escape(row.name)}{track}{own}<td class=g>{html.escape(row.whole_text)}"
        f"<td class=q>{html.escape(row.peers_text)}{verdict}"
    )


def _marks(row: Position) -> str:
    first, middle, third = row.peers
    marks = [_span("b", first, third), _at("m", middle), _at("w", row.whole), _span("l", row.low, row.high)]
    return "".join([*marks, _at("o p" if row.state == "partial" else "o", row.value)])


def _at(css: str, place: float) -> str:
    return "" if math.isnan(place) else f"<i class='{css}' style='left:{place * 100:.1f}%'></i>"


def _span(css: str, start: float, end: float) -> str:
    if math.isnan(start) or math.isnan(end):
        return ""
    return f"<i class='{css}' style='left:{start * 100:.1f}%;width:{max(end - start, 0.003) * 100:.1f}%'></i>"
