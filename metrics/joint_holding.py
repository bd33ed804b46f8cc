"""Staff hours that holding two meetings together would save, by stated assumptions. Arithmetic, not an estimate.

地域協議会 and 支援会議 may be held on the same day or as one (the notice, 3(2)④). Same day: each organisation that sits
in both makes one journey less. As one: also one preparation less, and shared cases are discussed once.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

MINUTES = 60


@dataclass(frozen=True)
class Assumptions:
    """meetings: pairs that could be held together. organisations: that sit in both, a pair. people: of each of them.

    travel_minutes: there and back, a person. preparation_minutes: the secretariat's, a meeting. shared_cases: that
    both would discuss, a pair. case_minutes: to discuss one. All are 0 or more.
    """

    meetings: int
    organisations: float
    people: float
    travel_minutes: float
    preparation_minutes: float
    shared_cases: float
    case_minutes: float


@dataclass(frozen=True)
class Saved:
    """Hours by where they come from."""

    travel: float
    preparation: float
    cases: float

    @property
    def same_day(self) -> float:
        return self.travel

    @property
    def as_one(self) -> float:
        return self.travel + self.preparation + self.cases


def hours_saved(assumed: Assumptions) -> Saved:
    """Person-hours over the period in which the meetings are held. Raises ValueError when anything is negative."""
    if min(astuple(assumed)) < 0:
        raise ValueError("an assumption must not be negative")
    attendances = assumed.meetings * assumed.organisations * assumed.people
    return Saved(
        travel=attendances * assumed.travel_minutes / MINUTES,
        preparation=assumed.meetings * assumed.preparation_minutes / MINUTES,
        cases=attendances * assumed.shared_cases * assumed.case_minutes / MINUTES,
    )
