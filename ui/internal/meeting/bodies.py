"""Which bodies there are, and whether both sides join: municipality × body × side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from metrics.periods import fiscal_year_of
from ui import labels, tables
from ui.internal import store, words
from ui.internal.memory import kept
from ui.internal.view import View, ordered, sent
from ui.labels import bodies
from ui.matrix import LEGEND, matrix_html


def section(view: View) -> None:
    st.markdown(_sentence(view.version, view.months))
    st.html(_matrix(view.version, view.months, view.area))
    year = labels.fiscal_year_text(fiscal_year_of(view.months[0]))
    st.caption(f"{bodies.HOW_TO_READ.format(year=year)}　{LEGEND}")
    answers = answers_of(view.version, fiscal_year_of(view.months[0]))
    offices = store.welfare_offices(view.version)
    st.caption(
        bodies.duty(view.months, {code: one["support_meeting_established"] for code, one in answers.items()}, offices)
    )
    tables.data_table(
        lambda: table(view.version, view.months),
        key="bodies",
        title=f"会議体の設置と両側の参加（{view.period}）",
        about=view.about("出典：会議開催・出席記録、年次連携状況（市区町村提出）"),
    )


@kept(256)
def _matrix(version: str, months: tuple[str, ...], area: str | None) -> str:
    names, rows = store.names(version), cells(version, months)
    codes = ordered(rows, area)
    groups = [("", 1), *((words.body(body), len(bodies.HEADS)) for body in words.BODIES)]
    return matrix_html(
        [names[code] for code in codes],
        ["福祉事務所", *(head for _ in words.BODIES for head in bodies.HEADS)],
        [rows[code] for code in codes],
        title="会議体の設置と両側の参加",
        groups=groups,
        chosen=names[area] if area else None,
    )


def table(version: str, months: tuple[str, ...]) -> pd.DataFrame:
    """The matrix as text, days of establishment in full."""
    names, rows = store.names(version), cells(version, months)
    heads = ["福祉事務所", *(f"{words.body(body)}・{head}" for body in words.BODIES for head in bodies.HEADS)]
    return pd.DataFrame(
        [[names[code], *map(bodies.text_of, row)] for code, row in rows.items()], columns=["市区町村", *heads]
    )


@kept(256)
def cells(version: str, months: tuple[str, ...]) -> dict[str, bodies.Row]:
    """The row of each municipality: welfare office, then of each body whether, the other side, who came."""
    return bodies.rows_of(
        store.welfare_offices(version),
        sent(version, bodies.RETURN, months),
        answers_of(version, fiscal_year_of(months[0])),
        store.tally(version, "meeting_joined", months),
    )


# Kept as they are: nobody changes them, and copying them for every run costs more than making a chart.
@st.cache_resource(max_entries=16, show_spinner=False)
def answers_of(version: str, fiscal_year: int) -> dict[str, bodies.Answer]:
    """The yearly answers of one year by municipality; None where a question was left blank."""
    return bodies.yearly_answers(store.practices(version), fiscal_year)


@kept(256)
def _sentence(version: str, months: tuple[str, ...]) -> str:
    """How many have each body, and at how many of its meetings both sides' people came."""
    joined = store.tally(version, "meeting_joined", months)
    said = bodies.sentences(
        answers_of(version, fiscal_year_of(months[0])), joined, len(store.areas(version)), words.body
    )
    return "\n".join(f"- {one}" for one in said)
