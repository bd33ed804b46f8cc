"""市町村: one municipality on one sheet: indicators beside the prefecture and its peers, returns, bodies, cases."""

import streamlit as st

from ui import filters, frame
from ui.internal import peers, sections, store, view
from ui.internal.municipality import differences, paper, places, positions, returned, trend

version = sections.current_version_or_stop("市町村")
head = st.container()
with st.container(key="municipality-filters"):
    names = store.names(version)
    months, area = filters.place_and_time(store.reported_months(version), names, "選んでください")
shown = view.View(version, tuple(months), area, names[area] if area else sections.WHOLE)
with head:
    title = (
        f"市町村：{shown.where}の状況（{shown.period}）"
        if area
        else "市町村：1市区町村の状況（市区町村の報告による集計）"
    )
    frame.page_head(title, store.meta(version), differences.profile(shown) if area else "")
    st.html(paper.STYLE)
if not area:
    places.section(version)
    st.stop()

st.header("県全体との大きな差")
place = st.container()
st.header("県全体・類似する市区町村と比べた指標")
with st.container(key="peers-chosen"):
    similar = peers.chooser(version, area)
positions.section(shown, similar)
with place:
    differences.largest(shown, similar)
st.header("差のある指標に合う事例")
differences.cases(shown, similar)
left, right = st.columns(2)
with left:
    st.header("推移")
    trend.section(shown, version)
with right, st.container(key="own-matrices"):
    st.header("会議体と日常の連携")
    returned.own_bodies(shown)
    returned.own_practices(shown)
st.header("報告の提出の状況")
returned.section(shown)
with st.container(key="off-paper"):
    st.header("類似する市区町村")
    peers.section(version, area, similar)
frame.page_foot(view.sources(version, "市区町村の各報告"))
