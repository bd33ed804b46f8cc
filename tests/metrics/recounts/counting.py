"""How recounts count: cases of rows, or every value of a field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Counted = dict[tuple[Any, ...], tuple[int, int]]
Recount = Callable[[Tables], Counted]


def divided(
    rows: Iterable[Row],
    value: Callable[[Row], str],
    outcome: Callable[[Row], bool],
    case: Callable[[Row], bool],
) -> Counted:
    """Outcomes of cases per area, month and value; a key stays when it has rows but no case."""
    counted: Counted = {}
    for row in rows:
        key = (row["area_code"], row["period"], value(row))
        part, whole = counted.get(key, (0, 0))
        counted[key] = (part + (case(row) and outcome(row)), whole + case(row))
    return counted


def shared(rows: list[Row], field: str, values: list[str]) -> Counted:
    """Every value of a field over all rows of the area and month in which the field was sent."""
    found: Counted = {}
    for area, month in {(row["area_code"], row["period"]) for row in rows}:
        sent = [r[field] for r in rows if (r["area_code"], r["period"]) == (area, month) and r[field]]
        for value in values:
            found[area, month, value] = (sent.count(value), len(sent))
    return found
