"""How many municipalities do each practice, year by year, and the key figures of one year."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.periods import months_of_year
from ui import chart, charts, exports, frame, labels, tables
from ui.charts.base import Figure
from ui.internal import figures, store, words
from ui.internal.memory import kept
from ui.internal.practice.answers import answers
from ui.labels.practices import ITEMS
from ui.labels.rounding import fixed
from ui.labels.sentences import overview

KEY_INDICATORS = (
    "liaison_designated",
    "information_sharing",
    "joint_training",
    "leaflets_both",
    "daily_practice_coverage",
)
# A year's answer stands in the middle of its year, so that days of the law fall on the right side of it.
MIDDLE = "-10-01"


@dataclass(frozen=True)
class Years:
    sentence: str
    figure: Figure
    table: pd.DataFrame


def cards(version: str, fiscal_year: int, query: str) -> None:
    """The prefecture's value of each practice with its change."""
    st.html(_cards(version, fiscal_year, query))
    st.caption(overview.CHANGE_NOTE)


@kept(32)
def _cards(version: str, fiscal_year: int, query: str) -> str:
    months = months_of_year(fiscal_year)
    return figures.cards([store.key_figure(version, one, months) for one in KEY_INDICATORS], query)


def section(version: str, about: list[str]) -> None:
    found = _years(version)
    if found is None:
        frame.nothing_here(
            "推移を示せません。", "年次連携状況の報告がありません。", "「受付」から報告を読み込んでください。"
        )
        return
    st.markdown(found.sentence)
    chart.show(found.figure, key="years", alt="取組を実施している市区町村の割合の年度別の推移")
    st.caption(
        "その項目に答えた市区町村に占める割合（全数のため信頼区間はありません）。情報共有と合同研修は、1回以上を実施と数えます。"
        "答えた市区町村は年度により異なります。縦の点線は法律の施行・通知の日です。"
    )
    tables.data_table(
        found.table,
        key="years",
        title="日常の連携を実施している市区町村・年度別",
        about=about,
        pictures=[exports.Picture(found.figure)],
    )


@kept(8)
def _years(version: str) -> Years | None:
    years = sorted(int(year) for year in store.practices(version)["fiscal_year"].unique())
    if not years:
        return None
    counted = {
        name.removesuffix("（回）"): [_done(version, year, item) for year in years] for item, (name, _) in ITEMS.items()
    }
    names = [labels.fiscal_year_text(year) for year in years]
    table = pd.DataFrame({"年度": names, **{name: [_said(*one) for one in own] for name, own in counted.items()}})
    series = {name: _series(name, years, own) for name, own in counted.items()}
    figure = charts.side_trends(series, words.MILESTONES, "実施している市区町村の割合（％）")
    each = "、".join(f"{name} {_said(*own[-1])}" for name, own in counted.items())
    before = "、".join(f"{name} {_said(*own[0])}" for name, own in counted.items())
    sentence = f"{names[-1]}に実施している市区町村は、{each}です。" + (
        f"{names[0]}は、{before}です。" if len(years) > 1 else ""
    )
    return Years(sentence, figure, table)


def _done(version: str, year: int, item: str) -> tuple[int, int]:
    """How many municipalities do it, of those that answered."""
    known = [is_done for own in answers(version, year).values() if (is_done := own[item].is_done) is not None]
    return sum(known), len(known)


def _said(yes: int, of: int) -> str:
    return f"{yes}／{of}（{fixed(yes / of * 100, 1)}％）" if of else labels.NOT_SENT


def _series(name: str, years: list[int], counted: list[tuple[int, int]]) -> pd.DataFrame:
    rows = [
        {
            "start": f"{year}{MIDDLE}",
            "name": labels.short_fiscal_year(year),
            "value": yes / of if of else math.nan,
            "low": math.nan,
            "high": math.nan,
            "hover": f"<b>{name}</b>　{labels.fiscal_year_text(year)}<br>{_said(yes, of)}",
        }
        for year, (yes, of) in zip(years, counted, strict=True)
    ]
    return pd.DataFrame(rows)
