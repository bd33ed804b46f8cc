"""Receipts and the inbox: every file that came is on record, every accepted file is kept as it came.

inbox/files/<sha256>.<ending>      the file, unchanged (accepted files only: a refused one leaves nothing behind)
inbox/receipts/<load id>.json      what was said about it; `.pending` until the database that holds it is current
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_PENDING = ".pending"


@dataclass(frozen=True)
class Receipt:
    """What happened to one received file. Times are local, without zone."""

    load_id: str
    file: str
    sha256: str
    ending: str
    loaded_at: str
    loaded_by: str
    received: str
    prefecture: str | None
    municipality: str | None
    replace: bool
    return_id: str | None
    outcome: str
    rows_in_file: int
    rows_accepted: int
    rows_quarantined: int
    rows_replaced: int
    unchanged: bool
    quarantined_rows: tuple[int, ...]
    problems: tuple[dict[str, Any], ...]

    @property
    def taken(self) -> bool:
        """True when the file is part of the database."""
        return self.outcome != "refused" and not self.unchanged


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def new_load_id(sha256: str) -> str:
    """Sorts by time; the digest makes it readable beside the file it is about."""
    return f"{datetime.now():%Y%m%dT%H%M%S%f}-{sha256[:8]}"


def whoami() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


class KeptFileMissing(FileNotFoundError):  # noqa: N818
    """A received file is no longer in the inbox, so the database can't be built again. Carries the file's name."""


def keep_file(inbox: Path, data: bytes, receipt: Receipt) -> Path:
    """Puts a file into the inbox; it is safe from a power cut after `flush` of the path returned."""
    path = _kept_path(inbox, receipt)
    if not path.exists():
        _write(path, data, flushed=False)
    return path


def kept_file(inbox: Path, receipt: Receipt) -> bytes:
    """The file as it came. Raises KeptFileMissing."""
    try:
        return _kept_path(inbox, receipt).read_bytes()
    except FileNotFoundError as error:
        raise KeptFileMissing(receipt.file) from error


def _kept_path(inbox: Path, receipt: Receipt) -> Path:
    return inbox / "files" / f"{receipt.sha256}{receipt.ending}"


def write_receipt(inbox: Path, receipt: Receipt) -> None:
    """Puts a receipt on record, safely."""
    _write(_path(inbox, receipt.load_id), _body(receipt), flushed=True)


def write_pending(inbox: Path, receipt: Receipt) -> Path:
    """Puts a receipt aside until `settle`; it is safe from a power cut after `flush` of the path returned."""
    path = _path(inbox, receipt.load_id)
    pending = path.with_name(f"{path.name}{_PENDING}")
    _write(pending, _body(receipt), flushed=False)
    return pending


def flush(paths: Iterable[Path]) -> None:
    """Makes written files safe. Many at once, since the disk then has the most of them done with the first."""
    for path in paths:
        with path.open("rb+") as handle:
            os.fsync(handle.fileno())


def settle(inbox: Path, load_ids_in_database: Collection[str]) -> None:
    """Decides on receipts that a load left pending: in the current database, or never happened. Under the lock.

    What never happened goes with its file, unless another receipt needs that file.
    """
    dropped = []
    for pending in sorted((inbox / "receipts").glob(f"*.json{_PENDING}")):
        if pending.name.removesuffix(f".json{_PENDING}") in load_ids_in_database:
            os.replace(pending, pending.with_name(pending.name.removesuffix(_PENDING)))
        else:
            dropped.append(pending)
    needed = {_kept_path(inbox, receipt) for receipt in receipts(inbox) if receipt.taken} if dropped else set()
    for pending in dropped:
        digest_start = pending.name.split(".")[0].rpartition("-")[2]  # a power cut may have left no more than the name
        for kept in (inbox / "files").glob(f"{digest_start}*"):
            if kept not in needed:
                kept.unlink()
        pending.unlink()
    for part in inbox.glob("*/.*.part"):
        part.unlink(missing_ok=True)


def receipts(inbox: Path) -> Iterator[Receipt]:
    """All settled receipts, oldest first."""
    for path in sorted((inbox / "receipts").glob("*.json")):
        yield _read(path)


def _read(path: Path) -> Receipt:
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["quarantined_rows"] = tuple(raw["quarantined_rows"])
    raw["problems"] = tuple(raw["problems"])
    return Receipt(**raw)


def _path(inbox: Path, load_id: str) -> Path:
    return inbox / "receipts" / f"{load_id}.json"


def _body(receipt: Receipt) -> bytes:
    return json.dumps(asdict(receipt), ensure_ascii=False, indent=1).encode()


def _write(path: Path, body: bytes, *, flushed: bool) -> None:
    """Whole or not at all: a part file is renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name[:40]}.{uuid.uuid4().hex[:8]}.part")
    with part.open("wb") as handle:
        handle.write(body)
        if flushed:
            handle.flush()
            os.fsync(handle.fileno())
    os.replace(part, path)
