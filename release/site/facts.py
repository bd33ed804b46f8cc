"""What the pages of the site are made from: the public database read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from metrics.periods import fiscal_year_of
from release.store import PublicStore
from ui import labels
from ui.labels.printed import rounded_text

WHOLE = "all"


@dataclass(frozen=True, eq=False)
class Published:
    """One indicator: its words (row of public.indicator), its cells, the labels of its breakdown without the whole."""

    words: Mapping[str, Any]
    cells: pd.DataFrame
    breakdown: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.words["indicator_id"])

    @property
    def kind(self) -> str:
        return str(self.words["kind"])

    @property
    def title(self) -> str:
        return str(self.words["title"])

    @property
    def years(self) -> list[str]:
        """The fiscal years published, oldest first."""
        return sorted({period for period in self.cells["period"] if "-" not in period})

    @property
    def months(self) -> list[str]:
        return sorted({period for period in self.cells["period"] if "-" in period})

    def of(self, period: str, breakdown: str = WHOLE) -> pd.DataFrame:
        """The cells of every place in one period."""
        return self.cells[(self.cells["period"] == period) & (self.cells["breakdown"] == breakdown)]


@dataclass(frozen=True, eq=False)
class Facts:
    """A release as a whole. prefecture: code and name of the place that everything adds up to."""

    release: Mapping[str, Any]
    indicators: Sequence[Published]
    areas: pd.DataFrame
    examples: pd.DataFrame
    symbols: pd.DataFrame
    changes: pd.DataFrame

    @property
    def prefecture(self) -> str:
        return str(self.release["prefecture_name"])

    @property
    def notice(self) -> str:
        return labels.SAMPLE_NOTICE if self.release["is_sample"] else ""

    @property
    def rounded(self) -> str:
        """What the legend says of rounded counts; nothing where they are printed as they are."""
        return rounded_text(int(self.release["rounding"]))

    @property
    def as_of(self) -> str:
        return labels.day_text(str(self.release["data_end"])[:10]) + "まで"

    @property
    def published(self) -> str:
        return labels.day_text(str(self.release["published_at"])[:10])

    @property
    def municipalities(self) -> pd.DataFrame:
        return self.areas[self.areas["level"] == "municipality"]

    @property
    def whole_code(self) -> str:
        return str(self.areas.loc[self.areas["level"] == "prefecture", "area_code"].iloc[0])

    @property
    def year(self) -> str:
        """The newest fiscal year that anything is published of."""
        return max(year for indicator in self.indicators for year in indicator.years or years_of(indicator))


def years_of(indicator: Published) -> list[str]:
    return sorted({str(fiscal_year_of(month)) for month in indicator.months})


def read_facts(store: PublicStore) -> Facts:
    """Everything that the site shows, from the public database."""
    indicators = []
    for words in store.indicators().to_dict("records"):
        labelled = store.breakdowns(words["indicator_id"])
        parts = dict(zip(labelled["breakdown"], labelled["label"], strict=True))
        parts.pop(WHOLE, None)
        indicators.append(Published(words, store.cells(words["indicator_id"]), parts))
    return Facts(store.release(), indicators, store.areas(), store.examples(), store.symbols(), store.changes())
