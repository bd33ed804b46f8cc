"""Takes received files into the database: all of a call's files become current together, or none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from etl import build, raw
from etl import receipts as records
from etl.declare import all_returns
from etl.judge import judge, prefecture_of
from etl.order import Incoming, Order, register
from etl.receipts import Receipt
from etl.session import Session, settle
from etl.store import Place, discard, new_version_path, publish, writing

__all__ = ["Incoming", "Order", "load_files", "rebuild", "register"]


def load_files(
    files: Iterable[Incoming], place: Place, order: Order, told: Callable[[Receipt], None] = lambda _: None
) -> list[Receipt]:
    """Loads files one after the other into one new version. `told` hears of each as soon as it is judged.

    Raises StoreBusy when another load holds the lock, PrefectureMismatch when the database serves another prefecture.
    """
    with writing(place):
        session = Session(place, _up_to_date(place), order)
        try:
            for incoming in files:
                told(session.take(incoming))
            session.make_current()
        finally:
            session.close()
    return session.receipts


def rebuild(place: Place) -> Path | None:
    """Makes core and cube anew, from the inbox when the raw tables are gone or outdated.

    Returns the new version, or None when nothing was ever sent.
    """
    with writing(place):
        before = place.current()
        current = _up_to_date(place)
        if current is None or current != before:
            return current
        return _published(place, current, lambda con: build.rebuild(con, all_returns()))


def _up_to_date(place: Place) -> Path | None:
    """The current version, after a killed load's traces are settled; built from the inbox if it is gone or outdated."""
    facts = settle(place)
    return place.current() if facts and facts.mark == build.schema_mark(all_returns()) else _replay(place)


def _replay(place: Place) -> Path | None:
    """Builds the database from the kept files, on the terms of their receipts."""
    taken = [receipt for receipt in records.receipts(place.inbox) if receipt.taken]
    if not taken:
        return None
    return _published(place, None, lambda con: _take_again(con, taken, place))


def _take_again(con: build.Connection, taken: Iterable[Receipt], place: Place) -> None:
    served: str | None = None
    for receipt in taken:
        received = date.fromisoformat(receipt.received)
        order = Order(receipt.prefecture, receipt.municipality, received, receipt.replace)
        served = served or order.asked_prefecture
        incoming = Incoming(receipt.file, records.kept_file(place.inbox, receipt))
        checked = raw.without_known(con, judge(incoming, order, served), replacing=order.replace)
        if checked.refused or checked.declared is None:
            continue  # a stricter rule of a newer version may refuse what an older one took
        if order.replace:
            raw.remove_covered(con, checked.declared, checked.coverage)
        raw.append(con, checked, receipt)
        served = served or prefecture_of(checked)
    if served:
        build.set_setting(con, "prefecture", served)
    build.rebuild(con, all_returns())


def _published(place: Place, current: Path | None, fill: Callable[[build.Connection], None]) -> Path:
    """A new version made of the current one (or of nothing) by `fill`; nothing is left when that fails."""
    work = new_version_path(place)
    con = build.open_work(work, current, all_returns())
    try:
        fill(con)
        build.finish(con)
        return publish(place, work)
    finally:
        con.close()
        discard(work)
