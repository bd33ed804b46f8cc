"""What the pages 地域差 and 市町村 ask of the cube beyond ui.internal.store: gaps, gains, peers, fitting cases.

A second door, keyed by version like the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from metrics.answers import Answers
from metrics.catalog import Indicator
from metrics.gain import MEDIAN, PEERS, VALUE, Gain, reason_against
from metrics.gap_answers import KIND, OFFICE, REGION, GapAnswers, Standing
from metrics.matching import CAUTION, Matches
from metrics.narrowing import BEYOND, FINDING, WITHIN, Gap, Narrowing
from metrics.standing import Peers
from ui.internal import store

# What the two pages name without reaching for metrics themselves.
__all__ = [
    "BEYOND",
    "CAUTION",
    "FINDING",
    "KIND",
    "MEDIAN",
    "OFFICE",
    "PEERS",
    "REGION",
    "VALUE",
    "WITHIN",
    "Gain",
    "Gap",
    "Matches",
    "Narrowing",
    "Peers",
    "Standing",
]


def _gaps(version: str) -> GapAnswers:
    answers = store.answers(version)
    return _over(id(answers), answers)


# By the object, not the version: answers that were given up are closed, and those asked anew are others.
@st.cache_resource(max_entries=2, show_spinner=False)
def _over(number: int, _answers: Answers) -> GapAnswers:
    del number
    return GapAnswers(_answers)


def gap(version: str, indicator_id: str, months: Sequence[str]) -> Gap:
    return _gaps(version).gap(indicator_id, tuple(months))


def groups(version: str, grouping: str) -> dict[str, str]:
    return _gaps(version).groups(grouping)


def gap_by(version: str, indicator_id: str, months: Sequence[str], grouping: str) -> pd.DataFrame:
    return _gaps(version).gap_by(indicator_id, tuple(months), grouping)


def narrowing_of(version: str, indicator_id: str) -> Narrowing:
    return _gaps(version).narrowing_of(indicator_id)


def no_gain(indicator: Indicator) -> str:
    """The code of the reason why an indicator has no gain; '' when it has one."""
    return reason_against(indicator)


def gain_of(
    version: str, indicator_id: str, months: Sequence[str], benchmark: str | float, peers: tuple[str, ...] = ()
) -> Gain:
    return _gaps(version).gain_of(indicator_id, tuple(months), benchmark, peers)


def nearest(version: str, area: str) -> pd.DataFrame:
    return _gaps(version).nearest(area)


def matches_of(version: str, indicator_id: str, months: Sequence[str], area: str, below: float) -> Matches:
    return _gaps(version).matches_of(indicator_id, tuple(months), area, below)


def standings(version: str, months: Sequence[str], area: str, peers: tuple[str, ...]) -> list[Standing]:
    return _gaps(version).standings(tuple(months), area, peers)


def data_end(version: str, area: str) -> date | None:
    return _gaps(version).data_end(area)
