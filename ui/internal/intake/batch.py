"""Files that somebody handed in, from looking at them to taking them in. No screen here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from etl import receipts as records
from etl.build import read_coverage
from etl.load import Incoming, Order, load_files, preview_files
from etl.receipts import Receipt
from etl.slip import why_only_list
from etl.store import Place

Told = Callable[[int, str], None]


@dataclass(frozen=True)
class Handed:
    """One file with what a load would say, or has said, about it.

    `incoming` is None once nothing more may be done with the bytes: of a file with personal information nothing stays,
    not even in this session. `only_list` says why its slip can't hold the file.
    """

    receipt: Receipt
    incoming: Incoming | None
    only_list: str | None = None
    overlaps: bool = False
    replaces: bool = False

    @property
    def can_be_taken(self) -> bool:
        return self.receipt.outcome != "refused" and not self.receipt.unchanged


@dataclass(frozen=True)
class Batch:
    """The files of one upload; `is_done` after they were taken in."""

    files: tuple[Handed, ...]
    place: Place
    order: Order
    is_done: bool = False


def look_at(files: Sequence[Incoming], place: Place, order: Order, told: Told) -> Batch:
    """Judges files without taking anything. Raises what preview_files raises."""
    found = preview_files(_telling(files, told), place, order)
    known = _reported(place)
    return Batch(
        tuple(_handed(incoming, receipt, known) for incoming, receipt in zip(files, found, strict=True)), place, order
    )


def look_again(batch: Batch, number: int, *, replaces: bool) -> Batch:
    """The same with one file judged anew, as a correction that replaces earlier rows or as an addition."""
    old = batch.files[number]
    if old.incoming is None or old.replaces == replaces:
        return batch
    receipt = preview_files([old.incoming], batch.place, replace(batch.order, replace=replaces))[0]
    new = replace(old, receipt=receipt, replaces=replaces)
    return replace(batch, files=(*batch.files[:number], new, *batch.files[number + 1 :]))


def take_in(batch: Batch, told: Told) -> Batch:
    """Loads what can be taken, additions first and then corrections; what was refused is only put on record."""
    results: dict[int, Receipt] = {}
    for replaces in (False, True):
        chosen = {
            number: one.incoming
            for number, one in enumerate(batch.files)
            if one.can_be_taken and one.replaces is replaces and one.incoming is not None
        }
        if chosen:
            order = replace(batch.order, replace=replaces)
            found = load_files(_telling(list(chosen.values()), told, after=len(results)), batch.place, order)
            results |= dict(zip(chosen, found, strict=True))
    files = []
    for number, handed in enumerate(batch.files):
        receipt = results.get(number) or _on_record(batch.place, handed.receipt)
        incoming = handed.incoming if needs_answer(receipt) else None
        reason = why_only_list(receipt, incoming)
        files.append(replace(handed, receipt=receipt, incoming=None if reason else incoming, only_list=reason))
    return replace(batch, files=tuple(files), is_done=True)


def needs_answer(receipt: Receipt) -> bool:
    """True when the municipality has something to correct: mere notices need no answer."""
    return not receipt.unchanged and any(problem["level"] != "notice" for problem in receipt.problems)


def _on_record(place: Place, receipt: Receipt) -> Receipt:
    """Puts the receipt of a file that was not taken into the record: it came, and why it was sent back."""
    now = datetime.now().isoformat("T", "seconds")
    entered = replace(receipt, load_id=records.new_load_id(receipt.sha256), loaded_at=now)
    records.write_receipt(place.inbox, entered)
    return entered


def _handed(incoming: Incoming, receipt: Receipt, known: frozenset[tuple[str, str, str]]) -> Handed:
    reported = {(receipt.return_id or "", area, month) for area, month in receipt.claimed}
    rules = {problem["rule"] for problem in receipt.problems}
    overlaps = not receipt.unchanged and ("duplicate_in_database" in rules or bool(reported & known))
    reason = why_only_list(receipt, incoming)
    return Handed(receipt, None if reason else incoming, reason, overlaps and not reason)


def _reported(place: Place) -> frozenset[tuple[str, str, str]]:
    """(return, municipality, month) that the database holds."""
    current: Path | None = place.current()
    if current is None:
        return frozenset()
    _, coverage = read_coverage(current)
    return frozenset((return_id, area, month) for return_id, area, month, _ in coverage)


def _telling(files: Iterable[Incoming], told: Told, *, after: int = 0) -> Iterator[Incoming]:
    """The files, telling of each (and how many came before it) when the loader asks for it."""
    for number, incoming in enumerate(files, after):
        told(number, incoming.name)
        yield incoming
