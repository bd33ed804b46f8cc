"""指標: one published indicator by municipality, over time and by its parts, with its definition in words."""

import streamlit as st

from ui import labels
from ui.public import areas, definition, english, head, plain, series
from ui.public.chosen import chosen

version = head.current_or_stop()
top = st.container()
view = chosen(version)
with top:
    head.page_head(f"指標：{view.indicator['title']}", version)
st.markdown(plain.in_plain_words(view.indicator))
head.english(english.indicator(view))

st.header(f"市区町村別（{labels.period_name(view.period)}{'、' + view.part if view.part else ''}）", anchor="areas")
areas.section(view)
st.header(f"推移：{view.place}", anchor="series")
series.over_time(view)
if isinstance(view.indicator["breakdown_name"], str):
    st.header(f"内訳（{view.indicator['breakdown_name']}）：{view.place}", anchor="breakdown")
    series.by_breakdown(view)
st.header("定義", anchor="definition")
st.html(definition.facts_html(view.indicator))
head.page_foot(version, str(view.indicator["source"]))
