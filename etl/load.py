"""Takes received files into the database: all of a call's files become current together, or none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path

import pyarrow as pa

from etl import build
from etl import receipts as records
from etl.check import Checked, Terms, check_file, refuse_without_rows
from etl.declare import all_returns
from etl.problems import Problem
from etl.receipts import Receipt
from etl.reference import municipalities
from etl.spelling.codes import Register
from etl.store import Place, new_version_path, publish, writing


@dataclass(frozen=True)
class Order:
    """What the caller asks of a load. Codes are 2 digits (prefecture) and 6 (municipality)."""

    prefecture: str | None = None
    municipality: str | None = None
    received: date = field(default_factory=date.today)
    replace: bool = False


@dataclass(frozen=True)
class Incoming:
    """A received file: its name as sent and its bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        return records.digest(self.data)

    @property
    def ending(self) -> str:
        return Path(self.name).suffix.lower()


def load_files(
    files: Sequence[Incoming], place: Place, order: Order, told: Callable[[Receipt], None] = lambda _: None
) -> list[Receipt]:
    """Loads files one after the other into one new version. `told` hears of each as soon as it is judged.

    Raises StoreBusy when another load holds the lock, PrefectureMismatch when the database serves another prefecture.
    """
    with writing(place):
        session = _Session(place, up_to_date(place), order)
        try:
            for incoming in files:
                told(session.take(incoming))
            session.make_current()
        finally:
            session.close()
    return session.receipts


def up_to_date(place: Place) -> Path | None:
    """The current version, after a killed load's traces are settled; built from the inbox if it is gone or outdated.

    Call it under the lock.
    """
    current = place.current()
    if current is None:
        records.settle(place.inbox, [])
        return replay(place)
    _, mark, loads = build.read_facts(current)
    records.settle(place.inbox, loads)
    return current if mark == build.schema_mark(all_returns()) else replay(place)


def rebuild(place: Place) -> Path | None:
    """Makes ref, core and cube anew; from the inbox when the raw tables are gone or outdated. None: nothing was sent."""
    with writing(place):
        before = place.current()
        current = up_to_date(place)
        if current is None or current != before:
            return current
        work = new_version_path(place)
        con = build.open_work(work, current, all_returns())
        build.rebuild(con, all_returns())
        build.finish(con)
        return publish(place, work)


def replay(place: Place) -> Path | None:
    """Builds the database from the kept files, on the terms of their receipts. Call it under the lock."""
    taken = [receipt for receipt in records.receipts(place.inbox) if receipt.taken]
    if not taken:
        return None
    work = new_version_path(place)
    con = build.open_work(work, None, all_returns())
    for receipt in taken:
        received = date.fromisoformat(receipt.received)
        order = Order(receipt.prefecture, receipt.municipality, received, receipt.replace)
        incoming = Incoming(receipt.file, records.kept_path(place.inbox, receipt).read_bytes())
        checked, _ = judge(incoming, con, order)
        if not checked.refused:  # a stricter rule of a newer version may refuse what an older one took
            build.append(con, checked, receipt)
    build.rebuild(con, all_returns())
    build.finish(con)
    return publish(place, work)


@cache
def register() -> Register:
    """All municipalities, the fictional prefecture's among them."""
    return Register(municipalities())


def judge(incoming: Incoming, con: build.Connection, order: Order) -> tuple[Checked, int]:
    """A file against its own rules and against the database; with `replace`, the months it reports are cleared first.

    Returns what may be taken, and how many earlier rows were removed for it.
    """
    served = _served(con, order)
    terms = Terms(register(), all_returns(), order.received, served, order.municipality)
    checked = check_file(incoming.data, incoming.name, terms)
    found = _prefectures(checked)
    if served is None and len(found) > 1:  # the first file of a database decides which prefecture it serves
        checked = check_file(incoming.data, incoming.name, replace(terms, prefecture=found[0]))
    if checked.refused or checked.declared is None or checked.table is None:
        return checked, 0
    if found and build.setting(con, "prefecture") is None:
        build.set_setting(con, "prefecture", found[0])
    removed = build.remove_covered(con, checked.declared, checked.coverage) if order.replace else 0
    return _without_known(checked, con), removed


def _served(con: build.Connection, order: Order) -> str | None:
    served = build.setting(con, "prefecture")
    asked = order.prefecture or (order.municipality and register().by_code6[order.municipality].pref_code)
    if served and asked and served != asked:
        raise build.PrefectureMismatch(served)
    return served or asked


def _prefectures(checked: Checked) -> list[str]:
    """Prefectures of the rows that could be taken, most rows first; of what it covers when it has no rows."""
    if checked.table is None:
        return []
    areas = Counter(dict(zip(*_value_counts(checked.table["area_code"]), strict=True)))
    areas.update(covered.area_code for covered in checked.coverage)
    totals: Counter[str] = Counter()
    for area, count in areas.items():
        totals[register().by_code6[area].pref_code] += count
    return [prefecture for prefecture, _ in totals.most_common()]


