"""The five states of one municipality's returns, month by month; its bodies and practices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from etl.declare import all_returns
from etl.receipts import Receipt
from metrics.periods import fiscal_year_of, months_of_year
from ui import labels
from ui.internal import store, words
from ui.internal.intake import matrix as sent
from ui.internal.intake.record import all_receipts
from ui.internal.meeting import bodies
from ui.internal.memory import kept
from ui.internal.practice.answers import answers
from ui.internal.view import View
from ui.labels.bodies import HEADS
from ui.labels.practices import ITEMS
from ui.matrix import Cell, matrix_html

# Twelve months of marks fit the width without scrolling; not a style of all matrices of the page.
NARROW = (
    "<style>.st-key-returned .mx thead th{min-width:2.6rem}.st-key-returned .mx td{text-align:center}"
    ".st-key-returned .mx table{width:100%}"
    ".st-key-own-matrices .mx thead th{min-width:3.3rem}"
    ".st-key-own-matrices .mx th,.st-key-own-matrices .mx td{padding:.16rem .3rem}</style>"
)
STATES = {"received": "value", "zero": "value", "partial": "partial", "returned": "not_sent", "missing": "not_sent"}


def section(view: View) -> None:
    """A row a return, a column a month of the fiscal year."""
    assert view.area is not None
    year = fiscal_year_of(view.months[0])
    receipts = all_receipts(store.place())
    latest = (len(receipts), receipts[0].load_id if receipts else "", f"{date.today():%Y-%m}")
    titles, columns, cells = _months(view.version, year, view.area, latest, receipts)
    with st.container(key="returned"):
        st.html(NARROW + matrix_html(titles, columns, cells, title=f"{view.where}の提出の状況", corner="報告"))
    st.caption("　".join(f"{sent.MARKS[state]}：{meaning}" for state, meaning in sent.MEANINGS.items()))


@st.cache_data(max_entries=64, show_spinner=False)
def _months(
    version: str, year: int, area: str, latest: tuple[int, str, str], _receipts: Sequence[Receipt]
) -> tuple[list[str], list[str], list[list[Cell]]]:
    """latest: what the receipts are told apart by (a refused file makes no new version), and the month of today."""
    asked = sent.months_in_question(months_of_year(year), store.reported_months(version), latest[-1])
    coverage = store.coverage(version)
    found = {
        declared.title: sent.states(coverage, [area], asked, name, _receipts).loc[area]
        for name, declared in all_returns().items()
        if sent.has_months(declared)
    }
    cells = [[Cell(sent.MARKS[state], STATES[state]) for state in row] for row in found.values()]
    return list(found), [labels.short_month(month) for month in asked], cells


def own_bodies(view: View) -> None:
    assert view.area is not None
    st.html(NARROW + _bodies(view.version, view.months, view.area))


@kept(256)
def _bodies(version: str, months: tuple[str, ...], area: str) -> str:
    row, width = bodies.cells(version, months)[area][1:], len(HEADS)
    return matrix_html(
        [words.body(body) for body in words.BODIES],
        list(HEADS),
        [row[start : start + width] for start in range(0, len(row), width)],
        title=f"{store.names(version)[area]}の会議体",
        corner="会議体",
    )


def own_practices(view: View) -> None:
    assert view.area is not None
    st.caption(
        "出席は「その側が出席した会議／出欠の分かる会議」の回数。* は一部の報告による値、…は未記入、- は該当なし。"
    )
    st.html(_practices(view.version, fiscal_year_of(view.months[0]), view.area))


@kept(256)
def _practices(version: str, year: int, area: str) -> str:
    """This fiscal year and the one before, side by side."""
    years = [year - 1, year]
    own = [answers(version, one)[area] for one in years]
    return matrix_html(
        [name for name, _ in ITEMS.values()],
        [labels.fiscal_year_text(one) for one in years],
        [[Cell(of_year[item].text, of_year[item].state) for of_year in own] for item in ITEMS],
        title=f"{store.names(version)[area]}の日常の連携",
        corner="取組",
    )
