"""Charts as plain dict figures (a tenth of the cost of plotly.express). Bars start at 0; intervals are always drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ui import labels, theme

Figure = dict[str, Any]
CONFIG = {"displayModeBar": False, "responsive": True}
# Streamlit's own chart theme would set grey text below the contrast of 4.5:1.
SHOW: dict[str, Any] = {"config": CONFIG, "theme": None, "width": "stretch"}
# Days of the law that every series crossing them should show.
MILESTONES = (("2024-04", "推進法施行"), ("2024-06", "連携通知"), ("2025-04", "支援会議の努力義務"))


def _layout(height: int, *, x_title: str, y_title: str = "", **more: Any) -> dict[str, Any]:
    axis = {"gridcolor": theme.GRID, "zeroline": False, "automargin": True}
    return {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 28, "b": 8},
        "font": {"family": theme.FONT, "size": 13, "color": theme.INK},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"font": {"family": theme.FONT}},
        "xaxis": {**axis, "title": {"text": x_title}, **more.pop("xaxis", {})},
        "yaxis": {**axis, "title": {"text": y_title}, **more.pop("yaxis", {})},
        **more,
    }


def _scaled(values: pd.Series, kind: str) -> np.ndarray:
    scaled: np.ndarray = values.to_numpy(float) * (100 if kind == "proportion" else 1)
    return scaled


def _hover(frame: pd.DataFrame, names: Sequence[str], kind: str) -> list[str]:
    texts = []
    for name, row in zip(names, frame.itertuples(), strict=True):
        shown = labels.with_unit(row.value, kind, row.state, row.high)
        interval = labels.interval_text(row.low, row.high, kind)
        texts.append(
            f"<b>{name}</b><br>{shown}"
            + (f"<br>95％信頼区間 {interval}" if interval else "")
            + f"<br>{row.numerator:,} ／ {row.denominator:,}"
        )
    return texts


def ranked(frame: pd.DataFrame, names: Sequence[str], kind: str, unit: str, reference: float | None) -> Figure:
    """Areas from high to low as points with their 95 % interval; those without a value stand below with their mark.

    frame: estimates, one row per area in the order of names. reference: the prefecture's value, drawn as a line.
    """
    table = frame.assign(name=list(names))
    shown = table[table["value"].notna()].sort_values("value", kind="stable")
    without = table[table["value"].isna()]
    order = [*without["name"], *shown["name"]]
    value, low, high = (_scaled(shown[part], kind) for part in ("value", "low", "high"))
    top = float(np.nanmax([*value, *np.where(np.isinf(high), np.nan, high), 0.0])) if len(value) else 1.0
    high = np.where(np.isinf(high), top * 1.05, high)
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": value.tolist(),
        "y": shown["name"].tolist(),
        "marker": {"color": theme.MAIN, "size": 9, "symbol": _symbols(shown)},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (high - value).tolist(),
            "arrayminus": (value - np.nan_to_num(low, nan=0.0)).tolist(),
            "color": theme.LIGHT,
            "thickness": 2,
            "width": 3,
        },
        "hovertext": _hover(shown, shown["name"].tolist(), kind),
        "hoverinfo": "text",
    }
    marks = {
        "type": "scatter",
        "mode": "text",
        "x": [0.0] * len(without),
        "y": without["name"].tolist(),
        "text": [labels.value_text(row.value, kind, row.state, row.high) for row in without.itertuples()],
        "textposition": "middle right",
        "textfont": {"color": theme.MUTED},
        "hoverinfo": "skip",
    }
    line = (
        [] if reference is None or np.isnan(reference) else [_line_at(reference * (100 if kind == "proportion" else 1))]
    )
    layout = _layout(
        max(260, 24 * len(order) + 80),
        x_title=unit,
        xaxis={"rangemode": "tozero", "side": "top"},
        yaxis={
            "categoryorder": "array",
            "categoryarray": order,
            "range": [-0.7, len(order) - 0.3],
            "tickfont": {"size": 12},
            "gridcolor": "#F0F0F0",
        },
        shapes=line,
    )
    layout["margin"]["t"] = 64
    return {"data": [points, marks], "layout": layout}


def _symbols(frame: pd.DataFrame) -> list[str]:
    """Hollow for values of partly sent months, so that the mark does not depend on colour."""
    return ["circle-open" if state == "partial" else "circle" for state in frame["state"]]


def _line_at(value: float) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": value,
        "x1": value,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": theme.INK, "width": 1.5, "dash": "dash"},
    }


def trend(frame: pd.DataFrame, kind: str, unit: str) -> Figure:
    """A series by month with its 95 % band; months without a value leave a gap. The law's days are marked."""
    months = frame["period"].tolist()
    value, low, high = (_scaled(frame[part], kind) for part in ("value", "low", "high"))
    band = [
        {"y": np.where(np.isinf(edge), np.nan, edge).tolist(), "fill": fill, "fillcolor": theme.PALE}
        for edge, fill in ((low, "none"), (high, "tonexty"))
    ]
    common = {"type": "scatter", "x": months, "connectgaps": False}
    lines = [{**common, **edge, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"} for edge in band]
    names = [labels.month_text(month) for month in months]
    series = {
        **common,
        "y": value.tolist(),
        "mode": "lines+markers",
        "line": {"color": theme.MAIN, "width": 2},
        "marker": {"size": 7, "symbol": _symbols(frame)},
        "hovertext": _hover(frame, names, kind),
        "hoverinfo": "text",
    }
    marks = [
        {
            "type": "line", "x0": month, "x1": month, "y0": 0, "y1": 1, "yref": "paper",
            "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
        }
        for month, _ in MILESTONES if month in months
    ]  # fmt: skip
    notes = [
        {
            "x": month, "y": 1.07, "yref": "paper", "text": text, "showarrow": False,
            "xanchor": "left" if place else "right", "font": {"size": 12, "color": theme.MUTED},
        }
        for place, (month, text) in enumerate(MILESTONES) if month in months
    ]  # fmt: skip
    step = max(1, len(months) // 12)
    ticks = months[::step]
    layout = _layout(
        340,
        x_title="",
        y_title=unit,
        xaxis={
            "type": "category",
            "tickvals": ticks,
            "ticktext": [labels.short_month(month) for month in ticks],
            "tickangle": 0 if len(ticks) <= 12 else -45,
        },
        yaxis={"rangemode": "tozero"},
        shapes=marks,
        annotations=notes,
    )
    return {"data": [*lines, series], "layout": layout}


def bars(frame: pd.DataFrame, names: Sequence[str], kind: str, unit: str) -> Figure:
    """Values of a breakdown as bars from 0 with their interval, in the order given from top to bottom."""
    table = frame.assign(name=list(names))[::-1]
    value, low, high = (_scaled(table[part], kind) for part in ("value", "low", "high"))
    high = np.where(np.isinf(high), value, high)
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": np.nan_to_num(value, nan=0.0).tolist(),
        "y": table["name"].tolist(),
        "marker": {"color": theme.MID},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": np.nan_to_num(high - value).tolist(),
            "arrayminus": np.nan_to_num(value - low).tolist(),
            "color": theme.INK,
            "thickness": 1.2,
            "width": 3,
        },
        "hovertext": _hover(table, table["name"].tolist(), kind),
        "hoverinfo": "text",
    }
    marks = [
        {
            "x": 0, "y": row.name_, "text": labels.value_text(row.value, kind, row.state, row.high),
            "showarrow": False, "xanchor": "left", "font": {"color": theme.MUTED},
        }
        for row in table.rename(columns={"name": "name_"}).itertuples() if np.isnan(row.value)
    ]  # fmt: skip
    layout = _layout(max(200, 34 * len(table) + 90), x_title=unit, xaxis={"rangemode": "tozero"}, annotations=marks)
    return {"data": [bar], "layout": layout}


def step_curve(frame: pd.DataFrame, unit: str = "日") -> Figure:
    """Share reached by each day (Kaplan–Meier, as 1 − S) with its 95 % band; the half line shows the median."""
    days = frame["days"].tolist()
    step = {"type": "scatter", "x": days, "mode": "lines", "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    low = {**step, "y": (frame["low"] * 100).tolist()}
    high = {**step, "y": (frame["high"] * 100).tolist(), "fill": "tonexty", "fillcolor": theme.PALE}
    share = {
        **step,
        "y": (frame["share"] * 100).tolist(),
        "line": {"shape": "hv", "width": 2, "color": theme.MAIN},
        "hoverinfo": "text",
        "hovertext": [
            f"{row.days:.0f}{unit}目まで：{row.share * 100:.1f}％（観察中 {row.at_risk:,}件）"
            for row in frame.itertuples()
        ],
    }
    half = {
        "type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": 50, "y1": 50,
        "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
    }  # fmt: skip
    layout = _layout(
        320,
        x_title=f"つなぎからの日数（{unit}）",
        y_title="初回相談に至った割合（％）",
        xaxis={"rangemode": "tozero", "range": [0, min(max(days, default=90), 180)]},
        yaxis={"range": [0, 100]},
        shapes=[half],
    )
    return {"data": [low, high, share], "layout": layout}


# Fiscal years in which the national series must not be read as a trend.
PANDEMIC_YEARS = (2020, 2021)
DEFINITION_BREAK = 2016


def years(fiscal_years: Sequence[int], counts: Sequence[float], unit: str) -> Figure:
    """National counts by fiscal year as bars from 0; the pandemic's peak hatched, the change of definition marked."""
    names = [labels.fiscal_year_text(year) for year in fiscal_years]
    bar = {
        "type": "bar",
        "x": names,
        "y": [None if pd.isna(count) else float(count) for count in counts],
        "marker": {
            "color": [theme.LIGHT if year in PANDEMIC_YEARS else theme.MID for year in fiscal_years],
            "pattern": {"shape": ["/" if year in PANDEMIC_YEARS else "" for year in fiscal_years]},
        },
        "hovertemplate": "%{x}<br>%{y:,.0f}件<extra></extra>",
    }
    place = [*fiscal_years].index(DEFINITION_BREAK) - 0.5
    mark = {
        "type": "line", "x0": place, "x1": place, "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
    }  # fmt: skip
    peak = {
        "x": labels.fiscal_year_text(PANDEMIC_YEARS[0]), "y": 1.08, "yref": "paper", "text": "新型コロナの影響",
        "showarrow": False, "xanchor": "left", "font": {"size": 12, "color": theme.MUTED},
    }  # fmt: skip
    layout = _layout(
        340, x_title="", y_title=unit, xaxis={"type": "category"}, yaxis={"rangemode": "tozero", "tickformat": ","},
        shapes=[mark], annotations=[peak],
    )  # fmt: skip
    return {"data": [bar], "layout": layout}
