"""The pages that the PDF will have, one at a time, before any file is made."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from desk.choices import Choice
from reports.pdf import page_pictures
from reports.sources import Options
from ui.internal import store
from ui.internal.packs import chosen, making
from ui.url import url_select

PLACE = "pack-page"
# A picture that is given a width is made smaller before it is sent: blurred. The browser does that better.
STYLE = """<style>
.st-key-pack-preview img { max-width: min(100%, 760px) !important; border: 1px solid #D0D0D8;
  box-shadow: 0 1px 4px rgba(0, 0, 0, .15); }
@media print { .st-key-pack-turn { display: none; } }
</style>"""


@st.fragment
def section(version: str, choice: Choice, entries: int) -> None:
    """Turning a page draws nothing but this again. The pages are those of the PDF, by the same template."""
    by_area = {one.area or "": one for one in chosen.options(version, choice)}
    area = next(iter(by_area))
    if len(by_area) > 1:
        names = store.names(version)
        left, _ = st.columns([1, 1.6])
        with left:
            area = url_select("見る市区町村", list(by_area), "of", shown=lambda code: names[code])
    with st.spinner("ページを作っています…"):
        title, pages = _pages(version, replace(by_area[area], has_indicators=False), entries)
    st.html(STYLE)
    place = min(st.session_state.get(PLACE, 0), len(pages) - 1)
    if len(pages) > 1:
        place = _turned(place, len(pages))
    else:
        st.caption("1ページ")
    with st.container(key="pack-preview"):
        st.image(pages[place], width="stretch", output_format="PNG", alt=f"{title}、{place + 1}ページ")
    st.caption("PDFのページです。PowerPointとExcelにも同じ項目が入り、Excelには全ての市区町村の表も入ります。")


def _turned(place: int, count: int) -> int:
    """The buttons and their keys; they move in a callback, so that the page of now is drawn once."""

    def go(to: int) -> None:
        st.session_state[PLACE] = to

    with st.container(key="pack-turn", horizontal=True, vertical_alignment="center"):
        st.button("前のページ", key="page-back", shortcut="Left", disabled=place == 0,
                  icon=":material/chevron_left:", on_click=go, args=(place - 1,))  # fmt: skip
        st.button("次のページ", key="page-next", shortcut="Right", disabled=place == count - 1,
                  icon=":material/chevron_right:", on_click=go, args=(place + 1,))  # fmt: skip
        st.markdown(f"**{place + 1}／{count}ページ**")
    return place


@st.cache_resource(max_entries=8, show_spinner=False)
def _pages(version: str, options: Options, entries: int) -> tuple[str, list[bytes]]:
    """The title of the pack and its pages as PNG, kept as long as the pack itself."""
    pack = making.pack_of(version, options, entries)
    return pack.title, page_pictures(pack)