def _value_counts(column: pa.ChunkedArray) -> tuple[list[str], list[int]]:
    counted = column.value_counts()
    return counted.field("values").to_pylist(), counted.field("counts").to_pylist()


def _without_known(checked: Checked, con: build.Connection) -> Checked:
    """Sets aside the rows whose number the database already holds for that municipality."""
    assert checked.declared is not None and checked.table is not None
    known = build.already_loaded(con, checked.declared, checked.table)
    if not known.any():
        return checked
    repeated = checked.table.filter(pa.array(known))
    problems = [
        Problem(
            checked.name,
            "duplicate_in_database",
            row=row["row_number"],
            column=checked.declared.field(checked.declared.identity[0]).heading,
            value="・".join(str(row[name]) for name in checked.declared.identity),
        )
        for row in repeated.slice(0, 2_000).to_pylist()
    ]
    checked = replace(
        checked,
        problems=(*checked.problems, *problems),
        quarantined=tuple(sorted({*checked.quarantined, *repeated["row_number"].to_pylist()})),
        table=checked.table.filter(pa.array(~known)),
    )
    return refuse_without_rows(checked)


class _Session:
    """One load: a work copy is made when the first file needs it, and thrown away when no file is taken."""

    def __init__(self, place: Place, current: Path | None, order: Order) -> None:
        self.place, self.current, self.order = place, current, order
        self.work = new_version_path(place)
        self.con: build.Connection | None = None
        self.seen = {receipt.sha256: receipt for receipt in records.receipts(place.inbox) if receipt.taken}
        self.receipts: list[Receipt] = []

    def take(self, incoming: Incoming) -> Receipt:
        earlier = self.seen.get(incoming.sha256)
        if earlier:
            receipt = self._unchanged(incoming, earlier)
        else:
            self.con = self.con or build.open_work(self.work, self.current, all_returns())
            self.con.begin()
            checked, removed = judge(incoming, self.con, self.order)
            receipt = self._receipt(incoming, checked, removed)
            if receipt.taken:
                build.append(self.con, checked, receipt)
                self.con.commit()
                records.keep_file(self.place.inbox, incoming.data, receipt)
                self.seen[receipt.sha256] = receipt
            else:
                self.con.rollback()
        records.write_receipt(self.place.inbox, receipt, pending=receipt.taken)
        self.receipts.append(receipt)
        return receipt

    def make_current(self) -> None:
        """The one moment at which the load happens: before it nothing has changed for a reader, after it everything."""
        if self.con is None or not any(receipt.taken for receipt in self.receipts):
            return
        build.rebuild(self.con, all_returns())
        build.finish(self.con)
        self.con = None
        publish(self.place, self.work)
        records.settle(self.place.inbox, [receipt.load_id for receipt in self.receipts])

    def close(self) -> None:
        if self.con is not None:
            self.con.close()
            self.con = None
        self.work.unlink(missing_ok=True)

    def _receipt(self, incoming: Incoming, checked: Checked, removed: int) -> Receipt:
        taken = 0 if checked.refused or checked.table is None else checked.table.num_rows
        aside = len(checked.quarantined)
        outcome = "refused" if checked.refused else "accepted_with_quarantine" if aside else "accepted"
        return Receipt(
            load_id=records.new_load_id(incoming.sha256),
            file=incoming.name,
            sha256=incoming.sha256,
            ending=incoming.ending,
            loaded_at=datetime.now().isoformat("T", "seconds"),
            loaded_by=records.whoami(),
            received=self.order.received.isoformat(),
            prefecture=self.order.prefecture,
            municipality=self.order.municipality,
            replace=self.order.replace,
            return_id=checked.declared.id if checked.declared else None,
            outcome=outcome,
            rows_in_file=checked.rows_in_file,
            rows_accepted=taken,
            rows_quarantined=aside,
            rows_replaced=0 if checked.refused else removed,
            unchanged=False,
            quarantined_rows=checked.quarantined,
            problems=tuple(problem.as_json() for problem in checked.problems),
        )

    def _unchanged(self, incoming: Incoming, earlier: Receipt) -> Receipt:
        when = earlier.loaded_at.replace("T", " ")
        return replace(
            earlier,
            load_id=records.new_load_id(incoming.sha256),
            file=incoming.name,
            loaded_at=datetime.now().isoformat("T", "seconds"),
            loaded_by=records.whoami(),
            outcome="accepted",
            rows_accepted=0,
            rows_quarantined=0,
            rows_replaced=0,
            unchanged=True,
            quarantined_rows=(),
            problems=(Problem(incoming.name, "same_file", detail=when).as_json(),),
        )
