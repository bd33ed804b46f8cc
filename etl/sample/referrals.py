"""Invented referrals of one municipality, as facts; how they are spelled is another module's matter."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from etl.sample.chance import delay, happens, improvement, last_date, one_of, shifted, working_day
from etl.sample.plan import Plan, fiscal_year
from etl.sample.town import Town

NOT_REACHED_DAYS = 60  # after this long without a meeting the desk writes つながらず

HANDOVER = {None: "handover_reverse", True: "handover_if_recommended", False: "handover_if_not"}


@dataclass(frozen=True, slots=True)
class Referral:
    number: str
    month: str
    caught: date
    department: str
    agency: str
    recommended: bool | None
    recommended_on: date | None
    consent: str | None  # given, refused, unasked, None = left blank
    basis: str | None
    handover: date | None
    contact: date | None
    plan: date | None
    result: str | None
    need: str
    age_band: str
    sex: str
    household: str


def referrals_of(town: Town, plan: Plan, seed: int) -> list[Referral]:
    """All referrals of the months the municipality sends, in order of the day they were caught.

    Nothing is dated after the end of the last month sent: what comes later is still open.
    """
    if not town.months:
        return []
    rng = np.random.default_rng([seed, int(town.code5), 1])
    agency = one_of(rng, plan.rates["mix"]["agency"])
    found: list[Referral] = []
    for month in plan.months:
        for _ in range(int(rng.poisson(_expected(town, plan, month)))):
            found.append(_referral(town, plan, month, agency, rng))
    sent = (referral for referral in found if town.sends(referral.month, referral.caught))
    return _numbered(sorted(sent, key=lambda r: r.caught))


def _expected(town: Town, plan: Plan, month: str) -> float:
    volume = plan.rates["volume"]
    people = town.population / 100_000
    year = fiscal_year(month) - fiscal_year(plan.months[0])
    season = volume["month_weights"][(int(month[5:]) - 4) % 12]
    size = people ** (1 + volume["size_exponent"]) if people else 0.0
    return float(volume["per_100k_month"] * size * season * (1 + volume["yearly_growth"]) ** year)


def _referral(town: Town, plan: Plan, month: str, agency: str, rng: np.random.Generator) -> Referral:
    rates, mix = plan.rates["stages"], plan.rates["mix"]
    shift = town.strength + plan.rates["period"]["change_gain"] * improvement(plan, month)
    end = last_date(town.months[-1])
    caught = working_day(rng, month)
    recommended: bool | None = None
    way = rng.random()
    to_support = plan.rates["direction"]["to_support"]
    if way < to_support:
        department = one_of(rng, {d.name: d.weight for d in plan.departments})
        told = next(d.recommended for d in plan.departments if d.name == department)
        recommended, receiver = happens(rng, shifted(told, shift)), agency
    elif way < to_support + plan.rates["direction"]["to_connection"]:
        department, receiver = agency, one_of(rng, mix["connection_agency"])
    else:
        department, receiver = "福祉課", one_of(rng, mix["other_agency"])
    consent = _consent(plan, shift, rng)
    chance = HANDOVER[recommended] if consent != "refused" else "handover_if_refused"
    handover = contact = planned = None
    if happens(rng, shifted(rates[chance], shift / 2)):
        handover = caught + delay(rng, rates["handover_days"])
        if happens(rng, shifted(rates["contact"], shift / 3)):
            contact = handover + delay(rng, rates["contact_days"])
            planned = contact + delay(rng, rates["plan_days"]) if happens(rng, rates["plan"]) else None
    told_on = caught + timedelta(days=int(rng.integers(0, 3)))
    handover, contact, planned = (day if day and day <= end else None for day in (handover, contact, planned))
    return Referral(
        number="",
        month=month,
        caught=caught,
        department=department,
        agency=receiver,
        recommended=recommended,
        recommended_on=min(told_on, handover or end, end) if recommended else None,
        consent=consent,
        basis=_basis(plan, consent, handover, rng),
        handover=handover,
        contact=contact,
        plan=planned,
        result=_result(rates, consent, (handover, contact, planned), end, rng),
        need=one_of(rng, mix["need"]),
        age_band=one_of(rng, mix["age_band"]),
        sex=one_of(rng, mix["sex"]),
        household=one_of(rng, mix["household"]),
    )


def _consent(plan: Plan, shift: float, rng: np.random.Generator) -> str | None:
    rates = plan.rates["consent"]
    if happens(rng, shifted(rates["given"], shift)):
        return "given"
    rest = {"refused": rates["refused"], "unasked": rates["unasked"]}
    rest[""] = 1 - rates["given"] - sum(rest.values())
    return one_of(rng, rest) or None


def _basis(plan: Plan, consent: str | None, handover: date | None, rng: np.random.Generator) -> str | None:
    """Only information that was passed on needs a basis; refused and not passed on stays blank."""
    if handover is None:
        return None
    return one_of(rng, plan.rates["basis"]["given" if consent == "given" else "otherwise"])


def _result(
    rates: dict[str, float],
    consent: str | None,
    stages: tuple[date | None, date | None, date | None],
    end: date,
    rng: np.random.Generator,
) -> str | None:
    handover, contact, planned = stages
    if happens(rng, rates["blank_result"]):
        return None
    if planned:
        return one_of(rng, {"支援中": 0.55, "終結": 0.38, "他機関へ紹介": 0.07})
    if contact:
        return one_of(rng, {"支援中": 0.40, "終結": 0.25, "他機関へ紹介": 0.20, "対象外": 0.05, "辞退": 0.10})
    if handover:
        if happens(rng, rates["capacity_refusal"]):
            return "受入不可(余力なし)"
        return "つながらず" if (end - handover).days > NOT_REACHED_DAYS else "未定"
    if consent == "refused":
        return "辞退"
    return one_of(rng, {"未定": 0.45, "対象外": 0.15, "辞退": 0.15, "つながらず": 0.25})


def _numbered(referrals: list[Referral]) -> list[Referral]:
    """R6-0001 … within each fiscal year, in order of the day."""
    counted: dict[int, int] = {}
    numbered = []
    for referral in referrals:
        year = fiscal_year(referral.month)
        counted[year] = counted.get(year, 0) + 1
        numbered.append(replace(referral, number=f"R{year - 2018}-{counted[year]:04d}"))
    return numbered
