"""One indicator of one place over the years and months, and by the values of its breakdown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from metrics.catalog import ALL
from metrics.periods import fiscal_year_of
from ui import labels, tables
from ui.public import figures, store
from ui.public.chosen import Chosen
from ui.public.head import about
from ui.public.lines import lines_html
from ui.rows import rows_of


def over_time(view: Chosen) -> None:
    """Every published fiscal year, then the months of the chosen one."""
    cells = _of_place(view, view.breakdown)
    is_month = cells["period"].str.contains("-")
    years, months = cells[~is_month], cells[is_month]
    months = months[[fiscal_year_of(one) == view.fiscal_year for one in months["period"]]]
    if cells.empty:
        st.info(f"{figures.NOT_PUBLISHED}。")
        return
    if len(years):
        _rows(view, years, "年度別", "年度", lambda row: labels.period_name(row.period))
        if (years["period"].astype(int).isin((2020, 2021))).any():
            st.caption(
                "令和2・3年度は新型コロナの影響で相談が大きく増えた時期です。ほかの年度と比べるときは注意してください。"
            )
    if len(months):
        st.markdown(f"**{labels.fiscal_year_text(view.fiscal_year)}の月別**")
        _rows(view, months, "月別", "月", lambda row: labels.period_name(row.period))
    tables.data_table(
        lambda: figures.table(
            pd.concat([years, months]), {"期間": lambda row: labels.period_name(row.period)}, view.kind
        ),
        key="series",
        title=f"{view.indicator['title']}・推移（{view.place}{'、' + view.part if view.part else ''}）",
        about=about(view.version, f"単位：{view.indicator['unit']}"),
    )


def by_breakdown(view: Chosen) -> None:
    """The values of the breakdown in the chosen period."""
    values = store.breakdowns(view.version, view.id)
    cells = _of_place(view, None)
    cells = cells[(cells["period"] == view.period) & cells["breakdown"].ne(ALL)]
    if cells.empty:
        st.info(f"この期間の内訳は公表していません。{figures.NOT_PUBLISHED}。")
        return
    _rows(view, cells, "内訳", str(view.indicator["breakdown_name"]), lambda row: values[row.breakdown], values)
    tables.data_table(
        lambda: figures.table(
            cells, {str(view.indicator["breakdown_name"]): lambda row: values[row.breakdown]}, view.kind
        ),
        key="breakdown",
        title=f"{view.indicator['title']}・内訳（{view.place}、{labels.period_name(view.period)}）",
        about=about(view.version, f"単位：{view.indicator['unit']}"),
    )


def _of_place(view: Chosen, breakdown: str | None) -> pd.DataFrame:
    cells = store.cells(view.version, view.id, None, view.code)
    return cells if breakdown is None else cells[cells["breakdown"] == breakdown]


def _rows(
    view: Chosen,
    cells: pd.DataFrame,
    what: str,
    first: str,
    name: Callable[[Any], str],
    values: Mapping[str, str] | None = None,
) -> None:
    chosen = values.get(view.breakdown) if values else labels.period_name(view.period)
    st.html(
        lines_html(
            [figures.line_of(row, name(row), view.kind) for row in rows_of(cells)],
            title=f"{view.indicator['title']}・{what}（{view.place}）",
            first=first,
            unit=str(view.indicator["unit"]),
            top=figures.top_of(cells, view.kind),
            whole=math.nan,
            chosen=chosen,
        )
    )
