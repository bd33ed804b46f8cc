"""Free names of departments and organisations that somebody sorted into a category by hand."""

from __future__ import annotations

from desk.records import Desk, Record

KIND = "alias"


def map_name(desk: Desk, name: str, category: str, who: str) -> Record:
    """Puts a name into a category; a later entry about the same name wins."""
    if not name.strip() or not category.strip():
        raise ValueError("a name and a category are needed")
    return desk.append(KIND, name, {"category": category}, who)


def mappings(desk: Desk) -> dict[str, str]:
    """Category by name, as entered last and not undone; names in the order of those entries."""
    latest: dict[str, str] = {}
    for record in desk.records(KIND):
        if record.stands and record.undoes is None:
            latest.pop(record.subject, None)
            latest[record.subject] = record.value["category"]
    return latest


def undo(desk: Desk, record_id: int, who: str) -> Record:
    """Takes a mapping back, so that the entry before it counts again. Raises RecordNotFound."""
    return desk.undo(KIND, record_id, who)


def history(desk: Desk) -> list[Record]:
    """Every entry and every undo, oldest first."""
    return desk.records(KIND)
