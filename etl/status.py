"""What was sent and what is missing, by municipality and month."""

from __future__ import annotations

from dataclasses import dataclass

from etl import build
from etl.coverage import month_number, period_text
from etl.receipts import receipts
from etl.store import Place


@dataclass(frozen=True)
class Sent:
    """One municipality's months of one return: received, stated zero, partly set aside, not sent in between.

    `refused` are months not sent so far of which a file came and was refused.
    """

    area_code: str
    name: str
    return_id: str
    received: tuple[str, ...]
    zero: tuple[str, ...]
    partial: tuple[str, ...]
    missing: tuple[str, ...]
    refused: tuple[str, ...] = ()


def status(place: Place) -> list[Sent]:
    """State of every municipality of the prefecture. Months run from the first to the last one anybody sent."""
    current = place.current()
    if current is None:
        return []
    areas, coverage = build.read_coverage(current)
    states = refused_months(place) | {(held, area, period): state for held, area, period, state in coverage}
    found = []
    for return_id in sorted({return_id for return_id, _, _ in states}):
        sent = [period for held, _, period in states if held == return_id]
        span = _between(min(sent), max(sent))
        for area_code, name in areas:
            told = [(month, states.get((return_id, area_code, month), "missing")) for month in span]
            by_state = {
                wanted: tuple(month for month, state in told if state == wanted)
                for wanted in ("received", "zero", "partial", "missing", "refused")
            }
            found.append(Sent(area_code, name, return_id, **by_state))
    return found


def refused_months(place: Place) -> dict[tuple[str, str, str], str]:
    """(return, municipality, month) that refused files were about; what was received goes before it."""
    return {
        (receipt.return_id, area_code, period): "refused"
        for receipt in receipts(place.inbox)
        if receipt.outcome == "refused" and receipt.return_id
        for area_code, period in receipt.claimed
    }


def _between(first: str, last: str) -> list[str]:
    return [period_text(number) for number in range(month_number(first), month_number(last) + 1)]
