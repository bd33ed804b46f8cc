"""Takes received files into the database: all of a call's files become current together, or none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from etl import build, withdrawals
from etl import receipts as records
from etl.declare import all_returns
from etl.order import Incoming, Order, register
from etl.receipts import Receipt
from etl.rehearsal import Rehearsal
from etl.replay import new_version, replay, up_to_date
from etl.session import Session, settle
from etl.store import Place, retire, writing
from etl.withdrawals import NotWithdrawable, Withdrawal

__all__ = ["Incoming", "NotWithdrawable", "Order", "load_files", "preview_files", "rebuild", "register", "undo"]

Told = Callable[[Receipt], None]


def load_files(files: Iterable[Incoming], place: Place, order: Order, told: Told = lambda _: None) -> list[Receipt]:
    """Loads files one after the other into one new version. `told` hears of each as soon as it is judged.

    Raises StoreBusy when another load holds the lock, PrefectureMismatch when the database serves another prefecture,
    CorrectionMismatch when a correction no longer fits the rows, DeskUnavailable when the desk can't be read.
    """
    with writing(place):
        session = Session(place, up_to_date(place), order)
        try:
            for incoming in files:
                told(session.take(incoming))
            session.make_current()
        finally:
            session.close()
    return session.receipts


def preview_files(files: Iterable[Incoming], place: Place, order: Order, told: Told = lambda _: None) -> list[Receipt]:
    """What `load_files` would say of these files now. Nothing is kept: no receipt (load_id is ""), no file, no version.

    Other loads need not wait. Raises PrefectureMismatch, DeskUnavailable, and StoreBusy when the database has to be
    built first and another load holds the lock.
    """
    current = place.current()
    if (current or place.inbox.exists()) and not _is_of_this_schema(current):
        with writing(place):
            current = up_to_date(place)
    rehearsal = Rehearsal(place, current, order)
    try:
        for incoming in files:
            told(rehearsal.take(incoming))
    finally:
        rehearsal.close()
    return rehearsal.receipts


def undo(place: Place, load_id: str, who: str, reason: str) -> Path | None:
    """Takes one accepted load back: its rows go, rows it had replaced return, and the same file may be loaded again.

    Its receipt and its file stay, with a record of who took it back, when and why. The new version, or None when no
    load is left. Raises NotWithdrawable, StoreBusy, CorrectionMismatch, DeskUnavailable.
    """
    with writing(place):
        settle(place)
        if load_id not in {receipt.load_id for receipt in records.receipts(place.inbox) if receipt.taken}:
            raise NotWithdrawable(load_id)
        now = datetime.now().isoformat("T", "seconds")
        withdrawals.write_pending(place.inbox, Withdrawal(load_id, who, now, reason))
        try:
            version = replay(place, without=load_id)
            if version is None:
                retire(place)
        finally:
            settle(place)
    return version


def rebuild(place: Place) -> Path | None:
    """Makes core and cube anew, from the inbox when the raw tables are gone or outdated.

    Returns the new version, or None when nothing was ever sent. Raises CorrectionMismatch, DeskUnavailable.
    """
    with writing(place):
        before = place.current()
        current = up_to_date(place)
        if current is None or current != before:
            return current
        entered = build.entered_at(place)
        return new_version(place, current, lambda con: build.rebuild(con, all_returns(), entered))


def _is_of_this_schema(current: Path | None) -> bool:
    return current is not None and build.read_facts(current).mark == build.schema_mark(all_returns())
