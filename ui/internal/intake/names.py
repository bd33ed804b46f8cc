"""Names of departments and organisations that no category is known for, to be sorted there and then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from desk import aliases
from desk.records import Desk, Record, RecordNotFound, desk_url
from etl.build import read_unsorted
from etl.declare import all_returns
from etl.load import rebuild
from etl.organisations import BLANK, UNKNOWN, categories
from etl.store import Place
from etl.unsorted import Unsorted
from ui import frame, tables
from ui.internal.intake import own_errors, words
from ui.internal.person import person

SAID = "names-said"


@st.fragment
def names_section(version: str | None, place: Place) -> None:
    """The names without a category, a form to sort them, and what was sorted by hand so far."""
    said = st.session_state.pop(SAID, None)
    if said:
        st.success(said, icon=":material/check:")
    found = _unsorted(version) if version else []
    if found:
        _sort_form(place, found)
    else:
        why = "受け入れた報告の機関名は、全て分類されています。" if version else "まだ報告を受け入れていません。"
        frame.nothing_here("分類の分からない機関名はありません。", why, "新しい名前が届くと、ここに出ます。")
    with own_errors.told():
        _sorted_by_hand(place)


@st.cache_data(max_entries=4, show_spinner=False)
def _unsorted(version: str) -> list[Unsorted]:
    return read_unsorted(Path(version), all_returns())


def names_table(found: Sequence[Unsorted]) -> pd.DataFrame:
    """One row a name: in how many rows, in which columns of which returns, of which municipalities."""
    rows = []
    for name in dict.fromkeys(one.name for one in found):
        same = [one for one in found if one.name == name]
        columns = dict.fromkeys(f"{words.return_title(one.return_id)}の{one.heading}" for one in same)
        places = words.area_names(one.area_code for one in same)
        rows.append((name, sum(one.row_count for one in same), "、".join(columns), words.short_list(places)))
    table = pd.DataFrame(rows, columns=["名前", "行数", "どこで", "市区町村"])
    return table.sort_values("行数", ascending=False, kind="stable", ignore_index=True)


def _sort_form(place: Place, found: Sequence[Unsorted]) -> None:
    table = names_table(found)
    st.markdown(
        f"次の{len(table):,}件の名前は分類が分からないため、「{UNKNOWN}」として数えています。"
        "分類を選んで保存すると、集計に反映します（同じ名前は、次からも同じ分類になります）。"
    )
    st.dataframe(
        tables.inert(table), hide_index=True, width="stretch", key="unsorted", height=min(320, 38 + 36 * len(table)),
        alt="分類の分からない機関名",
    )  # fmt: skip
    st.html(tables.on_paper(table))
    with st.form("sort-names", clear_on_submit=True):
        left, right = st.columns([2, 1])
        with left:
            chosen = st.multiselect(
                "名前（まとめて選べます）", list(table["名前"]), key="names", placeholder="名前を選ぶ"
            )
        with right:
            options = [category for category in categories() if category not in (UNKNOWN, BLANK)]
            category = st.selectbox("分類", options, index=None, key="category", placeholder="分類を選ぶ")
        asked = st.form_submit_button("保存して集計に反映する", icon=":material/save:")
    if not asked:
        return
    if not chosen or not category:
        st.warning("名前と分類を選んでから保存してください。")
        return
    with own_errors.told(), st.spinner("集計し直しています…"):
        desk = Desk(desk_url(place))
        for name in chosen:
            aliases.map_name(desk, name, category, person())
        rebuild(place)
        st.session_state[SAID] = f"{'、'.join(chosen)}を「{category}」に分類し、集計に反映しました。"
        st.rerun()


def _sorted_by_hand(place: Place) -> None:
    """What was entered here, who did it, and the way back."""
    history = aliases.history(Desk(desk_url(place)))
    standing = [record for record in history if record.stands and record.undoes is None]
    if not history:
        return
    with st.expander(f"この画面で分類した名前（{len(standing):,}件）", key="sorted-names"):
        table = history_table(history)
        st.dataframe(
            tables.inert(table), hide_index=True, width="stretch", key="alias-history",
            height=min(320, 38 + 36 * len(table)), alt="機関名を分類した記録",
        )  # fmt: skip
        st.html(tables.on_paper(table))
        if not standing:
            return
        told = {record.id: f"{record.subject} → {record.value['category']}" for record in reversed(standing)}
        with st.form("undo-name", clear_on_submit=True):
            chosen = st.selectbox(
                "取り消す分類", list(told), format_func=lambda one: told[one], index=None, key="undo-name-id",
                placeholder="名前を選ぶ",
            )  # fmt: skip
            asked = st.form_submit_button("取り消して集計に反映する", icon=":material/undo:")
        if asked and chosen is None:
            st.warning("取り消す分類を選んでください。")
        elif asked and chosen is not None:
            _undo(place, chosen, told[chosen])


def _undo(place: Place, record_id: int, told: str) -> None:
    with st.spinner("集計し直しています…"):
        try:
            aliases.undo(Desk(desk_url(place)), record_id, person())
        except RecordNotFound:
            st.info("この分類は、既に取り消されています。")
            return
        rebuild(place)
        st.session_state[SAID] = f"「{told}」を取り消し、集計に反映しました。"
        st.rerun()


def history_table(history: Sequence[Record]) -> pd.DataFrame:
    """Every entry, newest first, undone ones marked."""
    return pd.DataFrame(
        [
            {
                "入力日時": record.at.replace("T", " "),
                "名前": record.subject,
                "分類": record.value["category"] if record.undoes is None else "（取り消し）",
                "入力した人": record.who,
                "状態": "" if record.undoes is not None else "有効" if record.stands else words.WITHDRAWN,
            }
            for record in reversed(history)
        ]
    )
