"""Which bodies there are, and whether both sides join: municipality × body × side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from metrics.periods import fiscal_year_of
from ui import labels, tables
from ui.internal import store, words
from ui.internal.view import View, ordered, sent
from ui.matrix import LEGEND, Cell, matrix_html

RETURN = "meeting"
HEADS = ("設置", "相手側の参画", *(f"{side}の出席" for side in words.SIDES.values()))
YES_NO = {True: "有", False: "無", None: labels.UNKNOWN}
# Pale shades only: most cells are full, and the text must stay easy to read.
YES_SHADE, LAST_SHADE = 1, 2
Row = list[Cell]


def section(view: View) -> None:
    st.markdown(_sentence(view.version, view.months))
    st.html(_matrix(view.version, view.months, view.area))
    year = labels.fiscal_year_text(fiscal_year_of(view.months[0]))
    st.caption(
        f"設置と相手側の参画は、{year}の年次連携状況による（設置日の分かるものは年月）。相手側は、プラットフォームと協議会では困窮側、"
        "支援会議では孤独・孤立側。出席は「その側の機関が1つ以上出席した会議の回数／出欠の分かる会議の回数」で、双方に関わる機関の出席は"
        f"両側に数えます。…：未記入　{LEGEND}"
    )
    answers, offices = answers_of(view.version, fiscal_year_of(view.months[0])), store.welfare_offices(view.version)
    st.caption(duty(view.months, {code: one["support_meeting_established"] for code, one in answers.items()}, offices))
    tables.data_table(
        lambda: table(view.version, view.months),
        key="bodies",
        title=f"会議体の設置と両側の参加（{view.period}）",
        about=view.about("出典：会議開催・出席記録、年次連携状況（市区町村提出）"),
    )


def duty(months: Sequence[str], answered: Mapping[str, bool | None], offices: Mapping[str, bool | None]) -> str:
    """Whom the duty of effort about support meetings binds in these months, and how many of them have one.

    answered: whether each municipality that reported has a support meeting. offices: whether each has a welfare office.
    """
    who = "支援会議の設置の努力義務は、令和7年4月1日からの、福祉事務所設置自治体だけのものです。"
    if months[-1] < words.DUTY_FROM:
        return f"この期間は、支援会議の設置の努力義務（令和7年4月1日から）より前です。{who}"
    bound = [code for code, has_office in offices.items() if has_office]
    known = [answered[code] for code in bound if answered.get(code) is not None]
    return (
        f"{who}福祉事務所設置自治体{len(bound)}のうち、回答のあった{len(known)}自治体では、"
        f"{sum(map(bool, known))}自治体が設置しています。"
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _matrix(version: str, months: tuple[str, ...], area: str | None) -> str:
    names, rows = store.names(version), cells(version, months)
    codes = ordered(rows, area)
    groups = [("", 1), *((words.body(body), len(HEADS)) for body in words.BODIES)]
    return matrix_html(
        [names[code] for code in codes],
        ["福祉事務所", *(head for _ in words.BODIES for head in HEADS)],
        [rows[code] for code in codes],
        title="会議体の設置と両側の参加",
        groups=groups,
        chosen=names[area] if area else None,
    )


def table(version: str, months: tuple[str, ...]) -> pd.DataFrame:
    """The matrix as text, days of establishment in full."""
    names, rows = store.names(version), cells(version, months)
    heads = ["福祉事務所", *(f"{words.body(body)}・{head}" for body in words.BODIES for head in HEADS)]
    return pd.DataFrame([[names[code], *map(text_of, row)] for code, row in rows.items()], columns=["市区町村", *heads])


def text_of(cell: Cell) -> str:
    """A cell of a matrix as the table twin says it."""
    return cell.text + (labels.PARTIAL_MARK if cell.state == "partial" else "")


@st.cache_data(max_entries=64, show_spinner=False)
def cells(version: str, months: tuple[str, ...]) -> dict[str, Row]:
    """The row of each municipality: welfare office, then of each body whether, the other side, who came."""
    offices, states = store.welfare_offices(version), sent(version, RETURN, months)
    answers, came = answers_of(version, fiscal_year_of(months[0])), _came(version, months)
    return {
        code: [
            Cell(YES_NO[offices[code]]),
            *(
                cell
                for body in words.BODIES
                for cell in _of_body(body, answers.get(code), came.get((code, body)), states[code])
            ),
        ]
        for code in states
    }


# Kept as they are: nobody changes them, and copying them for every run costs more than making a chart.
@st.cache_resource(max_entries=16, show_spinner=False)
def answers_of(version: str, fiscal_year: int) -> dict[str, dict[str, Any]]:
    """The yearly answers of one year by municipality; None where a question was left blank."""
    rows = store.practices(version)
    rows = rows[rows["fiscal_year"] == fiscal_year].astype(object)
    rows = rows.where(rows.notna(), None)
    return {row["area_code"]: row for row in rows.to_dict("records")}


def _came(version: str, months: tuple[str, ...]) -> dict[tuple[str, str], dict[str, int]]:
    rows = store.tally(version, "meeting_joined", months)
    return {(row["area_code"], row["body"]): row for row in rows.to_dict("records")}


def _of_body(body: str, answer: dict[str, Any] | None, came: dict[str, int] | None, state: str) -> Row:
    is_there = answer[f"{body}_established"] if answer else None
    return [*_founded(body, answer), *(_joined(side, came, state, is_there) for side in words.SIDES)]


def _founded(body: str, answer: dict[str, Any] | None) -> Row:
    """Whether there is such a body (since when), and whether the other side takes part in it."""
    if answer is None:
        return [Cell(labels.NOT_SENT, "not_sent")] * 2
    is_there, since = answer[f"{body}_established"], answer[f"{body}_established_date"]
    text = YES_NO[is_there] + (f" {since:%Y-%m-%d}" if since is not None and is_there else "")
    if is_there is False:
        return [Cell("無"), Cell(labels.NOT_APPLICABLE, "not_applicable")]
    other = answer[f"{body}_other_side"]
    return [
        Cell(_short(text), "value", YES_SHADE if is_there else None),
        Cell(YES_NO[other], "value", YES_SHADE if other else None),
    ]


def _short(text: str) -> str:
    """「有 2024-04-01」 as 「有 R6.4」."""
    word, _, day = text.partition(" ")
    return f"{word} {labels.short_month(day[:7])}" if day else word


def _joined(side: str, came: dict[str, int] | None, state: str, is_there: bool | None) -> Cell:
    if state == "not_sent":
        return Cell(labels.NOT_SENT, state)
    if came is None or not came["held"]:
        return Cell(labels.NOT_APPLICABLE, "not_applicable") if is_there is False else Cell("0回", state)
    known, joined = came["known"], came[f"{side}_joined"]
    if not known:
        return Cell(labels.UNKNOWN, "not_applicable")
    shade = round(joined / known * LAST_SHADE)
    return Cell(f"{joined}/{known}回", "partial" if known < came["held"] else state, shade)


@st.cache_data(max_entries=64, show_spinner=False)
def _sentence(version: str, months: tuple[str, ...]) -> str:
    """How many have each body, and at how many of its meetings both sides' people came."""
    answers, rows = answers_of(version, fiscal_year_of(months[0])), store.tally(version, "meeting_joined", months)
    places, said = len(store.areas(version)), []
    for body in words.BODIES:
        answered = [one[f"{body}_established"] for one in answers.values() if one[f"{body}_established"] is not None]
        sums = rows[rows["body"] == body][["known", "support_joined", "connection_joined"]].sum()
        said.append(
            f"- {words.body(body)}（{words.BODIES[body]}）：設置は**{sum(answered)}**市区町村（回答{len(answered)}、"
            f"全{places}）。出欠の分かる会議{int(sums['known']):,}回のうち、困窮側が出席したのは{int(sums['support_joined']):,}回、"
            f"孤独・孤立側は{int(sums['connection_joined']):,}回です。"
        )
    return "\n".join(said)
