from __future__ import annotations

import pandas as pd
import pytest

from etl.store import place_of
from release.ledger import ABANDONED, PUBLISHED, WITHDRAWN, Ledger, LedgerBusy
from release.where import ledger_folder

CELLS = pd.DataFrame({"indicator_id": ["handover_rate"], "numerator": [3], "is_numerator_hidden": [True]})


def entered(ledger: Ledger, folder: str) -> int:
    return ledger.enter(
        {"folder": folder, "approved_by": "課長", "members": {}, "rules": {"rounding": 0}}, CELLS, {"cells": []}
    )


def test_releases_are_numbered_and_what_was_said_stands(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    assert ledger.entries() == [] and ledger.next_number() == 1
    assert [entered(ledger, "public-a"), entered(ledger, "public-b")] == [1, 2]
    ledger.say(1, WITHDRAWN, {"who": "係長", "reason": "誤り"})
    ledger.say(1, WITHDRAWN, {"who": "別の人", "reason": "もう一度"})
    assert ledger.entries()[0].withdrawn["who"] == "係長"
    assert ledger.cells(2).equals(CELLS)


def test_what_a_killed_process_left_is_decided_by_what_the_public_sees(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    entered(ledger, "public-a"), entered(ledger, "public-b")
    assert [entry.state for entry in ledger.entries()] == ["intended", "intended"]
    assert len(ledger.seen()) == 2, "not known yet counts as seen"
    ledger.settle("public-b")
    assert [entry.state for entry in ledger.entries()] == ["abandoned", "published"]
    assert len(ledger.seen()) == 1
    ledger.say(2, WITHDRAWN, {})
    assert len(ledger.seen()) == 1, "what was withdrawn was seen"
    assert {path.name for path in (tmp_path / "ledger" / "0001").iterdir()} >= {ABANDONED, "cells.parquet"}
    assert (tmp_path / "ledger" / "0002" / PUBLISHED).exists()


def test_a_half_written_entry_is_no_release(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    (tmp_path / "ledger" / ".0001.abcdef12").mkdir(parents=True)
    assert ledger.entries() == []
    ledger.settle(None)
    assert not (tmp_path / "ledger" / ".0001.abcdef12").exists()


def test_one_writer_at_a_time(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    with ledger.writing(), pytest.raises(LedgerBusy), Ledger(tmp_path / "ledger").writing(seconds=0.1):
        pass


def test_the_ledger_lies_outside_of_what_can_be_built_again(tmp_path):
    data = tmp_path / "data"
    for name, expected in (("internal", data / "ledger"), ("other", data / "other_ledger")):
        assert ledger_folder(place_of(data / "build" / f"{name}.duckdb")) == expected
