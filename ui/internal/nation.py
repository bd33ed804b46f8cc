"""The ministry's table as pictures, made once for each year and measure."""

from __future__ import annotations

from dataclasses import dataclass

import pydeck as pdk
import streamlit as st

from ui import charts, maps, national
from ui.charts.base import Figure
from ui.internal import store

UNIT = "件（人口10万人・1か月当たり）"


@dataclass(frozen=True)
class Nation:
    """Map with its legend, and the ranking of the prefectures."""

    map: pdk.Deck
    legend: str
    ranked: Figure


# Kept as it is: nobody changes a finished picture.
@st.cache_resource(max_entries=8, show_spinner=False)
def nation(version: str, year: int, measure: str) -> Nation:
    table = store.ministry_prefectures(version, year, measure)
    values, texts = national.map_values(table)
    return Nation(
        map=maps.area_map("japan", values, texts),
        legend=maps.legend(table["value"].tolist(), "rate", UNIT, missing=False),
        ranked=charts.ranked(table, table["pref_name"].tolist(), "rate", UNIT, national.median(table)),
    )
