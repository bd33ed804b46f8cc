"""Files written whole or not at all, also when the machine stops in the middle."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from pathlib import Path

# Added to the name of what is written but not yet decided on.
PENDING = ".pending"


def write_whole(path: Path, body: bytes, *, flushed: bool) -> Path:
    """Writes a part file and renames it. Without `flushed` it is safe from a power cut only after `flush`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name[:40]}.{uuid.uuid4().hex[:8]}.part")
    with part.open("wb") as handle:
        handle.write(body)
        if flushed:
            handle.flush()
            os.fsync(handle.fileno())
    os.replace(part, path)
    return path


def flush(paths: Iterable[Path]) -> None:
    """Makes written files safe. Many at once, since the disk then has the most of them done with the first."""
    for path in paths:
        with path.open("rb+") as handle:
            os.fsync(handle.fileno())


def pending_of(path: Path) -> Path:
    return path.with_name(f"{path.name}{PENDING}")


def settled_of(pending: Path) -> Path:
    return pending.with_name(pending.name.removesuffix(PENDING))


def clear_parts(folder: Path) -> None:
    """Removes the part files of writers that were killed, one folder down. Only call it under the lock."""
    for part in folder.glob("*/.*.part"):
        part.unlink(missing_ok=True)
