"""How often each side came, quarter by quarter over all months that anybody reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from metrics.periods import fiscal_year_of, months_of_year
from ui import chart, charts, exports, frame, labels, tables
from ui.charts.base import Figure
from ui.internal import store, words
from ui.internal.memory import kept
from ui.internal.view import View, sent
from ui.labels.rounding import fixed
from ui.rows import rows_of
from ui.url import url_select
from ui.wide import wide

RETURN = "meeting"
COUNTS = ("seats", "invited", "answered", "present")
SIDES = {**words.SIDES, "both": "双方に関わる機関"}
MONTHS_A_QUARTER = 3
MIDDLE = "-15"  # a quarter stands in the middle of its second month, so that days of the law fall on the right side


@dataclass(frozen=True)
class Attendance:
    sentence: str
    figure: Figure
    table: pd.DataFrame


@st.fragment
def section(view: View) -> None:
    """With a filter of its own, which draws nothing but this section again."""
    left, _ = st.columns([1, 2])
    with left:
        body = url_select("会議体", list(words.codes("meeting", "body"))[:-1], "body", shown=words.body)
    found = _attendance(view.version, body, view.area, view.where)
    if found is None:
        frame.nothing_here(
            "推移を示せません。",
            f"{view.where}には、{words.body(body)}の会議で出欠の分かるものがありません。",
            "会議体か市区町村を変えてください。",
        )
        return
    st.markdown(found.sentence)
    with wide("attendance"):
        chart.show(found.figure, key="attendance", alt=f"{words.body(body)}への両側の出席の推移")
    st.caption(
        "席は、会議1回の参加機関1つ。出席は代理を含み、書面は含みません。縦の線は95％信頼区間、線の切れ目は会議がないか未提出の四半期、"
        "縦の点線は法律の施行・通知の日です。"
    )
    tables.data_table(
        found.table,
        key="attendance",
        title=f"{words.body(body)}への両側の出席・四半期別（{view.where}）",
        about=["出典：会議開催・出席記録（市区町村提出）", *view.about()[:-1]],
        pictures=[exports.Picture(found.figure)],
    )


def quarters(months: list[str]) -> list[tuple[str, ...]]:
    """The quarters of the fiscal years that hold the months, from the first month's to the last's."""
    years = range(fiscal_year_of(min(months)), fiscal_year_of(max(months)) + 1)
    every = [month for year in years for month in months_of_year(year)]
    found = [tuple(every[start : start + MONTHS_A_QUARTER]) for start in range(0, len(every), MONTHS_A_QUARTER)]
    return [quarter for quarter in found if quarter[-1] >= min(months) and quarter[0] <= max(months)]


def quarter_text(quarter: tuple[str, ...]) -> str:
    """R6.4-6 for April to June of 2024."""
    return f"{labels.short_month(quarter[0])}-{int(quarter[-1][5:])}"


@kept(2)
def _sums(version: str) -> list[dict[tuple[str, str, str | None], list[int]]]:
    """For each quarter, the counts of every body, side and municipality, and of all municipalities together (None)."""
    found: list[dict[tuple[str, str, str | None], list[int]]] = []
    for quarter in quarters(store.reported_months(version)):
        sums: dict[tuple[str, str, str | None], list[int]] = {}
        for row in rows_of(store.tally(version, "meeting_side", quarter)):
            counted = [int(getattr(row, name)) for name in COUNTS]
            for area in (row.area_code, None):
                known = sums.get((row.body, row.side, area), [0] * len(COUNTS))
                sums[row.body, row.side, area] = [one + more for one, more in zip(known, counted, strict=True)]
        found.append(sums)
    return found


@kept(256)
def counts(version: str, body: str, area: str | None) -> pd.DataFrame:
    """One row a quarter and side: start, name, sent, side, seats, invited, answered, present."""
    rows: list[dict[str, Any]] = []
    for quarter, sums in zip(quarters(store.reported_months(version)), _sums(version), strict=True):
        states = sent(version, RETURN, quarter)
        is_sent = {states[area]} != {"not_sent"} if area else set(states.values()) != {"not_sent"}
        for side in SIDES:
            counted = dict(zip(COUNTS, sums.get((body, side, area), [0] * len(COUNTS)), strict=True))
            rows.append(
                {"start": f"{quarter[1]}{MIDDLE}", "name": quarter_text(quarter), "sent": is_sent, "side": side}
                | counted
            )
    return pd.DataFrame(rows)


@kept(256)
def _attendance(version: str, body: str, area: str | None, where: str) -> Attendance | None:
    rows = counts(version, body, area)
    if not rows["answered"].sum():
        return None
    series = {name: _series(rows[rows["side"] == side], name) for side, name in SIDES.items()}
    series = {name: one for name, one in series.items() if one["answered"].sum()}
    table = pd.DataFrame({"四半期": next(iter(series.values()))["name"]})
    for name, one in series.items():
        table[f"{name}：出席／席"] = [_counted(row) for row in rows_of(one)]
        table[f"{name}：出席率（％）"] = [_share(row) for row in rows_of(one)]
    figure = charts.side_trends(series, words.MILESTONES, "出席した席／出欠の分かる席（％）")
    return Attendance(_sentence(rows, where, words.body(body)), figure, table)


def _series(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    found = rows.reset_index(drop=True)
    shares = store.shares(found["present"].tolist(), found["answered"].tolist())
    found[["value", "low", "high"]] = pd.DataFrame(shares)
    return found.assign(
        hover=[f"<b>{name}</b>　{row.name}<br>{_counted(row)}<br>{_share(row)}％" for row in rows_of(found)]
    )


def _counted(row: Any) -> str:
    return f"{row.present:,}／{row.answered:,}" if row.sent else labels.NOT_SENT


def _share(row: Any) -> str:
    """The share of one quarter with its interval, or its mark."""
    if not row.sent:
        return labels.NOT_SENT
    if not row.answered:
        return labels.NOT_APPLICABLE
    return f"{labels.number_text(row.value, 'proportion')}（{labels.interval_text(row.low, row.high, 'proportion')}）"


def _sentence(rows: pd.DataFrame, where: str, body: str) -> str:
    """Over all quarters: how many seats of each side, how many were asked to come, how many came."""
    sums = rows.groupby("side")[list(COUNTS)].sum()
    each = [
        f"{name}は名簿の{sums.at[side, 'seats']:,}席のうち参画依頼{sums.at[side, 'invited']:,}席、出欠の分かる"
        f"{sums.at[side, 'answered']:,}席のうち出席{sums.at[side, 'present']:,}席"
        f"（**{fixed(sums.at[side, 'present'] / sums.at[side, 'answered'] * 100, 1)}**％）"
        for side, name in SIDES.items()
        if sums.at[side, "answered"]
    ]
    return f"{where}の{body}では、報告のある全期間で、{'、'.join(each)}です。"
