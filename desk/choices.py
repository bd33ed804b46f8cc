"""Named sets of choices for a pack: for whom, which months, which municipalities and sections, in which formats."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from desk.records import Desk, Record

KIND = "pack-choice"
LONGEST_NAME = 40
READERS = ("prefecture", "municipality", "every")


@dataclass(frozen=True)
class Choice:
    """reader: one of READERS. month 0: the whole fiscal year. areas: only for 'municipality'. sections (): all."""

    reader: str
    fiscal_year: int
    month: int = 0
    areas: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("pptx",)


def save(desk: Desk, name: str, choice: Choice, who: str) -> Record:
    """Keeps a set under a name; a set of the same name gives way. Raises ValueError for a bad name or reader."""
    named = name.strip()
    if not named or len(named) > LONGEST_NAME:
        raise ValueError(f"a name of 1 to {LONGEST_NAME} characters is needed")
    if choice.reader not in READERS:
        raise ValueError(f"the reader must be one of {', '.join(READERS)}, not {choice.reader}")
    value = {key: list(one) if isinstance(one, tuple) else one for key, one in asdict(choice).items()}
    return desk.append(KIND, named, value, who)


def choice_of(record: Record) -> Choice:
    """What an entry says. Not for the record of an undo."""
    parts: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in record.value.items()}
    return Choice(**parts)


def standing(desk: Desk) -> dict[str, Record]:
    """Name → the entry that counts, in the order of their names."""
    found = {one.subject: one for one in desk.records(KIND) if one.stands and one.undoes is None}
    return dict(sorted(found.items()))


def undo(desk: Desk, record_id: int, who: str) -> Record:
    """Takes an entry back: the set of that name kept before it counts again. Raises RecordNotFound."""
    return desk.undo(KIND, record_id, who)
