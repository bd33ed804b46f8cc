"""What the returns say about meetings that could be held together: where the calculator of hours begins."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from metrics.joint_holding import Assumptions
from ui.internal import store
from ui.internal.memory import kept
from ui.labels.rounding import half_up
from ui.rows import rows_of

PAIR = ("council", "support_meeting")
# What no return tells: a plain beginning that the reader is asked to replace.
PEOPLE, TRAVEL_MINUTES, PREPARATION_MINUTES = 1, 40, 120
STEP_MINUTES = 5


@kept(256)
def defaults(version: str, months: tuple[str, ...], area: str | None) -> Assumptions:
    """Assumptions as the returns of the period suggest them; 0 where they say nothing."""
    load = store.tally(version, "meeting_load", months)
    load = load[load["body"].isin(PAIR) & (load["area_code"].eq(area) if area else True)]
    pairs = _pairs(load)
    seats = store.tally(version, "organisation_seat", months)
    seats = seats[seats["body"].isin(PAIR) & (seats["area_code"].eq(area) if area else True) & (seats["present"] > 0)]
    sums = load[["meetings", "cases", "shared_cases", "timed", "minutes", "timed_present"]].sum()
    timed = load[load["cases"] > 0][["minutes", "cases"]].sum()
    return Assumptions(
        meetings=int(pairs.sum()),
        organisations=_organisations(seats, pairs, sums),
        people=PEOPLE,
        travel_minutes=TRAVEL_MINUTES,
        preparation_minutes=PREPARATION_MINUTES,
        shared_cases=half_up(float(sums["shared_cases"] / sums["meetings"])) if sums["meetings"] else 0.0,
        case_minutes=_to_step(float(timed["minutes"] / timed["cases"])) if timed["cases"] else 0,
    )


def _pairs(load: pd.DataFrame) -> pd.Series:
    """Municipality → how many of its meetings held alone have one of the other kind, held alone too, beside them."""
    meetings: dict[str, Counter[str]] = {}
    for row in rows_of(load[load["form"] == "single"]):
        meetings.setdefault(row.area_code, Counter())[row.body] += int(row.meetings)
    smaller = {code: min(each[body] for body in PAIR) for code, each in sorted(meetings.items())}
    return pd.Series({code: count for code, count in smaller.items() if count > 0}, dtype="int64")


def _organisations(seats: pd.DataFrame, pairs: pd.Series, sums: pd.Series) -> int:
    """Organisations that came to both kinds, a pair of meetings; without pairs, those that come to one meeting."""
    both = seats.groupby(["area_code", "organisation"])["body"].nunique()
    shared = both[both == len(PAIR)].groupby("area_code").size().reindex(pairs.index, fill_value=0)
    if pairs.sum():
        return int(half_up(float((shared * pairs).sum() / pairs.sum()), 0))
    return int(half_up(float(sums["timed_present"] / sums["timed"]), 0)) if sums["timed"] else 0


def _to_step(minutes: float) -> int:
    return round(minutes / STEP_MINUTES) * STEP_MINUTES
