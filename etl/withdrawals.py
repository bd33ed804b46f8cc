"""Loads that were taken back: who, when and why. The receipt and the file stay; only the rows go.

inbox/withdrawals/<load id>.json     `.pending` until a database without that load is current
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.atomic import PENDING, pending_of, settled_of, write_whole


class NotWithdrawable(ValueError):  # noqa: N818
    """There is no such load, or none of its rows are in the database. Carries the load's number."""


@dataclass(frozen=True)
class Withdrawal:
    """`at` is local time without zone."""

    load_id: str
    who: str
    at: str
    reason: str

    @property
    def told(self) -> str:
        """When, by whom and why, as a receipt shows it."""
        return f"{self.at.replace('T', ' ')} {self.who}" + (f"：{self.reason}" if self.reason else "")


def write_pending(inbox: Path, withdrawal: Withdrawal) -> Path:
    """Puts a withdrawal aside, safely, until `settle`."""
    body = json.dumps(asdict(withdrawal), ensure_ascii=False, indent=1).encode()
    return write_whole(pending_of(_folder(inbox) / f"{withdrawal.load_id}.json"), body, flushed=True)


def settle(inbox: Path, load_ids_in_database: Collection[str]) -> None:
    """Decides on withdrawals that were left pending: a load the current database still holds was not taken back."""
    for pending in _folder(inbox).glob(f"*.json{PENDING}"):
        if settled_of(pending).stem in load_ids_in_database:
            pending.unlink()
        else:
            os.replace(pending, settled_of(pending))


def withdrawals(inbox: Path) -> dict[str, Withdrawal]:
    """Settled withdrawals by load."""
    found = (json.loads(path.read_text(encoding="utf-8")) for path in _folder(inbox).glob("*.json"))
    return {raw["load_id"]: Withdrawal(**raw) for raw in found}


def _folder(inbox: Path) -> Path:
    return inbox / "withdrawals"
