"""A load that is only tried: judged against the current database, with nothing written to any disk."""

from __future__ import annotations

from dataclasses import replace

from etl import build, raw
from etl.check import Checked
from etl.declare import all_returns
from etl.order import Incoming
from etl.receipts import Receipt
from etl.session import Session


class Rehearsal(Session):
    """Takes files as a session does, into tables in memory that hold the rows of the municipalities concerned."""

    def take(self, incoming: Incoming) -> Receipt:
        receipt = replace(super().take(incoming), load_id="")
        self.receipts[-1] = receipt
        return receipt

    def _ground(self, checked: Checked) -> build.Connection:
        con = self.con or build.open_in_memory(self.current, all_returns())
        if self.current and checked.declared:
            build.bring(con, checked.declared, raw.areas_of(checked))
        return con

    def _record(self, receipt: Receipt) -> None:
        pass

    def _keep(self, incoming: Incoming, receipt: Receipt) -> None:
        pass

    def make_current(self) -> None:
        raise RuntimeError("a rehearsal is never made current")

    def close(self) -> None:
        if self.con is not None:
            self.con.close()
            self.con = None
