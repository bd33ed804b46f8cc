"""States of consent and the legal basis of giving information: apart from whether anybody was referred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import chart, charts, exports, frame, labels, tables
from ui.charts.base import Figure
from ui.internal import store
from ui.internal.memory import kept
from ui.internal.view import View, of_place

CONSENT, BASIS = "consent_rate", "basis_missing_rate"


@dataclass(frozen=True)
class Parts:
    """The values of an indicator's breakdown: names with their counts, the figure, the table."""

    names: list[str]
    counts: list[tuple[int, int]]
    whole: tuple[float, str, int, int]  # value, state, numerator, denominator
    figure: Figure
    table: Callable[[], pd.DataFrame]


def section(view: View) -> None:
    """Both indicators side by side; each says its own denominator."""
    st.caption(
        "同意の状況と提供の根拠は、紹介やつなぎの有無とは別に数えています。「同意なし」「未確認」は、紹介しなかったことを意味しません"
        "（本人の同意によらない提供には、法令に基づく提供や会議体内の共有などがあります）。"
    )
    for name, column in zip((CONSENT, BASIS), st.columns(2), strict=True):
        with column:
            _part(view, name)


def _part(view: View, name: str) -> None:
    indicator = load_catalog().get(name)
    if indicator is None:
        return
    st.subheader(indicator.title)
    found = _parts(view.version, name, view.months, view.area)
    if found is None:
        frame.nothing_here(
            "内訳がありません。",
            f"{view.where}には、この期間に記入された報告がありません。",
            "期間か市区町村を変えてください。",
        )
        return
    st.markdown(_sentence(indicator, found))
    if found.names:
        chart.show(found.figure, key=name, alt=f"{indicator.title}の内訳")
    st.caption(f"分子：{indicator.numerator}　分母：{indicator.denominator}　{indicator.note}")
    about = view.about(f"分子：{indicator.numerator}　分母：{indicator.denominator}", f"出典：{indicator.source}")
    tables.data_table(
        found.table,
        key=name,
        title=view.title(indicator.title),
        about=about,
        pictures=[exports.Picture(found.figure)] if found.names else (),
    )


@kept(256)
def _parts(version: str, name: str, months: tuple[str, ...], area: str | None) -> Parts | None:
    indicator = load_catalog()[name]
    whole = of_place(version, name, months, area)
    if whole["denominator"] == 0 and whole["state"] in ("not_sent", "not_applicable"):
        return None
    counted = (whole["value"], whole["state"], int(whole["numerator"]), int(whole["denominator"]))
    if indicator.breakdown is None:
        frame_of_one = pd.DataFrame([whole])
        return Parts([], [], counted, {}, partial(tables.estimate_table, frame_of_one, ["全体"], indicator, "区分"))
    parts = store.of_breakdown(version, name, months, area)
    shown = parts[parts["denominator"] > 0]
    names = [indicator.breakdown.label(value) for value in shown["breakdown"]]
    return Parts(
        names,
        list(zip(shown["numerator"].tolist(), shown["denominator"].tolist(), strict=True)),
        counted,
        charts.bars(shown, names, indicator.kind, indicator.unit),
        partial(tables.estimate_table, shown, names, indicator, indicator.breakdown.name),
    )


def _sentence(indicator: Indicator, found: Parts) -> str:
    value, state, yes, of = found.whole
    headline = [indicator.breakdown.label(one) for one in indicator.breakdown.headline] if indicator.breakdown else []
    what = f"「{'」「'.join(headline)}」の割合" if headline else indicator.title
    said = f"{what}は{labels.bold(labels.with_unit(value, indicator.kind, state))}（{of:,}件中{yes:,}件）です。"
    each = "、".join(f"{name} {part:,}件" for name, (part, _) in zip(found.names, found.counts, strict=True))
    return said + (f"内訳は、{each}です。" if each else "")
