"""Cases that fit the gap of a municipality: similar municipalities whose figure rose after the practice began.

What stands here is before and after, never because: figures that were low rise again by themselves, and much else
happens in a year. CAUTION goes wherever a change is shown. The rank of a case is a product of three numbers between
0 and 1, so that a case weak in one of them does not stand high:
    similarity   of the two municipalities (metrics.peers)
    strength     the change, as a share of the gap it stands beside (a change larger than the gap counts as 1)
    certainty    how surely the change is not chance (metrics.stats.difference)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np
import pandas as pd

from metrics.catalog import Indicator
from metrics.peers import similar
from metrics.rollup import headline, rollup
from metrics.sent import NOT_SENT, sent_by_month
from metrics.stats import difference

CAUTION = "取組後の変化であり、取組による効果を示すものではない。"
LONGEST, SHORTEST = 12, 3  # months of a window
LEAST = {"proportion": 10.0, "rate": 5.0, "ratio": 5.0}  # cases in each window; events in both together
MULTIPLIER = {"rate": 100_000.0, "ratio": 1.0}
# Why there is no change to show.
KIND = "kind"  # a median of days or a complete count has no such difference
YEARLY = "yearly"  # counted once a year: there is no before and after by months
FEW_MONTHS = "few_months"  # too few months were sent before or after
FEW_COUNTS = "few_counts"  # too few cases to tell anything
# Why there is no match.
NO_GAP = "no_gap"  # the municipality already stands at the benchmark
NO_CASES = "no_cases"  # no dated case of another municipality names the indicator
NO_CHANGE = "no_change"  # none of their figures can be compared, or none rose
COLUMNS = [
    *("area_code", "example_id", "case_title", "started_date", "score", "similarity", "strength", "certainty"),
    *("before", "after", "change", "low", "high", "months"),
    *("before_numerator", "before_denominator", "after_numerator", "after_denominator"),
    *("before_first", "before_last", "after_first", "after_last"),
]
ByMonth: TypeAlias = "dict[int, tuple[int, int]]"  # numerator and denominator by months since year 0


@dataclass(frozen=True, slots=True)
class Change:
    """Value before and after, in the unit of the indicator; change = after - before with limits; certainty 0-1.

    Both windows have `months` calendar months; the month in which the practice began is in neither. What was counted
    (numerator, denominator) and the months stand beside. Where `reason` says why there is none, numbers are NaN.
    """

    before: float = np.nan
    after: float = np.nan
    change: float = np.nan
    low: float = np.nan
    high: float = np.nan
    certainty: float = np.nan
    months: int = 0
    before_numerator: int = 0
    before_denominator: int = 0
    after_numerator: int = 0
    after_denominator: int = 0
    before_first: str = ""
    before_last: str = ""
    after_first: str = ""
    after_last: str = ""
    method: str = ""
    reason: str = field(default="")


@dataclass(frozen=True, eq=False, slots=True)
class Matches:
    """frame: COLUMNS, best first; empty where `reason` says why."""

    frame: pd.DataFrame
    reason: str = ""


def changes(indicator: Indicator, rows: pd.DataFrame, sent: Sequence[str], started: date) -> Change:
    """rows: Store.counts of one municipality. sent: the months it sent, 'YYYY-MM', as a whole or in part.

    The windows are as long as the months sent on both sides of the start allow, 3 to 12.
    """
    refused = _refused(indicator)
    by_month = {} if refused else next(iter(_by_month(indicator, rows).values()), {})
    return Change(reason=refused) if refused else _change(indicator, by_month, sent, started)


def _refused(indicator: Indicator) -> str:
    if indicator.kind not in LEAST:
        return KIND
    return YEARLY if indicator.is_yearly else ""


def _change(indicator: Indicator, counts: ByMonth, sent: Iterable[str], started: date) -> Change:
    start, months = _number(f"{started:%Y-%m}"), {_number(month) for month in sent}
    length = min(LONGEST, start - min(months), max(months) - start) if months else 0
    before, after = range(start - length, start), range(start + 1, start + 1 + length)
    if min(len(months.intersection(window)) for window in (before, after)) < SHORTEST:
        return Change(reason=FEW_MONTHS)
    (x1, n1), (x2, n2) = (_counted(counts, window) for window in (before, after))
    volume = min(n1, n2) if indicator.kind == "proportion" else x1 + x2
    if min(n1, n2) == 0 or volume < LEAST[indicator.kind]:
        return Change(reason=FEW_COUNTS)
    if indicator.kind == "proportion":
        found, unit = difference.proportions([x1], [n1], [x2], [n2]), 1.0
    else:
        unit = MULTIPLIER[indicator.kind]
        found = difference.rates([x1], [n1], [x2], [n2], unit)
    return Change(
        before=x1 / n1 * unit,
        after=x2 / n2 * unit,
        change=float(found.value[0]),
        low=float(found.low[0]),
        high=float(found.high[0]),
        certainty=float(found.certainty[0]),
        months=length,
        before_numerator=x1,
        before_denominator=n1,
        after_numerator=x2,
        after_denominator=n2,
        before_first=_month(before[0]),
        before_last=_month(before[-1]),
        after_first=_month(after[0]),
        after_last=_month(after[-1]),
        method=str(found.method[0]),
    )


def matches(
    indicator: Indicator,
    code: str,
    gap: float,
    cases: pd.DataFrame,
    areas: pd.DataFrame,
    rows: pd.DataFrame,
    sent: pd.DataFrame,
    count: int = 5,
) -> Matches:
    """Cases for the municipality `code`, whose value lies `gap` (in the unit of the value) below its benchmark.

    cases: area_code, example_id, case_title, indicators (titles as written in the case sheet), started_date. areas:
    Store.areas. rows: Store.counts of all municipalities. sent: months_sent.
    Indicators of which less is better have their gap and their change the other way round: give a negative gap.
    """
    refused = _refused(indicator)
    if refused:
        return Matches(_nothing(), refused)
    if gap == 0 or np.isnan(gap) or (gap < 0) != (indicator.reading == "lower_better"):
        return Matches(_nothing(), NO_GAP)
    about = cases["indicators"].fillna("").map(lambda text: indicator.title in titles(str(text)))
    fitting = cases[about.astype(bool) & (cases["area_code"] != code) & cases["started_date"].notna()]
    near = similar(areas, code, count=len(areas)).set_index("area_code")["similarity"]
    fitting = fitting[fitting["area_code"].isin(near.index)]
    if fitting.empty:
        return Matches(_nothing(), NO_CASES)
    codes = set(fitting["area_code"])
    counts = _by_month(indicator, rows[rows["area_code"].isin(codes)])
    months = sent[sent["area_code"].isin(codes)].groupby("area_code")["period"].agg(list).to_dict()
    found = []
    for case in fitting.to_dict("records"):
        own, day = case["area_code"], pd.Timestamp(case["started_date"]).date()
        change = _change(indicator, counts.get(own, {}), months.get(own, ()), day)
        if change.reason or not change.change / gap > 0:
            continue
        parts = {
            "similarity": float(near[case["area_code"]]),
            "strength": min(1.0, change.change / gap),
            "certainty": change.certainty,
        }
        values = {name: getattr(change, name) for name in COLUMNS if hasattr(change, name)}
        found.append({**case, **values, **parts, "score": float(np.prod(list(parts.values())))})
    if not found:
        return Matches(_nothing(), NO_CHANGE)
    frame = pd.DataFrame(found)[COLUMNS].sort_values(
        ["score", "area_code", "example_id"], ascending=[False, True, True]
    )
    return Matches(frame.head(count).reset_index(drop=True))


def months_sent(
    indicator: Indicator, rows: pd.DataFrame, coverage: pd.DataFrame, area_codes: Sequence[str], months: Sequence[str]
) -> pd.DataFrame:
    """area_code, period of the months that municipalities sent as a whole or in part; of several returns, all of them.

    rows: Store.counts, coverage: Store.coverage. A month whose field was left empty was not sent.
    """
    sent = sent_by_month(indicator, headline(indicator, rows), coverage, area_codes, months)
    area, month = np.nonzero(sent != NOT_SENT)
    return pd.DataFrame(
        {"area_code": np.asarray(area_codes, dtype=object)[area], "period": np.asarray(months, dtype=object)[month]},
        dtype="str",
    )


def titles(text: str) -> set[str]:
    """The titles written in one field: 「、」, commas, slashes, semicolons and line breaks stand between them."""
    return {part.strip(" 　「」") for part in re.split(r"[、,，;；／/\n]", text)} - {""}


def _by_month(indicator: Indicator, rows: pd.DataFrame) -> dict[str, ByMonth]:
    """What the indicator itself counts, by municipality and month."""
    splits = indicator.breakdown.splits if indicator.breakdown else "both"
    found: dict[str, ByMonth] = {}
    for row in rollup(headline(indicator, rows), ("area_code", "period"), splits).itertuples(index=False):
        found.setdefault(str(row.area_code), {})[_number(str(row.period))] = (int(row.numerator), int(row.denominator))
    return found


def _counted(counts: ByMonth, window: range) -> tuple[int, int]:
    inside = [counts[month] for month in window if month in counts]
    return sum(numerator for numerator, _ in inside), sum(denominator for _, denominator in inside)


def _number(month: str) -> int:
    """Months since year 0, so that they can be counted."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({column: [] for column in COLUMNS})
