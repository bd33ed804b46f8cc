"""日常の連携: which municipalities do the four practices of the notice, and what changed since the year before."""

import streamlit as st

from metrics.periods import months_of_year
from ui import filters, frame, labels
from ui.internal import sections, store, timeline, view
from ui.internal.practice import matrix, years

TITLE = "日常の連携：4つの取組の実施状況（市区町村の年次報告）"

version = sections.current_version_or_stop(TITLE)
frame.page_head(TITLE, store.meta(version))
left, right, _ = st.columns([1, 1, 2])
with left:
    year = filters.fiscal_year_filter(store.reported_months(version))
with right:
    area = filters.area_filter(store.names(version), view.WHOLE)
st.html(timeline.timeline(months_of_year(year)))
about = view.sources(version, "年次連携状況")

for sentence in matrix.sentences(version, year):
    st.markdown(f"- {sentence}")
if area:
    st.markdown(f"- {matrix.own_sentence(version, year, area)}")
years.cards(version, year, filters.link_query("fy", "area"))

st.header(f"市区町村別の実施状況（{labels.fiscal_year_text(year)}）")
matrix.section(version, year, area, about)

st.header("年度別の推移（県全体）")
years.section(version, about)
frame.page_foot(about)
