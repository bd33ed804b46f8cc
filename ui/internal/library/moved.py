"""Figures beside a case: what was counted before and after a municipality took it up. Before and after, not because."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import streamlit as st

from metrics import matching
from metrics.catalog import Indicator, load_catalog
from metrics.matching import CAUTION, Change
from ui.internal import store

__all__ = ["CAUTION", "WHY_NONE", "Change", "change", "examples", "indicator_of"]

WHY_NONE: Mapping[str, str] = {
    matching.KIND: "日数や全数の指標は、この方法では前後を比べない",
    matching.YEARLY: "年に1回の指標のため、月による前後がない",
    matching.FEW_MONTHS: f"前後のどちらかの報告が{matching.SHORTEST}か月に満たない",
    matching.FEW_COUNTS: "前後の件数が少なく、比べられない",
}


@st.cache_data(max_entries=2, show_spinner=False)
def examples(version: str) -> list[dict[str, Any]]:
    """The cases as municipalities sent them, one row each."""
    rows: list[dict[str, Any]] = store.examples(version).to_dict("records")
    return rows


@cache
def _by_title() -> Mapping[str, Indicator]:
    return {_plain(indicator.title): indicator for indicator in load_catalog().values()}


def indicator_of(title: str) -> Indicator | None:
    """The indicator that a case sheet names, whatever the width of its letters."""
    return _by_title().get(_plain(title))


def _plain(title: str) -> str:
    return unicodedata.normalize("NFKC", title).replace(" ", "").strip("「」")


@st.cache_data(max_entries=512, show_spinner=False)
def change(version: str, indicator_id: str, area_code: str, started: str) -> Change:
    """The indicator of one municipality before and after a day, 'YYYY-MM-DD'."""
    indicator, day = load_catalog()[indicator_id], date.fromisoformat(started)
    rows = store.rows_of(version, indicator_id)
    own = rows[rows["area_code"] == area_code]
    if indicator.is_yearly or indicator.kind not in matching.LEAST:
        return matching.changes(indicator, own, (), day)  # which says why there is none
    months = store.reported_months(version)
    sent = matching.months_sent(indicator, own, store.coverage(version), [area_code], months)
    return matching.changes(indicator, own, sent["period"].tolist(), day)
