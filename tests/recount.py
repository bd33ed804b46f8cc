"""Indicators counted again the slow and obvious way, row by row, to compare pages with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from tests.sample_database import Row

Counted = tuple[int, int]  # numerator, denominator


def fiscal_year(year: int) -> list[str]:
    """The twelve months from April."""
    return [f"{year}-{month:02d}" for month in range(4, 13)] + [f"{year + 1}-{month:02d}" for month in range(1, 4)]


def within(rows: Iterable[Row], months: Iterable[str], area: str | None = None) -> list[Row]:
    asked = set(months)
    return [row for row in rows if row["period"] in asked and area in (None, row["area_code"])]


def recommended(rows: Iterable[Row]) -> Counted:
    """利用勧奨が「有」 of those that say, without those the support agency sent itself."""
    said = [row for row in rows if row["recommended"] is not None and row["from_department"] != "自立相談支援機関"]
    return sum(row["recommended"] for row in said), len(said)


def handed_over(rows: Iterable[Row]) -> Counted:
    every = list(rows)
    return sum(row["handover_date"] is not None for row in every), len(every)


def contacted_within_30_days(rows: Iterable[Row], ends: dict[str, object]) -> Counted:
    """Of those handed over 30 days or more before their municipality's data end."""
    yes = of = 0
    for row in rows:
        if row["handover_date"] is None or (ends[row["area_code"]] - row["handover_date"]).days < 30:
            continue
        of += 1
        yes += row["contact_date"] is not None and (row["contact_date"] - row["handover_date"]).days <= 30
    return yes, of


def consent_given(rows: Iterable[Row]) -> Counted:
    said = [row for row in rows if row["consent"] is not None]
    return sum(row["consent"] == "given" for row in said), len(said)


def attended(seats: Iterable[Row]) -> Counted:
    """The support side's organisations present (or by proxy) at platforms, of those whose attendance was noted."""
    noted = [
        seat
        for seat in seats
        if seat["body"] == "platform" and seat["attendance"] is not None and seat["side"] in ("support", "both")
    ]
    return sum(seat["attendance"] in ("present", "proxy") for seat in noted), len(noted)


def joined_support_meetings(seats: Iterable[Row]) -> Counted:
    """Support meetings with the connection side present, of those with any noted seat."""
    meetings: dict[tuple[str, str], bool] = {}
    for seat in seats:
        if seat["body"] == "support_meeting" and seat["side"] is not None and seat["attendance"] is not None:
            key = (seat["area_code"], seat["meeting_id"])
            there = seat["side"] in ("connection", "both") and seat["attendance"] in ("present", "proxy")
            meetings[key] = meetings.get(key, False) or there
    return sum(meetings.values()), len(meetings)


def median_days(rows: Iterable[Row], ends: dict[str, object]) -> int | None:
    """The first day on which the product-limit estimate is at or below a half; exact fractions."""
    seen = []
    for row in rows:
        if row["handover_date"] is not None:
            met = row["contact_date"] is not None
            until = row["contact_date"] if met else ends[row["area_code"]]
            seen.append(((until - row["handover_date"]).days, met))
    still = Fraction(1)
    for day in sorted({day for day, met in seen if met}):
        at_risk = sum(other >= day for other, _ in seen)
        still *= 1 - Fraction(sum(met and other == day for other, met in seen), at_risk)
        if still <= Fraction(1, 2):
            return day
    return None


def states(coverage: Iterable[Row], return_id: str, months: Iterable[str]) -> dict[str, set[str]]:
    """What each municipality sent of the asked months: received, zero, partial; 'missing' for a month not sent."""
    asked = list(months)
    found: dict[str, dict[str, str]] = {}
    for row in coverage:
        if row["return_id"] == return_id:
            found.setdefault(row["area_code"], {})[row["period"]] = row["state"]
    return {area: {sent.get(month, "missing") for month in asked} for area, sent in found.items()}


def per_cent(counted: Counted) -> str:
    """One decimal, as pages show shares; floats round half to even in binary, as Python's formatting does."""
    return f"{counted[0] / counted[1] * 100:.1f}"


def by_area(rows: list[Row], areas: Iterable[str], count: Callable[[list[Row]], Counted]) -> dict[str, Counted]:
    return {area: count([row for row in rows if row["area_code"] == area]) for area in areas}
