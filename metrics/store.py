"""Reads the finished database: the cube and the reference tables, never single referrals."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from metrics.reader import Reader
from metrics.tally import load_tallies


class Store(Reader):
    """The cube and the reference tables of one version."""

    def counts(self, indicator_id: str, periods: Sequence[str] | None = None) -> pd.DataFrame:
        """area_code, period, breakdown, numerator, denominator of a proportion or rate; None: all periods."""
        return self._of_indicator("cube.count", "numerator, denominator", indicator_id, periods)

    def durations(self, indicator_id: str, periods: Sequence[str] | None = None) -> pd.DataFrame:
        """area_code, period, breakdown, days, events, censored of a duration; None: all periods."""
        return self._of_indicator("cube.duration", "days, events, censored", indicator_id, periods)

    def tally_rows(self, tally_id: str) -> pd.DataFrame:
        """A tally as it stands in the cube: area_code, period, its keys, its counts. KeyError: no such tally."""
        tally = load_tallies()[tally_id]
        return self.frame(f"select {', '.join(tally.columns)} from cube.{tally_id} order by {', '.join(tally.columns)}")

    def practices(self) -> pd.DataFrame:
        """Yearly answers, one row per municipality and fiscal year, as sent: null is not answered, marks beside."""
        return self.frame("select * from cube.practice order by area_code, fiscal_year")

    def examples(self) -> pd.DataFrame:
        """Cases as sent, one row per case, in the columns of core.example: the prefecture's marks are at the desk."""
        return self.frame("select * from cube.example order by area_code, example_id")

    def coverage(self, return_id: str | None = None) -> pd.DataFrame:
        """return_id, area_code, period, state, row_count of what was received; all returns when None."""
        return self.frame(
            """
            select return_id, area_code, period, state, row_count from cube.coverage
            where $return_id is null or return_id = $return_id
            order by return_id, area_code, period
            """,
            {"return_id": return_id},
        )

    def areas(self) -> pd.DataFrame:
        """The municipalities of the prefecture, in the order of their codes."""
        return self.frame("select * from cube.area order by area_code")

    def meta(self) -> dict[str, str]:
        """What is known of the database: prefecture, built_at, data_end, sample ('1' when invented) …"""
        frame = self.frame("select key, value from cube.meta order by key")
        return dict(zip(frame["key"], frame["value"], strict=True))

    def ministry(self, fiscal_year: int) -> pd.DataFrame:
        """The ministry's table of one fiscal year, one row per body."""
        return self.frame(
            "select * from ref.ministry_body where fiscal_year = $year order by pref_code, kind, body",
            {"year": fiscal_year},
        )

    def ministry_prefectures(self, fiscal_year: int) -> pd.DataFrame:
        """The ministry's table added up to prefectures: 都道府県 + 指定都市 + 中核市, each once."""
        return self.frame(
            "select * from ref.ministry_prefecture where fiscal_year = $year order by pref_code", {"year": fiscal_year}
        )

    def ministry_national(self) -> pd.DataFrame:
        """The ministry's national totals, one row per fiscal year."""
        return self.frame("select * from ref.ministry_national order by fiscal_year")

    def symbols(self) -> pd.DataFrame:
        """The symbols of official statistical tables: symbol, meaning, source."""
        return self.frame("select symbol, meaning, source from ref.symbol")

    def _of_indicator(self, table: str, values: str, indicator_id: str, periods: Sequence[str] | None) -> pd.DataFrame:
        return self.frame(
            f"""
            select area_code, period, breakdown, {values} from {table}
            where indicator_id = $id and ($periods is null or period in (select unnest($periods)))
            order by area_code, period, breakdown
            """,
            {"id": indicator_id, "periods": None if periods is None else list(periods)},
        )
