"""A case as it is read: its sheet on the screen and on paper. What was hard stands beside what went well."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from desk.case_sheet import DATES, HEADINGS, PUBLICATION, STATES, Case
from desk.search import Snippet
from desk.themes import themes
from ui import labels, theme
from ui.internal.library.moved import indicator_of

BLANK = "（記入なし）"
STATE_MARKS: Mapping[str, str] = {"draft": "◇", "shared": "◆", "public": "●"}
STYLE = (
    "<style>.cs{font-size:.92rem;line-height:1.75;color:" + theme.INK + "}"
    ".cs .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:.8rem;margin:.6rem 0}"
    ".cs .box{border:1px solid " + theme.GRID + ";border-top:4px solid " + theme.LIGHT + ";border-radius:.4rem;"
    "padding:.4rem .8rem}"
    ".cs h4{font-size:.98rem;margin:.5rem 0 .1rem;padding:0}.cs p{margin:0 0 .5rem;white-space:pre-line}"
    ".cs table{border-collapse:collapse;width:100%;font-size:.88rem}"
    ".cs th,.cs td{border:1px solid " + theme.GRID + ";padding:.2rem .6rem;text-align:left;vertical-align:top}"
    ".cs th{background:" + theme.PALE + ";font-weight:600;width:9.5rem}.cs td{overflow-wrap:anywhere}"
    "@media screen{.cs table.wide{min-width:46rem}}"
    ".cs .m,.cl .m{color:" + theme.MUTED + "}.cs a{color:" + theme.MAIN + "}"
    ".cl{font-size:.86rem;line-height:1.6}.cl .m{font-size:.8rem}"
    ".cl .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.2rem 1.2rem}"
    "[class*=st-key-read-] button p{font-weight:600;font-size:1rem;text-align:left}"
    ".cl b{font-weight:600}mark{background:#FFF3C4;color:inherit}"
    "@media print{@page{size:A4;margin:10mm}.cs .two{grid-template-columns:1fr 1fr}"
    ".cs .box,.cs tr{break-inside:avoid}.st-key-case-tools,.st-key-case-work,"
    ".st-key-case-moved [data-testid=stDataFrame]{display:none}"
    ".block-container:has(.cs){padding:0!important;max-width:none!important;zoom:.7}"
    ".block-container:has(.cs) hr{margin:.2rem 0}}</style>"
)


def sheet_html(case: Case, place: Mapping[str, str]) -> str:
    """The whole sheet. place: name, type and population of its municipality, in words."""
    edited = {one.field for one in case.edits if not one.is_stale}

    def text(field: str) -> str:
        written = case.sheet.get(field)
        body = html.escape(_shown(field, written)) if written else f"<span class=m>{BLANK}</span>"
        return body + ("<span class=m>（県が修正）</span>" if field in edited else "")

    def part(field: str) -> str:
        return f"<h4>{html.escape(HEADINGS[field])}</h4><p>{text(field)}</p>"

    def box(field: str) -> str:
        return f"<div class=box>{part(field)}</div>"

    head = _rows(
        [
            ("市区町村", f'<a href="municipality?area={case.area_code}" target="_self">{html.escape(place["name"])}</a>'
             f"（{html.escape(place['type'])}、人口{html.escape(place['population'])}）"),
            ("テーマ", f"{html.escape('、'.join(theme_names(case)))}<span class=m>（区分：{text('category')}）</span>"),
            ("対象の指標", _indicators(case)),
            ("連携先", text("partners")),
            ("会議体の形", text("meeting_form")),
            ("取組開始日・更新日", f"{text('started_date')}　／　{text('updated_date')}"),
        ]
    )  # fmt: skip
    tail = _rows([(HEADINGS[one], text(one)) for one in ("population", "contact", "publication", "source")])
    return (
        f"{STYLE}<div class=cs>{head}{part('reason')}{part('first_steps')}{part('devices')}"
        f"<div class=two>{box('benefits')}{box('difficulties')}</div>"
        f"{part('outcome')}{part('challenges')}{tail}</div>"
    )


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return "<table>" + "".join(f"<tr><th scope=row>{head}<td>{body}" for head, body in rows) + "</table>"


def _shown(field: str, written: str) -> str:
    if field in DATES:
        return labels.day_text(written)
    return PUBLICATION.get(written, written) if field == "publication" else written


def _indicators(case: Case) -> str:
    shown = []
    for title in case.indicators:
        one = indicator_of(title)
        link = f'indicator?indicator={one.id}&area={quote(case.area_code)}" target="_self' if one else ""
        shown.append(f'<a href="{link}">{html.escape(title)}</a>' if one else html.escape(title))
    return "、".join(shown) or f"<span class=m>{BLANK}</span>"


def theme_names(case: Case) -> list[str]:
    return [one.name for one in themes() if one.id in case.themes]


def state_text(case: Case) -> str:
    """The state with its mark; a case that may no longer be public says so."""
    held = "（公開可否が「可」でないため公表を止めています）" if case.is_held_back else ""
    return f"{STATE_MARKS[case.state]} {STATES[case.state]}{held}"


def card_html(case: Case, place: str, reached: str, snippets: Sequence[Snippet]) -> str:
    """What a list says of a case: where, about what, the places found; without words what went well and was hard."""
    facts = [place, "・".join(theme_names(case)), state_text(case)]
    updated = case.sheet.get("updated_date")
    facts += [f"{labels.day_text(updated)}更新"] if updated else []
    facts += [reached] if reached else []
    if snippets:
        body = "".join(f"<div><b>{HEADINGS[one.field]}</b>　{_marked(one)}</div>" for one in snippets)
    else:
        pair = ("benefits", "difficulties")
        body = "".join(f"<div><b>{HEADINGS[one]}</b>　{_begin(case.sheet.get(one, BLANK))}</div>" for one in pair)
    return f"<div class=cl><div class=m>{html.escape('　｜　'.join(facts))}</div><div class=two>{body}</div></div>"


def _begin(text: str, length: int = 60) -> str:
    return html.escape(text if len(text) <= length else text[:length] + "…")


def _marked(snippet: Snippet) -> str:
    pieces, at = [], 0
    for start, end in snippet.marks:
        pieces += [html.escape(snippet.text[at:start]), f"<mark>{html.escape(snippet.text[start:end])}</mark>"]
        at = end
    before, after = ("…" if cut else "" for cut in snippet.cut)
    return before + "".join(pieces) + html.escape(snippet.text[at:]) + after
