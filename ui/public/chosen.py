"""What the page of one indicator looks at, chosen by boxes whose values stand in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from metrics.catalog import ALL
from metrics.periods import MONTHS, fiscal_year_of
from ui import labels
from ui.public import plain, store
from ui.url import url_select


@dataclass(frozen=True)
class Chosen:
    """area: a code, None for the prefecture. period: a fiscal year 'YYYY' or a month 'YYYY-MM'."""

    version: str
    indicator: Mapping[str, Any]
    period: str
    breakdown: str
    area: str | None

    @property
    def id(self) -> str:
        return str(self.indicator["indicator_id"])

    @property
    def kind(self) -> str:
        return str(self.indicator["kind"])

    @property
    def fiscal_year(self) -> int:
        return fiscal_year_of(self.period) if "-" in self.period else int(self.period)

    @property
    def place(self) -> str:
        """The chosen place's name; the prefecture's where none is chosen."""
        if self.area is None:
            return f"{store.prefecture(self.version)[1]}全体"
        return store.area_names(self.version)[self.area]

    @property
    def code(self) -> str:
        return self.area or store.prefecture(self.version)[0]

    @property
    def part(self) -> str:
        """The breakdown's value in words, '' for the undivided figure."""
        if self.breakdown == ALL:
            return ""
        return f"{self.indicator['breakdown_name']}：{store.breakdowns(self.version, self.id)[self.breakdown]}"

    def title(self, *what: str) -> str:
        """「つなぎの実施率・市区町村別（令和6年度）」"""
        parts = [part for part in (*what, self.part) if part]
        return "・".join([str(self.indicator["title"]), *parts]) + f"（{labels.period_name(self.period)}）"


def default_indicator(version: str) -> str:
    known = store.indicators(version)
    return next((one for one in plain.KEY_INDICATORS if one in known), next(iter(known)))


def indicator_box(version: str) -> str:
    known = store.indicators(version)
    return url_select(
        "指標", list(known), "indicator", shown=lambda one: known[one]["title"], default=default_indicator(version)
    )


def chosen(version: str) -> Chosen:
    """The boxes: 指標, 年度, 月 (where months are published), 内訳 (where there is one), 市区町村."""
    first, second, third = st.columns([2.2, 1, 1])
    with first:
        indicator_id = indicator_box(version)
    indicator, periods = store.indicators(version)[indicator_id], store.periods(version, indicator_id)
    years = sorted({one if "-" not in one else str(fiscal_year_of(one)) for one in periods}, reverse=True)
    with second:
        year = url_select("年度", years, "fy", shown=lambda one: labels.fiscal_year_text(int(one)))
    with third:
        period = _month_box(year, periods)
    fourth, fifth = st.columns([2.2, 2])
    values = store.breakdowns(version, indicator_id)
    with fourth:
        breakdown = _breakdown_box(indicator, values)
    with fifth:
        names = store.area_names(version)
        whole = f"{store.prefecture(version)[1]}全体"
        area = url_select("市区町村", ["", *names], "area", shown=lambda code: names.get(code, whole))
    return Chosen(version, indicator, period, breakdown, area or None)


def latest(version: str, indicator_id: str) -> Chosen:
    """The whole prefecture, undivided, in the last published period."""
    periods = store.periods(version, indicator_id)
    return Chosen(version, store.indicators(version)[indicator_id], periods[-1], ALL, None)


def _month_box(year: str, periods: list[str]) -> str:
    """The period asked for: the whole year first where it is published, else its months only."""
    months = [one for one in periods if "-" in one and str(fiscal_year_of(one)) == year]
    options = [*([0] if year in periods else []), *sorted((int(one[5:]) for one in months), key=MONTHS.index)]
    if len(options) == 1 and options == [0]:
        return year
    month = url_select("月", options, "month", shown=lambda one: f"{one}月" if one else labels.WHOLE_YEAR)
    return next((one for one in months if int(one[5:]) == month), year)


def _breakdown_box(indicator: Mapping[str, Any], values: Mapping[str, str]) -> str:
    if len(values) < 2:
        return ALL
    return url_select(
        f"内訳（{indicator['breakdown_name']}）", list(values), "part",
        shown=lambda one: "分けない" if one == ALL else values[one],
    )  # fmt: skip


def link_before_place() -> str:
    """The address of this view up to its place, as it stands in the URL now: '?indicator=…&fy=2023&area='."""
    kept = {key: st.query_params[key] for key in ("indicator", "fy", "month", "part") if key in st.query_params}
    return f"?{urlencode(kept | {'area': ''})}"
