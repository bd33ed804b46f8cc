"""The published database as the public pages see it: opened once a release, answers kept by release.

The version is the path of the release's own file: a new release has a new one, and its answers with it. Tables are
shared as they are, not copied for each run: nobody may change one in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from release.store import PublicStore
from ui.audience import published_database

KEPT_ANSWERS = 256
FIGURES = ("numerator", "denominator", "value", "low", "high")


def version() -> str | None:
    """The current release's file, the key of every cached answer; None when nothing is published."""
    current = published_database()
    return str(current) if current else None


def folder(version: str) -> Path:
    """Where the files of the release lie."""
    return Path(version).parent


@st.cache_resource(max_entries=2, show_spinner=False, on_release=lambda store: store.close())
def _store(version: str) -> PublicStore:
    return PublicStore(version)


@st.cache_data(max_entries=4, show_spinner=False)
def release(version: str) -> dict[str, Any]:
    """number, published_at, data_end, prefecture_name, is_sample, threshold, licence, note …"""
    return _store(version).release()


@st.cache_data(max_entries=4, show_spinner=False)
def indicators(version: str) -> dict[str, dict[str, Any]]:
    """The published indicators by id, in the order to show: title, kind, unit, numerator_text …"""
    found = _store(version).indicators()
    return {str(row["indicator_id"]): row for row in found.to_dict("records")}


@st.cache_resource(max_entries=4, show_spinner=False)
def areas(version: str) -> pd.DataFrame:
    """Every place with figures; `level` is municipality, region or prefecture."""
    return _store(version).areas()


@st.cache_data(max_entries=4, show_spinner=False)
def area_names(version: str) -> dict[str, str]:
    """Code → name of every place but the prefecture: municipalities first, then 圏域."""
    places = areas(version)
    shown = pd.concat([places[places["level"] == level] for level in ("municipality", "region")])
    return dict(zip(shown["area_code"], shown["name"], strict=True))


@st.cache_data(max_entries=4, show_spinner=False)
def prefecture(version: str) -> tuple[str, str]:
    """Code and name of the prefecture among the places."""
    row = areas(version).query("level == 'prefecture'").iloc[0]
    return str(row["area_code"]), str(row["name"])


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def breakdowns(version: str, indicator_id: str) -> dict[str, str]:
    """Value → label of an indicator's breakdown, the undivided 'all' first."""
    found = _store(version).breakdowns(indicator_id)
    return dict(zip(found["breakdown"], found["label"], strict=True))


@st.cache_data(max_entries=KEPT_ANSWERS, show_spinner=False)
def periods(version: str, indicator_id: str) -> list[str]:
    """The published periods of an indicator: its months in order, then its fiscal years."""
    return _store(version).periods(indicator_id)


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def cells(
    version: str, indicator_id: str, periods: Sequence[str] | None = None, area_code: str | None = None
) -> pd.DataFrame:
    """The cells of an indicator, figures as floats: NaN is what was not published, the state says why."""
    found = _store(version).cells(indicator_id, periods, area_code)
    return found.astype(dict.fromkeys(FIGURES, "float64"))


@st.cache_data(max_entries=4, show_spinner=False)
def examples(version: str) -> pd.DataFrame:
    """The published cases."""
    return _store(version).examples()


@st.cache_data(max_entries=4, show_spinner=False)
def changes(version: str) -> pd.DataFrame:
    """Indicators whose printed figures are others than in the release before, with the counts of rows."""
    return _store(version).changes()


@st.cache_data(max_entries=4, show_spinner=False)
def symbols(version: str) -> list[tuple[str, str]]:
    """mark, meaning: the official symbols that the open data use."""
    found = _store(version).symbols()
    return list(zip(found["mark"], found["meaning"], strict=True))
