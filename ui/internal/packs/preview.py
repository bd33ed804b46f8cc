"""How the pack will read, one section at a time, before any file is made."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from desk.choices import Choice
from reports.content import Section
from ui.internal.packs import blocks, chosen, making
from ui.url import url_select

HEIGHT = 640  # what was decided stands below it and must be found


@st.fragment
def section(version: str, choice: Choice, entries: int) -> None:
    """Choosing another section draws nothing but this again, and no more than that section is made."""
    titles = chosen.titles_for(choice.reader)
    listed = choice.sections or tuple(titles)
    place, _ = st.columns([1, 1.5])
    with place:
        shown = url_select("項目", listed, "shown", shown=lambda one: titles[one])
    options = replace(chosen.options(version, choice)[0], sections=(shown,), has_indicators=False)
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
