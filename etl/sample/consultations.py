"""Invented monthly counts of one municipality: how many consultations each side's desk took."""

from dataclasses import dataclass

import numpy as np

from etl.sample.chance import improvement, shifted
from etl.sample.plan import Plan
from etl.sample.town import Town

SIDES = ("孤独・孤立", "困窮")
HIDDEN, NONE = "x", "-"

Count = int | str  # a number, or the mark that stands for one


@dataclass(frozen=True, slots=True)
class Consultation:
    month: str
    side: str
    new: int
    both_needs: Count
    outreach: Count
    plans: Count


def consultations_of(town: Town, plan: Plan, seed: int) -> list[Consultation]:
    """One record a month sent and side; every month is drawn, so that a gap changes no other month."""
    rng = np.random.default_rng([seed, int(town.code5), 3])
    found = [_consultation(town, plan, month, side, rng) for month in plan.months for side in SIDES]
    begins = {side: plan.rates["consultation"][side]["from"] for side in SIDES}
    return [one for one in found if one.month in town.months and one.month >= begins[one.side]]


def _consultation(town: Town, plan: Plan, month: str, side: str, rng: np.random.Generator) -> Consultation:
    rates, volume = plan.rates["consultation"][side], plan.rates["volume"]
    season = volume["month_weights"][(int(month[5:]) - 4) % 12]
    new = int(rng.poisson(rates["per_100k_month"] * town.population / 100_000 * season))
    shift = town.strength / 3 + plan.rates["period"]["change_gain"] / 2 * improvement(plan, month)
    both, outreach = (int(rng.binomial(new, shifted(rates[part], shift))) for part in ("both_needs", "outreach"))
    plans = int(rng.binomial(new, rates["plans"]))
    return Consultation(
        month=month,
        side=side,
        new=new,
        both_needs=_told(both, town, plan),
        outreach=_told(outreach, town, plan),
        plans=plans if rates["plans"] else NONE,
    )


def _told(count: int, town: Town, plan: Plan) -> Count:
    """A small place hides a small part: one could guess who it is."""
    hidden = plan.rates["consultation"]["hidden"]
    return HIDDEN if town.population < hidden["population"] and 0 < count <= hidden["largest"] else count
