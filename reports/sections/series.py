"""One indicator of one municipality over time, beside the prefecture."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from metrics.catalog import Indicator
from reports.content import Cell, Chart, Sentences, Series, Table
from reports.sections.areas import definition_line
from reports.sections.cells import NUMBER_FORMATS, estimate_cells, estimate_formats, estimate_heads, in_unit, value_cell
from reports.sources import WHOLE, Sources
from ui import charts, labels
from ui.charts.base import Figure
from ui.labels import sentences

GAPS = "値のない期間は線が切れます。"
HEIGHT, MOST_TICKS = 220, 6


def said(of: Sources, indicator: Indicator) -> Sentences:
    found = of.answers.tendency(indicator.id, _reported(of), of.own_area)
    told = sentences.trend(indicator, _own(of, indicator), of.where)
    tendency = sentences.tendency(found.method, found.n, found.p, found.s)
    return Sentences([f"{indicator.title}：{told}{tendency}"])


def chart(of: Sources, indicator: Indicator, *, has_figure: bool = True) -> Chart:
    """Every period reported, not only those asked for; the page's figure for paper."""
    own, whole = _own(of, indicator), of.answers.of_months(indicator.id, _reported(of), None)
    kind = indicator.kind
    return Chart(
        title=f"{indicator.title}・{_each(indicator)}（{of.where}）",
        unit=indicator.unit,
        form="line",
        categories=[labels.short_period(one) for one in own["period"]],
        series=[
            Series(of.where, [in_unit(one, kind) for one in own["value"]]),
            Series(WHOLE, [in_unit(one, kind) for one in whole["value"]]),
        ],
        figure=_figure(own, indicator) if has_figure else None,
        low=[in_unit(one, kind) for one in own["low"]],
        high=[in_unit(one, kind) for one in own["high"]],
        number_format=NUMBER_FORMATS[kind],
        note=("" if kind == "count" else "帯は95％信頼区間。") + GAPS,
        states=own["state"].tolist(),
        native_note=("" if kind == "count" else f"縦の線は{of.where}の95％信頼区間。")
        + f"{GAPS}白抜きは一部の報告による値。",
    )


def table(of: Sources, indicator: Indicator) -> Table:
    """A row a period: the municipality with limits and counts, then the prefecture's value."""
    own, whole = _own(of, indicator), of.answers.of_months(indicator.id, _reported(of), None)
    unit, kind = labels.short_unit(indicator.kind), indicator.kind
    rows = [
        [Cell(labels.period_name(row["period"])), *estimate_cells(row, indicator), value_cell(total, indicator)]
        for (_, row), (_, total) in zip(own.iterrows(), whole.iterrows(), strict=True)
    ]
    heads = ["期間", *estimate_heads(f"{of.where}（{unit}）", kind), f"{WHOLE}（{unit}）"]
    formats = estimate_formats(1, kind) | {len(heads) - 1: NUMBER_FORMATS[kind]}
    title = f"{indicator.title}・{_each(indicator)}（{of.where}）"
    return Table(title, heads, rows, formats, note=definition_line(indicator))


def _each(indicator: Indicator) -> str:
    return "年度別" if indicator.is_yearly else "月別"


def _reported(of: Sources) -> tuple[str, ...]:
    return tuple(of.answers.reported_months())


def _own(of: Sources, indicator: Indicator) -> pd.DataFrame:
    return of.answers.of_months(indicator.id, _reported(of), of.own_area)


def _figure(own: pd.DataFrame, indicator: Indicator) -> Figure:
    """The figure of 市町村: half a page wide, so fewer ticks than on the page of the indicator."""
    figure = charts.trend(own, indicator.kind, indicator.unit)
    ticks: Sequence[str] = list(own["period"])[:: max(1, len(own) // MOST_TICKS)]
    figure["layout"] |= {"height": HEIGHT}
    figure["layout"]["xaxis"] |= {"tickvals": ticks, "ticktext": list(map(labels.short_period, ticks)), "tickangle": 0}
    return figure
