"""The largest real differences of a municipality in words, and the cases that fit them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui import tables
from ui.internal import gaps_store, store
from ui.internal.memory import kept
from ui.internal.view import View
from ui.labels.sentences import fitting as cases_in_words
from ui.labels.sentences import standings
from ui.labels.sentences.fitting import CASE_HEADS, CAUTION, Case, Fitting


def largest(view: View, peers: tuple[str, ...]) -> None:
    assert view.area is not None
    st.markdown("\n".join(f"- {one}" for one in _said(view.version, view.months, view.area, peers)))


def cases(view: View, peers: tuple[str, ...]) -> None:
    """The cases for those differences that the notice calls the worse side."""
    assert view.area is not None
    found = fitting(view.version, view.months, view.area, peers)
    st.markdown("\n".join(f"- {one}" for one in found.sentences))
    st.caption(f"**{CAUTION}**　{cases_in_words.ORDER}")
    if found.rows:
        tables.data_table(
            pd.DataFrame(found.rows, columns=CASE_HEADS),
            key="fitting",
            title=view.title("差のある指標に合う事例"),
            about=view.about(CAUTION, "出典：取組事例、各指標の報告（市区町村提出）"),
        )


@kept(256)
def _said(version: str, months: tuple[str, ...], area: str, peers: tuple[str, ...]) -> list[str]:
    return standings.largest(gaps_store.standings(version, months, area, peers))


@kept(256)
def fitting(version: str, months: tuple[str, ...], area: str, peers: tuple[str, ...]) -> Fitting:
    return cases_in_words.fitting(
        gaps_store.standings(version, months, area, peers),
        lambda indicator_id, below: gaps_store.matches_of(version, indicator_id, months, area, below),
        store.names(version),
        _linked,
        has_cases=not store.examples(version).empty,
    )


def _linked(case: Case) -> str:
    return f"[「{case['case_title']}」](cases?case={case['area_code']}-{case['example_id']})"


def profile(view: View) -> str:
    """Kind, people, 圏域, welfare office and until when the returns go, in a line."""
    assert view.area is not None
    places = store.areas(view.version)
    place = places[places["area_code"] == view.area].iloc[0]
    return standings.profile(place, gaps_store.groups(view.version, gaps_store.OFFICE)[view.area])
