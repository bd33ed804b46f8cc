"""How far municipalities lie apart: beyond chance, between the ends, by kind of municipality, among neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator
from ui import labels, maps, tables
from ui.internal import store
from ui.internal.gaps_store import FINDING
from ui.internal.memory import kept
from ui.labels import sentences
from ui.labels.rounding import fixed

REASONS = {
    "kind": "この種類の指標では計算しません",
    "few_areas": "値のある市区町村が少ないため計算しません",
    "zero": "0の市区町村が多いため計算しません",
    "alike": "全ての市区町村が同じ値のため計算しません",
    "no_neighbours": "隣り合う市区町村で値があるものが少ないため計算しません",
}
SURE = 0.05
HEADS = ["指標", "値", "読み方"]


@dataclass(frozen=True)
class Line:
    """One measure: its name, its figure (or why there is none), and what it says."""

    measure: str
    figure: str
    meaning: str


def section(version: str, indicator: Indicator, months: Sequence[str]) -> None:
    lines = lines_of(version, indicator.id, tuple(months))
    for line in lines:
        if line.meaning:
            st.markdown(f"- {line.meaning}")
    if not any(line.meaning for line in lines):
        st.markdown("この指標では、市区町村間の差の大きさを計算できません。理由は下の表のとおりです。")
    tables.data_table(
        lambda: table(lines),
        key="gap",
        title=f"{indicator.title}・市区町村間の差（{labels.period_text(sentences.span(indicator, months))}）",
        about=sentences.about(store.meta(version), indicator, months),
    )
    st.caption(
        "τ²・I²は偶然を除いた市区町村間の差（DerSimonian–Laird法）、P90/P10は高いほうから1割と低いほうから1割の境の比（市区町村を同じ"
        "重みで数える）、タイル指数は分母で重み付けした格差、モランのIは境界を接する市区町村どうしの似かたを示します。"
    )


def table(lines: Sequence[Line]) -> pd.DataFrame:
    """The measures as the table twin says them."""
    return pd.DataFrame([(one.measure, one.figure, one.meaning.replace("**", "")) for one in lines], columns=HEADS)


@kept(512)
def lines_of(version: str, indicator_id: str, months: Sequence[str]) -> list[Line]:
    found = store.spread_of(version, indicator_id, months, maps.neighbours(store.meta(version)["prefecture"]))
    why = {part: REASONS[reason] for part, reason in found.reasons.items()}
    return [
        *_beyond_chance(found.i2, found.tau2, found.q_p, why.get("heterogeneity", "")),
        _deciles(found.p90_p10, why.get("deciles", "")),
        _theil(found.theil, found.within_share, found.between_share, why.get("theil", "")),
        _moran(found.moran_i, found.moran_p, found.moran_n, why.get("moran", "")),
    ]


def _beyond_chance(i2: float | None, tau2: float | None, p: float | None, why: str) -> list[Line]:
    names = ("市区町村間の差（I²）", "市区町村間の分散（τ²）")
    if i2 is None or tau2 is None or p is None:
        return [Line(name, why, "") for name in names]
    test = f"I²、均質性の検定 {labels.p_text(p)}、有意水準{FINDING * 100:.0f}％"
    said = (
        f"値のばらつきのうち**{fixed(i2 * 100, 0)}**％が、偶然では説明できない市区町村間の差です（{test}）。"
        if p < FINDING
        else f"値のばらつきは、偶然の範囲を超えるとは言えません（{test}）。"
    )
    return [Line(names[0], f"{fixed(i2 * 100, 1)}％", said), Line(names[1], fixed(tau2, 4), "")]


def _deciles(ratio: float | None, why: str) -> Line:
    name = "P90/P10"
    if ratio is None:
        return Line(name, why, "")
    return Line(
        name,
        fixed(ratio, 2),
        f"高いほうから1割の境の値は、低いほうから1割の境の値の**{fixed(ratio, 2)}**倍です"
        "（件数が少ない市区町村の偶然の動きを含みます）。",
    )


def _theil(total: float | None, within: float | None, between: float | None, why: str) -> Line:
    name = "タイル指数"
    if total is None or within is None or between is None:
        return Line(name, why, "")
    return Line(
        name,
        fixed(total, 4),
        f"格差（タイル指数）のうち、市区町村の種別（政令指定都市・中核市・市・町・村など）の間の差が"
        f"**{fixed(between * 100, 0)}**％、"
        f"同じ種別の中の差が**{fixed(within * 100, 0)}**％です。",
    )


def _moran(i: float | None, p: float | None, areas: int, why: str) -> Line:
    name = "モランのI"
    if i is None or p is None:
        return Line(name, why, "")
    test = f"モランのI {fixed(i, 2, '+')}、{labels.p_text(p)}、{areas}市区町村"
    if p >= SURE:
        said = f"隣り合う市区町村の値が似ているとも、異なっているとも言えません（{test}）。"
    else:
        said = f"隣り合う市区町村の値は{'似て' if i > 0 else '異なって'}います（{test}）。"
    return Line(name, fixed(i, 3, "+"), said)
