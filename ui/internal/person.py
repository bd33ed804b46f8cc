"""Who sits at the desk: entered once a session, written into whatever is taken in, entered, marked or undone."""

from __future__ import annotations

import streamlit as st

from etl.receipts import whoami

KEY = "who"
_KEPT = "kept-who"


def person_field(kept_in: str = "受け取り・取り消し・機関名の分類の記録に残ります。") -> str:
    """The field 担当者, the user's name on this machine at first; kept while the session lasts."""
    if KEY not in st.session_state:
        st.session_state[KEY] = st.session_state.get(_KEPT) or whoami()
    place, _ = st.columns([1, 2])
    entered = place.text_input("担当者", key=KEY, max_chars=40, help=kept_in)
    st.session_state[_KEPT] = (entered or "").strip() or whoami()
    return str(st.session_state[_KEPT])


def person() -> str:
    return str(st.session_state.get(_KEPT) or whoami())
