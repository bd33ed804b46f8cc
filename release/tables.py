"""The tables to be published, with their true counts: every place, period and value of a breakdown with its totals.

Nothing is hidden yet. Counts and states are those of metrics.estimate (a test compares), for all places at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalog import ALL, Indicator
from metrics.periods import months_of_year
from metrics.rollup import headline, rollup
from metrics.sent import FULLY, NOT_SENT, Sent, sent_by_month
from metrics.store import Store

KEYS = ["indicator_id", "area_code", "period", "breakdown"]
COLUMNS = [*KEYS, "numerator", "denominator", "state"]
REGION = "region:"
IntArray: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Selection:
    """Which indicators, fiscal years, and of which of the years also the months. coarser: id → parts left out."""

    indicators: Sequence[Indicator]
    fiscal_years: Sequence[int]
    years_with_months: Sequence[int]
    coarser: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def leaves_out(self, indicator_id: str, part: str) -> bool:
        return part in self.coarser.get(indicator_id, ())


@dataclass(frozen=True, eq=False)
class Tables:
    """cells: COLUMNS, one row per published figure. areas: as public.area (`release/schema.sql`)."""

    cells: pd.DataFrame
    areas: pd.DataFrame

    def of_year(self, fiscal_year: int) -> pd.DataFrame:
        periods = [str(fiscal_year), *months_of_year(fiscal_year)]
        return self.cells[self.cells["period"].isin(periods)]


def complete_years(store: Store) -> list[int]:
    """Fiscal years of which anything was sent and which are over by the last day of data, oldest first."""
    periods = store.coverage()["period"]
    data_end = date.fromisoformat(store.meta()["data_end"])
    years = {int(month[:4]) - (int(month[5:]) < 4) for month in periods}
    return sorted(year for year in years if date(year + 1, 3, 31) <= data_end)


def published_areas(areas: pd.DataFrame) -> pd.DataFrame:
    """Municipalities by code, 圏域 as the prefecture lists them, the prefecture."""
    towns = pd.DataFrame(
        {
            "area_code": areas["area_code"],
            "level": "municipality",
            "name": areas["name"],
            "kind": areas["type"],
            "region": areas["region"],
            "population": areas["population"],
        }
    )
    regions = [
        _together(f"{REGION}{name}", "region", str(name), group)
        for name, group in areas.dropna(subset=["region"]).groupby("region", sort=False)
    ]
    whole = _together(prefecture_code(areas), "prefecture", str(areas["pref_name"].iloc[0]), areas)
    frame = pd.concat([towns, pd.DataFrame([*regions, whole])], ignore_index=True)
    frame["place"] = range(len(frame))
    frame["population"] = frame["population"].astype("Int64")
    return frame[["area_code", "place", "level", "name", "kind", "region", "population"]]


def _together(code: str, level: str, name: str, members: pd.DataFrame) -> dict[str, object]:
    population = members["population"].sum(min_count=len(members))
    return {"area_code": code, "level": level, "name": name, "kind": None, "region": None, "population": population}


def prefecture_code(areas: pd.DataFrame) -> str:
    """The prefecture's own 団体コード, six digits with the check digit of JIS X 0402."""
    code5 = f"{areas['pref_code'].iloc[0]}000"
    weighted = sum(int(digit) * weight for digit, weight in zip(code5, range(6, 1, -1), strict=True))
    return code5 + str((11 - weighted % 11) % 10)


def members_of(areas: pd.DataFrame) -> dict[str, list[str]]:
    """Municipalities of each 圏域 and of the prefecture, by published area_code."""
    towns = areas[areas["level"] == "municipality"]
    found = {f"{REGION}{name}": list(group["area_code"]) for name, group in towns.groupby("region", sort=False)}
    (whole,) = areas.loc[areas["level"] == "prefecture", "area_code"]
    return {**found, str(whole): list(towns["area_code"])}


def build_tables(store: Store, selection: Selection) -> Tables:
    areas = published_areas(store.areas())
    coverage = store.coverage()
    parts = [_of_indicator(store, one, coverage, areas, selection) for one in selection.indicators]
    cells = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    return Tables(cells.astype({"numerator": "int64", "denominator": "int64"}), areas)


