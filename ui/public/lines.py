"""Values in rows with a bar from 0, as an HTML table that is its own chart: places, periods, values of a breakdown.

It is drawn at once, fits a phone, prints as it stands and is read by screen readers. What has no value says its mark
in words where the bar would be.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from ui import theme

_STYLE = (
    "<style>.pl table{width:100%;border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}"
    ".pl.l{max-height:36rem;overflow-y:auto}.pl caption{position:absolute;left:-9999px}"
    ".pl th,.pl td{padding:.22rem .4rem;text-align:left;line-height:1.35;"
    "border-bottom:1px solid " + theme.GRID + ";vertical-align:middle}.pl th{font-weight:400;min-width:7.5rem}"
    ".pl thead th{font-weight:600;font-size:.8rem;position:sticky;top:0;background:#FFF;z-index:2}"
    ".pl td.v{white-space:nowrap;font-weight:600}.pl .t{width:40%}"
    ".pl .c{display:block;color:" + theme.MUTED + ";font-size:.78rem;font-weight:400}"
    ".pl .k{position:relative;height:1.1rem;background:" + theme.PALE + "}.pl .k i{position:absolute;display:block}"
    ".pl .b{left:0;top:.15rem;height:.8rem;background:" + theme.LIGHT + "}"
    ".pl .b.p{background:repeating-linear-gradient(135deg," + theme.LIGHT + " 0 4px,#FFF 4px 7px)}"
    ".pl .r{top:.5rem;height:2px;background:" + theme.INK + "}"
    ".pl .w{top:-.1rem;height:1.3rem;border-left:2px dashed " + theme.INK + "}"
    ".pl .m{font-size:.78rem;color:" + theme.INK + ";padding-left:.3rem;line-height:1.1rem;position:static;"
    "font-style:normal;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}"
    ".pl .k.x{background:repeating-linear-gradient(135deg," + theme.GRID + " 0 2px,#FFF 2px 7px)}"
    ".pl .k.x .m{display:inline-block;background:#FFF;padding-right:.3rem}.pl .k.n{background:" + theme.NO_DATA + "}"
    ".pl .k.o{background:#FFF;border:1px solid " + theme.GRID + "}"
    ".pl tr.s th{font-weight:700;border-left:4px solid " + theme.MAIN + "}.pl a{color:" + theme.MAIN + "}"
    "@media screen and (max-width:640px){.pl thead{display:none}.pl tr{display:grid;grid-template-columns:1fr auto;"
    "border-bottom:1px solid " + theme.GRID + ";padding:.25rem 0}.pl th,.pl td{border:0;padding:.05rem .3rem}"
    ".pl th{grid-column:1}.pl td.v{grid-column:2;grid-row:1}.pl .t{grid-column:1/-1;width:auto}"
    ".pl td.v{text-align:right}.pl.l{max-height:none}.pl tr.e .t{display:none}}"
    "@media print{.pl.l{max-height:none;overflow:visible}"
    ".pl *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}</style>"
)
_CSS = {"hidden": "x", "not_sent": "n", "not_applicable": "o", "partial": "p"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its name, the value and what it was counted from in words, and the bar (NaN for none).

    mark: what stands in place of the bar where there is no value. href: where the name leads, if anywhere.
    """

    name: str
    value_text: str
    counts_text: str
    state: str
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    mark: str = ""
    href: str = ""


def lines_html(
    lines: Sequence[Line],
    *,
    title: str,
    first: str,
    unit: str,
    top: float,
    whole: float,
    chosen: str | None = None,
    is_long: bool = False,
) -> str:
    """The table for st.html. top: the value at the right end; whole: the prefecture's, NaN for no line.

    chosen: the name of the row to mark. is_long: scrolls in a frame of its own on a wide screen.
    """
    line = "（破線は県全体）" if not math.isnan(whole) else ""
    body = "".join(_row(one, top, whole, one.name == chosen) for one in lines)
    return (
        f"{_STYLE}<div class='{'pl l' if is_long else 'pl'}' tabindex=0 role=region "
        f"aria-label='{html.escape(title)}'><table><caption>{html.escape(title)}</caption><thead><tr>"
        f"<th scope=col>{html.escape(first)}<th scope=col class=t>{html.escape(unit)}{line}"
        f"<th scope=col>値<span class=c>件数（95％信頼区間）</span></thead><tbody>{body}</tbody></table></div>"
    )


def _row(line: Line, top: float, whole: float, is_chosen: bool) -> str:
    name = html.escape(line.name)
    name = f'<a href="{html.escape(line.href)}" target="_self">{name}</a>' if line.href else name
    # e: without a value, where a phone does without the empty bar.
    css = " ".join(mark for mark, is_so in (("s", is_chosen), ("e", math.isnan(line.value))) if is_so)
    return (
        f"<tr class='{css}'><th scope=row>{name}<td class=t>{_track(line, top, whole)}"
        f"<td class=v>{html.escape(line.value_text)}<span class=c>{html.escape(line.counts_text)}</span>"
    )


def _track(line: Line, top: float, whole: float) -> str:
    if math.isnan(line.value):
        css = _CSS.get(line.state, "o")
        return f"<div class='k {css}'><i class=m>{html.escape(line.mark)}</i></div>"
    parts = [f"<i class='b{' p' if line.state == 'partial' else ''}' style='width:{_at(line.value, top)}%'></i>"]
    if not math.isnan(line.low):
        start, end = _at(line.low, top), _at(line.high, top)
        parts.append(f"<i class=r style='left:{start}%;width:{round(max(end - start, 0.4), 1)}%'></i>")
    if not math.isnan(whole):
        parts.append(f"<i class=w style='left:{_at(whole, top)}%'></i>")
    return f"<div class=k>{''.join(parts)}</div>"


def _at(value: float, top: float) -> float:
    """Place on the bar in per cent of its length."""
    return round(min(max(value / top, 0.0), 1.0) * 100, 1)
