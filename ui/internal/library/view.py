"""One case on the page: its sheet, what moved, who took it up, and the desk where all of that is recorded."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from desk.case_sheet import HEADINGS, Case
from ui.internal import store
from ui.internal.library import adoption, book, form, states
from ui.internal.library.listing import TURNED, close_case, places
from ui.internal.library.sheet import sheet_html, state_text
from ui.internal.library.shelf import Shelf
from ui.internal.person import person_field

_RUNS = "scripts-run"
KEPT_IN = "事例の入力・修正・状態・取り入れの記録に残ります。"


def case_section(version: str, shelf: Shelf, case: Case, about: Sequence[str]) -> None:
    """The case as it is read and printed."""
    place = places(version).get(case.area_code) or {"name": case.area_code, "type": "不明", "population": "不明"}
    with st.container(horizontal=True, key="case-tools"):
        st.button("一覧に戻る", key="close-case", on_click=close_case, icon=":material/arrow_back:")
        printed = st.button("印刷", key="print-case", icon=":material/print:")
        st.download_button(
            "事例シートを保存（Excel）", data=lambda: book.book_of(case, place["name"], about), on_click="ignore",
            file_name=book.book_name(case, place["name"]), key="save-case", icon=":material/download:",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )  # fmt: skip
    if printed:
        _run("window.print()")
    st.markdown(f"状態：**{state_text(case)}**")
    st.html(sheet_html(case, place))
    with st.container(key="case-moved"):
        st.header("取組の前と後の指標", anchor="moved")
        adoption.moved_section(version, shelf, case)
        st.header("見た・試した・取り入れた市区町村", anchor="reached")
        adoption.reached_section(version, shelf, case)


def work_section(version: str, shelf: Shelf, case: Case) -> None:
    """What the prefecture records about the case; none of it is printed."""
    with st.container(key="case-work"):
        st.header("県の記録", anchor="work")
        person_field(KEPT_IN)
        st.subheader("状態を変える", anchor=False)
        states.state_section(case)
        st.subheader("取り入れを記録する", anchor=False)
        adoption.entry_section(version, shelf, case)
        with st.expander("内容を直す", icon=":material/edit:", key="edit-case", on_change="rerun") as fold:
            if fold.open:
                _stale(case)
                form.edit_form(case)
        with st.expander("入力・修正・状態の記録と取り消し", icon=":material/history:", key="case-records"):
            states.history_section(shelf, case)


def _stale(case: Case) -> None:
    stale = [one for one in case.edits if one.is_stale]
    if stale:
        fields = "、".join(HEADINGS[one.field] for one in stale)
        st.info(f"{fields}は、県が直した後に市区町村から新しい内容が届いたため、届いた内容を表示しています。")


def new_section(version: str) -> None:
    """The form of a new case, in a fold under the list; the chosen municipality stands in it."""
    with st.expander("事例を入力する", icon=":material/edit_note:", key="new-case", on_change="rerun") as fold:
        if fold.open:
            st.caption(
                "市区町村から聞き取った事例などを入力します。事例シートのファイルは「受付」で読み込めます。"
                "保存すると下書きになり、保存した人と日時が残ります。"
            )
            person_field(KEPT_IN)
            form.enter_form(store.names(version), st.session_state.get("kept-area") or None)


def told() -> None:
    """What the last entry did, once."""
    said = st.session_state.pop(form.SAID, None)
    if said:
        st.success(said, icon=":material/check:")


def chosen(shelf: Shelf) -> Case | None:
    """The case that the link names; a link to one that is no more says so."""
    asked_for = st.query_params.get("case")
    if asked_for is None:
        return None
    case = shelf.by_link.get(asked_for)
    if case is None:
        st.warning("指定された事例は見つかりません。取り消されたか、番号が変わっています。一覧から探してください。")
    return case


def at_its_beginning() -> None:
    """Brings a case that was just opened, or the list, to its beginning: the screen stays where the click was."""
    if st.session_state.pop(TURNED, False):
        _run("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")


def _run(script: str) -> None:
    """Runs a line of ours in the browser once. Each time another text: the same one again would not run."""
    count = st.session_state[_RUNS] = st.session_state.get(_RUNS, 0) + 1
    st.html(f"<script>/* {count} */ setTimeout(() => {script}, 300)</script>", unsafe_allow_javascript=True)
