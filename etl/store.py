"""Where the database lies and how a new version becomes the current one.

`internal.duckdb` is a pointer: a symbolic link, or a small text file where the system allows no links, to one of the
immutable versions beside it. Swapping the pointer is one atomic rename, so a reader sees the old version or the new
one, and a writer killed at any moment leaves the old one standing. One writer at a time holds the lock.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import filelock

_STAMP = "-[0-9]{8}T[0-9]{12}-[0-9a-f]{6}"  # when a version was begun, and a few letters of chance
VERSIONS_KEPT = 3
LOCK_SECONDS = 600.0
DEFAULT_DATABASE = Path("data/build/internal.duckdb")
# The fictional prefecture lives apart: invented returns never stand in one file with real ones.
SAMPLE_DATABASE = Path("data/build/sample.duckdb")


class StoreBusy(RuntimeError):  # noqa: N818
    """Another load holds the lock for longer than we wait; says who."""


@dataclass(frozen=True)
class Place:
    """A database's pointer file and the inbox of received files that it is built from."""

    pointer: Path
    inbox: Path

    @property
    def lock_file(self) -> Path:
        return self.pointer.with_name(f".{self.pointer.name}.lock")

    @property
    def desk_file(self) -> Path:
        """What people enter is kept beside the inbox: neither can be built again from anything."""
        return self.inbox.with_name(f"{self.inbox.name.removesuffix('inbox')}desk.sqlite")

    @property
    def shares_desk(self) -> bool:
        """The fictional prefecture keeps its desk to itself, as it does its returns."""
        return self.pointer != SAMPLE_DATABASE

    @property
    def versions(self) -> list[Path]:
        """All versions that are kept, oldest first."""
        return sorted(path for path in self.pointer.parent.glob("*.duckdb") if self._names_version(path.name))

    def _names_version(self, name: str) -> bool:
        # Not a mere prefix: internal-2.duckdb beside internal.duckdb is another database.
        return re.fullmatch(re.escape(self.pointer.stem) + _STAMP + r"\.duckdb", name) is not None

    def is_work_file(self, name: str) -> bool:
        """True for a version not finished yet and for what DuckDB or a swap of the pointer puts beside it."""
        stem, pointer = re.escape(self.pointer.stem), re.escape(self.pointer.name)
        work = rf"\.{stem}{_STAMP}\.duckdb(?:\.wal|\.tmp)?|\.{pointer}\.[0-9a-f]{{32}}"
        return re.fullmatch(work, name) is not None

    def current(self) -> Path | None:
        """The version that readers should open, or None when nothing was ever built."""
        return current_version(self.pointer)


def place_of(database: Path) -> Place:
    """The place of a database and of the inbox it is built from.

    A folder called build may be deleted at any time, so the inbox lies outside it: data/inbox for
    data/build/internal.duckdb, `<name>_inbox` for another. Only the fictional prefecture's stays there: its files are
    written anew by themselves. A database in any other folder has its `<name>_inbox` beside it.
    """
    if database.parent.name != "build" or database.name == SAMPLE_DATABASE.name:
        return Place(database, database.with_name(f"{database.stem}_inbox"))
    name = "inbox" if database.name == DEFAULT_DATABASE.name else f"{database.stem}_inbox"
    return Place(database, database.parent.parent / name)


def current_version(pointer: Path) -> Path | None:
    """Resolves a pointer (link or text); a plain database file put there by hand is its own version."""
    if pointer.is_symlink():
        target = pointer.parent / os.readlink(pointer)
    elif not pointer.exists():
        return None
    elif pointer.stat().st_size > 4096:
        return pointer
    else:
        target = pointer.parent / pointer.read_text(encoding="utf-8").strip()
    return target if target.exists() else None


def new_version_path(place: Place) -> Path:
    """A fresh name for the next version, sorting after all others; it is a work file until published."""
    stamp = datetime.now().strftime("%Y%m%dT%H%M%S%f")
    return place.pointer.with_name(f".{place.pointer.stem}-{stamp}-{uuid.uuid4().hex[:6]}.duckdb")


def publish(place: Place, built: Path) -> Path:
    """Makes a finished work file the current version: flushed to disk, renamed, then the pointer swapped."""
    final = built.with_name(built.name.removeprefix("."))
    _flush(built)
    os.replace(built, final)
    staged = place.pointer.with_name(f".{place.pointer.name}.{uuid.uuid4().hex}")
    try:
        os.symlink(final.name, staged)
    except (OSError, NotImplementedError):
        staged.write_text(final.name, encoding="utf-8")
        _flush(staged)
    os.replace(staged, place.pointer)
    _flush(place.pointer.parent)
    for old in [path for path in place.versions if path != final][: -(VERSIONS_KEPT - 1)]:
        with contextlib.suppress(OSError):  # still open on a system that does not delete open files
            old.unlink()
    return final


def retire(place: Place) -> None:
    """Leaves the place without a current version, as if nothing had ever been loaded."""
    place.pointer.unlink(missing_ok=True)
    _flush(place.pointer.parent)


def clear_work_files(place: Place) -> None:
    """Removes what killed loads left behind. Only call it under the lock."""
    for path in place.pointer.parent.iterdir():
        if place.is_work_file(path.name):
            _remove(path)


def discard(work: Path) -> None:
    """Removes a work file that was not published, with what DuckDB put beside it."""
    for path in (work, work.with_name(f"{work.name}.wal"), work.with_name(f"{work.name}.tmp")):
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    flags = os.O_RDONLY if os.name != "nt" else os.O_RDWR
    with contextlib.suppress(PermissionError):  # folders can't be opened on Windows, and need not be
        handle = os.open(path, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _holder_file(place: Place) -> Path:
    return place.lock_file.with_suffix(".holder")


@contextlib.contextmanager
def writing(place: Place, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Holds the write lock; a second writer waits, and after `seconds` learns who holds it (StoreBusy)."""
    place.pointer.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(place.lock_file, timeout=seconds)
    holder = _holder_file(place)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise StoreBusy(_told_holder(holder)) from error
    try:
        told = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now().isoformat("T", "seconds")}
        holder.write_text(json.dumps(told), encoding="utf-8")
        clear_work_files(place)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _told_holder(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        who = f"{told['since']}から、{told['host']}の処理{told['pid']}が"
    except (OSError, ValueError, KeyError):
        who = "別の処理が"
    return f"{who}読み込みを行っています。終わるまで待ってから、もう一度行ってください。"
