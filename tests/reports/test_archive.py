"""Many packs in one archive: all of them, or nothing at all."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pypdf
import pytest

from metrics.periods import months_of_year
from reports.archive import ArchiveFailed, write_archive
from reports.sources import Options
from tests.sample_database import SENDERS, SILENT, SampleDatabase

PLACES = {"夕凪原市": SENDERS["夕凪原市"], "青苑市": SENDERS["青苑市"], "水琴町": SILENT["水琴町"]}


def wanted() -> list[Options]:
    months = tuple(months_of_year(2024))
    return [Options(months, code, sections=("facts",), has_indicators=False) for code in PLACES.values()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the work happens too, so that a test sees what is left of it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_every_municipality_has_its_own_file_and_the_progress_says_whose(
    sample_database: SampleDatabase, folder: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    version = sample_database.place.current()
    assert version is not None
    path = write_archive(version, wanted(), ["pdf", "xlsx"], folder / "all.zip", told=lambda *said: told.append(said))
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        for name, code in PLACES.items():
            of_place = [one for one in names if code in one]
            assert sorted(one.rpartition(".")[2] for one in of_place) == ["pdf", "xlsx"]
            text = pypdf.PdfReader(io.BytesIO(archive.read(of_place[0]))).pages[0].extract_text()
            assert name in text and "架空データ" in text
    assert [made for made, _, _ in told] == list(range(7))
    assert {of for _, of, _ in told} == {6}
    assert {where for _, _, where in told} == {"", *PLACES}
    assert [one.name for one in folder.iterdir()] == ["all.zip"]


def test_who_stops_it_finds_nothing_left_and_the_old_archive_untouched(
    sample_database: SampleDatabase, folder: Path
) -> None:
    (folder / "all.zip").write_bytes(b"of yesterday")

    def stop(made: int, of: int, where: str) -> None:
        if made:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_archive(
            str(sample_database.place.current()), wanted(), ["xlsx"], folder / "all.zip", told=stop, workers=1
        )
    assert [(one.name, one.read_bytes()) for one in folder.iterdir()] == [("all.zip", b"of yesterday")]


def test_a_process_that_fails_leaves_nothing_and_says_why(folder: Path) -> None:
    (folder / "no.duckdb").write_text("no database")
    with pytest.raises(ArchiveFailed, match="DuckDB"):
        write_archive(folder / "no.duckdb", wanted()[:1], ["xlsx"], folder / "all.zip")
    assert [one.name for one in folder.iterdir()] == ["no.duckdb"]
