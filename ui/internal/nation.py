"""The ministry's table as pictures, made once for each year and measure."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pydeck as pdk

from ui import charts, maps, national
from ui.charts.base import Figure
from ui.internal import store
from ui.internal.memory import kept
from ui.legend import legend_html

UNIT = "件（人口10万人・1か月当たり）"


@dataclass(frozen=True)
class Nation:
    """What is said of all prefectures, their map with its legend, and their ranking."""

    headline: str
    map: pdk.Deck
    legend: str
    ranked: Figure


@dataclass(frozen=True)
class Inside:
    """The bodies of one prefecture: a table, a sentence, their bars."""

    table: pd.DataFrame
    sentence: str
    figure: Figure


@dataclass(frozen=True)
class Years:
    """The country over the years: a sentence, its bars."""

    sentence: str
    figure: Figure


@kept(8)
def nation(version: str, year: int, measure: str, what: str) -> Nation:
    table = store.ministry_prefectures(version, year, measure)
    values, texts = national.map_values(table)
    return Nation(
        headline=national.headline(table, store.ministry_national(version), year, what),
        map=maps.area_map("japan", values, texts),
        legend=legend_html(table["value"].tolist(), "rate", UNIT),
        ranked=charts.ranked(table, table["pref_name"].tolist(), "rate", UNIT, national.median(table)),
    )


@kept(64)
def inside(version: str, year: int, measure: str, what: str, pref_code: str) -> Inside:
    table = national.bodies_of(store.ministry(version, year, measure), pref_code)
    prefectures = store.ministry_prefectures(version, year, measure)
    return Inside(
        table=table,
        sentence=national.bodies_sentence(table, prefectures, pref_code, what),
        figure=charts.bars(table, table["short"].tolist(), "rate", UNIT),
    )


@kept(8)
def years(version: str, measure: str, what: str) -> Years:
    series = store.ministry_national(version)
    figure = charts.years(series["fiscal_year"].tolist(), series[measure].tolist(), f"{what}（件）")
    return Years(national.years_sentence(series, measure, what), figure)
