"""指標: one indicator from every side. Map, ranked intervals, trend, breakdown, table, definition."""

import streamlit as st

from metrics.catalog import load_catalog
from ui import charts, filters, frame, internal_store, labels, tables, views

version = views.current_version_or_stop("指標")
meta = internal_store.meta(version)
catalog = {one: entry for one, entry in load_catalog().items() if not entry.period_is_fiscal_year}
title_place = st.empty()
indicator = filters.indicator_filter(catalog, "recommendation_rate")
with title_place.container():
    frame.page_head(f"指標：{indicator.title}", meta)
reported = internal_store.reported_months(version)
months = filters.period_filter(reported)
names = views.area_names(version)
area = filters.area_filter(names, "県全体")
about = views.about(meta, indicator, months)
period = labels.period_text(months)

estimates = internal_store.of_areas(version, indicator.id, months)
each, whole = estimates.iloc[:-1], estimates.iloc[-1]
st.markdown(views.spread_sentence(indicator, each, whole, names, months))
left, right = st.columns([1, 1])
with left:
    st.subheader("地図")
    views.area_map(meta["prefecture"], indicator, each)
with right:
    st.subheader("市区町村の値と95％信頼区間")
    figure = charts.ranked(each, [names[code] for code in each["area_code"]], indicator.kind, indicator.unit, whole["value"])
    with st.container(height=520, border=False):
        st.plotly_chart(figure, config=charts.CONFIG, key="ranked", alt=f"{indicator.title}の市区町村別の値")
    st.caption("破線は県全体。白抜きは一部の月だけの値。小さな市区町村の順位は偶然で入れ替わります。")
table = tables.estimate_table(estimates, [*(names[code] for code in each["area_code"]), "県全体"], indicator, "市区町村")
tables.data_table(table, key="areas", title=f"{indicator.title}・市区町村別（{period}）", about=about)

where = names[area] if area else "県全体"
st.header(f"推移：{where}")
series = internal_store.of_months(version, indicator.id, reported, area)
st.markdown(views.trend_sentence(indicator, series, where))
st.plotly_chart(charts.trend(series, indicator.kind, indicator.unit), config=charts.CONFIG, key="trend", alt="月別の推移")
st.caption("帯は95％信頼区間。線の切れ目は報告がない月。点線は法律の施行・通知の月。")
table = tables.estimate_table(series, [labels.month_text(month) for month in series["period"]], indicator, "月")
tables.data_table(table, key="months", title=f"{indicator.title}・月別（{where}）", about=about)

if indicator.kind == "duration":
    st.header(f"初回相談までの日数：{where}（{period}）")
    curve = internal_store.of_days(version, indicator.id, months, area)
    views.curve_section(curve, indicator, where, period, about)
elif indicator.breakdown:
    st.header(f"内訳（{indicator.breakdown.name}）：{where}（{period}）")
    parts = internal_store.of_breakdown(version, indicator.id, months, area)
    views.breakdown_section(parts, indicator, where, period, about)

st.header("定義")
frame.definition(indicator)
frame.page_foot(views.sources(meta, indicator))
