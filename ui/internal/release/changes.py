"""What a draft changes beside the release before it, and which corrections it holds back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from release.draft import Draft
from ui import labels, tables
from ui.matrix import Cell, matrix_html

COLUMNS = {
    "new": "新しく載る",
    "newly_shown": "新しく示す",
    "newly_hidden": "新しく伏せる",
    "revised": "直した",
    "left_out": "載らなくなる",
}


def section(draft: Draft, about: list[str]) -> None:
    if draft.number == 1:
        st.markdown("初めての公表です。比べる公表はありません。")
        return
    changes = draft.changes
    if changes.empty:
        st.markdown("前の公表から変わる数値はありません。")
    else:
        totals = "、".join(f"{name}{int(changes[key].sum()):,}" for key, name in COLUMNS.items())
        st.markdown(f"前の公表と比べた行の数：{totals}")
        titles = {one.id: one.title for one in draft.indicators}
        st.html(
            matrix_html(
                [titles.get(str(one), str(one)) for one in changes["indicator_id"]],
                list(COLUMNS.values()),
                [[Cell(f"{row[key]:,}") for key in COLUMNS] for row in changes.to_dict("records")],
                title="前の公表との違い",
                corner="指標",
            )
        )
        st.caption("前に伏せた数値は、前の公表と合わせて計算されないように、示せる場合にだけ示します。")
    _held_back(draft, about)


def _held_back(draft: Draft, about: list[str]) -> None:
    held = draft.held_back
    if held.empty:
        st.markdown("反映を見合わせる訂正はありません。")
        return
    count = held["indicator_id"].nunique()
    st.warning(
        f"{count}の指標の{len(held):,}期間は、報告の訂正を反映せず、前の公表の数値のままにします。"
        f"訂正による変化に{draft.rules.threshold}件未満のものがあり、前の公表との差から少数の件数が分かるおそれがあるためです。"
    )
    tables.data_table(lambda: held_table(draft), key="held", title="反映を見合わせる訂正", about=about)


def held_table(draft: Draft) -> pd.DataFrame:
    """Indicator and period, without any count."""
    titles = {one.id: one.title for one in draft.indicators}
    return pd.DataFrame(
        {
            "指標": [titles.get(str(one), str(one)) for one in draft.held_back["indicator_id"]],
            "期間": [labels.period_name(str(one)) for one in draft.held_back["period"]],
        }
    )
