"""The database from the inbox: every file that was taken and not taken back, again, on the terms of its receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from etl import build, raw
from etl import receipts as records
from etl.declare import all_returns
from etl.judge import judge, prefecture_of
from etl.order import Incoming, Order
from etl.receipts import Receipt
from etl.session import settle
from etl.store import Place, discard, new_version_path, publish


def up_to_date(place: Place) -> Path | None:
    """The current version, after a killed load's traces are settled; built from the inbox if it is gone or outdated.

    Under the lock, as everything here.
    """
    facts = settle(place)
    return place.current() if facts and facts.mark == build.schema_mark(all_returns()) else replay(place)


def replay(place: Place, *, without: str | None = None) -> Path | None:
    """Builds a version from the kept files and makes it current; None when there is no file to build it from.

    What a file was set aside for may be gone `without` another load, or be refused by a rule made since: the rows
    are judged anew, while the receipts keep what was said at the time.
    """
    taken = [receipt for receipt in records.receipts(place.inbox) if receipt.taken and receipt.load_id != without]
    if not taken:
        return None
    return new_version(place, None, lambda con: _take_again(con, taken, place))


def new_version(place: Place, current: Path | None, fill: Callable[[build.Connection], None]) -> Path:
    """A version made of the current one (or of nothing) by `fill`; nothing is left when that fails."""
    work = new_version_path(place)
    con = build.open_work(work, current, all_returns())
    try:
        fill(con)
        build.finish(con)
        return publish(place, work)
    finally:
        con.close()
        discard(work)


def _take_again(con: build.Connection, taken: Iterable[Receipt], place: Place) -> None:
    served: str | None = None
    for receipt in taken:
        received = date.fromisoformat(receipt.received)
        order = Order(receipt.prefecture, receipt.municipality, received, receipt.replace)
        served = served or receipt.served or order.asked_prefecture
        incoming = Incoming(receipt.file, records.kept_file(place.inbox, receipt))
        checked = raw.without_known(con, judge(incoming, order, served), replacing=order.replace)
        if checked.refused or checked.declared is None:
            continue  # a stricter rule of a newer version may refuse what an older one took
        if order.replace:
            raw.remove_covered(con, checked.declared, checked.coverage, checked.table)
        raw.append(con, checked, receipt)
        served = served or prefecture_of(checked)
    if served:
        build.set_setting(con, "prefecture", served)
    build.rebuild(con, all_returns(), build.entered_at(place))
