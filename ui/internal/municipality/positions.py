"""Every indicator of one municipality beside the prefecture and its peers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator
from ui import labels, tables
from ui.internal import gaps_store, store
from ui.internal.gaps_store import Standing
from ui.internal.view import View
from ui.positions import Position, positions_html

SHORT_VERDICTS = {
    "higher": "▲ 高い",
    "lower": "▼ 低い",
    "same": "● 差があるとは言えない",
    "few": "■ 件数が少ない",
    "none": "",
}


@dataclass(frozen=True)
class Shown:
    shares: str
    others: str
    answers: str


def section(view: View, peers: tuple[str, ...]) -> None:
    """view.area is a municipality."""
    assert view.area is not None
    shown = _shown(view.version, view.months, view.area, peers)
    st.html(shown.shares)
    st.caption(
        "● 市区町村の値（白抜きは一部の報告による値）と95％信頼区間　破線：県全体　帯：類似する市区町村の四分位範囲　"
        "帯の中の線：その中央値　目盛りは0～100％（25％ごと）　"
        "類似する市区町村は、件数の少ないもの（分母10件未満など）を除き、3市区町村に満たないときは示しません。"
    )
    left, right = st.columns([1.5, 1])
    with left:
        st.markdown("**単位の異なる指標**")
        st.html(shown.others)
    with right:
        st.markdown("**全数を数えた指標**（県全体と類似は％）")
        st.html(shown.answers)
    tables.data_table(
        lambda: table(view.version, view.months, view.area or "", peers),
        key="standing",
        title=view.title("全ての指標と県全体・類似する市区町村"),
        about=view.about("出典：市区町村の報告（各指標の定義は「定義」のページ）"),
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _shown(version: str, months: tuple[str, ...], area: str, peers: tuple[str, ...]) -> Shown:
    found, name = gaps_store.standings(version, months, area, peers), store.names(version)[area]
    of_kind: dict[str, list[Position]] = {"share": [], "other": [], "count": []}
    for one in found:
        kind = one.indicator.kind
        of_kind["share" if kind == "proportion" else "count" if kind == "count" else "other"].append(_position(one))
    return Shown(
        positions_html(of_kind["share"], title=f"{name}の割合の指標と県全体・類似する市区町村", place=name),
        positions_html(of_kind["other"], title=f"{name}の単位の異なる指標", place=name, has_track=False),
        positions_html(
            of_kind["count"], title=f"{name}の全数を数えた指標", place=name, has_track=False, is_judged=False
        ),
    )


def _position(one: Standing) -> Position:
    row, kind, peers = one.row, one.indicator.kind, one.peers
    interval = labels.interval_text(row["low"], row["high"], kind) if not math.isnan(row["value"]) else ""
    is_share = kind in labels.SHARES
    return Position(
        name=_name(one.indicator),
        value_text=_value(one),
        interval_text=interval,
        whole_text=labels.value_text(one.whole["value"], kind, one.whole["state"], one.whole["high"]).removesuffix(
            labels.PARTIAL_MARK
        ),
        peers_text="" if math.isnan(peers.middle) else labels.number_text(peers.middle, kind),
        verdict=SHORT_VERDICTS[row["verdict"]],
        state=row["state"],
        value=row["value"],
        low=row["low"] if is_share else math.nan,
        high=row["high"] if is_share else math.nan,
        whole=one.whole["value"] if is_share else math.nan,
        peers=(peers.low, peers.middle, peers.high) if is_share else (math.nan,) * 3,
    )


def _name(indicator: Indicator) -> str:
    if indicator.kind == "proportion":
        return indicator.title
    unit = f"（{labels.short_unit(indicator.kind)}）" if indicator.kind != "count" else ""
    return indicator.title.removesuffix("（中央値）") + unit


def _value(one: Standing) -> str:
    """A single yes or no of one municipality is a word, not 100 per cent."""
    row = one.row
    if one.indicator.kind == "count" and row["denominator"] == 1 and not math.isnan(row["value"]):
        return ("有" if row["value"] else "無") + (labels.PARTIAL_MARK if row["state"] == "partial" else "")
    return labels.value_text(row["value"], one.indicator.kind, row["state"], row["high"])


@st.cache_data(max_entries=64, show_spinner=False)
def table(version: str, months: tuple[str, ...], area: str, peers: tuple[str, ...]) -> pd.DataFrame:
    rows = []
    for one in gaps_store.standings(version, months, area, peers):
        row, kind = one.row, one.indicator.kind
        is_known = not math.isnan(row["value"])
        quartiles = labels.interval_text(one.peers.low, one.peers.high, kind)
        rows.append(
            {
                "指標": one.indicator.title,
                "単位": labels.short_unit(kind),
                "値": labels.value_text(row["value"], kind, row["state"], row["high"]),
                "95％信頼区間": labels.interval_text(row["low"], row["high"], kind) if is_known else "",
                "件数": labels.counts_text(row["numerator"], row["denominator"], kind) if is_known else "",
                "県全体": labels.value_text(one.whole["value"], kind, one.whole["state"], one.whole["high"]),
                "類似・中央値（全数の指標は合計）": ""
                if math.isnan(one.peers.middle)
                else labels.number_text(one.peers.middle, kind),
                "類似・四分位範囲": quartiles,
                "類似・市区町村数": f"{one.peers.areas}",
                "県全体との差": labels.VERDICTS[row["verdict"]],
            }
        )
    return pd.DataFrame(rows)
