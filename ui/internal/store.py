"""The internal database as pages see it: found by its pointer, opened once a version, answers kept by version."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from etl.store import DEFAULT_DATABASE, SAMPLE_DATABASE, Place, current_version, place_of
from metrics.answers import Answers, KeyFigure
from metrics.compare import Comparison
from metrics.gap import Spread
from metrics.national import monthly_rates
from metrics.stats.proportion import wilson
from metrics.stats.tendency import Tendency
from ui.internal.memory import kept


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


@st.cache_resource(max_entries=2, show_spinner=False, on_release=lambda answers: answers.close())
def answers(version: str) -> Answers:
    """The answers of a database version, kept as long as it is asked."""
    return Answers(version)


def meta(version: str) -> dict[str, str]:
    return answers(version).meta()


def areas(version: str) -> pd.DataFrame:
    return answers(version).areas()


def names(version: str) -> dict[str, str]:
    return answers(version).names()


def coverage(version: str) -> pd.DataFrame:
    return answers(version).coverage()


def reported_months(version: str) -> list[str]:
    return answers(version).reported_months()


def rows_of(version: str, indicator_id: str) -> pd.DataFrame:
    return answers(version).rows_of(indicator_id)


def of_areas(version: str, indicator_id: str, months: Sequence[str]) -> pd.DataFrame:
    return answers(version).of_areas(indicator_id, tuple(months))


def of_whole(version: str, indicator_id: str, months: Sequence[str]) -> pd.Series:
    return answers(version).of_whole(indicator_id, tuple(months))


def of_months(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> pd.DataFrame:
    return answers(version).of_months(indicator_id, tuple(months), area)


def of_breakdown(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> pd.DataFrame:
    return answers(version).of_breakdown(indicator_id, tuple(months), area)


def of_days(
    version: str, indicator_id: str, months: Sequence[str], area: str | None, breakdown: str | None = None
) -> pd.DataFrame:
    return answers(version).of_days(indicator_id, tuple(months), area, breakdown)


def compared(version: str, indicator_id: str, months: Sequence[str]) -> Comparison:
    return answers(version).compared(indicator_id, tuple(months))


def funnel_limits(version: str, indicator_id: str, months: Sequence[str]) -> pd.DataFrame:
    return answers(version).funnel_limits(indicator_id, tuple(months))


def spread_of(
    version: str, indicator_id: str, months: Sequence[str], neighbours: Mapping[str, Sequence[str]]
) -> Spread:
    return answers(version).spread_of(indicator_id, tuple(months), neighbours)


def signals_of(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> pd.DataFrame:
    return answers(version).signals_of(indicator_id, tuple(months), area)


def tendency(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> Tendency:
    return answers(version).tendency(indicator_id, tuple(months), area)


def key_figure(version: str, indicator_id: str, months: Sequence[str]) -> KeyFigure:
    return answers(version).key_figure(indicator_id, tuple(months))


def tally(version: str, tally_id: str, months: Sequence[str]) -> pd.DataFrame:
    return answers(version).tally(tally_id, tuple(months))


def practices(version: str) -> pd.DataFrame:
    return answers(version).practices()


def examples(version: str) -> pd.DataFrame:
    return answers(version).examples()


def welfare_offices(version: str) -> dict[str, bool | None]:
    return answers(version).welfare_offices()


@kept(8)
def ministry(version: str, fiscal_year: int, measure: str) -> pd.DataFrame:
    """The ministry's bodies with the monthly rate of a measure."""
    return monthly_rates(answers(version).store.ministry(fiscal_year), measure)


@kept(8)
def ministry_prefectures(version: str, fiscal_year: int, measure: str) -> pd.DataFrame:
    """The 47 prefectures (their cities added) with the monthly rate of a measure, as estimates."""
    table = monthly_rates(answers(version).store.ministry_prefectures(fiscal_year), measure)
    return table.assign(state="value", numerator=table["count"], denominator=table["population"])


@kept(2)
def ministry_national(version: str) -> pd.DataFrame:
    return answers(version).store.ministry_national()


@kept(4)
def ministry_country(version: str, measure: str) -> pd.DataFrame:
    """The national totals of the years whose population is known, with the monthly rate of a measure."""
    known = ministry_national(version).dropna(subset=["population", "new_consultations", "plans"])
    return monthly_rates(known, measure)


@st.cache_data(max_entries=256, show_spinner=False)
def shares(numerators: Sequence[int], denominators: Sequence[int]) -> list[tuple[float, float, float]]:
    """Share, low and high (Wilson, 95 %) of counts that are no indicator of their own; NaN where there is none."""
    found = wilson(numerators, denominators)
    return list(zip(found.value.tolist(), found.low.tolist(), found.high.tolist(), strict=True))
