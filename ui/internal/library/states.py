"""Draft, shared within the prefecture, public: the buttons, and the record of a case with its way back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from desk import cases
from desk.case_sheet import HEADINGS, PUBLICATION, STATES, Case, CaseRefused
from desk.records import Record
from ui import tables
from ui.internal.intake import own_errors
from ui.internal.library.form import SAID
from ui.internal.library.sheet import state_text
from ui.internal.library.shelf import Shelf, desk, history_of
from ui.internal.library.taken_back import undo_form
from ui.internal.person import person

ACTIONS = {"draft": "下書きに戻す", "shared": "県内で共有する", "public": "一般公開にする"}
BACK_TO_SHARED = "県内共有に戻す"
_WORDS = {cases.CASE: "事例の入力", cases.EDIT: "修正", cases.STATE: "状態"}


def state_section(case: Case) -> None:
    """The state of a case and who put it there, with a button for each other state."""
    told = f"（{case.mark.who}、{case.mark.at.replace('T', ' ')}）" if case.mark else "（県の操作はまだありません）"
    st.markdown(f"状態：**{state_text(case)}**{told}")
    may_be_public = case.sheet.get("publication") == "yes"
    with st.container(horizontal=True, key="state-buttons"):
        for state, words in ACTIONS.items():
            label = BACK_TO_SHARED if (case.state, state) == ("public", "shared") else words
            if state != case.state or case.is_held_back:
                st.button(
                    label, key=f"mark-{state}", on_click=_mark, args=(case, state),
                    disabled=state == "public" and not may_be_public,
                )  # fmt: skip
    if not may_be_public:
        said = PUBLICATION.get(case.sheet.get("publication", ""), "記入なし")
        st.caption(f"市区町村の公開可否が「{said}」のため、一般公開にはできません。県内での共有はできます。")


def _mark(case: Case, state: str) -> None:
    with own_errors.told():
        try:
            record = cases.mark(desk(), case, state, person())
        except CaseRefused as refused:
            st.session_state[SAID] = "".join(refused.problems)
            return
        if record is not None:
            st.session_state[SAID] = (
                f"状態を「{STATES[state]}」にしました（{record.who}、{record.at.replace('T', ' ')}）。"
            )


def history_section(shelf: Shelf, case: Case) -> None:
    """What was entered, mended and marked, by whom and when; each of it can be taken back."""
    history = history_of(shelf, case)
    if not history:
        st.caption("この事例に県が入力した記録はありません。")
        return
    table = history_table(history)
    st.dataframe(
        tables.inert(table), hide_index=True, width="stretch", key="case-history",
        height=min(320, 38 + 36 * len(table)), alt="事例の入力・修正・状態の記録",
    )  # fmt: skip
    st.html(tables.on_paper(table))
    standing = {one.id: one for one in reversed(history) if one.stands and one.undoes is None}
    undo_form(
        "case", "記録を取り消す", standing,
        shown=lambda one: f"{one.at.replace('T', ' ')}　{_said(one)}", said=_said,
        undo=lambda one: cases.undo(desk(), one.kind, one.id, person()),
    )  # fmt: skip


def history_table(history: Sequence[Record]) -> pd.DataFrame:
    """Every record, newest first, undone ones marked."""
    return pd.DataFrame(
        [
            {
                "入力日時": record.at.replace("T", " "),
                "内容": _said(record) if record.undoes is None else f"（{_WORDS[record.kind]}の取り消し）",
                "入力した人": record.who,
                "扱い": "" if record.undoes is not None else "有効" if record.stands else "取り消し済み",
            }
            for record in reversed(history)
        ]
    )


def _said(record: Record) -> str:
    if record.kind == cases.STATE:
        return f"状態：{STATES[record.value['state']]}"
    if record.kind == cases.EDIT:
        return "修正：" + "、".join(HEADINGS.get(name, name) for name in record.value["changed"])
    return f"事例の入力：{record.value.get('case_title', '')}"
