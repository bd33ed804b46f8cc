"""Invented meetings of one municipality with who was asked and who came."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.sample.chance import happens, improvement, one_of, shifted, working_day
from etl.sample.plan import Body, Organisation, Plan, fiscal_year
from etl.sample.town import Town

BOTH_SIDES, NO_SIDE = "双方", "その他"


@dataclass(frozen=True, slots=True)
class Attendance:
    organisation: Organisation
    invited: bool
    answer: str  # 出席, 代理, 書面, 欠席


@dataclass(frozen=True, slots=True)
class Meeting:
    number: str
    month: str
    body: str
    held: date
    form: str
    activity: str | None
    cases: int | None
    shared_cases: int | None
    minutes: int
    attendance: tuple[Attendance, ...]


def meetings_of(town: Town, plan: Plan, seed: int) -> list[Meeting]:
    """Every meeting of the months the municipality sends, by day; small places hold fewer kinds."""
    if not town.months:
        return []
    circle = _circle(plan, np.random.default_rng([seed, int(town.code5), 5]))
    found: list[Meeting] = []
    for number, body in enumerate(plan.bodies):
        # Each kind by chances of its own, so that a change of one leaves the others as they are.
        found += _of_body(town, plan, body, circle, np.random.default_rng([seed, int(town.code5), 2, number]))
    sent = (meeting for meeting in found if town.sends(meeting.month, meeting.held))
    return sorted(sent, key=lambda m: (m.held, m.number))


def _circle(plan: Plan, rng: np.random.Generator) -> list[Organisation]:
    """The organisations that a municipality works with, first those it turns to for every kind of meeting."""
    others = [each for each in plan.organisations if not each.core]
    rng.shuffle(others)
    return [each for each in plan.organisations if each.core] + others


def _of_body(town: Town, plan: Plan, body: Body, circle: list[Organisation], rng: np.random.Generator) -> list[Meeting]:
    size = float(np.log10(max(town.population, 1)) - 4.5)
    established = happens(rng, shifted(body.share, size + town.strength / 2))
    wait = int(rng.integers(0, 18 if body.from_month > plan.months[0] else 1))
    begins = min(plan.months.index(body.from_month) + wait, len(plan.months) - 6)
    members = _members(plan, body, circle, rng)
    if not established:
        return []
    meetings: list[Meeting] = []
    counted: dict[int, int] = {}
    for month in plan.months[begins:]:
        if happens(rng, min(1.0, body.per_year * (1 + 0.3 * size) / 12)):
            year = fiscal_year(month)
            counted[year] = counted.get(year, 0) + 1
            number = f"{body.short}-R{year - 2018}-{counted[year]:02d}"
            meetings.append(_meeting(town, plan, body, (month, number), members, rng))
    return meetings


def _members(plan: Plan, body: Body, circle: list[Organisation], rng: np.random.Generator) -> list[Organisation]:
    """The core organisations always, then others of the circle, of which some are passed over for this body."""
    wanted = max(4, body.members + int(rng.integers(-2, 3)))
    passed = plan.rates["meetings"]["passed_over"]
    return [each for each in circle if each.core or not happens(rng, passed)][:wanted]


def _meeting(
    town: Town,
    plan: Plan,
    body: Body,
    named: tuple[str, str],
    members: list[Organisation],
    rng: np.random.Generator,
) -> Meeting:
    month, number = named
    rates = plan.rates["meetings"]
    better = improvement(plan, month)
    form = one_of(rng, rates["forms"])
    if form == "単独" and happens(rng, rates["change_form_gain"] * better):
        form = one_of(rng, rates["new_forms"])
    cases = int(rng.poisson(body.cases)) + 1 if body.cases else None
    shared = None if cases is None else int(rng.binomial(cases, 0.2 if form == "単独" else 0.5))
    longer = 20 if form in ("機能追加", "一体開催") else 0
    minutes = int(round(rng.normal(body.minutes, 12) / 5) * 5) + longer
    return Meeting(
        number=number,
        month=month,
        body=body.name,
        held=working_day(rng, month),
        form=form,
        activity=one_of(rng, rates["activities"]) if body.cases == 0 else None,
        cases=cases,
        shared_cases=shared,
        minutes=max(30, minutes),
        attendance=_attendance(town, plan, body, members, better, rng),
    )


def _attendance(
    town: Town, plan: Plan, body: Body, members: list[Organisation], better: float, rng: np.random.Generator
) -> tuple[Attendance, ...]:
    """Whether the other side is asked at all is decided once a meeting; then most of it is, and some of it comes."""
    rates = plan.rates["meetings"]
    shift = town.strength + plan.rates["period"]["change_gain"] * better
    opened = happens(rng, shifted(rates["other_side_asked"], shift))
    seats = []
    for organisation in members:
        own = body.side == BOTH_SIDES or organisation.side in (body.side, BOTH_SIDES) or organisation.side == NO_SIDE
        asked = rates["invited_own_side" if own else "invited_other_side"]
        invited = (own or opened) and happens(rng, shifted(asked, shift))
        answer = one_of(rng, rates["attend" if own else "attend_other_side"]) if invited or own else "欠席"
        seats.append(Attendance(organisation, invited, answer))
    return tuple(seats)
