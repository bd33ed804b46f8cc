"""Charts over time: a series by month, national counts by fiscal year, the share reached by each day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.periods import fiscal_year_of
from ui import labels, theme
from ui.charts.base import Figure, hover_texts, layout_of, scaled, symbols
from ui.labels.rounding import fixed
from ui.rows import rows_of

# Days of the law that every series crossing them should show.
MILESTONES = (("2024-04", "推進法施行"), ("2024-06", "連携通知"), ("2025-04", "支援会議の努力義務"))
# Fiscal years in which the national series must not be read as a trend.
PANDEMIC_YEARS = (2020, 2021)
DEFINITION_BREAK = 2016


def trend(frame: pd.DataFrame, kind: str, unit: str, control: pd.DataFrame | None = None) -> Figure:
    """A series by month or year with its 95 % band; what has no value leaves a gap. The law's days are marked.

    control: centre, lower, upper and signal of the same periods, drawn as lines and as rings round the points.
    """
    months = frame["period"].tolist()
    value, low, high = (scaled(frame[part], kind) for part in ("value", "low", "high"))
    band = [
        {"y": np.where(np.isinf(edge), np.nan, edge).tolist(), "fill": fill, "fillcolor": theme.PALE}
        for edge, fill in ((low, "none"), (high, "tonexty"))
    ]
    common = {"type": "scatter", "x": months, "connectgaps": False}
    lines = [{**common, **edge, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"} for edge in band]
    names = [labels.period_name(month) for month in months]
    series = {
        **common,
        "y": value.tolist(),
        "mode": "lines+markers",
        "line": {"color": theme.MAIN, "width": 2},
        "marker": {"size": 7, "symbol": symbols(frame)},
        "hovertext": hover_texts(frame, names, kind),
        "hoverinfo": "text",
    }
    crossed = [(place, text) for day, text in MILESTONES if (place := _place(day, months)) is not None]
    marks = [
        {
            "type": "line", "x0": place, "x1": place, "y0": 0, "y1": 1, "yref": "paper",
            "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
        }
        for place, _ in crossed
    ]  # fmt: skip
    notes = [
        {
            "x": place, "y": 1.07, "yref": "paper", "text": text, "showarrow": False,
            "xanchor": "right" if number == 0 else "left", "font": {"size": 12, "color": theme.MUTED},
        }
        for number, (place, text) in enumerate(crossed)
    ]  # fmt: skip
    step = max(1, len(months) // 12)
    ticks = months[::step]
    layout = layout_of(
        340,
        x_title="",
        y_title=unit,
        xaxis={
            "type": "category",
            "tickvals": ticks,
            "ticktext": [labels.short_period(month) for month in ticks],
            "tickangle": 0 if len(ticks) <= 12 else -45,
        },
        yaxis={"rangemode": "tozero"},
        shapes=marks,
        annotations=notes,
    )
    return {"data": [*lines, *_control(control, months, kind), series], "layout": layout}


def _place(day: str, periods: Sequence[str]) -> str | None:
    """The period of a milestone in a series that crosses it: the month, or the fiscal year that it falls in."""
    found = day if not periods or "-" in periods[0] else str(fiscal_year_of(day))
    return found if found in periods else None


def _control(control: pd.DataFrame | None, periods: Sequence[str], kind: str) -> list[Figure]:
    if control is None or control["centre"].isna().all():
        return []
    common = {"type": "scatter", "x": list(periods), "hoverinfo": "skip", "connectgaps": False}
    edges = [
        {
            **common, "mode": "lines", "y": scaled(control[part], kind).round(3).tolist(),
            "line": {"color": theme.MUTED, "width": 1, "dash": dash, "shape": "hvh"},
        }
        for part, dash in (("centre", "solid"), ("lower", "dash"), ("upper", "dash"))
    ]  # fmt: skip
    signalled = control[control["signal"] != ""]
    rings = {
        **common,
        "x": signalled["period"].tolist(),
        "y": scaled(signalled["value"], kind).tolist(),
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 14, "color": theme.INK, "line": {"width": 1.5}},
    }
    return [*edges, rings]


def years(fiscal_years: Sequence[int], counts: Sequence[float], unit: str) -> Figure:
    """National counts by fiscal year as bars from 0; the pandemic's peak hatched, the change of definition marked."""
    names = [labels.short_fiscal_year(year) for year in fiscal_years]
    bar = {
        "type": "bar",
        "x": names,
        "y": [None if pd.isna(count) else float(count) for count in counts],
        "marker": {
            "color": [theme.LIGHT if year in PANDEMIC_YEARS else theme.MID for year in fiscal_years],
            "pattern": {"shape": ["/" if year in PANDEMIC_YEARS else "" for year in fiscal_years]},
        },
        "hovertemplate": "%{x}年度<br>%{y:,.0f}件<extra></extra>",
    }
    place = [*fiscal_years].index(DEFINITION_BREAK) - 0.5
    mark = {
        "type": "line", "x0": place, "x1": place, "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
    }  # fmt: skip
    peak = {
        "x": labels.short_fiscal_year(PANDEMIC_YEARS[0]), "y": 1.08, "yref": "paper", "text": "新型コロナの影響",
        "showarrow": False, "xanchor": "left", "font": {"size": 12, "color": theme.MUTED},
    }  # fmt: skip
    layout = layout_of(
        340, x_title="年度", y_title=unit, xaxis={"type": "category"}, yaxis={"rangemode": "tozero", "tickformat": ","},
        shapes=[mark], annotations=[peak],
    )  # fmt: skip
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
            f"{row.days:.0f}{unit}目まで：{fixed(row.share * 100, 1)}％（観察中 {row.at_risk:,}件）"
            for row in rows_of(frame)
        ],
    }
    half = {
        "type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": 50, "y1": 50,
        "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
    }  # fmt: skip
    layout = layout_of(
        320,
        x_title=f"つなぎからの日数（{unit}）",
        y_title="初回相談に至った割合（％）",
        xaxis={"rangemode": "tozero", "range": [0, min(max(days, default=90), 180)]},
        yaxis={"range": [0, 100]},
        shapes=[half],
    )
    return {"data": [low, high, share], "layout": layout}
