"""The filters of the pages, kept in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics.catalog import Indicator, in_notice_order
from metrics.periods import MONTHS, fiscal_year_of, months_of_year
from ui import labels
from ui.url import url_select


def place_and_time(periods: Sequence[str], names: Mapping[str, str], whole: str) -> tuple[list[str], str | None]:
    """年度, 月 and 市区町村 in one row: the asked months, and a code or None for all."""
    left, middle, right, _ = st.columns([1, 1, 1.3, 1])
    return _time_and_place((left, middle, right), periods, names, whole)


def one_indicator(
    catalog: Mapping[str, Indicator], default: str, periods: Sequence[str], names: Mapping[str, str], whole: str
) -> tuple[Indicator, list[str], str | None]:
    """指標, 年度, 月 and 市区町村 in one row. A yearly indicator is asked for the year that holds the month."""
    first, left, middle, right = st.columns([2, 1, 1, 1.3])
    with first:
        indicator = indicator_filter(catalog, default)
    return indicator, *_time_and_place((left, middle, right), periods, names, whole)


def _time_and_place(
    columns: Sequence[DeltaGenerator], periods: Sequence[str], names: Mapping[str, str], whole: str
) -> tuple[list[str], str | None]:
    left, middle, right = columns
    with left:
        year = fiscal_year_filter(periods)
    with middle:
        month = url_select("月", [0, *MONTHS], "month", shown=_month_option)
    with right:
        area = area_filter(names, whole)
    return months_of_year(year, month or None), area


def fiscal_year_filter(periods: Sequence[str]) -> int:
    years = sorted({fiscal_year_of(period) for period in periods}, reverse=True)
    return url_select("年度", years, "fy", shown=labels.fiscal_year_text)


def _month_option(month: int) -> str:
    return f"{month}月" if month else labels.WHOLE_YEAR


def indicator_filter(catalog: Mapping[str, Indicator], default: str) -> Indicator:
    """One indicator, by its title; in the order of the notice's items."""
    ids = [one.id for one in in_notice_order(catalog.values())]
    shown = {one: f"{catalog[one].notice[0]}　{catalog[one].title}" for one in ids}
    return catalog[url_select("指標", ids, "indicator", shown=lambda one: shown[one], default=default)]


def area_filter(names: Mapping[str, str], whole: str) -> str | None:
    """One municipality or the whole prefecture (None)."""
    return url_select("市区町村", ["", *names], "area", shown=lambda code: names.get(code, whole)) or None


def link_query(*keys: str) -> str:
    """The chosen filters as they stand in the URL, to be put behind a link: '&fy=2023&area=992011'."""
    chosen = {key: st.query_params[key] for key in keys if key in st.query_params}
    return f"&{urlencode(chosen)}" if chosen else ""


def ministry_filter(years: Sequence[int], measures: Mapping[str, str]) -> tuple[int, str]:
    """Fiscal year and measure of the ministry's table."""
    left, right, _ = st.columns([1, 2, 1])
    with left:
        year = url_select("年度", years, "survey_fy", shown=labels.fiscal_year_text)
    with right:
        measure = url_select("項目", list(measures), "measure", shown=lambda one: measures[one])
    return year, measure


def prefecture_filter(names: Mapping[str, str], default: str) -> str:
    """One prefecture by its 2-digit code."""
    return url_select("都道府県", list(names), "pref", shown=lambda code: names[code], default=default)


def return_filter(titles: Mapping[str, str]) -> str:
    """One kind of return, of those that were received."""
    return url_select("報告の種類", list(titles), "return", shown=lambda one: titles[one])
