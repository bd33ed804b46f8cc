"""Questions to one database version, each answered once and kept: what pages and review packs have in common.

Every method gives the frames of metrics.estimate and metrics.compare. `months` are 'YYYY-MM'; an indicator by fiscal
year is asked for the years that hold them. What is returned is shared by all who ask: nobody may change it in place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from metrics.catalog import Indicator, load_catalog
from metrics.compare import Comparison, against_prefecture, funnel_lines
from metrics.estimate import BY_AREA, PREFECTURE, of_panel, share_by_day
from metrics.gap import Spread, spread
from metrics.kept import kept
from metrics.panel import Panel
from metrics.periods import periods_of
from metrics.signals import signals, tendency_of
from metrics.stats.tendency import Tendency
from metrics.store import Store
from metrics.tallied import Tallied
from metrics.tally import load_tallies

Months = tuple[str, ...]


@dataclass(frozen=True)
class KeyFigure:
    """The prefecture's estimate and the one of the same months a year before (None when nobody reported)."""

    indicator: Indicator
    now: pd.Series
    before: pd.Series | None


class Answers:
    """One open database version. Safe to share between threads; close it when nobody asks any more."""

    def __init__(self, version: Path | str) -> None:
        self.store = Store(version)
        self.version = Path(version).stem

    def close(self) -> None:
        self.store.close()

    @kept
    def meta(self) -> dict[str, str]:
        return self.store.meta()

    @kept
    def areas(self) -> pd.DataFrame:
        """The municipalities, in the order of their codes."""
        return self.store.areas()

    @kept
    def names(self) -> dict[str, str]:
        """Code → name of every municipality, in their order."""
        places = self.areas()
        return dict(zip(places["area_code"], places["name"], strict=True))

    @kept
    def coverage(self) -> pd.DataFrame:
        return self.store.coverage()

    @kept
    def reported_months(self) -> list[str]:
        """Every month from the first to the last one that anybody reported for a figure of that month.

        A yearly return reports all months of its year, also those to come; it counts only when there is nothing else.
        """
        sent = self.coverage()
        monthly = {one for indicator in load_catalog().values() for one in indicator.returns}
        periods = sent.loc[sent["return_id"].isin(monthly), "period"]
        periods = sent["period"] if periods.empty else periods
        if periods.empty:
            return []
        return [str(month) for month in pd.period_range(periods.min(), periods.max(), freq="M")]

    @kept
    def rows_of(self, indicator_id: str) -> pd.DataFrame:
        """What the cube holds of an indicator: counts, or days of a duration."""
        if load_catalog()[indicator_id].kind == "duration":
            return self.store.durations(indicator_id)
        return self.store.counts(indicator_id)

    @kept
    def panel(self, indicator_id: str) -> Panel:
        """The same laid out by municipality, period and breakdown."""
        codes = self.areas()["area_code"].tolist()
        return Panel(load_catalog()[indicator_id], self.rows_of(indicator_id), self.coverage(), codes)

    @kept
    def of_areas(self, indicator_id: str, months: Months) -> pd.DataFrame:
        """Estimates of every municipality, then of the prefecture; of the fiscal year for a yearly indicator."""
        return of_panel(self.panel(indicator_id), periods_of(load_catalog()[indicator_id], months), BY_AREA)

    @kept
    def of_whole(self, indicator_id: str, months: Months) -> pd.Series:
        """The estimate of the prefecture alone."""
        return of_panel(self.panel(indicator_id), periods_of(load_catalog()[indicator_id], months), [()]).iloc[0]

    @kept
    def of_months(self, indicator_id: str, months: Months, area: str | None) -> pd.DataFrame:
        """Estimates month by month (or year by year), of the prefecture (None) or one municipality."""
        return self._by("period", indicator_id, months, area)

    @kept
    def of_breakdown(self, indicator_id: str, months: Months, area: str | None) -> pd.DataFrame:
        """Estimates of each value of the indicator's breakdown."""
        return self._by("breakdown", indicator_id, months, area)

    def _by(self, key: str, indicator_id: str, months: Months, area: str | None) -> pd.DataFrame:
        periods = periods_of(load_catalog()[indicator_id], months)
        return of_panel(self.panel(indicator_id), periods, [(key,)], area or PREFECTURE)

    @kept
    def of_days(self, indicator_id: str, months: Months, area: str | None, breakdown: str | None) -> pd.DataFrame:
        """The curve of a duration: share reached by each day, of one breakdown value or of all (None)."""
        return share_by_day(self.rows_of(indicator_id), self.areas(), months, area or PREFECTURE, breakdown)

    @kept
    def compared(self, indicator_id: str, months: Months) -> Comparison:
        """Every municipality against the prefecture: drawn-in value, ranks, funnel limits, verdict."""
        estimates = self.of_areas(indicator_id, months)
        return against_prefecture(load_catalog()[indicator_id], estimates.iloc[:-1], estimates.iloc[-1])

    @kept
    def funnel_limits(self, indicator_id: str, months: Months) -> pd.DataFrame:
        """The funnel's lines: denominator, low, high, low_998, high_998."""
        comparison, whole = self.compared(indicator_id, months), self.of_areas(indicator_id, months).iloc[-1]
        return funnel_lines(load_catalog()[indicator_id], comparison, whole)

    def spread_of(self, indicator_id: str, months: Months, neighbours: Mapping[str, Sequence[str]]) -> Spread:
        """How far the municipalities lie apart; the kind of municipality divides Theil's index."""
        places, each = self.areas(), self.of_areas(indicator_id, months).iloc[:-1]
        kinds = dict(zip(places["area_code"], places["type"], strict=True))
        return spread(load_catalog()[indicator_id], each, kinds, neighbours)

    @kept
    def signals_of(self, indicator_id: str, months: Months, area: str | None) -> pd.DataFrame:
        """Centre line, limits and rule signals of the series that of_months gives."""
        return signals(load_catalog()[indicator_id], self.of_months(indicator_id, months, area))

    def tendency(self, indicator_id: str, months: Months, area: str | None) -> Tendency:
        """Whether the same series has a trend."""
        return tendency_of(self.of_months(indicator_id, months, area)["value"].to_numpy())

    @kept
    def key_figure(self, indicator_id: str, months: Months) -> KeyFigure:
        now = self.of_whole(indicator_id, months)
        earlier = tuple(f"{int(month[:4]) - 1}{month[4:]}" for month in months)
        before = self.of_whole(indicator_id, earlier)
        absent = before["state"] in ("not_sent", "not_applicable")
        return KeyFigure(load_catalog()[indicator_id], now, None if absent else before)

    @kept
    def tally(self, tally_id: str, months: Months) -> pd.DataFrame:
        """A tally summed over the months: area_code, its keys, its counts (metrics/tallies)."""
        return self._tallied(tally_id).over(months)

    @kept
    def _tallied(self, tally_id: str) -> Tallied:
        return Tallied(load_tallies()[tally_id], self.store.tally_rows(tally_id))

    @kept
    def practices(self) -> pd.DataFrame:
        """The yearly answers as sent, one row per municipality and fiscal year."""
        return self.store.practices()

    @kept
    def examples(self) -> pd.DataFrame:
        """Every case as municipalities sent it, one row each."""
        return self.store.examples()

    @kept
    def welfare_offices(self) -> dict[str, bool | None]:
        """Whether each municipality has a welfare office: by law, else by its last yearly answer; None: unknown."""
        places, answers = self.areas(), self.practices().dropna(subset=["has_welfare_office"])
        last = answers.sort_values("fiscal_year").groupby("area_code")["has_welfare_office"].last()
        known = places.set_index("area_code")["has_welfare_office"].combine_first(last)
        return {code: None if pd.isna(known.get(code)) else bool(known[code]) for code in places["area_code"]}
