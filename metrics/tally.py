"""Tallies: counts that a page shows as a whole (a flow, a matrix), not as one indicator. One file is one table.

A file of metrics/tallies is TOML between /* and */ (title, keys, counts), then one select that gives area_code,
period, the keys and the counts. All counts are additive over areas, periods and keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

TALLIES = Path(__file__).parent / "tallies"


@dataclass(frozen=True)
class Tally:
    """One table of the cube: what its keys divide and what it counts."""

    id: str
    title: str
    keys: tuple[str, ...]
    counts: tuple[str, ...]
    sql: str

    @property
    def columns(self) -> tuple[str, ...]:
        return ("area_code", "period", *self.keys, *self.counts)


@cache
def load_tallies(folder: Path = TALLIES) -> Mapping[str, Tally]:
    """All tallies by id, which is the name of the file and of the table in the cube."""
    return MappingProxyType({path.stem: read_tally(path) for path in sorted(folder.glob("*.sql"))})


def read_tally(path: Path) -> Tally:
    """Raises ValueError naming the file when its header can't be read."""
    head, _, sql = path.read_text(encoding="utf-8").partition("*/")
    try:
        header = tomllib.loads(head.removeprefix("/*"))
        return Tally(
            path.stem, header["title"], tuple(header["keys"]), tuple(header["counts"]), sql.strip().rstrip(";")
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise ValueError(f"{path.name}: the header between /* and */ can't be used: {error}") from error
