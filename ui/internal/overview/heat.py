"""Indicators by municipality in one table: where the values are high and low, and where nothing was sent."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import labels, matrix, tables
from ui.internal import clicks, sections, store
from ui.labels import sentences
from ui.matrix import Cell

# Theme, then the indicators with a title short enough for the head of a column.
COLUMNS: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    (
        "相互紹介・同意",
        (
            ("recommendation_rate", "利用勧奨"),
            ("handover_rate", "つなぎ"),
            ("contact_within_30_days", "30日以内の初回相談"),
            ("plan_rate", "プラン作成"),
            ("consent_rate", "本人同意"),
        ),
    ),
    (
        "会議体",
        (
            ("platform_attendance", "官民連携PF出席"),
            ("council_participation", "地域協議会参加"),
            ("support_meeting_participation", "支援会議参加"),
            ("joint_operation_rate", "一体的な開催"),
        ),
    ),
    (
        "日常の連携",
        (
            ("liaison_designated", "連絡調整担当"),
            ("joint_training", "合同研修"),
            ("leaflets_both", "双方の窓口にリーフレット"),
        ),
    ),
)


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


def _shown() -> list[tuple[str, list[tuple[Indicator, str]]]]:
    catalog = load_catalog()
    return [(theme, [(catalog[one], head) for one, head in columns if one in catalog]) for theme, columns in COLUMNS]


@st.cache_data(max_entries=64, show_spinner=False)
def _sentence(version: str, months: Sequence[str]) -> str:
    """How many cells of the table stand without a value."""
    states = pd.concat(
        [store.of_areas(version, one.id, months).iloc[:-1]["state"] for _, columns in _shown() for one, _ in columns]
    )
    missing = int((states == "not_sent").sum())
    return (
        f"{len(store.areas(version))}市区町村の主な指標を並べています。"
        f"{len(states):,}の欄のうち、未提出が**{missing:,}**、"
        f"一部の報告による値が**{int((states == 'partial').sum()):,}**です。"
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _table(version: str, months: Sequence[str], area: str | None) -> str:
    names = store.names(version)
    columns = [one for _, group in _shown() for one in group]
    cells = [_cells(store.of_areas(version, indicator.id, months), indicator) for indicator, _ in columns]
    # The prefecture first: what every row is compared with.
    rows = [[column[place] for column in cells] for place in (-1, *range(len(names)))]
    return matrix.matrix_html(
        [sections.WHOLE, *names.values()],
        [head for _, head in columns],
        rows,
        title="主な指標の市区町村別の値",
        groups=[(theme, len(group)) for theme, group in _shown() if group],
        chosen=names.get(area or ""),
    )


def _cells(estimates: pd.DataFrame, indicator: Indicator) -> list[Cell]:
    """Municipalities, then the prefecture, which has no shade: it is no part of the comparison in its column."""
    shades = [*matrix.shades(estimates["value"].tolist()[:-1]), None]
    return [
        Cell(_text(row, indicator, is_whole=place == len(estimates) - 1), row.state, shade)
        for place, (row, shade) in enumerate(zip(estimates.itertuples(), shades, strict=True))
    ]


def _text(row: object, indicator: Indicator, *, is_whole: bool) -> str:
    value, denominator, state = row.value, row.denominator, row.state  # type: ignore[attr-defined]
    if indicator.kind == "count" and not is_whole and denominator == 1 and not math.isnan(value):
        return "有" if value else "無"
    return labels.value_text(value, indicator.kind, state, row.high)  # type: ignore[attr-defined]


def twin(version: str, months: Sequence[str]) -> pd.DataFrame:
    """The same as a plain table."""
    names = store.names(version)
    table = {"市区町村名": [*names.values(), sections.WHOLE]}
    for indicator, _ in (one for _, group in _shown() for one in group):
        estimates = store.of_areas(version, indicator.id, tuple(months))
        last = len(estimates) - 1
        table[f"{indicator.title}（{labels.short_unit(indicator.kind)}）"] = [
            _text(row, indicator, is_whole=place == last) for place, row in enumerate(estimates.itertuples())
        ]
    return pd.DataFrame(table)
