"""The record of what came in: a list to search, one receipt with its problems, slip and withdrawal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from etl import receipts as records
from etl.load import Incoming
from etl.receipts import Receipt
from etl.slip import why_only_list
from etl.spelling.text import key as spelling_key
from etl.store import Place
from ui import frame, tables
from ui.internal.intake import problems, slips, withdrawal, words
from ui.internal.intake.batch import needs_answer
from ui.internal.intake.outcome import outcome_box

SHOWN = 200


def all_receipts(place: Place) -> tuple[Receipt, ...]:
    """Every receipt, newest first; read again only when something was added to the inbox."""
    return _receipts(str(place.inbox), stamp(place.inbox))


# Kept as they are: copying thousands of receipts for every run would cost more than reading one.
@st.cache_resource(max_entries=4, show_spinner=False)
def _receipts(inbox: str, state: tuple[tuple[str, int], ...]) -> tuple[Receipt, ...]:
    del state  # only there to tell one state of the inbox from another
    return tuple(records.receipts(Path(inbox)))[::-1]


def stamp(inbox: Path) -> tuple[tuple[str, int], ...]:
    """Changes whenever a file is added to a folder of the inbox."""
    if not inbox.is_dir():
        return ()
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted(inbox.iterdir()) if path.is_dir())


@st.fragment
def record_section(place: Place) -> None:
    found = all_receipts(place)
    if not found:
        frame.nothing_here(
            "まだ受け取りの記録がありません。", "ファイルを1つも読み込んでいません。", "上の欄から読み込んでください。"
        )
        return
    counts = Counter(words.outcome_word(receipt) for receipt in found)
    order = (*words.OUTCOMES.values(), words.UNCHANGED, words.WITHDRAWN)
    told = "、".join(f"{word}{counts[word]:,}件" for word in order if counts[word])
    st.markdown(f"これまでに{len(found):,}件のファイルを受け取りました（{told}）。")
    chosen = _searched(found, [word for word in order if counts[word]])
    if not chosen:
        st.info("この条件に当てはまる記録はありません。検索の言葉を短くするか、条件を減らしてください。")
        return
    limit = f"新しい順に{SHOWN}件を示しています。" if len(chosen) > SHOWN else ""
    st.caption(f"{len(chosen):,}件が当てはまります（全{len(found):,}件）。{limit}")
    table = receipt_table(chosen[:SHOWN])
    st.dataframe(
        tables.inert(table), hide_index=True, width="stretch", key="receipts", height=min(320, 38 + 36 * len(table)),
        alt="受け取りの記録",
    )  # fmt: skip
    st.html(tables.on_paper(table))
    st.download_button(
        "この記録をCSVで保存", data=lambda: tables.csv_bytes(receipt_table(chosen), ["受け取りの記録"]),
        mime="text/csv", file_name="受け取りの記録.csv", on_click="ignore", key="save-receipts",
        icon=":material/download:",
    )  # fmt: skip
    titles = {one.load_id: f"{one.loaded_at.replace('T', ' ')}　{one.file}" for one in chosen[:SHOWN]}
    if st.session_state.get("receipt") not in titles:
        st.session_state["receipt"] = None
    opened = st.selectbox(
        "受け取りの内容を見る", list(titles), format_func=lambda one: titles[one], index=None,
        placeholder="ファイルを選ぶ", key="receipt",
    )  # fmt: skip
    for receipt in chosen:
        if receipt.load_id == opened:
            _detail(place, receipt)


def receipt_table(receipts: Sequence[Receipt]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "受付日時": receipt.loaded_at.replace("T", " "),
                "ファイル": receipt.file,
                "種類": words.return_title(receipt.return_id) if receipt.return_id else "",
                "結果": words.outcome_word(receipt),
                "行": receipt.rows_in_file,
                "受け入れ": receipt.rows_accepted,
                "保留": receipt.rows_quarantined,
                "置き換え": receipt.rows_replaced,
                "市区町村": words.short_list(words.areas_of(receipt)),
                "扱った人": receipt.loaded_by,
                "照合番号": receipt.sha256[:12],
            }
            for receipt in receipts
        ]
    )


def _searched(found: Sequence[Receipt], outcomes: Sequence[str]) -> list[Receipt]:
    left, middle, right = st.columns([2, 1, 1])
    with left:
        wanted = st.text_input(
            "記録を探す", key="search", type="search", placeholder="ファイル名、市区町村、扱った人、照合番号"
        )
    with middle:
        kept = st.multiselect("結果", outcomes, key="search-outcome", placeholder="全て", select_all=False)
    with right:
        titles = {one.return_id or "": words.return_title(one.return_id) for one in found}
        returns = st.multiselect(
            "種類", list(titles), format_func=lambda one: titles[one], key="search-return", placeholder="全て",
            select_all=False,
        )  # fmt: skip
    parts = [spelling_key(part) for part in (wanted or "").split()]
    return [
        receipt
        for receipt in found
        if (not kept or words.outcome_word(receipt) in kept)
        and (not returns or (receipt.return_id or "") in returns)
        and (not parts or _holds(receipt, parts))
    ]


def _holds(receipt: Receipt, parts: Sequence[str]) -> bool:
    """Every word searched for occurs somewhere, however it is spelt."""
    told = (receipt.file, receipt.loaded_by, receipt.sha256, receipt.loaded_at, *words.areas_of(receipt))
    text = spelling_key("　".join(told))
    return all(part in text for part in parts)


def _detail(place: Place, receipt: Receipt) -> None:
    """One receipt: its outcome, problems, slip, and its withdrawal where there is or can be one."""
    outcome_box(receipt, done=True)
    st.caption(
        f"受領日 {receipt.received}　読み込み {receipt.loaded_at.replace('T', ' ')}　扱った人 {receipt.loaded_by}　"
        f"照合番号（sha256） {receipt.sha256}"
    )
    incoming = _kept(place, receipt)
    slips.slip_button(receipt, incoming, why_only_list(receipt, incoming), key=f"slip-of-{receipt.load_id}")
    problems.problem_section([receipt], key=f"of-{receipt.load_id}")
    if receipt.taken:
        withdrawal.withdraw_form(place, receipt)


def _kept(place: Place, receipt: Receipt) -> Incoming | None:
    """The file as it came, if it was accepted."""
    if not needs_answer(receipt) or not receipt.kept:
        return None
    try:
        return Incoming(receipt.file, records.kept_file(place.inbox, receipt))
    except records.KeptFileMissing:
        st.caption("受領したファイルが保管場所にありません。data/inbox をバックアップから戻してください。")
        return None
