"""概況: what a department head sees first. Facts in sentences, key figures with interval and change, map, ranking."""

import streamlit as st

from metrics.catalog import load_catalog
from ui import filters, frame
from ui.internal import figures, sections, sentences, store

KEY_INDICATORS = (
    "recommendation_rate",
    "handover_rate",
    "contact_within_30_days",
    "days_to_contact",
    "platform_attendance",
    "support_meeting_participation",
)

version = sections.current_version_or_stop("概況：連携の状況")
meta = store.meta(version)
frame.page_head("概況：連携の状況（市区町村の報告による集計）", meta)
months = filters.period_filter(store.reported_months(version))
catalog = {one: entry for one, entry in load_catalog().items() if not entry.is_yearly}

found = {one: figures.key_figure(version, catalog[one], months) for one in KEY_INDICATORS}
for sentence in sentences.overview(version, catalog, found, months):
    st.markdown(f"- {sentence}")

for row in (KEY_INDICATORS[:3], KEY_INDICATORS[3:]):
    for column, one in zip(st.columns(3), row, strict=True):
        with column:
            figures.card(catalog[one], found[one])
st.caption(
    "前年同期差は、前年度の同じ月との差です。色は良し悪しを示しません。（一部）は、未提出の月がある市区町村を含む値です。"
)

st.header("市区町村別の状況")
indicator = filters.indicator_filter(catalog, KEY_INDICATORS[0])
sections.areas(version, indicator, months)
with st.expander("この指標の定義"):
    frame.definition(indicator)
frame.page_foot(sentences.sources(meta, indicator))
