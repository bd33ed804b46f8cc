"""The form that takes one standing record back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from desk.records import Record, RecordNotFound
from ui.internal.intake import own_errors
from ui.internal.library.form import SAID


def undo_form(
    key: str,
    button: str,
    standing: Mapping[int, Record],
    *,
    shown: Callable[[Record], str],
    said: Callable[[Record], str],
    undo: Callable[[Record], object],
) -> None:
    """Nothing when no record stands. shown: a record in the list; said: in the sentence once it is taken back."""
    if not standing:
        return
    with st.form(f"undo-{key}", clear_on_submit=True, border=False):
        chosen = st.selectbox(
            "取り消す記録", list(standing), index=None, key=f"undo-{key}-id", placeholder="記録を選ぶ",
            format_func=lambda one: shown(standing[one]),
        )  # fmt: skip
        asked = st.form_submit_button(button, icon=":material/undo:")
    if asked and chosen is None:
        st.warning("取り消す記録を選んでください。")
    elif asked and chosen is not None:
        with own_errors.told():
            try:
                undo(standing[chosen])
                st.session_state[SAID] = f"「{said(standing[chosen])}」を取り消しました。"
            except RecordNotFound:
                st.session_state[SAID] = "この記録は、既に取り消されています。"
            st.rerun()
