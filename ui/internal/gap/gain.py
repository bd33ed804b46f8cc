"""The gain: how many more a year if every municipality below a benchmark reached it, and who makes it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import chart, exports, labels, tables
from ui.charts.base import Figure
from ui.charts.grouped import gains
from ui.internal import clicks, gaps_store, store
from ui.internal.gap import redraw
from ui.internal.memory import kept
from ui.labels import sentences
from ui.labels.rounding import fixed
from ui.labels.sentences import gaps
from ui.rows import rows_of
from ui.url import url_select

BENCHMARKS = {
    gaps_store.MEDIAN: "県内の市区町村の中央値",
    gaps_store.PEERS: "類似する市区町村の中央値",
    gaps_store.VALUE: "自分で決めた値",
}


@dataclass(frozen=True)
class Gains:
    sentences: Sequence[str]
    figure: Figure | None
    table: pd.DataFrame


@st.fragment
def section(
    version: str, indicator: Indicator, months: Sequence[str], area: str | None, peers: tuple[str, ...]
) -> None:
    redraw.whole_page_if_chosen()
    refused = gaps_store.no_gain(indicator)
    if refused:
        st.markdown(gaps.REASONS[refused])
        return
    benchmark = _benchmark(indicator, area)
    shown = gained(
        version, indicator.id, tuple(months), benchmark, peers if benchmark == gaps_store.PEERS else (), area
    )
    for sentence in shown.sentences:
        st.markdown(sentence)
    if shown.figure is None:
        return
    with st.container(height=440, border=False):
        chart.show(
            shown.figure, key="gain", on_choose=clicks.on_map(area),
            alt=f"{indicator.gain}が増える計算上の件数の市区町村別の内訳",
        )  # fmt: skip
    st.caption(gaps.ARITHMETIC)
    period = labels.period_text(sentences.span(indicator, months))
    tables.data_table(
        shown.table,
        key="gain",
        title=f"{indicator.gain}が増える計算上の件数・市区町村別（{period}）",
        about=sentences.about(store.meta(version), indicator, months),
        pictures=[exports.Picture(shown.figure)],
    )


def _benchmark(indicator: Indicator, area: str | None) -> str | float:
    """What every municipality is to reach. Similar municipalities are those of a chosen one."""
    options = [one for one in BENCHMARKS if area or one != gaps_store.PEERS]
    left, right, _ = st.columns([1.4, 1, 1])
    with left:
        chosen = url_select("届くと考える基準", options, "benchmark", shown=lambda one: BENCHMARKS[one])
    if chosen != gaps_store.VALUE:
        if not area:
            st.caption("市区町村を選ぶと、その市区町村に類似する市区町村の中央値を基準にできます。")
        return chosen
    is_share = indicator.kind in labels.SHARES
    with right:
        value = st.number_input(
            f"基準の値（{labels.short_unit(indicator.kind)}）",
            min_value=0.0, max_value=100.0 if is_share else None, value=70.0, step=1.0, format="%.1f",
            key="target", bind="query-params", persist_state="session",
        )  # fmt: skip
    return float(value or 0.0) / (100 if is_share else 1)


@kept(512)
def gained(
    version: str,
    indicator_id: str,
    months: tuple[str, ...],
    benchmark: str | float,
    peers: tuple[str, ...],
    area: str | None,
) -> Gains:
    indicator, names = load_catalog()[indicator_id], store.names(version)
    found = gaps_store.gain_of(version, indicator_id, months, benchmark, peers)
    if found.reason:
        return Gains(gaps.gain(found, indicator, names), None, pd.DataFrame())
    rows = gaps.shown_rows(found)
    hover = [
        f"<b>{names[row.area_code]}</b><br>値 {labels.with_unit(row.value, indicator.kind, row.state)}"
        f"（{labels.counts_text(row.numerator, row.denominator, indicator.kind)}）"
        f"<br>増える計算 {fixed(row.expected, 1)}件<br>観測された値のままなら {fixed(row.gain, 1)}件"
        for row in rows_of(rows)
    ]
    codes = rows["area_code"].tolist()
    figure = gains(
        [names[code] for code in codes], codes, rows.assign(hover=hover), f"{indicator.gain}（件／年）", area
    )
    has_rows = bool(len(rows))
    return Gains(
        gaps.gain(found, indicator, names, area),
        figure if has_rows else None,
        _table(found, rows, indicator, names),
    )


def _table(found: gaps_store.Gain, rows: pd.DataFrame, indicator: Indicator, names: dict[str, str]) -> pd.DataFrame:
    kind = indicator.kind
    return pd.DataFrame(
        {
            "市区町村": [*(names[code] for code in rows["area_code"]), "合計"],
            f"値（{labels.short_unit(kind)}）": [
                *(labels.value_text(row.value, kind, row.state) for row in rows_of(rows)),
                f"基準 {labels.number_text(found.benchmark, kind)}",
            ],
            "分母": [*(f"{one:,.0f}" for one in rows["denominator"]), ""],
            "増える計算（件／年）": [*(fixed(one, 1) for one in rows["expected"]), fixed(found.expected, 1)],
            "観測された値のまま（件／年）": [*(fixed(one, 1) for one in rows["gain"]), fixed(found.total, 1)],
        }
    )
