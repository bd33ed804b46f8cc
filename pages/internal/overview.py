"""概況: what a department head sees first. Facts in sentences, key figures, map and ranking, the heat table."""

import streamlit as st

from metrics.catalog import load_catalog
from ui import filters, frame
from ui.internal import sections, store
from ui.internal.overview import facts, heat
from ui.internal.presentation import way_in
from ui.labels import sentences

version = sections.current_version_or_stop("概況：連携の状況")
meta = store.meta(version)
frame.page_head("概況：連携の状況（市区町村の報告による集計）", meta)
names = store.names(version)
months, area = filters.place_and_time(store.reported_months(version), names, sections.WHOLE)
facts.section(version, months, filters.link_query("fy", "month", "area"))
way_in.link()

st.header("市区町村別の状況")
indicator = filters.indicator_filter(load_catalog(), "recommendation_rate")
sections.chosen_line(version, indicator, months, area)
sections.areas(version, indicator, months, area)
with st.expander("この指標の定義"):
    frame.definition(indicator)

st.header("主な指標の市区町村別の一覧")
heat.section(version, months, area)
frame.page_foot(sentences.sources(meta, indicator))
