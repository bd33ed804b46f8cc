"""What a full disk or a killed process leaves: the release before, and a sentence that says what to do."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from release import publish as publishing
from release import where
from release.ledger import Ledger
from release.publish import NotWritten, publish, recover
from release.store import PublicStore
from release.where import DATABASE, ledger_folder, public_place
from tests.release.conftest import approve
from tests.sample_database import ROOT

FULL = OSError(28, "No space left on device")
STAGES = ("公表用のデータベースを書いています", "オープンデータを書いています", "公表用のページを書いています")
# Facts alone: nothing in them has to be hidden or proven.
QUICKLY = ["--indicator", "council_established", "--fiscal-year", "2024", "--approve-as", "課長"]


def refuse(*_: object, **__: object) -> None:
    raise FULL


def stands(place, folder: Path) -> None:
    """The release before is what the public sees, whole, and nothing is left of the one that was not written."""
    ledger, public = Ledger(ledger_folder(place)), public_place(place)
    with ledger.writing():
        recover(ledger, public)
    assert public.current().name == folder.name and [path.name for path in public.versions] == [folder.name]
    assert not [path.name for path in public.folder.iterdir() if path.name.startswith(".public")]
    assert {entry.state for entry in ledger.entries()} <= {"published", "abandoned"}
    with PublicStore(public.current() / DATABASE) as store:
        assert store.release()["number"] == 1 and len(store.cells("handover_rate")) > 50


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (publishing, "write_database"),
        (publishing, "write_site"),
        (pd.DataFrame, "to_parquet"),  # the ledger's own file
        (where, "flush"),  # just before the release would get its name
    ],
)
def test_a_full_disk_is_told_and_the_old_release_stands(published, tmp_path, monkeypatch, owner, name):
    place = published.copy_to(tmp_path / "build")
    draft = replace(published.draft, number=2)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, refuse)
        with pytest.raises(NotWritten) as told:
            publish(draft, approve(draft), place)
    assert "No space left on device" in str(told.value) and "公表中のものは変わっていません" in str(told.value)
    assert "空き容量" in str(told.value)
    stands(place, published.folder)


def started(place, limit: int | None = None) -> subprocess.Popen[str]:
    def limited() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "release", "publish", *QUICKLY, "--db", str(place.pointer)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, preexec_fn=limited)


def test_killed_or_without_room_while_its_files_are_written_the_old_release_stands(published, tmp_path):
    *places, narrow = (published.copy_to(tmp_path / str(number) / "build") for number in range(len(STAGES) + 1))
    without_room = started(narrow, limit=10_000)
    for place, stage in zip(places, STAGES, strict=True):
        # Listened to from its start: one that is heard late may have published already.
        child, lines = started(place), []
        for line in child.stderr:
            lines.append(line)
            if stage in line:
                child.send_signal(signal.SIGKILL)
                break
        child.stderr.close()
        assert child.wait() == -signal.SIGKILL, lines
        stands(place, published.folder)
    _, said = without_room.communicate()
    assert without_room.returncode == 1 and "Traceback" not in said
    assert "書き込めませんでした" in said and "変わっていません" in said
    stands(narrow, published.folder)
