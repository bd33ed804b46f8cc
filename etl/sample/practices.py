"""Invented yearly answers of one municipality, in keeping with the meetings it held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.sample.chance import happens, shifted
from etl.sample.meetings import BOTH_SIDES, Meeting
from etl.sample.plan import Plan, fiscal_year
from etl.sample.town import Town

ABSENT = "欠席"


@dataclass(frozen=True, slots=True)
class Body:
    """Whether there is such a body at the end of the year, since when, and whether the other side takes part."""

    is_there: bool
    since: date | None
    other_side: bool | None


@dataclass(frozen=True, slots=True)
class Practice:
    fiscal_year: int
    welfare_office: bool
    platform: Body
    council: Body
    support_meeting: Body
    liaison: bool | None
    information_sharing: int | None
    joint_training: int | None
    leaflets_both: bool | None
    recommendation_procedure: bool | None
    month: str  # the last one of the year that was sent


def practices_of(town: Town, plan: Plan, meetings: Sequence[Meeting], seed: int) -> list[Practice]:
    """One record a fiscal year of which the municipality sent any month."""
    rng = np.random.default_rng([seed, int(town.code5), 4])
    years = sorted({fiscal_year(month) for month in plan.months})
    found = [_practice(town, plan, year, year - years[0], meetings, rng) for year in years]
    return [one for one in found if one.month]


def _practice(
    town: Town, plan: Plan, year: int, passed: int, meetings: Sequence[Meeting], rng: np.random.Generator
) -> Practice:
    rates = plan.rates["practice"]
    shift = town.strength + rates["yearly"] * passed

    def answer(name: str) -> bool | None:
        given, yes = not happens(rng, rates["unanswered"]), happens(rng, shifted(rates[name], shift))
        return yes if given else None

    def times(name: str) -> int | None:
        given, count = not happens(rng, rates["unanswered"]), int(rng.poisson(rates[name] * (1 + passed / 4)))
        return count if given else None

    return Practice(
        fiscal_year=year,
        welfare_office=town.name.endswith("市"),
        platform=_body("官民連携プラットフォーム", "困窮", year, meetings),
        council=_body("地域協議会", "困窮", year, meetings),
        support_meeting=_body("支援会議", "孤独・孤立", year, meetings),
        liaison=answer("liaison"),
        information_sharing=times("information_sharing"),
        joint_training=times("joint_training"),
        leaflets_both=answer("leaflets_both"),
        recommendation_procedure=answer("recommendation_procedure"),
        month=max((month for month in town.months if fiscal_year(month) == year), default=""),
    )


def _body(name: str, other_side: str, year: int, meetings: Sequence[Meeting]) -> Body:
    """A body is there from the month of its first meeting."""
    held = [meeting for meeting in meetings if meeting.body == name and fiscal_year(meeting.month) <= year]
    if not held:
        return Body(False, None, None)
    seats = [seat for meeting in held if fiscal_year(meeting.month) == year for seat in meeting.attendance]
    there = [seat for seat in seats if seat.answer != ABSENT and seat.organisation.side in (other_side, BOTH_SIDES)]
    return Body(True, min(meeting.held for meeting in held).replace(day=1), bool(there) if seats else None)
