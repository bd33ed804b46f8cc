"""How large the gap between municipalities is beyond chance, in words and measures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import labels, tables
from ui.internal import gaps_store, store
from ui.internal.indicator.gap import Line, lines_of, table
from ui.labels import sentences

NO_GAP = "偶然で説明できる範囲を超える差があるとは言えません。"
NOT_JUDGED = {
    "duration": "日数の中央値では、偶然による散らばりを取り除けないため、差の有無を判定していません。",
    "count": "全数を数えた値で、偶然による幅がないため、差の有無の判定は行いません。下の区分別の値を見てください。",
}
FEW = "値のある市区町村が5に満たないため、差の有無を判定していません。"


def section(version: str, indicator: Indicator, months: Sequence[str]) -> None:
    st.markdown(sentence(version, indicator.id, tuple(months)))
    measures = lines(version, indicator.id, tuple(months))
    said = "\n".join(f"- {line.meaning}" for line in measures if line.meaning)
    if said:
        st.markdown(said)
    tables.data_table(
        lambda: table(measures),
        key="gap",
        title=f"{indicator.title}・市区町村間の差（{labels.period_text(sentences.span(indicator, months))}）",
        about=sentences.about(store.meta(version), indicator, months),
    )


@st.cache_data(max_entries=128, show_spinner=False)
def sentence(version: str, indicator_id: str, months: tuple[str, ...]) -> str:
    """The verdict first: what is not beyond chance must not be read as a gap."""
    indicator, found = load_catalog()[indicator_id], gaps_store.gap(version, indicator_id, months)
    if found.verdict not in (gaps_store.BEYOND, gaps_store.WITHIN):
        return NOT_JUDGED.get(indicator.kind, FEW)
    test = f"{found.areas}市区町村、均質性の検定 {labels.p_text(found.p)}、有意水準1％"
    if found.verdict == gaps_store.WITHIN:
        return f"**{NO_GAP}**（{test}）"
    return (
        f"**偶然で説明できる範囲を超える差があります。**（{test}）　偶然を除いた市区町村間の標準偏差は"
        f"**{width_text(found.between_sd, indicator.kind)}**です。"
    )


def width_text(width: float, kind: str) -> str:
    """A width in the unit of a value: percentage points for shares."""
    return labels.number_text(width, kind) + ("ポイント" if kind in labels.SHARES else labels.short_unit(kind))


@st.cache_data(max_entries=128, show_spinner=False)
def lines(version: str, indicator_id: str, months: tuple[str, ...]) -> list[Line]:
    """The measures; where no gap can be told, none of them is put into words as if there were one."""
    verdict = gaps_store.gap(version, indicator_id, months).verdict
    found = lines_of(version, indicator_id, months)
    if verdict == gaps_store.WITHIN:
        return [Line(one.measure, one.figure, "") for one in found]
    return [Line(one.measure, one.figure, _share(one) or one.meaning) for one in found]


def _share(line: Line) -> str:
    if line.measure != "市区町村間の差（I²）" or not line.figure.endswith("％"):
        return ""
    return f"値のばらつきのうち**{line.figure.removesuffix('％')}**％が、偶然では説明できない市区町村間の差です（I²）。"
