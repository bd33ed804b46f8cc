"""Free names that have no category yet: how often and where they stand, so that somebody can sort them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.connection import Connection
from etl.declare import Return
from etl.organisations import UNKNOWN


@dataclass(frozen=True)
class Unsorted:
    """A name in one column of one municipality's returns, with the number of rows."""

    name: str
    return_id: str
    heading: str
    area_code: str
    row_count: int


def find_unsorted(con: Connection, returns: Mapping[str, Return]) -> list[Unsorted]:
    """Names that neither the alias table nor the desk sorts, the most frequent first; of the version attached."""
    found = []
    for declared in returns.values():
        for field in declared.fields:
            if field.type == "organisation":
                rows = con.execute(
                    f"select held.{field.name}, held.area_code, count(*) from version.raw.{declared.id} as held "
                    f"inner join version.raw.organisation as sorted on sorted.name = held.{field.name} "
                    "where sorted.category = ? group by all",
                    [UNKNOWN],
                ).fetchall()
                found += [Unsorted(name, declared.id, field.heading, area, count) for name, area, count in rows]
    return sorted(found, key=lambda one: (-one.row_count, one.name, one.area_code))
