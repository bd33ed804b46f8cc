"""The coloured line that says what became of a file."""

from __future__ import annotations

import streamlit as st

from etl.receipts import Receipt
from ui.internal.intake import words


def outcome_box(receipt: Receipt, *, done: bool) -> None:
    """done: the file was taken; else it says what would become of it."""
    told = words.sentence(receipt, done=done)
    if receipt.withdrawn:
        st.warning(f"【{words.WITHDRAWN}】{told}　{receipt.withdrawn}", icon=":material/undo:")
    elif receipt.unchanged:
        st.info(told, icon=":material/check:")
    elif receipt.outcome == "refused":
        st.error(told, icon=":material/block:")
    elif receipt.outcome == "accepted":
        st.success(told, icon=":material/check:")
    else:
        st.warning(told, icon=":material/rule:")
