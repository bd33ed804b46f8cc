"""Days from handover to the first consultation, as a curve for each direction."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from metrics.catalog import ALL, load_catalog
from ui import chart, charts, exports, frame, labels, tables
from ui.charts.base import Figure
from ui.internal import store, words
from ui.internal.memory import kept
from ui.internal.referral.direction import asked
from ui.internal.view import View
from ui.labels.rounding import fixed
from ui.rows import rows_of

INDICATOR = "days_to_contact"
DAY = 30


@dataclass(frozen=True)
class Contact:
    sentences: list[str]
    figure: Figure
    table: Callable[[], pd.DataFrame]


def section(view: View, direction: str | None) -> None:
    found = _contact(view.version, view.months, view.area, direction)
    if found is None:
        frame.nothing_here(
            "曲線を描けません。",
            f"{view.where}には、この期間につないだ紹介で、初回相談に至ったものがありません。",
            "期間、市区町村か方向を変えてください。",
        )
        return
    for sentence in found.sentences:
        st.markdown(f"- {sentence}")
    chart.show(found.figure, key="contact", alt="つなぎから初回相談までの日数の曲線（方向別）")
    st.caption(
        "カプラン・マイヤー法による推定。帯は95％信頼区間、点線は半数。まだ初回相談に至っていない紹介も、観察した日数まで数えています。"
    )
    tables.data_table(
        found.table,
        key="contact",
        title=view.title("つなぎから初回相談までの日数（方向別）"),
        about=view.about(f"出典：{load_catalog()[INDICATOR].source}"),
        pictures=[exports.Picture(found.figure)],
    )


@kept(256)
def _contact(version: str, months: tuple[str, ...], area: str | None, direction: str | None) -> Contact | None:
    declared = load_catalog()[INDICATOR].breakdown
    medians = store.of_breakdown(version, INDICATOR, months, area).set_index("breakdown")
    ways = {way: words.DIRECTIONS[way] for way in asked(direction)} if declared else {ALL: "全ての紹介"}
    curves = {
        way: curve
        for way in ways
        if way in medians.index and not (curve := store.of_days(version, INDICATOR, months, area, way)).empty
    }
    if not curves:
        return None
    sentences = [_sentence(ways[way], medians.loc[way], curve) for way, curve in curves.items()]
    figure = charts.step_curves({ways[way]: curve for way, curve in curves.items()})
    return Contact(sentences, figure, partial(_table, {ways[way]: curve for way, curve in curves.items()}))


def _sentence(name: str, median: pd.Series, curve: pd.DataFrame) -> str:
    value = labels.with_unit(median["value"], "duration", "value", median["high"])
    interval = labels.interval_text(median["low"], median["high"], "duration")
    said = f"{name}（つなぎ{median['denominator']:,}件）：中央値は{labels.bold(value)}"
    unit = "" if math.isinf(median["high"]) else "日"
    said += f"（95％信頼区間 {interval}{unit}）" if interval else ""
    if curve["days"].max() < DAY:
        return said + f"。観察した日数が{DAY}日に満たないため、{DAY}日目までの割合は示しません。"
    row = curve[curve["days"] <= DAY].iloc[-1]
    span = labels.interval_text(row["low"], row["high"], "proportion")
    return said + f"、{DAY}日目までに初回相談に至った割合は{fixed(row['share'] * 100, 1)}％（{span}）です（推定値）。"


def _table(curves: dict[str, pd.DataFrame]) -> pd.DataFrame:
    rows = [
        {
            "方向": name,
            "つなぎからの日数": f"{row.days:.0f}",
            "初回相談に至った割合（％）": fixed(row.share * 100, 1),
            "95％信頼区間": labels.interval_text(row.low, row.high, "proportion"),
            "観察中の件数": f"{row.at_risk:,}",
        }
        for name, curve in curves.items()
        for row in rows_of(curve)
    ]
    return pd.DataFrame(rows)
