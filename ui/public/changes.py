"""What the release changed beside the one before it, by indicator: counts of printed rows, never of what is hidden."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui.public import store

#: Column of public.change → what the page calls it.
KINDS = {
    "new": "新しく載せた",
    "newly_shown": "新しく示した",
    "newly_hidden": "新しく伏せた",
    "revised": "直した",
    "left_out": "載せなくなった",
}


def section(version: str) -> None:
    """A sentence, then the indicators with anything that is other."""
    if store.release(version)["number"] == 1:
        st.markdown("初めての公表です。")
        return
    changes = store.changes(version)
    if changes.empty:
        st.markdown("前の公表から変わった数値はありません。")
        return
    said = "、".join(f"{name}欄{int(changes[key].sum()):,}" for key, name in KINDS.items() if changes[key].any())
    st.markdown(f"前の公表から変わった表の欄の数です。{said}。")
    st.table(table(changes), hide_index=True)


def table(changes: pd.DataFrame) -> pd.DataFrame:
    """One row an indicator."""
    counts = {name: [f"{count:,}" for count in changes[key]] for key, name in KINDS.items()}
    return pd.DataFrame({"指標": changes["title"].tolist(), **counts})
