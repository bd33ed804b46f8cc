"""What the pages 地域差 and 市町村 ask of the cube beyond ui.internal.store: gaps, gains, peers, fitting cases.

A second door, keyed by version like the first: statistics are made once for a view and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, in_notice_order, load_catalog
from metrics.gain import MEDIAN, PEERS, VALUE, Gain, gain, reason_against
from metrics.matching import CAUTION, Matches, matches, months_sent
from metrics.narrowing import BEYOND, FINDING, WITHIN, Gap, Narrowing, gap_by_group, gap_of, narrowing
from metrics.peers import KINDS, similar
from metrics.periods import fiscal_year_of, months_of_year
from metrics.standing import Peers, of_peers, sizes
from ui.internal import store, view

# What the two pages name without reaching for metrics themselves.
__all__ = [
    "BEYOND",
    "CAUTION",
    "FINDING",
    "MEDIAN",
    "PEERS",
    "VALUE",
    "WITHIN",
    "Gain",
    "Gap",
    "Matches",
    "Narrowing",
    "Peers",
]
KEPT = 128
KIND, OFFICE, REGION = "kind", "office", "region"
OFFICES = {True: "福祉事務所設置", False: "福祉事務所なし", None: "福祉事務所の有無が不明"}
UNLISTED = "圏域の記載なし"


def _each(version: str, indicator_id: str, months: Sequence[str]) -> pd.DataFrame:
    return store.of_areas(version, indicator_id, months).iloc[:-1]


def gap(version: str, indicator_id: str, months: Sequence[str]) -> Gap:
    """Whether municipalities differ beyond chance."""
    return _gap(version, indicator_id, tuple(months))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def _gap(version: str, indicator_id: str, months: tuple[str, ...]) -> Gap:
    return gap_of(load_catalog()[indicator_id], _each(version, indicator_id, months))


@st.cache_data(max_entries=8, show_spinner=False)
def groups(version: str, grouping: str) -> dict[str, str]:
    """Municipality → its group, groups in the order to show; empty where the prefecture gives no list of 圏域."""
    places = store.areas(version)
    if grouping == OFFICE:
        offices = view.welfare_offices(version)
        ordered = [(code, has) for wanted in OFFICES for code, has in offices.items() if has is wanted]
        return {code: OFFICES[has] for code, has in ordered}
    if grouping == REGION:
        listed = places.dropna(subset=["region"]).sort_values("region", kind="stable")
        found = dict(zip(listed["area_code"], listed["region"], strict=True))
        return found | {code: UNLISTED for code in places["area_code"] if found and code not in found}
    ordered = places.sort_values("type", key=lambda kind: kind.map(list(KINDS).index), kind="stable")
    return dict(zip(ordered["area_code"], ordered["type"], strict=True))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def gap_by(version: str, indicator_id: str, months: tuple[str, ...], grouping: str) -> pd.DataFrame:
    """metrics.narrowing.GROUP_COLUMNS of each group."""
    each = _each(version, indicator_id, months)
    return gap_by_group(load_catalog()[indicator_id], each, groups(version, grouping))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def narrowing_of(version: str, indicator_id: str) -> Narrowing:
    """The gap by fiscal year, over the years of which every month was reported by somebody."""
    reported = set(store.reported_months(version))
    years = sorted({fiscal_year_of(month) for month in reported})
    whole = [year for year in years if reported.issuperset(months_of_year(year))]
    each = {year: _each(version, indicator_id, tuple(months_of_year(year))) for year in whole}
    return narrowing(load_catalog()[indicator_id], each)


def no_gain(indicator: Indicator) -> str:
    """The code of the reason why an indicator has no gain; '' when it has one."""
    return reason_against(indicator)


@st.cache_data(max_entries=KEPT, show_spinner=False)
def gain_of(
    version: str, indicator_id: str, months: tuple[str, ...], benchmark: str | float, peers: tuple[str, ...] = ()
) -> Gain:
    """Events more a year; the asked months that nobody reported yet do not count as months."""
    indicator, reported = load_catalog()[indicator_id], set(store.reported_months(version))
    count = 12 if indicator.is_yearly else max(1, len(reported.intersection(months)))
    return gain(indicator, _each(version, indicator_id, months), benchmark, count, peers)


@st.cache_data(max_entries=256, show_spinner=False)
def nearest(version: str, area: str) -> pd.DataFrame:
    """All municipalities comparable with one, nearest first, the distance part by part (metrics.peers)."""
    places = _places(version)
    return similar(places, area, count=len(places))


def _places(version: str) -> pd.DataFrame:
    """The municipalities; whether they have a welfare office by law, else as they answered."""
    places, known = store.areas(version), view.welfare_offices(version)
    offices = pd.array([known[code] for code in places["area_code"]], dtype="boolean")
    return places.assign(has_welfare_office=offices)


@st.cache_data(max_entries=KEPT, show_spinner=False)
def matches_of(version: str, indicator_id: str, months: tuple[str, ...], area: str, below: float) -> Matches:
    """Cases that fit the difference `below` (benchmark - value) of a municipality."""
    indicator, places = load_catalog()[indicator_id], _places(version)
    rows = store.rows_of(version, indicator_id)
    reported = store.reported_months(version)
    sent = (
        pd.DataFrame({"area_code": [], "period": []}, dtype="str")
        if indicator.is_yearly
        else months_sent(indicator, rows, store.coverage(version), list(places["area_code"]), reported)
    )
    return matches(indicator, area, below, store.examples(version), places, rows, sent)


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of one municipality. row: its estimate and comparison; size: of the difference."""

    indicator_id: str
    row: pd.Series
    whole: pd.Series
    peers: Peers
    size: float

    @property
    def indicator(self) -> Indicator:
        return load_catalog()[self.indicator_id]

    @property
    def is_wanting(self) -> bool:
        """Beyond chance on the side that the notice, or the header's gain, calls the worse one."""
        if self.row["verdict"] == "lower":
            return self.indicator.reading == "higher_better" or bool(self.indicator.gain)
        return bool(self.row["verdict"] == "higher" and self.indicator.reading == "lower_better")


@st.cache_data(max_entries=64, show_spinner=False)
def standings(version: str, months: tuple[str, ...], area: str, peers: tuple[str, ...]) -> list[Standing]:
    """Every indicator of a municipality, in the order of the notice's items."""
    return [_standing(version, one, months, area, peers) for one in in_notice_order(load_catalog().values())]


def _standing(
    version: str, indicator: Indicator, months: tuple[str, ...], area: str, peers: tuple[str, ...]
) -> Standing:
    each = store.compared(version, indicator.id, months).frame
    whole = store.of_areas(version, indicator.id, months).iloc[-1]
    place = int((each["area_code"] == area).to_numpy().argmax())
    value = float(whole["value"])
    size = float(sizes(indicator, each, value)[place])
    return Standing(indicator.id, each.iloc[place], whole, of_peers(indicator, each, value, peers), size)


def data_end(version: str, area: str) -> date | None:
    """Until when the returns of a municipality go."""
    day = store.areas(version).set_index("area_code").at[area, "data_end"]
    return None if pd.isna(day) else day.date()
