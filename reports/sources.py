"""What the sections of a pack are made from: one database version, what is chosen of it, and the desk beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from desk.records import Desk
from metrics.answers import Answers
from metrics.catalog import Indicator, load_catalog
from metrics.gap_answers import GapAnswers, Standing
from metrics.periods import fiscal_year_of
from ui import labels
from ui.labels import sentences

WHOLE = "県全体"
EMPTY_DESK = "sqlite://"  # a desk in memory, at which nothing was ever entered
MANY = 60  # municipalities; with more, pages and slides show signs and those that stand out, a workbook the rest
PEERS = 8  # as many similar municipalities as the page takes unless the reader chooses others


def rest(what: str, sheet: str) -> str:
    """Where that stands which a page has no room for."""
    return f"{what}は、Excelの資料の「{sheet}」のシートにあります。"


@dataclass(frozen=True)
class Options:
    """What a pack is to show.

    months: 'YYYY-MM', in order. area: a code, None for the prefecture. sections: their ids, none for all of them.
    indicator_id: what the map and the trend show. desk: the URL of the desk (desk.records.desk_url).
    notes: lines for the sheet of conditions. has_indicators: with the sheet for each indicator that a workbook holds.
    """

    months: tuple[str, ...]
    area: str | None = None
    sections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    indicator_id: str = "recommendation_rate"
    desk: str = EMPTY_DESK
    created: date = field(default_factory=date.today)
    has_indicators: bool = True


class Sources:
    """Asked by every section of one pack; what it answers is the pages' own."""

    def __init__(self, answers: Answers, options: Options) -> None:
        self.answers, self.options = answers, options
        self.months, self.area = options.months, options.area
        self.gaps = GapAnswers(answers)
        self.meta, self.names = answers.meta(), answers.names()

    @property
    def fiscal_year(self) -> int:
        return fiscal_year_of(self.months[0])

    @property
    def period(self) -> str:
        return labels.period_text(self.months)

    @property
    def is_sample(self) -> bool:
        return self.meta.get("sample") == "1"

    @cached_property
    def prefecture(self) -> str:
        return str(self.answers.areas()["pref_name"].iloc[0])

    @property
    def where(self) -> str:
        """What the pack is about: the prefecture or the municipality, by name."""
        return self.names[self.area] if self.area else self.prefecture

    @property
    def own_area(self) -> str:
        """The code of the municipality. Only for its sections."""
        assert self.area is not None
        return self.area

    @property
    def indicator(self) -> Indicator:
        return load_catalog()[self.options.indicator_id]

    @property
    def desk(self) -> Desk:
        return Desk(self.options.desk)

    @property
    def is_long(self) -> bool:
        """Whether a row for every municipality is too long for a page."""
        return len(self.names) > MANY

    @cached_property
    def peers(self) -> tuple[str, ...]:
        """The municipalities most like this one, nearest first."""
        return tuple(self.gaps.nearest(self.own_area)["area_code"].head(PEERS))

    @cached_property
    def standings(self) -> list[Standing]:
        """Every indicator of the municipality beside the prefecture and its peers."""
        return self.gaps.standings(self.months, self.own_area, self.peers)

    def compared(self, indicator_id: str) -> pd.DataFrame:
        """The municipalities with the verdict of each; shared, nobody may change it."""
        return self.answers.compared(indicator_id, self.months).frame

    def whole(self, indicator_id: str) -> pd.Series:
        """The prefecture's estimate."""
        row: pd.Series = self.answers.of_areas(indicator_id, self.months).iloc[-1]
        return row

    def period_of(self, indicator: Indicator) -> str:
        """The months in words, as this indicator is asked for them."""
        return labels.period_text(sentences.span(indicator, self.months))
