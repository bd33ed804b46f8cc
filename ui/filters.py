"""Filters that live in the URL, so that a link shows the same view to whoever opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from metrics.catalog import Indicator
from ui import labels


def period_filter(periods: Sequence[str]) -> list[str]:
    """年度 and 月 of the asked months, from the months that anybody reported. Latest fiscal year first."""
    years = sorted({labels.fiscal_year_of(period) for period in periods}, reverse=True)
    left, right, _ = st.columns([1, 1, 2])
    with left:
        year = st.selectbox("年度", years, format_func=labels.fiscal_year_text, key="fy", bind="query-params")
    with right:
        month = st.selectbox(
            "月", [0, *labels.MONTHS], format_func=_month_option, key="month", bind="query-params"
        )
    return labels.months_of(year or years[0], month or None)


def _month_option(month: int) -> str:
    return f"{month}月" if month else labels.WHOLE_YEAR


def indicator_filter(catalog: Mapping[str, Indicator], default: str) -> Indicator:
    """One indicator, by its title; its id stands in the URL."""
    ids = sorted(catalog, key=lambda one: (one != default, catalog[one].notice, catalog[one].title))
    chosen = st.selectbox(
        "指標", ids, format_func=lambda one: catalog[one].title, key="indicator", bind="query-params"
    )
    return catalog[chosen or default]


def area_filter(names: Mapping[str, str], whole: str) -> str | None:
    """One municipality or the whole prefecture (None); its code stands in the URL."""
    chosen = st.selectbox(
        "市区町村", ["", *names], format_func=lambda code: names.get(code, whole), key="area", bind="query-params"
    )
    return chosen or None


def ministry_filter(years: Sequence[int], measures: Mapping[str, str]) -> tuple[int, str]:
    """Fiscal year and measure of the ministry's table."""
    left, right, _ = st.columns([1, 2, 1])
    with left:
        year = st.selectbox("年度", years, format_func=labels.fiscal_year_text, key="fy", bind="query-params")
    with right:
        ids = list(measures)
        measure = st.selectbox("項目", ids, format_func=measures.get, key="measure", bind="query-params")
    return year or years[0], measure or ids[0]


def prefecture_filter(names: Mapping[str, str], default: str) -> str:
    """One prefecture by its 2-digit code."""
    codes = list(names)
    chosen = st.selectbox(
        "都道府県", codes, index=codes.index(default), format_func=names.get, key="pref", bind="query-params"
    )
    return chosen or default
