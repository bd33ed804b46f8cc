"""Whether municipalities differ from the prefecture beyond chance: the funnel and how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import chart, charts, exports, labels, tables
from ui.charts.base import Figure
from ui.internal import clicks, sections, store
from ui.internal.memory import kept
from ui.labels import sentences
from ui.labels.rounding import fixed
from ui.wide import wide


@dataclass(frozen=True)
class Funnel:
    """figure is None when the indicator is not compared; then the sentence says why."""

    sentence: str
    figure: Figure | None
    note: str


def section(version: str, indicator: Indicator, months: Sequence[str], area: str | None) -> None:
    shown = _funnel(version, indicator.id, tuple(months), area)
    st.markdown(shown.sentence)
    if shown.figure is None:
        return
    with wide("funnel"):
        chart.show(
            shown.figure, key="funnel", on_choose=clicks.on_map(area),
            alt=f"{indicator.title}の値と分母の散布図、県全体の値を中心とする管理限界",
        )  # fmt: skip
    st.caption(shown.note)
    tables.data_table(
        lambda: table(version, indicator, months),
        key="funnel",
        title=f"{indicator.title}・県全体との差（{labels.period_text(sentences.span(indicator, months))}）",
        about=sentences.about(store.meta(version), indicator, months),
        pictures=[exports.Picture(shown.figure)],
    )


@kept(512)
def _funnel(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> Funnel:
    indicator, names = load_catalog()[indicator_id], store.names(version)
    comparison, whole = store.compared(version, indicator_id, months), store.of_areas(version, indicator_id, months)
    each, total = comparison.frame, whole.iloc[-1]
    if each["verdict"].eq("none").all():
        return Funnel(sentences.NOT_COMPARED.get(indicator.kind, NO_VALUE), None, "")
    figure = charts.funnel(
        each,
        [names[code] for code in each["area_code"]],
        store.funnel_limits(version, indicator_id, months),
        indicator.kind,
        indicator.unit,
        total["value"],
        names.get(area or ""),
    )
    spread = (
        f"市区町村の間に偶然を超えるばらつき（過分散 φ＝{fixed(comparison.dispersion, 2)}）があるため、"
        "限界をその分広げています。"
        if comparison.is_dispersed
        else "市区町村全体のばらつきは偶然の範囲（過分散なし）のため、限界を広げていません。"
    )
    return Funnel(
        _sentence(each["verdict"].tolist(), labels.with_unit(total["value"], indicator.kind)),
        figure,
        f"{sections.MARKS}。点線は県全体、灰色の線は県全体を中心とする管理限界（{DISTRIBUTIONS[indicator.kind]}、"
        "Spiegelhalter法）。▲▼は、全市区町村を同時に比べる補正（偽発見率5％、Benjamini–Hochberg法）をしても残ったものです。"
        f"{spread}{sentences.least_text(indicator.kind, comparison.least)}の市区町村は判定しません。",
    )


def table(version: str, indicator: Indicator, months: Sequence[str]) -> pd.DataFrame:
    """Each municipality beside its own limits: verdict, value, both limits, the share of false findings."""
    names, kind = store.names(version), indicator.kind
    each = store.compared(version, indicator.id, tuple(months)).frame
    limits = {
        "95％限界": ("funnel_low", "funnel_high"),
        "99.8％限界": ("funnel_low_998", "funnel_high_998"),
    }
    return pd.DataFrame(
        {
            "県全体との差": [labels.VERDICTS[verdict] for verdict in each["verdict"]],
            "市区町村": [names[code] for code in each["area_code"]],
            "分母": [
                labels.NOT_SENT if state == "not_sent" else f"{count:,.0f}"
                for count, state in zip(each["denominator"], each["state"], strict=True)
            ],
            f"値（{labels.short_unit(kind)}）": [
                labels.value_text(row.value, kind, row.state, row.high) for row in each.itertuples()
            ],
            **{
                name: [labels.interval_text(*pair, kind) for pair in zip(each[low], each[high], strict=True)]
                for name, (low, high) in limits.items()
            },
            "偽発見率（q値）": ["" if pd.isna(q) else fixed(q, 3) for q in each["q"]],
        }
    )


DISTRIBUTIONS = {"proportion": "二項分布", "rate": "ポアソン分布", "ratio": "ポアソン分布"}
NO_VALUE = "県全体の値がないため、比べていません。"


def _sentence(verdicts: Sequence[str], whole: str) -> str:
    count = {verdict: verdicts.count(verdict) for verdict in labels.VERDICTS}
    differs = count["higher"] + count["lower"]
    if not differs and not count["same"]:
        return f"件数が少ないため、県全体（{whole}）との差を判定できる市区町村はありません。"
    head = (
        f"県全体（{whole}）と偶然を超えて差があるのは**{differs}**市区町村"
        f"（高い{count['higher']}、低い{count['lower']}）で、"
        if differs
        else f"県全体（{whole}）と偶然を超えて差がある市区町村はありません。"
    )
    parts = [f"{count['same']}市区町村は差があるとは言えません"] if count["same"] else []
    parts += [f"{count['few']}市区町村は件数が少なく判定していません"] if count["few"] else []
    parts += [f"{count['none']}市区町村は値がありません"] if count["none"] else []
    return head + "。".join(parts) + ("。" if parts else "")