def _of_indicator(
    store: Store, indicator: Indicator, coverage: pd.DataFrame, areas: pd.DataFrame, selection: Selection
) -> pd.DataFrame:
    towns = list(areas.loc[areas["level"] == "municipality", "area_code"])
    groups = {code: np.isin(towns, members) for code, members in members_of(areas).items()}
    if not selection.leaves_out(indicator.id, "municipalities"):
        groups = {**{code: np.array(towns) == code for code in towns}, **groups}
    every = [period for year in selection.fiscal_years for period in _periods(indicator, year)]
    rows = store.counts(indicator.id, every)
    rows = rows[rows["area_code"].isin(towns)]
    values = [] if selection.leaves_out(indicator.id, "breakdown") else _values(indicator, rows)
    found: list[pd.DataFrame] = []
    for year in selection.fiscal_years:
        periods = _periods(indicator, year)
        asked = rows[rows["period"].isin(periods)]
        sent = sent_by_month(indicator, headline(indicator, asked), coverage, towns, periods)
        counts = _cube(indicator, asked, values, towns, periods)
        found.append(_rolled_up(counts, sent, groups, [ALL, *values], None, str(year)))
        has_months = year in selection.years_with_months and not selection.leaves_out(indicator.id, "months")
        if has_months and not indicator.is_yearly:
            for number, month in enumerate(periods):
                found.append(_rolled_up(counts, sent, groups, [ALL, *values], number, month))
    return pd.concat(found, ignore_index=True).assign(indicator_id=indicator.id)[COLUMNS]


def _periods(indicator: Indicator, fiscal_year: int) -> list[str]:
    return [str(fiscal_year)] if indicator.is_yearly else months_of_year(fiscal_year)


def _values(indicator: Indicator, rows: pd.DataFrame) -> list[str]:
    """The values declared, then others that occur anywhere: every place has a row of each, so that sums are whole."""
    divided = indicator.breakdown
    if divided is None:
        return []
    return list(dict.fromkeys([*divided.labels, *sorted(set(rows["breakdown"]))]))


def _cube(
    indicator: Indicator, rows: pd.DataFrame, values: Sequence[str], towns: Sequence[str], periods: Sequence[str]
) -> IntArray:
    """(numerator and denominator, undivided and each value, municipalities, periods)."""
    splits = indicator.breakdown.splits if indicator.breakdown else "both"
    found = np.zeros((2, 1 + len(values), len(towns), len(periods)), dtype=np.int64)
    # Each municipality and period by itself, so that a shared denominator is taken once, then sums of those.
    whole = rollup(headline(indicator, rows), ("area_code", "period"), splits).assign(breakdown=ALL)
    for frame in (whole, rows[rows["breakdown"].isin(values)]):
        value = pd.Index([ALL, *values]).get_indexer(frame["breakdown"])
        town, period = pd.Index(towns).get_indexer(frame["area_code"]), pd.Index(periods).get_indexer(frame["period"])
        for number, part in enumerate(("numerator", "denominator")):
            found[number, value, town, period] = frame[part]
    return found


def _rolled_up(
    counts: IntArray,
    sent: Sent,
    groups: Mapping[str, NDArray[np.bool_]],
    values: Sequence[str],
    period: int | None,
    name: str,
) -> pd.DataFrame:
    """Rows of one period (None: all of them together) for each group of municipalities and value of the breakdown."""
    inside = slice(None) if period is None else slice(period, period + 1)
    member = np.array(list(groups.values()), dtype=np.int64)
    numerator, denominator = counts[..., inside].sum(axis=3) @ member.T
    weakest, strongest = (
        np.array([edge(sent[towns][:, inside]) for towns in groups.values()]) for edge in (np.min, np.max)
    )
    state = np.where(strongest == NOT_SENT, "not_sent", np.where(weakest == FULLY, "value", "partial")).astype(object)
    states = np.broadcast_to(state, numerator.shape)
    counted = denominator > 0
    # As in metrics.estimate: what was counted was sent, and what was sent without a case has no value.
    states = np.where(
        states == "not_sent", np.where(counted, "partial", "not_sent"), np.where(counted, states, "not_applicable")
    )
    return pd.DataFrame(
        {
            "area_code": np.tile(list(groups), len(values)),
            "period": name,
            "breakdown": np.repeat(list(values), len(groups)),
            "numerator": numerator.ravel(),
            "denominator": denominator.ravel(),
            "state": states.ravel(),
        }
    )
