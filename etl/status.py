"""What was sent and what is missing, by municipality and month."""

from __future__ import annotations

from dataclasses import dataclass

from etl import build
from etl.store import Place


@dataclass(frozen=True)
class Sent:
    """One municipality's months of one return: received, stated zero, partly set aside, and not sent in between."""

    area_code: str
    name: str
    return_id: str
    received: tuple[str, ...]
    zero: tuple[str, ...]
    partial: tuple[str, ...]
    missing: tuple[str, ...]


def status(place: Place) -> list[Sent]:
    """State of every municipality of the prefecture. Months run from the first to the last one anybody sent."""
    current = place.current()
    if current is None:
        return []
    areas, coverage = build.read_coverage(current)
    found = []
    for return_id in sorted({row[0] for row in coverage}):
        months = sorted({row[2] for row in coverage if row[0] == return_id})
        span = _between(months[0], months[-1])
        for area_code, name in areas:
            states = {row[2]: row[3] for row in coverage if row[0] == return_id and row[1] == area_code}
            by_state = {
                state: tuple(month for month in span if states.get(month, "missing") == state)
                for state in ("received", "zero", "partial", "missing")
            }
            found.append(Sent(area_code, name, return_id, **by_state))
    return found


def _between(first: str, last: str) -> list[str]:
    start, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(start, end + 1)]
