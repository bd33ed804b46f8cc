"""The fictional prefecture's database for tests: few municipalities, but every state a page must tell apart."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from etl.load import Incoming, Order, load_files
from etl.receipts import Receipt
from etl.sample import write_sample
from etl.store import Place, place_of

ROOT = Path(__file__).resolve().parents[1]
RECEIVED = date(2025, 4, 10)
# One with wrong rows (partly received), two that stopped sending in 2025-01, one that sends no meetings, villages
# with months of no case, and one that began in 2024-04. All others of the prefecture never sent anything.
SENDERS = {
    "夕凪原市": "992011",
    "青苑市": "992038",
    "風待市": "992054",
    "ひだまり市": "992151",
    "小鳩町": "993026",
    "しののめ町": "994014",
    "風花村": "993646",
    "こだまの村": "993832",
}
SILENT = {"水琴町": "993620", "雪綿村": "994031"}

Row = dict[str, Any]


@dataclass(frozen=True)
class SampleDatabase:
    """A loaded database, what the loader said, and the files as they were sent."""

    place: Place
    receipts: tuple[Receipt, ...]
    returns: Path  # folder of the invented returns, with wrong/ beside it

    @property
    def path(self) -> str:
        """What RENKEI_DB is set to."""
        return str(self.place.pointer)

    def rows(self, table: str) -> list[Row]:
        """A table of the current version as plain rows, for naive recounts."""
        current = self.place.current()
        assert current is not None
        # A process may not open one file with two settings, and the app under test locks its own.
        copy = current.with_name(f"copy-of-{os.getpid()}-{current.name}")
        if not copy.exists():
            shutil.copyfile(current, copy)
        with duckdb.connect(str(copy), read_only=True) as con:
            found = con.execute(f"from {table}")
            names = [column[0] for column in found.description]
            return [dict(zip(names, values, strict=True)) for values in found.fetchall()]

    def copy_to(self, folder: Path) -> SampleDatabase:
        """A second database with its inbox, for tests that load into it."""
        shutil.copytree(self.place.pointer.parent, folder, symlinks=True)
        return SampleDatabase(place_of(folder / self.place.pointer.name), self.receipts, self.returns)


def load_sample(folder: Path, returns: Path, senders: Sequence[str] = tuple(SENDERS)) -> SampleDatabase:
    """Writes the invented returns below `returns` and loads those of the senders as files that came in."""
    written = write_sample(returns)
    chosen = [path for path in written if path.parent.name == "returns" and path.name.split("_")[2] in senders]
    place = place_of(folder / "sample.duckdb")
    files = [Incoming(path.name, path.read_bytes()) for path in chosen]
    receipts = load_files(files, place, Order(prefecture="99", received=RECEIVED))
    return SampleDatabase(place, tuple(receipts), returns / "returns")
