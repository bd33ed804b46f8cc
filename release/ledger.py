"""The record of all that was ever published, with the true counts behind it: internal, append-only, never copied out.

One folder per release, numbered, written whole and never changed; what becomes of it is said by further files in it. A
release is entered before anybody can see it, so the record never lacks one that somebody has seen.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import filelock
import pandas as pd

from etl.atomic import flush, write_whole
from release.linked import Seen

ENTRY, CELLS, PROOF = "entry.json", "cells.parquet", "proof.json"
PUBLISHED, ABANDONED, WITHDRAWN = "published.json", "abandoned.json", "withdrawn.json"
LOCK_SECONDS = 600.0


class LedgerBusy(RuntimeError):  # noqa: N818
    """Another process is publishing."""


@dataclass(frozen=True)
class Entry:
    """One release. `told` is what was written when it was entered; the rest is what became of it."""

    number: int
    told: Mapping[str, Any]
    published: Mapping[str, Any] | None = None
    abandoned: Mapping[str, Any] | None = None
    withdrawn: Mapping[str, Any] | None = None

    @property
    def state(self) -> str:
        """withdrawn, published, abandoned (nobody can have seen it), or intended (not known yet)."""
        for name in ("withdrawn", "published", "abandoned"):
            if getattr(self, name) is not None:
                return name
        return "intended"

    @property
    def folder(self) -> str:
        """Name of the public folder it was written to."""
        return str(self.told["folder"])

    @property
    def approved_by(self) -> str:
        return str(self.told["approved_by"])


class Ledger:
    """The releases of one database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self) -> list[Entry]:
        """All releases, oldest first."""
        numbers = sorted(int(path.name) for path in self.folder.glob("[0-9]*") if path.name.isdigit())
        return [self._entry(number) for number in numbers]

    def next_number(self) -> int:
        return max((entry.number for entry in self.entries()), default=0) + 1

    def cells(self, number: int) -> pd.DataFrame:
        """All figures of a release: its keys, true counts, state, what is hidden and why."""
        return pd.read_parquet(self._of(number) / CELLS)

    def proof(self, number: int) -> dict[str, Any]:
        return _read(self._of(number) / PROOF)

    def seen(self) -> list[Seen]:
        """Every release that somebody may have seen, oldest first; withdrawn ones too."""
        entries = [entry for entry in self.entries() if entry.state != "abandoned"]
        return [
            Seen(self.cells(entry.number), entry.told["members"], entry.told["rules"]["rounding"]) for entry in entries
        ]

    def enter(self, told: Mapping[str, Any], cells: pd.DataFrame, proof: Mapping[str, Any]) -> int:
        """Writes a release down before it is shown. Only call it under the lock."""
        number = self.next_number()
        self.folder.mkdir(parents=True, exist_ok=True)
        work = self.folder / f".{number:04d}.{uuid.uuid4().hex[:8]}"
        work.mkdir()
        cells.to_parquet(work / CELLS, index=False)
        (work / PROOF).write_text(_json(proof), encoding="utf-8")
        (work / ENTRY).write_text(_json({"number": number, **told}), encoding="utf-8")
        flush(sorted(work.iterdir()))
        os.replace(work, self._of(number))
        return number

    def say(self, number: int, what: str, told: Mapping[str, Any]) -> None:
        """Adds what became of a release: PUBLISHED, ABANDONED or WITHDRAWN. Said once, it stands."""
        path = self._of(number) / what
        if not path.exists():
            at = datetime.now().isoformat("T", "seconds")
            write_whole(path, _json({"at": at, **told}).encode(), flushed=True)

    def settle(self, current: str | None) -> None:
        """Decides on what a killed process left, by what the public is led to now. Only call it under the lock."""
        if self.folder.is_dir():
            for part in self.folder.glob(".[0-9]*.*"):
                shutil.rmtree(part, ignore_errors=True)
        for entry in self.entries():
            if entry.state == "intended":
                self.say(entry.number, PUBLISHED if entry.folder == current else ABANDONED, {})

    @contextlib.contextmanager
    def writing(self, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """One writer at a time. Raises LedgerBusy."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(self.folder / ".lock", timeout=seconds)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise LedgerBusy("別の処理が公表を行っています。終わるまで待ってから、もう一度行ってください。") from error
        try:
            yield
        finally:
            lock.release()

    def _of(self, number: int) -> Path:
        return self.folder / f"{number:04d}"

    def _entry(self, number: int) -> Entry:
        folder = self._of(number)
        said = {what: folder / f"{what}.json" for what in ("published", "abandoned", "withdrawn")}
        return Entry(
            number, _read(folder / ENTRY), **{what: _read(path) for what, path in said.items() if path.exists()}
        )


def _read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1)
