"""指標: one indicator from every side. Map, ranked intervals, trend, breakdown, table, definition."""

import streamlit as st

from metrics.catalog import load_catalog
from ui import filters, frame, labels
from ui.internal import sections, sentences, store

version = sections.current_version_or_stop("指標")
meta = store.meta(version)
catalog = {one: entry for one, entry in load_catalog().items() if not entry.is_yearly}
head = st.container()
indicator = filters.indicator_filter(catalog, "recommendation_rate")
with head:
    frame.page_head(f"指標：{indicator.title}", meta)
months = filters.period_filter(store.reported_months(version))
sections.areas(version, indicator, months)

names = sections.area_names(version)
st.header("推移と内訳")
area = filters.area_filter(names, "県全体")
where = names[area] if area else "県全体"
st.subheader(f"推移：{where}")
sections.trend(version, indicator, area, where)

period = labels.period_text(months)
if indicator.kind == "duration":
    st.subheader(f"初回相談までの日数：{where}、{period}")
    sections.curve_of_days(version, indicator, months, area, where)
elif indicator.breakdown:
    st.subheader(f"内訳（{indicator.breakdown.name}）：{where}、{period}")
    sections.breakdown(version, indicator, months, area, where)

st.header("定義")
frame.definition(indicator)
frame.page_foot(sentences.sources(meta, indicator))
