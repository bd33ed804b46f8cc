"""Indicators by municipality in one table: where the values are high and low, and where nothing was sent."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator
from ui import labels, matrix, tables
from ui.internal import clicks, sections, store
from ui.internal.memory import kept
from ui.labels import chosen, sentences
from ui.labels.sentences.overview import cell_texts
from ui.matrix import Cell


def section(version: str, months: Sequence[str], area: str | None) -> None:
    st.markdown(_sentence(version, tuple(months)))
    st.html(_table(version, tuple(months), area))
    st.caption(
        f"単位は％（連絡調整担当などの年度の項目は、有・無）。{matrix.LEGEND}。"
        "色の濃さは列ごとの値の大きさで、良し悪しを示しません。"
    )
    tables.data_table(
        lambda: twin(version, months),
        key="heat",
        title=f"主な指標・市区町村別（{labels.period_text(list(months))}）",
        about=sentences.about_period(store.meta(version), months),
        rows=clicks.on_rows([*store.names(version), ""], area),
    )


def _columns() -> list[tuple[Indicator, str]]:
    return [one for _, group in chosen.columns() for one in group]


@kept(256)
def _sentence(version: str, months: Sequence[str]) -> str:
    """How many cells of the table stand without a value."""
    states = pd.concat([store.of_areas(version, one.id, months).iloc[:-1]["state"] for one, _ in _columns()])
    missing = int((states == "not_sent").sum())
    return (
        f"{len(store.areas(version))}市区町村の主な指標を並べています。"
        f"{len(states):,}の欄のうち、未提出が**{missing:,}**、"
        f"一部の報告による値が**{int((states == 'partial').sum()):,}**です。"
    )


@kept(256)
def _table(version: str, months: Sequence[str], area: str | None) -> str:
    names = store.names(version)
    columns = _columns()
    cells = [_cells(store.of_areas(version, indicator.id, months), indicator) for indicator, _ in columns]
    # The prefecture first: what every row is compared with.
    rows = [[column[place] for column in cells] for place in (-1, *range(len(names)))]
    return matrix.matrix_html(
        [sections.WHOLE, *names.values()],
        [head for _, head in columns],
        rows,
        title="主な指標の市区町村別の値",
        groups=[(theme, len(group)) for theme, group in chosen.columns() if group],
        chosen=names.get(area or ""),
    )


def _cells(estimates: pd.DataFrame, indicator: Indicator) -> list[Cell]:
    """Municipalities, then the prefecture, which has no shade: it is no part of the comparison in its column."""
    shades = [*matrix.shades(estimates["value"].tolist()[:-1]), None]
    texts = cell_texts(estimates, indicator)
    return [Cell(text, state, shade) for text, state, shade in zip(texts, estimates["state"], shades, strict=True)]


def twin(version: str, months: Sequence[str]) -> pd.DataFrame:
    """The same as a plain table."""
    names = store.names(version)
    table = {"市区町村名": [*names.values(), sections.WHOLE]}
    for indicator, _ in _columns():
        estimates = store.of_areas(version, indicator.id, tuple(months))
        table[f"{indicator.title}（{labels.short_unit(indicator.kind)}）"] = cell_texts(estimates, indicator)
    return pd.DataFrame(table)
