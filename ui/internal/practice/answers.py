"""The yearly answers about day-to-day practice: each answer with its mark, and what changed since the year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui import labels
from ui.internal import store

# The four practices of the notice, 3(1), then how recommendations are made; True: answered by a number of times.
PRACTICES: Mapping[str, tuple[str, bool]] = {
    "liaison_designated": ("連絡調整担当", False),
    "information_sharing_count": ("情報共有の機会（回）", True),
    "joint_training_count": ("合同研修（回）", True),
    "leaflets_both": ("リーフレット（双方）", False),
}
PROCEDURE = "recommendation_procedure"
ITEMS: Mapping[str, tuple[str, bool]] = {**PRACTICES, PROCEDURE: ("利用勧奨の手順", False)}
BEGUN, GOES_ON, ENDED = "新たに実施", "継続", "なくなった"


@dataclass(frozen=True)
class Answer:
    """One answer of one year. state: 'value', 'not_sent', or 'not_applicable' for what was left blank or marked.

    is_done: whether it is practised at all; None where that is not known. change: against the year before, '' where
    there is nothing to compare. since: the first fiscal year of the unbroken run of years in which it was reported.
    """

    text: str
    state: str
    is_done: bool | None
    change: str = ""
    since: int | None = None


@st.cache_data(max_entries=32, show_spinner=False)
def answers(version: str, fiscal_year: int) -> dict[str, dict[str, Answer]]:
    """Municipality → item → answer of that year."""
    rows = store.practices(version).astype(object)
    rows = rows.where(rows.notna(), None)
    sent = {(row["area_code"], int(row["fiscal_year"])): row for row in rows.to_dict("records")}
    codes = store.areas(version)["area_code"]
    return {code: {item: _answer(sent, code, fiscal_year, item) for item in ITEMS} for code in codes}


def _answer(sent: Mapping[tuple[str, int], Mapping[str, Any]], code: str, year: int, item: str) -> Answer:
    row = sent.get((code, year))
    if row is None:
        return Answer(labels.NOT_SENT, "not_sent", None)
    value, mark = row[item], row.get(f"{item}_mark")
    if value is None:
        return Answer(mark or labels.UNKNOWN, "hidden" if mark == labels.HIDDEN else "not_applicable", None)
    before = sent.get((code, year - 1), {}).get(item)
    text = f"{value}回" if ITEMS[item][1] else "有" if value else "無"
    since = _since(sent, code, year, item) if value else None
    return Answer(text, "value", bool(value), _change(value, before, item), since)


def _change(value: Any, before: Any, item: str) -> str:
    if before is None:
        return ""
    if ITEMS[item][1]:
        return f"{value - before:+d}" if value != before else "±0"
    if value:
        return GOES_ON if before else BEGUN
    return ENDED if before else ""


def _since(sent: Mapping[tuple[str, int], Mapping[str, Any]], code: str, year: int, item: str) -> int:
    while sent.get((code, year - 1), {}).get(item):
        year -= 1
    return year


def done(own: Mapping[str, Answer]) -> tuple[int, int]:
    """How many of the four practices are done, and how many were answered."""
    known = [is_done for item in PRACTICES if (is_done := own[item].is_done) is not None]
    return sum(known), len(known)
