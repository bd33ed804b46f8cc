"""All cases as they stand, ready to be searched: those sent and those entered, kept until either changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from desk.adoptions import KIND as ADOPTION
from desk.adoptions import Adoption, adoptions
from desk.case_sheet import Case
from desk.cases import history, merged
from desk.records import Desk, Record, desk_url
from desk.search import Library
from ui.internal import store
from ui.internal.library.moved import examples

Mark = tuple[str, str, int]  # database version, desk, number of its records: what is kept holds for one of these


@dataclass(frozen=True, eq=False)
class Shelf:
    """The cases in the order of their municipalities, and which of them were looked at, tried or adopted by whom."""

    mark: Mark
    cases: Sequence[Case]
    adoptions: Sequence[Adoption]

    @cached_property
    def by_link(self) -> Mapping[str, Case]:
        """Cases by their id in a link."""
        return {link_id(case): case for case in self.cases}

    @cached_property
    def library(self) -> Library:
        return Library([(link_id(case), case.texts) for case in self.cases])

    @cached_property
    def by_case(self) -> Mapping[str, Sequence[Adoption]]:
        """Adoptions by the case's id in a link."""
        found: dict[str, list[Adoption]] = {}
        for one in self.adoptions:
            found.setdefault(f"{one.example_area_code}-{one.example_id}", []).append(one)
        return found


def link_id(case: Case) -> str:
    """What stands for a case in a link: case=992011-J-01."""
    return f"{case.area_code}-{case.example_id}"


def desk() -> Desk:
    return Desk(desk_url(store.place()))


def shelf(version: str) -> Shelf:
    """The cases of now. Raises DeskUnavailable."""
    one = desk()
    return _shelf(version, one.url, one.count())


@st.cache_resource(max_entries=2, show_spinner=False)
def _shelf(version: str, url: str, count: int) -> Shelf:
    one = Desk(url)
    return Shelf((version, url, count), tuple(merged(examples(version), one)), tuple(adoptions(one)))


def history_of(shelf: Shelf, case: Case) -> list[Record]:
    """Every record of a case, its edits and its states, oldest first."""
    return _history(shelf.mark, link_id(case), case)


@st.cache_data(max_entries=64, show_spinner=False)
def _history(mark: Mark, link: str, _case: Case) -> list[Record]:
    return history(Desk(mark[1]), _case)


def adoption_records(shelf: Shelf) -> list[Record]:
    """Every entry of an adoption and every undo, oldest first."""
    return _adoption_records(shelf.mark)


@st.cache_data(max_entries=4, show_spinner=False)
def _adoption_records(mark: Mark) -> list[Record]:
    return Desk(mark[1]).records(ADOPTION)
