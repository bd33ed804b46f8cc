"""python -m reports pack: what it writes, what it refuses, in sentences and exit codes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from reports.__main__ import main
from tests.sample_database import SampleDatabase

ASKED = ["pack", "--fiscal-year", "2024"]


def test_a_municipality_is_found_without_its_check_digit_and_its_workbook_written(
    sample_database: SampleDatabase, boundaries: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "pack.xlsx"
    asked = [*ASKED, "--municipality", "99201", "--sections", "facts,key", "--db", sample_database.path]
    assert main([*asked, "--out", str(out)]) == 0
    assert str(out) in capsys.readouterr().out
    names = openpyxl.load_workbook(out, read_only=True).sheetnames
    assert names[:3] == ["条件", "夕凪原市の概要", "主要な指標（県全体・類似する市区町村との比較）"]
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--out", "a.txt"], 2, ".pptx"),
        (["--out", "a.zip"], 2, ".zip"),
        (["--out", "a.pdf", "--all-municipalities"], 2, ".zip"),
        (["--out", "a.zip", "--all-municipalities", "--formats", "doc"], 2, "形式"),
        (["--out", "a.xlsx", "--municipality", "012025"], 2, "012025"),
        (["--out", "a.xlsx", "--sections", "facts,nope"], 2, "nope"),
        (["--out", "a.xlsx", "--sections", "positions"], 2, "positions"),
        (["--out", "a.xlsx", "--fiscal-year", "2019"], 1, "報告がありません"),
        (["--out", "a.xlsx", "--db", "nowhere.duckdb"], 1, "データベースがありません"),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence_and_nothing_is_left(
    sample_database: SampleDatabase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*ASKED, "--db", sample_database.path, *more]) == code
    told = capsys.readouterr()
    assert told.err.startswith("エラー：") and said in told.err and not told.out
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_file_that_was_there(
    sample_database: SampleDatabase, boundaries: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "pack.pdf"
    out.write_text("before")

    def broken(pack: object, path: Path) -> None:
        path.write_text("half")
        raise OSError(28, "disk full")

    monkeypatch.setattr("reports.formats.write", broken)
    assert main([*ASKED, "--sections", "facts", "--db", sample_database.path, "--out", str(out)]) == 1
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]
