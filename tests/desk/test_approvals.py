"""An approval names the draft that was seen, and stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import approvals
from desk.approvals import ApprovalRefused
from desk.records import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(f"sqlite:///{(tmp_path / 'desk.sqlite').as_posix()}")


def test_an_approval_keeps_who_when_and_what_was_seen(desk: Desk) -> None:
    entered = approvals.approve(desk, 3, "abc123", [2023, 2024], " 山田 ", is_confirmed=True)
    (kept,) = approvals.approvals(desk)
    assert kept == entered
    assert (kept.number, kept.digest, kept.fiscal_years, kept.who) == (3, "abc123", (2023, 2024), "山田")
    assert kept.at[:2] == "20"


def test_an_approval_counts_only_for_the_draft_that_was_seen(desk: Desk) -> None:
    approvals.approve(desk, 3, "abc123", [2024], "山田", is_confirmed=True)
    assert approvals.approval_of(desk, 3, "abc123") is not None
    assert approvals.approval_of(desk, 3, "another") is None
    assert approvals.approval_of(desk, 4, "abc123") is None


@pytest.mark.parametrize(
    ("number", "digest", "who", "is_confirmed", "said"),
    [
        (1, "abc", "山田", False, "印を付けて"),
        (1, "abc", " 　", True, "名前又は係名"),
        (1, " ", "山田", True, "公表案がありません"),
        (0, "abc", "山田", True, "公表案がありません"),
    ],
)
def test_what_is_no_approval_is_not_kept(
    desk: Desk, number: int, digest: str, who: str, is_confirmed: bool, said: str
) -> None:
    with pytest.raises(ApprovalRefused, match=said):
        approvals.approve(desk, number, digest, [2024], who, is_confirmed=is_confirmed)
    assert approvals.approvals(desk) == []


def test_a_release_is_taken_back_with_a_name_and_a_reason(desk: Desk) -> None:
    for reason, who in ((" ", "山田"), ("誤りのため", ""), ("長" * 401, "山田")):
        with pytest.raises(ApprovalRefused):
            approvals.withdraw(desk, 2, reason, who)
    assert approvals.withdrawals(desk) == []
    approvals.withdraw(desk, 2, "誤りのため", "佐藤")
    (kept,) = approvals.withdrawals(desk)
    assert (kept.number, kept.reason, kept.who) == (2, "誤りのため", "佐藤")
