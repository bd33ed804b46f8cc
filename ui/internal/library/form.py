"""The form of a case sheet, to enter a new case or to mend one. Nothing is kept before the guard has read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from desk import cases
from desk.case_sheet import DATES, HEADINGS, PUBLICATION, Case, CaseRefused, sheet_of
from desk.themes import themes
from metrics.catalog import load_catalog
from ui.internal.intake import own_errors
from ui.internal.library.listing import CASE
from ui.internal.library.personal import personal_problems
from ui.internal.library.shelf import desk
from ui.internal.person import person
from ui.internal.words import NOT_RECORDED, codes

SAID = "library-said"
_SHORT = ("partners", "contact", "source", "population")
_NOTES = {
    "outcome": "数値と、いつの数値か。取組の前後の変化として書きます。",
    "population": "例：12,345人（令和6年4月1日）",
    "contact": "部署名。個人の氏名は書かないでください。",
    "publication": "市区町村が県外や一般への公開を認めたときだけ「可」にします。",
}
EARLIEST = date(2000, 4, 1)
NOT_KEPT = (
    "個人に関する記載と見られるものがあるため、何も保存していません。次の箇所を直して、もう一度保存してください。"
)


def enter_form(names: dict[str, str], area: str | None) -> None:
    """A whole new case sheet; the case opens once it is kept."""
    with st.form("enter-case", border=False):
        place = st.selectbox(
            "市区町村（必須）", list(names), index=list(names).index(area) if area in names else None,
            format_func=lambda code: names[code], placeholder="市区町村を選ぶ", key="new-area",
        )  # fmt: skip
        values = _fields("new", None)
        asked = st.form_submit_button("事例を保存する", type="primary", icon=":material/save:")
    if not asked or _is_refused(personal_problems(values)):
        return
    with own_errors.told():
        try:
            record = cases.enter(desk(), place or "", values, person())
        except CaseRefused as refused:
            _is_refused(refused.problems, "保存していません。")
            return
        st.session_state[SAID] = f"「{values['case_title']}」を下書きとして保存しました（入力：{record.who}）。"
        st.query_params[CASE] = f"{record.subject}-{cases.example_id_of(record)}"
        st.rerun()


def edit_form(case: Case) -> None:
    """The same form with what stands there; only fields that differ are recorded."""
    with st.form(f"edit-{case.key}", border=False):
        values = _fields(f"edit-{case.key}-{len(case.edits)}", case)
        asked = st.form_submit_button("修正を保存する", icon=":material/save:")
    if not asked or _is_refused(personal_problems(sheet_of(values))):
        return
    with own_errors.told():
        try:
            record = cases.edit(desk(), case, values, person())
        except CaseRefused as refused:
            _is_refused(refused.problems, "保存していません。")
            return
        if record is None:
            st.info("変わった項目がないため、何も保存していません。")
            return
        fields = "、".join(HEADINGS[name] for name in record.value["changed"])
        st.session_state[SAID] = f"{fields}の修正を保存しました（入力：{record.who}）。"
        st.rerun()


def _is_refused(problems: Sequence[str], lead: str = NOT_KEPT) -> bool:
    if problems:
        st.error(lead + "\n\n" + "\n".join(f"- {one}" for one in problems), icon=":material/block:")
    return bool(problems)


def _fields(key: str, case: Case | None) -> dict[str, str]:
    """All fields of the sheet as they stand in the form, by name; blank ones as ''."""
    old = case.sheet if case else {}
    values = {"case_title": _line("case_title", key, old.get("case_title", ""), "（必須）")}
    left, right = st.columns(2)
    with left:
        values["category"] = _choice("category", key, [one.name for one in themes()], old.get("category"))
        named = list(dict.fromkeys(case.indicators)) if case else []
        titles = list(dict.fromkeys([*(one.title for one in load_catalog().values()), *named]))
        chosen = st.multiselect(
            HEADINGS["indicators"], titles, default=named, key=f"{key}-indicators", placeholder="指標を選ぶ（複数可）"
        )
        values["indicators"] = old.get("indicators", "") if chosen == named else "、".join(chosen)
    with right:
        forms = [word for word in codes("meeting", "form").values() if word != NOT_RECORDED]
        values["meeting_form"] = _choice("meeting_form", key, forms, old.get("meeting_form"))
        options = list(PUBLICATION)
        chosen_one = st.selectbox(
            HEADINGS["publication"], options, index=options.index(old["publication"]) if "publication" in old else None,
            format_func=lambda one: PUBLICATION[one], key=f"{key}-publication", placeholder="選んでください",
            help=_NOTES["publication"],
        )  # fmt: skip
        values["publication"] = chosen_one or ""
    for names in (_SHORT[:2], _SHORT[2:]):
        for column, name in zip(st.columns(2), names, strict=True):
            with column:
                values[name] = _line(name, key, old.get(name, ""))
    for column, name in zip(st.columns(2), DATES, strict=True):
        with column:
            was = date.fromisoformat(old[name]) if name in old else None
            day = st.date_input(
                HEADINGS[name], value=was, min_value=min(EARLIEST, was or EARLIEST), format="YYYY/MM/DD",
                max_value=max(date.today(), was or EARLIEST), key=f"{key}-{name}",
            )  # fmt: skip
            values[name] = day.isoformat() if isinstance(day, date) else ""
    for pair in (("reason", "first_steps"), ("benefits", "difficulties"), ("devices", "outcome"), ("challenges",)):
        for column, name in zip(st.columns(2), pair, strict=False):
            with column:
                text = st.text_area(HEADINGS[name], value=old.get(name, ""), key=f"{key}-{name}", help=_NOTES.get(name))
                values[name] = (text or "").strip()
    return values


def _line(name: str, key: str, old: str, mark: str = "") -> str:
    typed = st.text_input(HEADINGS[name] + mark, value=old, key=f"{key}-{name}", help=_NOTES.get(name))
    return (typed or "").strip()


def _choice(name: str, key: str, options: Sequence[str], old: str | None) -> str:
    """One of the options, or words of one's own."""
    shown = list(dict.fromkeys([*options, *([old] if old else [])]))
    chosen = st.selectbox(
        HEADINGS[name], shown, index=shown.index(old) if old else None, key=f"{key}-{name}", accept_new_options=True,
        placeholder="選ぶ、又は入力する",
    )  # fmt: skip
    return (chosen or "").strip()
