"""指標: one indicator from every side. Map, ranked intervals, funnel, gap, trend, breakdown, table, definition."""

import streamlit as st

from metrics.catalog import load_catalog
from ui import filters, frame, labels
from ui.internal import sections, store
from ui.internal.indicator import funnel, gap, ministry, parts, trend
from ui.labels import sentences

version = sections.current_version_or_stop("指標")
meta, names = store.meta(version), store.names(version)
head = st.container()
indicator, months, area = filters.one_indicator(
    load_catalog(), "recommendation_rate", store.reported_months(version), names, sections.WHOLE
)
with head:
    frame.page_head(f"指標：{indicator.title}", meta)
where, period = names[area] if area else sections.WHOLE, labels.period_text(sentences.span(indicator, months))
sections.chosen_line(version, indicator, months, area)
sections.areas(version, indicator, months, area)
published = ministry.sentence(version, indicator, months)
if published:
    st.markdown(published)

st.header(f"県全体との差（{period}）")
funnel.section(version, indicator, months, area)
st.header(f"市区町村間の差（{period}）")
gap.section(version, indicator, months)

st.header(f"推移：{where}")
trend.section(version, indicator, area, where)
if indicator.kind == "duration":
    st.header(f"初回相談までの日数：{where}、{period}")
    parts.curves(version, indicator, months, area, where)
elif indicator.breakdown:
    st.header(f"内訳（{indicator.breakdown.name}）：{where}、{period}")
    parts.breakdown(version, indicator, months, area, where)

st.header("定義")
frame.definition(indicator)
frame.page_foot(sentences.sources(meta, indicator))
