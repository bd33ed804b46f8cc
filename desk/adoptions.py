"""Which municipality looked at, tried or adopted which case of another one, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk.records import Desk, Record

KIND = "adoption"
STAGES = ("looked", "tried", "adopted")


@dataclass(frozen=True)
class Adoption:
    """One stage that a municipality reached with one case. A case is known by its municipality and its number."""

    area_code: str
    example_area_code: str
    example_id: str
    stage: str
    on: date

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.area_code, self.example_area_code, self.example_id, self.stage


def enter(desk: Desk, adoption: Adoption, who: str) -> Record:
    """Records a stage; a later entry about the same stage of the same case corrects its day.

    Raises ValueError for a stage not in STAGES, a day to come, a blank code or number, or a municipality's own case.
    """
    if adoption.stage not in STAGES:
        raise ValueError(f"the stage must be one of {', '.join(STAGES)}, not {adoption.stage}")
    if not all(part.strip() for part in adoption.key):
        raise ValueError("a municipality and a case (its municipality and number) are needed")
    if adoption.area_code == adoption.example_area_code:
        raise ValueError("a municipality's own case is not adopted")
    if adoption.on > date.today():
        raise ValueError("the day is still to come")
    value = {
        "example_area_code": adoption.example_area_code,
        "example_id": adoption.example_id,
        "stage": adoption.stage,
        "date": adoption.on.isoformat(),
    }
    return desk.append(KIND, adoption.area_code, value, who)


def adoption_of(record: Record) -> Adoption:
    """What an entry says. Not for the record of an undo, which says nothing itself."""
    value = record.value
    return Adoption(
        record.subject,
        value["example_area_code"],
        value["example_id"],
        value["stage"],
        date.fromisoformat(value["date"]),
    )


def adoptions(desk: Desk) -> list[Adoption]:
    """Every stage as entered last and not undone, in the order of those entries."""
    latest: dict[tuple[str, ...], Adoption] = {}
    for record in desk.records(KIND):
        if record.stands and record.undoes is None:
            adoption = adoption_of(record)
            latest.pop(adoption.key, None)
            latest[adoption.key] = adoption
    return list(latest.values())


def undo(desk: Desk, record_id: int, who: str) -> Record:
    """Takes an entry back, so that the one before it counts again. Raises RecordNotFound."""
    return desk.undo(KIND, record_id, who)


def history(desk: Desk) -> list[Record]:
    """Every entry and every undo, oldest first."""
    return desk.records(KIND)
