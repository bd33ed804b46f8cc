"""The internal database as pages see it: found by its pointer, opened once a version, answers kept by version."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from etl.store import DEFAULT_DATABASE, SAMPLE_DATABASE, Place, current_version, place_of
from metrics.catalog import load_catalog
from metrics.compare import Comparison, against_prefecture, funnel_lines
from metrics.estimate import PREFECTURE, by_area, by_breakdown, by_month, estimate, share_by_day
from metrics.gap import Spread, spread
from metrics.national import monthly_rates
from metrics.periods import periods_of
from metrics.signals import signals, tendency_of
from metrics.stats.proportion import wilson
from metrics.stats.tendency import Tendency
from metrics.store import Store

KEPT_ANSWERS = 256


def database() -> Path:
    """The pointer this dashboard follows: RENKEI_DB, else the real returns, else the fictional prefecture's."""
    named = os.environ.get("RENKEI_DB")
    if named:
        return Path(named)
    return DEFAULT_DATABASE if current_version(DEFAULT_DATABASE) else SAMPLE_DATABASE


def place() -> Place:
    """Where the followed database and its inbox lie."""
    return place_of(database())


def version() -> str | None:
    """The current version's file, the key of every cached answer; None when nothing was loaded yet."""
    current = current_version(database())
    return str(current) if current else None


@st.cache_resource(max_entries=2, show_spinner=False, on_release=lambda store: store.close())
def _store(version: str) -> Store:
    return Store(version)


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def meta(version: str) -> dict[str, str]:
    return _store(version).meta()


@st.cache_data(max_entries=8, show_spinner=False)
def areas(version: str) -> pd.DataFrame:
    return _store(version).areas()


@st.cache_data(max_entries=8, show_spinner=False)
def coverage(version: str) -> pd.DataFrame:
    return _store(version).coverage()


