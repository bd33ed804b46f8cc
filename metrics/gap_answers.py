"""What is asked beyond estimates: gaps between municipalities, gains, peers, standings, cases that fit a gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.answers import Answers, Months
from metrics.catalog import Indicator, in_notice_order, load_catalog
from metrics.gain import Gain, gain
from metrics.kept import kept
from metrics.matching import Matches, matches, months_sent
from metrics.narrowing import Gap, Narrowing, gap_by_group, gap_of, narrowing
from metrics.peers import KINDS, similar
from metrics.periods import fiscal_year_of, months_of_year
from metrics.standing import Peers, of_peers, sizes

KIND, OFFICE, REGION = "kind", "office", "region"
OFFICES = {True: "福祉事務所設置", False: "福祉事務所なし", None: "福祉事務所の有無が不明"}
UNLISTED = "圏域の記載なし"


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of one municipality. row: its estimate and comparison; size: of the difference."""

    indicator_id: str
    row: pd.Series
    whole: pd.Series
    peers: Peers
    size: float

    @property
    def indicator(self) -> Indicator:
        return load_catalog()[self.indicator_id]

    @property
    def is_wanting(self) -> bool:
        """Beyond chance on the side that the notice, or the header's gain, calls the worse one."""
        if self.row["verdict"] == "lower":
            return self.indicator.reading == "higher_better" or bool(self.indicator.gain)
        return bool(self.row["verdict"] == "higher" and self.indicator.reading == "lower_better")


class GapAnswers:
    """Over the same answers as everything else."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def _each(self, indicator_id: str, months: Months) -> pd.DataFrame:
        return self.answers.of_areas(indicator_id, months).iloc[:-1]

    @kept
    def gap(self, indicator_id: str, months: Months) -> Gap:
        """Whether municipalities differ beyond chance."""
        return gap_of(load_catalog()[indicator_id], self._each(indicator_id, months))

    @kept
    def groups(self, grouping: str) -> dict[str, str]:
        """Municipality → its group, groups in the order to show; empty where the prefecture gives no list of 圏域."""
        places = self.answers.areas()
        if grouping == OFFICE:
            offices = self.answers.welfare_offices()
            found = [(code, has) for wanted in OFFICES for code, has in offices.items() if has is wanted]
            return {code: OFFICES[has] for code, has in found}
        if grouping == REGION:
            listed = places.dropna(subset=["region"]).sort_values("region", kind="stable")
            regions = dict(zip(listed["area_code"], listed["region"], strict=True))
            return regions | {code: UNLISTED for code in places["area_code"] if regions and code not in regions}
        ordered = places.sort_values("type", key=lambda kind: kind.map(list(KINDS).index), kind="stable")
        return dict(zip(ordered["area_code"], ordered["type"], strict=True))

    @kept
    def gap_by(self, indicator_id: str, months: Months, grouping: str) -> pd.DataFrame:
        """metrics.narrowing.GROUP_COLUMNS of each group."""
        return gap_by_group(load_catalog()[indicator_id], self._each(indicator_id, months), self.groups(grouping))

    @kept
    def narrowing_of(self, indicator_id: str) -> Narrowing:
        """The gap by fiscal year, over the years of which every month was reported by somebody."""
        reported = set(self.answers.reported_months())
        years = sorted({fiscal_year_of(month) for month in reported})
        whole = [year for year in years if reported.issuperset(months_of_year(year))]
        each = {year: self._each(indicator_id, tuple(months_of_year(year))) for year in whole}
        return narrowing(load_catalog()[indicator_id], each)

    @kept
    def gain_of(self, indicator_id: str, months: Months, benchmark: str | float, peers: tuple[str, ...] = ()) -> Gain:
        """Events more a year; the asked months that nobody reported yet do not count as months."""
        indicator, reported = load_catalog()[indicator_id], set(self.answers.reported_months())
        count = 12 if indicator.is_yearly else max(1, len(reported.intersection(months)))
        return gain(indicator, self._each(indicator_id, months), benchmark, count, peers)

    @kept
    def nearest(self, area: str) -> pd.DataFrame:
        """All municipalities comparable with one, nearest first, the distance part by part (metrics.peers)."""
        places = self._places()
        return similar(places, area, count=len(places))

    def _places(self) -> pd.DataFrame:
        """The municipalities; whether they have a welfare office by law, else as they answered."""
        places, known = self.answers.areas(), self.answers.welfare_offices()
        offices = pd.array([known[code] for code in places["area_code"]], dtype="boolean")
        return places.assign(has_welfare_office=offices)

    @kept
    def matches_of(self, indicator_id: str, months: Months, area: str, below: float) -> Matches:
        """Cases that fit the difference `below` (benchmark - value) of a municipality."""
        indicator, places = load_catalog()[indicator_id], self._places()
        rows = self.answers.rows_of(indicator_id)
        reported = self.answers.reported_months()
        sent = (
            pd.DataFrame({"area_code": [], "period": []}, dtype="str")
            if indicator.is_yearly
            else months_sent(indicator, rows, self.answers.coverage(), list(places["area_code"]), reported)
        )
        return matches(indicator, area, below, self.answers.examples(), places, rows, sent)

    @kept
    def standings(self, months: Months, area: str, peers: tuple[str, ...]) -> list[Standing]:
        """Every indicator of a municipality, in the order of the notice's items."""
        return [self._standing(one, months, area, peers) for one in in_notice_order(load_catalog().values())]

    def _standing(self, indicator: Indicator, months: Months, area: str, peers: tuple[str, ...]) -> Standing:
        each = self.answers.compared(indicator.id, months).frame
        whole = self.answers.of_areas(indicator.id, months).iloc[-1]
        place = int((each["area_code"] == area).to_numpy().argmax())
        value = float(whole["value"])
        size = float(sizes(indicator, each, value)[place])
        return Standing(indicator.id, each.iloc[place], whole, of_peers(indicator, each, value, peers), size)

    def data_end(self, area: str) -> date | None:
        """Until when the returns of a municipality go."""
        day = self.answers.areas().set_index("area_code").at[area, "data_end"]
        return None if pd.isna(day) else day.date()
