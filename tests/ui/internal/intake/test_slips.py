"""Return slips of many files in one archive."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from tests.ui.internal.intake.test_matrix import receipt
from ui.internal.intake.batch import Handed, needs_answer
from ui.internal.intake.slips import archive

WRONG = {
    "sheet": None,
    "row": None,
    "line": None,
    "column": None,
    "value": None,
    "rule": "header_missing",
    "level": "file",
    "message": "報告.csv：見出し行が見つかりません。",
}


def test_files_of_one_name_get_slips_of_different_names() -> None:
    same = [Handed(receipt(day, problems=(WRONG,)), None) for day in (1, 2, 3)]
    with zipfile.ZipFile(io.BytesIO(archive(same))) as found:
        assert found.namelist() == ["返却票_報告.xlsx", "返却票_報告(2).xlsx", "返却票_報告(3).xlsx"]
        book = openpyxl.load_workbook(io.BytesIO(found.read("返却票_報告(2).xlsx")))
    assert book["確認事項"]["A1"].value == "返却票：報告.csv（架空データ）"
    assert "見出し行が見つかりません。" in [cell.value for cell in book["確認事項"]["E"]]


def test_notices_alone_need_no_answer() -> None:
    assert needs_answer(receipt(1, problems=(WRONG,)))
    assert not needs_answer(receipt(1, outcome="accepted", problems=({**WRONG, "level": "notice"},)))
    assert not needs_answer(receipt(1, outcome="accepted", unchanged=True, problems=({**WRONG, "level": "notice"},)))
