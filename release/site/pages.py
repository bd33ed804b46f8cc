"""What each page of the site says, as values for its template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from release.site.facts import WHOLE, Facts, Published
from release.site.figures import Row, row, track_end
from reports import picture
from reports.content import Map
from ui import labels
from ui.charts.timed import trend

# In the order of the notice: what a resident looks at first.
SAID_FIRST = ("recommendation_rate", "handover_rate", "contact_within_30_days", "daily_practice_coverage")


def overview_page(facts: Facts) -> dict[str, object]:
    """Every indicator's value of the prefecture in the newest year, with the first ones in sentences."""
    rows = [(indicator, _whole_row(facts, indicator)) for indicator in facts.indicators]
    told = [(one, shown) for one, shown in rows if one.id in SAID_FIRST and shown.point is not None]
    mapped = next((one for one in facts.indicators if one.id == SAID_FIRST[0]), facts.indicators[0])
    return {
        "year": labels.fiscal_year_text(int(facts.year)),
        "told": told,
        "rows": rows,
        "hidden": sum(int((one.cells["state"] == "hidden").sum()) for one in facts.indicators),
        "cells": sum(len(one.cells) for one in facts.indicators),
        "map": _map(facts, mapped),
        "mapped": mapped,
    }


def indicator_page(facts: Facts, indicator: Published) -> dict[str, object]:
    """One indicator: municipalities on a map and in a table, the course of the prefecture, its breakdown."""
    period = _newest(indicator)
    cells = indicator.of(period)
    names = dict(zip(facts.areas["area_code"], facts.areas["name"], strict=True))
    most = track_end(cells, indicator.kind)
    by_place = [row(names[cell["area_code"]], cell, indicator.kind, most) for cell in cells.to_dict("records")]
    course = _course(facts, indicator)
    return {
        "indicator": indicator,
        "words": indicator.words,
        "reading": labels.READING_WORDS[str(indicator.words["reading"])],
        "period": labels.period_name(period),
        "map": _map(facts, indicator),
        "places": by_place,
        "whole": _whole_row(facts, indicator),
        "hidden": sum(one.state == "hidden" for one in by_place),
        "breakdown_rows": _parts(facts, indicator, period),
        "course": [row(labels.period_name(cell["period"]), cell, indicator.kind, most) for cell in course],
        "drawing": _trend(facts, indicator, course),
    }


def examples_page(facts: Facts) -> dict[str, object]:
    """The published cases, each with what its sheet says."""
    names = dict(zip(facts.areas["area_code"], facts.areas["name"], strict=True))
    cases = facts.examples.to_dict("records")
    return {"cases": [{**case, "where": names.get(case["area_code"], ""), "sheet": _sheet(case)} for case in cases]}


def data_page(facts: Facts, folder: Path) -> dict[str, object]:
    """The files of the open data with their size, each beside the indicator that it holds."""
    titles = {f"{indicator.id}.csv": indicator.title for indicator in facts.indicators}
    files = [
        {"name": path.name, "title": next((t for name, t in titles.items() if path.name.endswith(name)), "説明"),
         "size": f"{max(1, round(path.stat().st_size / 1024)):,} KB"}
        for path in sorted(folder.iterdir())
    ]  # fmt: skip
    return {"files": files, "symbols": facts.symbols.to_dict("records"), "changes": facts.changes.to_dict("records")}


def definitions_page(facts: Facts) -> dict[str, object]:
    return {
        "symbols": facts.symbols.to_dict("records"),
        "readings": [labels.READING_WORDS[str(one.words["reading"])] for one in facts.indicators],
    }


def _newest(indicator: Published) -> str:
    return (indicator.years or indicator.months)[-1]


def _whole_row(facts: Facts, indicator: Published) -> Row:
    cells = indicator.of(_newest(indicator))
    own = cells[cells["area_code"] == facts.whole_code].iloc[0].to_dict()
    return row(indicator.title, own, indicator.kind, track_end(cells, indicator.kind))


def _parts(facts: Facts, indicator: Published, period: str) -> list[Row]:
    """The prefecture's breakdown."""
    found = indicator.cells[
        (indicator.cells["area_code"] == facts.whole_code)
        & (indicator.cells["period"] == period)
        & (indicator.cells["breakdown"] != WHOLE)
    ]
    most = track_end(found, indicator.kind)
    return [
        row(indicator.breakdown.get(cell["breakdown"], cell["breakdown"]), cell, indicator.kind, most)
        for cell in found.to_dict("records")
    ]


def _course(facts: Facts, indicator: Published) -> list[dict[str, Any]]:
    """The prefecture month by month, or year by year where there are no months."""
    wanted = indicator.months or indicator.years
    own = indicator.cells[
        (indicator.cells["area_code"] == facts.whole_code)
        & (indicator.cells["breakdown"] == WHOLE)
        & indicator.cells["period"].isin(wanted)
    ]
    found: list[dict[str, Any]] = own.sort_values("period").to_dict("records")
    return found


def _trend(facts: Facts, indicator: Published, course: list[dict[str, Any]]) -> str:
    frame = pd.DataFrame(course)
    if frame.empty or frame["value"].notna().sum() < 2:
        return ""
    counts = frame[["numerator", "denominator"]].fillna(0).astype("int64")
    figure = trend(frame.assign(**counts), indicator.kind, str(indicator.words["unit"]))
    title = f"{indicator.title}の推移（{facts.prefecture}）"
    drawn = picture.svg(figure, title=title, width=860, height=340, as_text=True)
    return drawn.decode()


def _map(facts: Facts, indicator: Published) -> str:
    period = _newest(indicator)
    codes = set(facts.municipalities["area_code"])
    cells = indicator.of(period)
    values = {
        str(cell["area_code"]): (float("nan") if pd.isna(cell["value"]) else float(cell["value"]), str(cell["state"]))
        for cell in cells.to_dict("records")
        if cell["area_code"] in codes
    }
    shown = Map(
        title=f"{indicator.title}の市区町村別の値（{labels.period_name(period)}）",
        region=str(facts.release["prefecture_code"])[:2],
        values=values,
        kind=indicator.kind,
        unit=str(indicator.words["unit"]),
    )
    return picture.map_svg(shown).decode()


def _sheet(case: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = json.loads(case["sheet"]) if isinstance(case["sheet"], str) else dict(case["sheet"])
    return found
