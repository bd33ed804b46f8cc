"""Where releases lie, and how one of them becomes what the public sees.

`public` is a link to the folder of the current release; `public.duckdb` and `public_site` lead through it, so that one
rename changes all of them at once. Where links are not allowed, each is a small text file naming its target.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.atomic import flush
from etl.store import Place

_VERSION = re.compile(r"public-\d{8}T\d{12}-[0-9a-f]{6}")
# Inside a release the file may not be called public: DuckDB names a database by its file, and its tables stand in the
# schema of that name.
POINTER, DATABASE, SITE = "public.duckdb", "release.duckdb", "site"


@dataclass(frozen=True)
class PublicPlace:
    """The folder in which releases stand beside each other."""

    folder: Path

    @property
    def pointer(self) -> Path:
        return self.folder / "public"

    def current(self) -> Path | None:
        """The folder of the release that the public sees."""
        if self.pointer.is_symlink():
            target = self.folder / os.readlink(self.pointer)
        elif self.pointer.is_file():
            target = self.folder / self.pointer.read_text(encoding="utf-8").strip()
        else:
            return None
        return target if target.is_dir() else None

    def version(self, name: str) -> Path:
        return self.folder / name

    @property
    def versions(self) -> list[Path]:
        """The releases that are kept, oldest first."""
        return sorted(path for path in self.folder.glob("public-*") if _VERSION.fullmatch(path.name))

    def new_work(self) -> Path:
        """A folder for the next release; its name begins with a dot until it is whole."""
        stamp = datetime.now().strftime("%Y%m%dT%H%M%S%f")
        work = self.folder / f".public-{stamp}-{uuid.uuid4().hex[:6]}"
        work.mkdir(parents=True)
        return work

    def final_name(self, work: Path) -> str:
        return work.name.removeprefix(".")

    def settle(self, work: Path) -> Path:
        """Gives a whole release its name. Nobody is led to it yet."""
        flush(path for path in sorted(work.rglob("*")) if path.is_file())
        final = self.folder / self.final_name(work)
        os.replace(work, final)
        _flush_folder(self.folder)
        return final

    def make_current(self, version: Path) -> None:
        """Leads the public to a release, by one rename."""
        if _points(self.pointer, version.name):
            for name, target in ((POINTER, f"public/{DATABASE}"), (f"public_{SITE}", f"public/{SITE}")):
                if not (self.folder / name).is_symlink() or os.readlink(self.folder / name) != target:
                    _points(self.folder / name, target)
        else:
            for name, target in ((POINTER, DATABASE), (f"public_{SITE}", SITE)):
                _points(self.folder / name, f"{version.name}/{target}")
        _flush_folder(self.folder)

    def make_none_current(self) -> None:
        """Leaves the public with nothing."""
        for name in ("public", POINTER, f"public_{SITE}"):
            (self.folder / name).unlink(missing_ok=True)
        _flush_folder(self.folder)

    def clear_work(self) -> None:
        """Removes what killed processes left. Only call it under the lock."""
        if self.folder.is_dir():
            for path in self.folder.glob(".public*"):
                if _VERSION.fullmatch(path.name.removeprefix(".")):
                    shutil.rmtree(path, ignore_errors=True)
                elif re.fullmatch(r"\.public\S*\.[0-9a-f]{32}", path.name):
                    path.unlink(missing_ok=True)

    def keep_last(self, kept: int) -> None:
        """Removes the oldest releases beyond the number kept, never the current one."""
        old = [path for path in self.versions if path != self.current()]
        for path in old[: max(0, len(old) - (kept - 1))]:
            shutil.rmtree(path, ignore_errors=True)


def public_place(place: Place, out: Path | None = None) -> PublicPlace:
    """Beside the internal database, unless a folder is named."""
    return PublicPlace(out or place.pointer.parent)


def ledger_folder(place: Place) -> Path:
    """Beside the desk and the inbox, outside what can be built again: the record of what the world has seen cannot."""
    return place.inbox.with_name(f"{place.inbox.name.removesuffix('inbox')}ledger")


def _points(pointer: Path, target: str) -> bool:
    """Makes a pointer anew by one rename; False when it had to be a text file."""
    staged = pointer.with_name(f".{pointer.name}.{uuid.uuid4().hex}")
    is_link = True
    try:
        os.symlink(target, staged)
    except (OSError, NotImplementedError):
        is_link = False
        staged.write_text(target, encoding="utf-8")
        flush([staged])
    os.replace(staged, pointer)
    return is_link


def _flush_folder(folder: Path) -> None:
    with contextlib.suppress(PermissionError):  # folders can't be opened on Windows, and need not be
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
