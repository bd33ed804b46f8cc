"""概況: what a department head sees first. Facts in sentences, key figures with interval and change, map, ranking."""

import streamlit as st

from metrics.catalog import load_catalog
from ui import charts, filters, frame, internal_store, labels, maps, tables, views

KEY_INDICATORS = (
    "recommendation_rate",
    "handover_rate",
    "contact_within_30_days",
    "days_to_contact",
    "platform_attendance",
    "support_meeting_participation",
)

version = views.current_version_or_stop("概況：連携の状況")
meta = internal_store.meta(version)
frame.page_head("概況：連携の状況（市区町村の報告による集計）", meta)
months = filters.period_filter(internal_store.reported_months(version))
catalog = load_catalog()

figures = {one: views.key_figure(version, catalog[one], months) for one in KEY_INDICATORS}
for sentence in views.sentences(version, catalog, figures, months):
    st.markdown(f"- {sentence}")

for row in (KEY_INDICATORS[:3], KEY_INDICATORS[3:]):
    for column, one in zip(st.columns(3), row, strict=True):
        with column:
            views.card(catalog[one], figures[one])
st.caption("前年同期差は、前年度の同じ月との差です。色は良し悪しを示しません。")

st.header("市区町村別の状況")
monthly = {one: entry for one, entry in catalog.items() if not entry.period_is_fiscal_year}
indicator = filters.indicator_filter(monthly, KEY_INDICATORS[0])
names = views.area_names(version)
estimates = internal_store.of_areas(version, indicator.id, months)
each, whole = estimates.iloc[:-1], estimates.iloc[-1]
st.markdown(views.spread_sentence(indicator, each, whole, names, months))
left, right = st.columns([1, 1])
with left:
    st.subheader(f"地図：{indicator.title}")
    views.area_map(meta["prefecture"], indicator, each)
with right:
    st.subheader("市区町村の値と95％信頼区間")
    figure = charts.ranked(each, [names[code] for code in each["area_code"]], indicator.kind, indicator.unit, whole["value"])
    with st.container(height=520, border=False):
        st.plotly_chart(figure, config=charts.CONFIG, key="ranked", alt=f"{indicator.title}の市区町村別の値")
    st.caption("破線は県全体。白抜きは一部の月だけの値。線は95％信頼区間で、重なる市区町村の間に差があるとは言えません。")
table = tables.estimate_table(estimates, [*(names[code] for code in each["area_code"]), "県全体"], indicator, "市区町村")
about = views.about(meta, indicator, months)
tables.data_table(table, key="areas", title=f"{indicator.title}（{labels.period_text(months)}）", about=about)
with st.expander("この指標の定義"):
    frame.definition(indicator)
frame.page_foot(views.sources(meta, indicator))
