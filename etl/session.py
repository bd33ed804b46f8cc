"""One load while it runs: files go into a work copy one after the other, and become current all together."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from etl import build, raw, withdrawals
from etl import receipts as records
from etl.atomic import flush
from etl.check import Checked
from etl.declare import all_returns
from etl.judge import judge, prefecture_of, receipt_of, receipt_of_repeat
from etl.order import Incoming, Order
from etl.receipts import Receipt
from etl.store import Place, discard, new_version_path, publish


class Session:
    """A work copy is made when the first file needs it, and thrown away when none is taken. Used under the lock.

    Raises PrefectureMismatch when the database serves another prefecture than the one asked for.
    """

    def __init__(self, place: Place, current: Path | None, order: Order) -> None:
        self.place, self.current, self.order = place, current, order
        self.served = _served(build.read_facts(current).prefecture if current else None, order)
        self.entered = build.entered_at(place)
        self.work = new_version_path(place)
        self.con: build.Connection | None = None
        self.taken = [receipt for receipt in records.receipts(place.inbox) if receipt.taken]
        self.receipts: list[Receipt] = []
        self.keeping: list[Future[Path]] = []
        self.keeper = ThreadPoolExecutor(1)  # writes the files of the inbox while the database is at work

    def take(self, incoming: Incoming) -> Receipt:
        """Judges one file and, when something of it can be taken, adds it to the work copy."""
        earlier = next((receipt for receipt in self.taken if self._is_same(incoming, receipt)), None)
        if earlier:
            receipt = receipt_of_repeat(incoming, earlier)
        else:
            checked = judge(incoming, self.order, self.served, self.entered.names)
            if not checked.refused:
                self.con = self._ground(checked)
                checked = raw.without_known(self.con, checked, replacing=self.order.replace)
            receipt = self._enter(incoming, checked)
        if not receipt.taken:
            self._record(receipt)
        self.receipts.append(receipt)
        return receipt

    def _enter(self, incoming: Incoming, checked: Checked) -> Receipt:
        if checked.refused or checked.declared is None or self.con is None:
            return receipt_of(incoming, self.order, checked, self.served)
        replaced = 0
        if self.order.replace:
            replaced = raw.remove_covered(self.con, checked.declared, checked.coverage, checked.table)
        self.served = self.served or prefecture_of(checked)
        receipt = receipt_of(incoming, self.order, checked, self.served, replaced=replaced)
        raw.append(self.con, checked, receipt)
        self._keep(incoming, receipt)
        self.taken.append(receipt)
        return receipt

    def _ground(self, checked: Checked) -> build.Connection:
        """Where rows go until they become current."""
        return self.con or build.open_work(self.work, self.current, all_returns())

    def _record(self, receipt: Receipt) -> None:
        records.write_receipt(self.place.inbox, receipt)

    def _keep(self, incoming: Incoming, receipt: Receipt) -> None:
        # The receipt first: whoever finds a pending one knows that the file beside it may have to go.
        self.keeping.append(self.keeper.submit(records.write_pending, self.place.inbox, receipt))
        self.keeping.append(self.keeper.submit(records.keep_file, self.place.inbox, incoming.data, receipt))

    def make_current(self) -> None:
        """The one moment at which the load happens: before it nothing has changed for a reader, after it everything."""
        if self.con is None or not any(receipt.taken for receipt in self.receipts):
            return
        safe = self.keeper.submit(lambda: flush([kept.result() for kept in self.keeping]))
        if self.served:
            build.set_setting(self.con, "prefecture", self.served)
        build.rebuild(self.con, all_returns(), self.entered)
        build.finish(self.con)
        self.con = None
        safe.result()
        publish(self.place, self.work)

    def close(self) -> None:
        """Leaves nothing of a load that did not become current."""
        self.keeper.shutdown(cancel_futures=True)
        if self.con is not None:
            self.con.close()
            self.con = None
        discard(self.work)
        if self.keeping:
            settle(self.place)

    def _is_same(self, incoming: Incoming, receipt: Receipt) -> bool:
        """The same bytes are the same file, unless they were said to be two municipalities' (a form without rows)."""
        said = {receipt.municipality, self.order.municipality}
        return receipt.sha256 == incoming.sha256 and (None in said or len(said) == 1)


def settle(place: Place) -> build.Facts | None:
    """Decides on pending receipts and withdrawals by what the current version holds, and tells about it.

    Under the lock.
    """
    current = place.current()
    facts = build.read_facts(current) if current else None
    load_ids = facts.load_ids if facts else ()
    records.settle(place.inbox, load_ids)
    withdrawals.settle(place.inbox, load_ids)
    return facts


def _served(served: str | None, order: Order) -> str | None:
    asked = order.asked_prefecture
    if served and asked and served != asked:
        raise build.PrefectureMismatch(served)
    return served or asked
