"""Sets of choices kept under a name: to be used again next time, by anybody at this desk."""

from __future__ import annotations

import streamlit as st

from desk import choices
from desk.choices import Choice
from desk.records import Record, RecordNotFound
from ui import labels
from ui.internal.intake import own_errors
from ui.internal.library.form import SAID
from ui.internal.library.shelf import desk
from ui.internal.packs import chosen
from ui.internal.person import person


def section(now: Choice) -> None:
    """Use one, keep what the page says now, or give one up."""
    standing = choices.standing(desk())
    left, right = st.columns(2)
    with left:
        _use(standing)
    with right, st.form("keep-choice", clear_on_submit=True, border=False):
        name = st.text_input(
            "名前を付けて今の条件を保存",
            key="choice-name",
            max_chars=choices.LONGEST_NAME,
            placeholder="例：四半期の会議",
        )
        if st.form_submit_button("保存する", icon=":material/save:"):
            _keep((name or "").strip(), now, name_taken=(name or "").strip() in standing)


def _use(standing: dict[str, Record]) -> None:
    if not standing:
        st.caption("保存した条件はまだありません。条件を選び、名前を付けて保存すると、次からここで呼び出せます。")
        return
    named = st.selectbox(
        "保存した条件", list(standing), index=None, key="kept-choice", placeholder="選んでください",
        format_func=lambda one: f"{one}（{_said(choices.choice_of(standing[one]))}）",
    )  # fmt: skip
    with st.container(horizontal=True):
        st.button(
            "この条件を使う", key="use-choice", disabled=named is None, icon=":material/check:",
            on_click=lambda: chosen.apply(choices.choice_of(standing[named])) if named else None,
        )  # fmt: skip
        if st.button("この条件を削除", key="drop-choice", disabled=named is None, icon=":material/undo:") and named:
            with own_errors.told():
                _drop(standing[named])


def _drop(record: Record) -> None:
    try:
        choices.undo(desk(), record.id, person())
    except RecordNotFound:
        st.session_state[SAID] = "この条件は、既に削除されています。"
    else:
        before = "前に同じ名前で保存した条件に戻ります。" if record.subject in choices.standing(desk()) else ""
        st.session_state[SAID] = f"条件「{record.subject}」を削除しました。{before}"
    st.rerun()


def _keep(name: str, now: Choice, *, name_taken: bool) -> None:
    lacking = "名前を入力してください。" if not name else chosen.missing(now)
    if lacking:
        st.warning(lacking)
        return
    with own_errors.told():
        choices.save(desk(), name, now, person())
        st.session_state[SAID] = f"条件「{name}」を{'保存し直しました' if name_taken else '保存しました'}。"
        st.rerun()


def _said(one: Choice) -> str:
    where = f"{len(one.areas)}市区町村" if one.reader == "municipality" else chosen.READERS[one.reader].split("（")[0]
    month = f"{one.month}月" if one.month else labels.WHOLE_YEAR
    return "、".join([where, labels.fiscal_year_text(one.fiscal_year) + month, *one.formats])
