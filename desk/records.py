"""Append-only records: who entered what, and when. Nothing is updated or deleted; undoing is a further record.

A SQLite file by default; a server's database (PostgreSQL) by RENKEI_DESK_URL where several machines share a desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from desk import engine
from desk.where import DeskUnavailable, desk_url

__all__ = ["Desk", "DeskUnavailable", "Record", "RecordNotFound", "desk_url"]


class RecordNotFound(LookupError):  # noqa: N818
    """There is no such record of that kind, or it no longer stands. Carries the number asked for."""


@dataclass(frozen=True)
class Record:
    """One entry. `subject` is what it is about, `value` what was said (JSON), `undoes` the record it takes back.

    `at` is local time without zone; `stands` is False once the record was undone.
    """

    id: int
    kind: str
    subject: str
    value: Any
    who: str
    at: str
    undoes: int | None = None
    stands: bool = True


class Desk:
    """The records of one desk. Nothing is made before the first entry; safe to use from several processes at once.

    Raises DeskUnavailable when the database can't be reached or was made by a newer version.
    """

    def __init__(self, url: str) -> None:
        self.url = url

    def append(self, kind: str, subject: str, value: Any, who: str, *, undoes: int | None = None) -> Record:
        """Enters a record and returns it with its number."""
        entry = {
            "kind": kind,
            "subject": subject,
            "value": value,
            "who": who,
            "at": datetime.now().isoformat("T", "seconds"),
            "undoes": undoes,
        }
        with engine.writing(self.url) as con:
            number = con.execute(sa.insert(engine.RECORD).values(entry)).inserted_primary_key
        assert number is not None
        return Record(id=int(number[0]), **entry)

    def records(self, kind: str) -> list[Record]:
        """Every record of a kind, oldest first, undone ones too."""
        table = engine.RECORD
        with engine.reading(self.url) as con:
            if con is None:
                return []
            found = con.execute(sa.select(table).where(table.c.kind == kind).order_by(table.c.id)).all()
        gone = _undone(found)
        return [Record(**row._mapping, stands=row.id not in gone) for row in found]

    def count(self) -> int:
        """How many records there are of all kinds: it changes with every entry, and with nothing else."""
        with engine.reading(self.url) as con:
            return 0 if con is None else int(con.execute(sa.select(sa.func.count(engine.RECORD.c.id))).scalar_one())

    def undo(self, kind: str, record_id: int, who: str) -> Record:
        """Takes a standing record back by a further one. An undo can itself be undone. Raises RecordNotFound."""
        told = next((one for one in self.records(kind) if one.id == record_id and one.stands), None)
        if told is None:
            raise RecordNotFound(record_id)
        return self.append(kind, told.subject, None, who, undoes=record_id)


def _undone(rows: Sequence[Any]) -> set[int]:
    """Numbers of the records that were taken back. Newest first, so that an undo that was undone takes nothing."""
    gone: set[int] = set()
    for row in reversed(rows):
        if row.undoes is not None and row.id not in gone:
            gone.add(row.undoes)
    return gone
