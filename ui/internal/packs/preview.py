"""How the pack will read, one section at a time, before any file is made."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from desk.choices import Choice
from reports.content import Section
from ui.internal import store
from ui.internal.packs import blocks, chosen, making
from ui.url import url_select

HEIGHT = 640  # what was decided stands below it and must be found


@st.fragment
def section(version: str, choice: Choice, entries: int) -> None:
    """Choosing another section draws nothing but this again, and no more than that section is made."""
    titles = chosen.titles_for(choice.reader)
    listed = choice.sections or tuple(titles)
    by_area = {one.area or "": one for one in chosen.options(version, choice)}
    names = store.names(version)
    left, right, _ = st.columns([1, 1, 0.6])
    with left:
        shown = url_select("項目", listed, "shown", shown=lambda one: titles[one])
    with right:
        area = next(iter(by_area))
        if len(by_area) > 1:
            area = url_select("見る市区町村", list(by_area), "of", shown=lambda code: names[code])
    options = replace(by_area[area], sections=(shown,), has_indicators=False)
    with st.container(border=True, height=HEIGHT, key="pack-preview"), st.spinner("読み込んでいます…"):
        pack = making.pack_of(version, options, entries)
        st.caption("　".join([pack.where, pack.period]))
        for one in pack.sections:
            _draw(one)


def _draw(one: Section) -> None:
    st.subheader(one.title, anchor=False)
    if not one.blocks:
        st.markdown(one.empty)
    for number, block in enumerate(one.blocks):
        blocks.show(block, f"preview-{one.id}-{number}")