@st.cache_data(max_entries=8, show_spinner=False)
def reported_months(version: str) -> list[str]:
    """Every month from the first to the last one that anybody reported for a figure of that month.

    A yearly return reports all months of its year, also those to come; it counts only when there is nothing else.
    """
    sent = coverage(version)
    monthly = {one for indicator in load_catalog().values() for one in indicator.returns}
    periods = sent.loc[sent["return_id"].isin(monthly), "period"]
    periods = sent["period"] if periods.empty else periods
    if periods.empty:
        return []
    return [str(month) for month in pd.period_range(periods.min(), periods.max(), freq="M")]


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def rows_of(version: str, indicator_id: str) -> pd.DataFrame:
    """What the cube holds of an indicator: counts, or days of a duration."""
    store = _store(version)
    if load_catalog()[indicator_id].kind == "duration":
        return store.durations(indicator_id)
    return store.counts(indicator_id)


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def of_areas(version: str, indicator_id: str, months: Sequence[str]) -> pd.DataFrame:
    """Estimates of every municipality, then of the prefecture; of the fiscal year for a yearly indicator."""
    indicator = load_catalog()[indicator_id]
    periods = periods_of(indicator, months)
    return by_area(indicator, rows_of(version, indicator_id), coverage(version), areas(version), periods)


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def of_whole(version: str, indicator_id: str, months: Sequence[str]) -> pd.Series:
    """The estimate of the prefecture alone."""
    indicator, rows = load_catalog()[indicator_id], rows_of(version, indicator_id)
    periods = periods_of(indicator, months)
    return estimate(indicator, rows, coverage(version), areas(version), periods, by=()).iloc[0]


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def of_months(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> pd.DataFrame:
    """Estimates month by month (or year by year), of the prefecture (None) or one municipality."""
    indicator, rows, places = load_catalog()[indicator_id], rows_of(version, indicator_id), areas(version)
    return by_month(indicator, rows, coverage(version), places, periods_of(indicator, months), area or PREFECTURE)


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def of_breakdown(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> pd.DataFrame:
    """Estimates of each value of the indicator's breakdown."""
    indicator, rows, places = load_catalog()[indicator_id], rows_of(version, indicator_id), areas(version)
    return by_breakdown(indicator, rows, coverage(version), places, periods_of(indicator, months), area or PREFECTURE)


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def of_days(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> pd.DataFrame:
    """The curve of a duration: share reached by each day."""
    return share_by_day(rows_of(version, indicator_id), areas(version), months, area or PREFECTURE)


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def compared(version: str, indicator_id: str, months: Sequence[str]) -> Comparison:
    """Every municipality against the prefecture: drawn-in value, ranks, funnel limits, verdict."""
    estimates = of_areas(version, indicator_id, months)
    return against_prefecture(load_catalog()[indicator_id], estimates.iloc[:-1], estimates.iloc[-1])


def funnel_limits(version: str, indicator_id: str, months: Sequence[str]) -> pd.DataFrame:
    """The funnel's lines: denominator, low, high, low_998, high_998."""
    comparison, whole = compared(version, indicator_id, months), of_areas(version, indicator_id, months).iloc[-1]
    return funnel_lines(load_catalog()[indicator_id], comparison, whole)


def spread_of(
    version: str, indicator_id: str, months: Sequence[str], neighbours: Mapping[str, Sequence[str]]
) -> Spread:
    """How far the municipalities lie apart; the kind of municipality divides Theil's index."""
    places, each = areas(version), of_areas(version, indicator_id, months).iloc[:-1]
    kinds = dict(zip(places["area_code"], places["type"], strict=True))
    return spread(load_catalog()[indicator_id], each, kinds, neighbours)


def signals_of(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> pd.DataFrame:
    """Centre line, limits and rule signals of the series that of_months gives."""
    return signals(load_catalog()[indicator_id], of_months(version, indicator_id, months, area))


def tendency(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> Tendency:
    """Whether the same series has a trend."""
    return tendency_of(of_months(version, indicator_id, months, area)["value"].to_numpy())


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def tally(version: str, tally_id: str, months: Sequence[str]) -> pd.DataFrame:
    """A tally summed over the months: area_code, its keys, its counts (metrics/tallies)."""
    return _store(version).tally(tally_id, months)


@st.cache_data(max_entries=8, show_spinner=False)
def practices(version: str) -> pd.DataFrame:
    """The yearly answers as sent, one row per municipality and fiscal year."""
    return _store(version).practices()


@st.cache_data(max_entries=8, show_spinner=False)
def ministry(version: str, fiscal_year: int, measure: str) -> pd.DataFrame:
    """The ministry's bodies with the monthly rate of a measure."""
    return monthly_rates(_store(version).ministry(fiscal_year), measure)


@st.cache_data(max_entries=8, show_spinner=False)
def ministry_prefectures(version: str, fiscal_year: int, measure: str) -> pd.DataFrame:
    """The 47 prefectures (their cities added) with the monthly rate of a measure, as estimates."""
    table = monthly_rates(_store(version).ministry_prefectures(fiscal_year), measure)
    return table.assign(state="value", numerator=table["count"], denominator=table["population"])


@st.cache_data(max_entries=2, show_spinner=False)
def ministry_national(version: str) -> pd.DataFrame:
    return _store(version).ministry_national()


@st.cache_data(max_entries=4, show_spinner=False)
def ministry_country(version: str, measure: str) -> pd.DataFrame:
    """The national totals of the years whose population is known, with the monthly rate of a measure."""
    known = ministry_national(version).dropna(subset=["population", "new_consultations", "plans"])
    return monthly_rates(known, measure)


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def of_days_within(
    version: str, indicator_id: str, months: Sequence[str], area: str | None, breakdown: str
) -> pd.DataFrame:
    """The curve of one breakdown value of a duration."""
    rows = rows_of(version, indicator_id)
    return share_by_day(rows[rows["breakdown"] == breakdown], areas(version), months, area or PREFECTURE)


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def shares(numerators: Sequence[int], denominators: Sequence[int]) -> list[tuple[float, float, float]]:
    """Share, low and high (Wilson, 95 %) of counts that are no indicator of their own; NaN where there is none."""
    found = wilson(numerators, denominators)
    return list(zip(found.value.tolist(), found.low.tolist(), found.high.tolist(), strict=True))


@st.cache_data(max_entries=2, show_spinner=False)
def examples(version: str) -> pd.DataFrame:
    """Every case as municipalities sent it, one row each."""
    return _store(version).examples()
