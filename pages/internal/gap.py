"""地域差: how large the gap between municipalities is beyond chance, whether it narrows, and what closing it adds."""

import streamlit as st

from metrics.catalog import load_catalog
from ui import filters, frame, labels
from ui.internal import peers, sections, store
from ui.internal.gap import beyond, gain, groups, over_years
from ui.labels import sentences

version = sections.current_version_or_stop("地域差")
meta, names = store.meta(version), store.names(version)
head = st.container()
indicator, months, area = filters.one_indicator(
    load_catalog(), "recommendation_rate", store.reported_months(version), names, sections.WHOLE
)
with head:
    frame.page_head(f"地域差：{indicator.title}（市区町村の報告による集計）", meta)
period = labels.period_text(sentences.span(indicator, months))
sections.chosen_line(version, indicator, months, area)

st.header(f"市区町村の間の差（{period}）")
beyond.section(version, indicator, months)
st.header("種別・福祉事務所・圏域による差")
groups.section(version, indicator, months, area)
st.header("差は縮まったか（年度別）")
over_years.section(version, indicator)

st.header("全ての市区町村が基準に届いた場合（計算上の件数）")
gains = st.container()
st.header("類似する市区町村")
similar = peers.chooser(version, area) if area else ()
if area:
    peers.section(version, area, similar)
else:
    st.markdown("市区町村を選ぶと、条件の似た市区町村と、似ている理由を示します。")
with gains:
    gain.section(version, indicator, months, area, similar)

st.header("定義")
frame.definition(indicator)
frame.page_foot(sentences.sources(meta, indicator))
