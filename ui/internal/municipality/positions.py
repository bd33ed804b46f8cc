"""Every indicator of one municipality beside the prefecture and its peers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui import labels, tables
from ui.internal import gaps_store, store
from ui.internal.gaps_store import Standing
from ui.internal.memory import kept
from ui.internal.view import View
from ui.labels.sentences import standings
from ui.positions import Position, positions_html


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


@kept(256)
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
    is_share = kind in labels.SHARES
    return Position(
        name=standings.short_name(one.indicator),
        value_text=standings.own_value(one),
        interval_text=standings.own_interval(one),
        whole_text=standings.whole_value(one).removesuffix(labels.PARTIAL_MARK),
        peers_text=standings.peers_middle(one),
        verdict=standings.SHORT_VERDICTS[row["verdict"]],
        state=row["state"],
        value=row["value"],
        low=row["low"] if is_share else math.nan,
        high=row["high"] if is_share else math.nan,
        whole=one.whole["value"] if is_share else math.nan,
        peers=(peers.low, peers.middle, peers.high) if is_share else (math.nan,) * 3,
    )


@kept(256)
def table(version: str, months: tuple[str, ...], area: str, peers: tuple[str, ...]) -> pd.DataFrame:
    rows = []
    for one in gaps_store.standings(version, months, area, peers):
        row, kind = one.row, one.indicator.kind
        rows.append(
            {
                "指標": one.indicator.title,
                "単位": labels.short_unit(kind),
                "値": labels.value_text(row["value"], kind, row["state"], row["high"]),
                "95％信頼区間": standings.own_interval(one),
                "件数": standings.own_counts(one),
                "県全体": standings.whole_value(one),
                "類似・中央値（全数の指標は合計）": standings.peers_middle(one),
                "類似・四分位範囲": labels.interval_text(one.peers.low, one.peers.high, kind),
                "類似・市区町村数": f"{one.peers.areas}",
                "県全体との差": labels.VERDICTS[row["verdict"]],
            }
        )
    return pd.DataFrame(rows)
