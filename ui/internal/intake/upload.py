"""Handing in files: choose, look at what would happen, take in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import streamlit as st

from etl.load import Incoming, Order
from etl.store import DEFAULT_DATABASE, SAMPLE_DATABASE, Place, place_of
from ui.internal.intake import batch as work
from ui.internal.intake import own_errors, results
from ui.internal.intake.batch import Batch, Told
from ui.internal.person import person

KEY = "intake-batch"
TYPES = ["csv", "tsv", "txt", "xlsx", "xls"]


@st.fragment
def upload_section(place: Place, meta: Mapping[str, str] | None) -> None:
    """The form; below it what would become of the files, and after they were taken in what became of them."""
    target = _target(place, meta)
    with st.form("upload", clear_on_submit=True):
        files = st.file_uploader(
            "市区町村の報告（CSV、Excel）。まとめて選べます。", type=TYPES, accept_multiple_files=True, key="files"
        )
        left, right = st.columns([1, 2], vertical_alignment="bottom")
        with left:
            day = st.date_input(
                "受領日", value=date.today(), max_value=date.today(), key="received", format="YYYY/MM/DD"
            )
        with right:
            asked = st.form_submit_button("確認する", type="primary", icon=":material/fact_check:")
    st.caption("「確認する」を押すと、読み込んだ場合の結果を示します。まだ何も保存しません。")
    if asked and files:
        incoming = [Incoming(file.name, file.getvalue()) for file in files]
        with _progress("確認しています…", len(incoming)) as told, own_errors.told():
            st.session_state[KEY] = work.look_at(incoming, target, Order(received=day, who=person()), told)
            st.rerun()
    elif asked:
        st.warning("ファイルを選んでから「確認する」を押してください。")
    batch: Batch | None = st.session_state.get(KEY)
    if batch is None:
        return
    if batch.is_done:
        results.show(batch)
    else:
        _decide(batch)


def _target(place: Place, meta: Mapping[str, str] | None) -> Place:
    """Which database is fed, said in words. Real returns never go into the fictional prefecture's."""
    if place.pointer != SAMPLE_DATABASE:
        invented = "（架空データ）" if meta and meta.get("sample") == "1" else ""
        st.caption(f"読み込み先：{place.pointer.name}{invented}")
        return place
    real = st.checkbox(
        "実際の報告として読み込む（架空の見本県とは別のデータベースを作ります）", key="real", value=meta is None
    )
    st.caption(
        f"読み込み先：実際の報告のデータベース（{DEFAULT_DATABASE.name}）。受け入れると、全ての画面が実際の報告の表示に切り替わります。"
        if real
        else f"読み込み先：架空の見本県のデータベース（{SAMPLE_DATABASE.name}）。試しに読み込むためのものです。"
    )
    return place_of(DEFAULT_DATABASE) if real else place


def _decide(batch: Batch) -> None:
    """The preview, with what can be done next."""
    st.subheader("確認の結果（まだ受け入れていません）")
    changed = results.show(batch)
    if changed is not None:
        number, replaces = changed
        with own_errors.told():
            st.session_state[KEY] = work.look_again(batch, number, replaces=replaces)
            st.rerun()
    takable = sum(one.can_be_taken for one in batch.files)
    refused = sum(one.receipt.outcome == "refused" for one in batch.files)
    with st.container(horizontal=True):
        label = f"受け入れる（{takable:,}件）" if takable else "結果を記録する"
        asked = st.button(label, type="primary", key="take", icon=":material/inbox:")
        if st.button("やめる", key="drop"):
            del st.session_state[KEY]
            st.rerun()
    if refused:
        st.caption(f"差し戻しの{refused:,}件は受け入れず、差し戻したことだけを記録します。")
    if asked:
        with _progress("受け入れています…", takable) as told, own_errors.told():
            st.session_state[KEY] = work.take_in(batch, told)
            st.rerun()


@contextmanager
def _progress(words: str, count: int) -> Iterator[Told]:
    """A bar that says which file is being worked on."""
    bar = st.progress(0.0, text=words)

    def told(number: int, name: str) -> None:
        bar.progress(min(number / max(count, 1), 1.0), text=f"{words}　{number + 1:,}／{count:,}：{name}")

    try:
        yield told
    finally:
        bar.empty()
