"""Receipts and the inbox: every file that came is on record, every accepted file is kept as it came.

inbox/files/<sha256>.<ending>      the file, unchanged (accepted files only: a refused one leaves nothing behind)
inbox/receipts/<load id>.json      what was said about it; `.pending` until the database that holds it is current
inbox/withdrawals/<load id>.json   who took it back, when and why (etl.withdrawals)
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.atomic import PENDING, clear_parts, pending_of, settled_of, write_whole
from etl.withdrawals import withdrawals

OUTCOMES = ("accepted", "accepted_with_quarantine", "refused")


@dataclass(frozen=True)
class Receipt:
    """What happened to one received file. Times are local, without zone.

    `claimed` are the (area code, month) the file is about, also of a refused one as far as it tells; `served` the
    prefecture it was judged for; `withdrawn` when, by whom and why its rows were taken back (see etl.withdrawals).
    """

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
    claimed: tuple[tuple[str, str], ...] = ()
    served: str | None = None
    withdrawn: str | None = None

    @property
    def kept(self) -> bool:
        """True when the inbox keeps the file: it was taken once, whether or not its rows were taken back since."""
        return self.outcome != "refused" and not self.unchanged

    @property
    def taken(self) -> bool:
        """True when the file is part of the database."""
        return self.kept and self.withdrawn is None


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
    return path if path.exists() else write_whole(path, data, flushed=False)


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
    write_whole(_path(inbox, receipt.load_id), _body(receipt), flushed=True)


def write_pending(inbox: Path, receipt: Receipt) -> Path:
    """Puts a receipt aside until `settle`; it is safe from a power cut after `flush` of the path returned."""
    return write_whole(pending_of(_path(inbox, receipt.load_id)), _body(receipt), flushed=False)


def settle(inbox: Path, load_ids_in_database: Collection[str]) -> None:
    """Decides on receipts that a load left pending: in the current database, or never happened. Under the lock.

    What never happened goes with its file, unless another receipt needs that file.
    """
    dropped = []
    for pending in sorted((inbox / "receipts").glob(f"*.json{PENDING}")):
        if settled_of(pending).stem in load_ids_in_database:
            os.replace(pending, settled_of(pending))
        else:
            dropped.append(pending)
    needed = {_kept_path(inbox, receipt) for receipt in receipts(inbox) if receipt.kept} if dropped else set()
    for pending in dropped:
        digest_start = pending.name.split(".")[0].rpartition("-")[2]  # a power cut may have left no more than the name
        for kept in (inbox / "files").glob(f"{digest_start}*"):
            if kept not in needed:
                kept.unlink()
        pending.unlink()
    clear_parts(inbox)


def receipts(inbox: Path) -> Iterator[Receipt]:
    """All settled receipts, oldest first, each with its withdrawal if there was one."""
    taken_back = withdrawals(inbox)
    for path in sorted((inbox / "receipts").glob("*.json")):
        told = taken_back.get(path.stem)
        yield _read(path, told.told if told else None)


def _read(path: Path, withdrawn: str | None) -> Receipt:
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["quarantined_rows"] = tuple(raw["quarantined_rows"])
    raw["problems"] = tuple(raw["problems"])
    raw["claimed"] = tuple((area_code, period) for area_code, period in raw.get("claimed", ()))
    return Receipt(**raw, withdrawn=withdrawn)


def _path(inbox: Path, load_id: str) -> Path:
    return inbox / "receipts" / f"{load_id}.json"


def _body(receipt: Receipt) -> bytes:
    told = asdict(receipt)
    del told["withdrawn"]  # said by the withdrawal's own record
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
