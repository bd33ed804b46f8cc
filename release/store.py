"""Reads the public database, and nothing else: the one door of the public pages and of the static site."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from metrics.reader import Reader


class PublicStore(Reader):
    """One published database."""

    def __init__(self, path: Path | str) -> None:
        # Through the link: DuckDB names a database by its file, and public.public would be two things.
        super().__init__(Path(path).resolve())

    def release(self) -> dict[str, Any]:
        """The columns of public.release: number, published_at, data_end, is_sample, threshold …"""
        found: dict[str, Any] = self.frame("select * from public.release").iloc[0].to_dict()
        return found

    def indicators(self) -> pd.DataFrame:
        """The published indicators in the order to show."""
        return self.frame("select * from public.indicator order by place")

    def breakdowns(self, indicator_id: str) -> pd.DataFrame:
        """breakdown, label of an indicator, 'all' first."""
        return self.frame(
            "select breakdown, label from public.breakdown where indicator_id = $id order by place",
            {"id": indicator_id},
        )

    def areas(self) -> pd.DataFrame:
        """Every place with figures: municipalities by code, 圏域, the prefecture."""
        return self.frame("select * from public.area order by place")

    def periods(self, indicator_id: str) -> list[str]:
        """The periods published of an indicator: its months in order, then its fiscal years."""
        found = self.frame(
            "select distinct period from public.cell where indicator_id = $id order by length(period) desc, period",
            {"id": indicator_id},
        )
        periods: list[str] = found["period"].tolist()
        return periods

    def cells(
        self, indicator_id: str, periods: Sequence[str] | None = None, area_code: str | None = None
    ) -> pd.DataFrame:
        """The cells of an indicator, of the asked periods (None: all) and place (None: all)."""
        return self.frame(
            """
            select cell.* exclude (indicator_id)
            from public.cell join public.area using (area_code)
                join public.breakdown using (indicator_id, breakdown)
            where indicator_id = $id
                and ($periods is null or period in (select unnest($periods)))
                and ($area is null or area_code = $area)
            order by area.place, length(period) desc, period, breakdown.place
            """,
            {"id": indicator_id, "periods": None if periods is None else list(periods), "area": area_code},
        )

    def examples(self) -> pd.DataFrame:
        """The published cases."""
        return self.frame("select * from public.example order by theme, example_id")

    def changes(self) -> pd.DataFrame:
        """title, new, newly_shown, newly_hidden, revised, left_out: rows that are other than in the release before."""
        names = "title, new, newly_shown, newly_hidden, revised, left_out"
        known = self.frame(
            "select 1 from information_schema.tables where table_schema = 'public' and table_name = 'change'"
        )
        if known.empty:  # a release of an older version
            return pd.DataFrame(columns=names.split(", "))
        return self.frame(f"select {names} from public.change order by rowid")

    def symbols(self) -> pd.DataFrame:
        """mark, meaning: the legend of every table."""
        return self.frame("select mark, meaning from public.symbol")
