"""The demo through the intake's own checks: what is planned to fail fails, and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from etl.check import Checked, Terms, check_file
from etl.declare import all_returns
from etl.load import register

SLIPS = {
    "R6_相互紹介記録_夕凪原市_架空データ.csv": (210, (4, 9, 15)),
    "R5_相互紹介記録_青苑市_架空データ.csv": (104, (5, 11)),
    "R6_相互紹介記録_星見野市_架空データ.csv": (126, (3, 12)),
    "R6.4-R6.12_相互紹介記録_風待市_架空データ.csv": (67, (8, 20)),
    "R6_会議開催・出席記録_鈴音市_架空データ.csv": (106, (2, 6, 9)),
}


@pytest.fixture(scope="module")
def checked(demo) -> dict[Path, Checked]:
    terms = Terms(register(), all_returns(), date(2025, 4, 10), "99", None)
    return {path: check_file(path.read_bytes(), path.name, terms) for path in demo.paths}


def test_only_the_planned_rows_are_set_aside(checked):
    found = {path.name: each for path, each in checked.items() if each.quarantined}
    assert {name: (each.table.num_rows, each.quarantined) for name, each in found.items()} == SLIPS


def test_every_other_row_is_taken(checked):
    taken = dict.fromkeys(all_returns(), 0)
    for each in checked.values():
        if each.table is not None:
            taken[each.declared.id] += each.table.num_rows
    assert taken == {"referral": 5905, "meeting": 4647, "consultation": 2271, "practice": 114, "example": 44}


def test_only_the_files_that_lie_apart_are_refused_whole(checked):
    assert {path.parent.name for path, each in checked.items() if each.refused} == {"wrong"}
    assert sum(each.refused for each in checked.values()) == 3
