"""How large the gap between municipalities is beyond chance, in words and measures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import labels, tables
from ui.internal import gaps_store, store
from ui.internal.indicator.gap import Line, lines_of, table
from ui.internal.memory import kept
from ui.labels import sentences
from ui.labels.sentences import gaps


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


@kept(512)
def sentence(version: str, indicator_id: str, months: tuple[str, ...]) -> str:
    return gaps.beyond(load_catalog()[indicator_id], gaps_store.gap(version, indicator_id, months))


@kept(512)
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
