"""What a review meeting decided, and the figures it had before it, so that the next pack can say what moved since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.records import Desk, Record

KIND = "meeting"
LONGEST = 1000


@dataclass(frozen=True)
class Figure:
    """One indicator as the meeting saw it: its months, its value (None where there was none), its words and mark."""

    indicator_id: str
    months: tuple[str, ...]
    value: float | None
    text: str
    state: str = "value"


@dataclass(frozen=True)
class Decision:
    """One decision, comment or both. area_code: the municipality it is about, None for the prefecture."""

    on: date
    meeting: str
    decision: str
    comment: str = ""
    area_code: str | None = None
    figures: tuple[Figure, ...] = ()


def enter(desk: Desk, decision: Decision, who: str) -> Record:
    """Records what was decided. Raises ValueError for a day to come, or where words are missing or far too many."""
    if decision.on > date.today():
        raise ValueError("the day is still to come")
    if not decision.meeting.strip():
        raise ValueError("the meeting needs a name")
    if not (decision.decision.strip() or decision.comment.strip()):
        raise ValueError("a decision or a comment is needed")
    if max(map(len, (decision.meeting, decision.decision, decision.comment))) > LONGEST:
        raise ValueError(f"a text may have {LONGEST} characters at most")
    value = {
        "date": decision.on.isoformat(),
        "meeting": decision.meeting.strip(),
        "decision": decision.decision.strip(),
        "comment": decision.comment.strip(),
        "figures": [
            {"indicator": one.indicator_id, "months": list(one.months), "value": one.value, "text": one.text,
             "state": one.state}
            for one in decision.figures
        ],
    }  # fmt: skip
    return desk.append(KIND, decision.area_code or "", value, who)


def decision_of(record: Record) -> Decision:
    """What an entry says. Not for the record of an undo, which says nothing itself."""
    value = record.value
    figures = tuple(
        Figure(one["indicator"], tuple(one["months"]), one["value"], one["text"], one["state"])
        for one in value["figures"]
    )
    return Decision(
        date.fromisoformat(value["date"]), value["meeting"], value["decision"], value["comment"],
        record.subject or None, figures,
    )  # fmt: skip


def standing(desk: Desk) -> list[Record]:
    """Every entry that was not undone: the latest meeting first, within a meeting as entered."""
    found = [one for one in desk.records(KIND) if one.stands and one.undoes is None]
    return sorted(found, key=lambda one: one.value["date"], reverse=True)


def last_meeting(desk: Desk, *, area: str | None = None, until: date | None = None) -> list[Decision]:
    """The decisions of the last day (up to `until`) on which something was decided about a municipality.

    None asks for the prefecture: its meetings decide about the whole and about single municipalities alike.
    """
    told = [one for one in map(decision_of, standing(desk)) if area in (None, one.area_code)]
    met = [one for one in told if until is None or one.on <= until]
    return [one for one in met if one.on == met[0].on]


def undo(desk: Desk, record_id: int, who: str) -> Record:
    """Takes an entry back. Raises RecordNotFound."""
    return desk.undo(KIND, record_id, who)


def history(desk: Desk) -> Sequence[Record]:
    """Every entry and every undo, oldest first."""
    return desk.records(KIND)
