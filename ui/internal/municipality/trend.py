"""One indicator of the municipality over time."""

from __future__ import annotations

import streamlit as st

from metrics.catalog import load_catalog
from ui import chart, charts, exports, filters, labels, tables
from ui.charts.base import Figure
from ui.internal import store
from ui.internal.indicator.trend import table
from ui.internal.memory import kept
from ui.internal.view import View
from ui.labels import sentences

HEIGHT, MOST_TICKS = 220, 6


@st.fragment
def section(view: View, version: str) -> None:
    """With a filter of its own, which draws nothing but this section again."""
    with st.container(key="trend-choice"):
        indicator = filters.indicator_filter(load_catalog(), "recommendation_rate")
    figure, sentence = _trend(version, indicator.id, view.area or "", view.where)
    st.markdown(f"{indicator.title}：{sentence}")
    chart.show(figure, key="own-trend", alt=f"{indicator.title}の推移")
    tables.data_table(
        lambda: table(version, indicator, tuple(store.reported_months(version)), view.area),
        key="months",
        title=f"{indicator.title}・{'年度別' if indicator.is_yearly else '月別'}（{view.where}）",
        about=sentences.about(store.meta(version), indicator, store.reported_months(version)),
        pictures=[exports.Picture(figure)],
    )


@kept(512)
def _trend(version: str, indicator_id: str, area: str, where: str) -> tuple[Figure, str]:
    indicator = load_catalog()[indicator_id]
    months = tuple(store.reported_months(version))
    series = store.of_months(version, indicator_id, months, area)
    figure = charts.trend(series, indicator.kind, indicator.unit)
    # Half a page wide: fewer ticks than on the page of the indicator.
    ticks = list(series["period"])[:: max(1, len(series) // MOST_TICKS)]
    figure["layout"] |= {"height": HEIGHT}
    figure["layout"]["xaxis"] |= {"tickvals": ticks, "ticktext": list(map(labels.short_period, ticks)), "tickangle": 0}
    found = store.tendency(version, indicator_id, months, area)
    tendency = sentences.tendency(found.method, found.n, found.p, found.s)
    return figure, sentences.trend(indicator, series, where) + tendency
