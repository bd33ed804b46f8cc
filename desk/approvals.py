"""Who approved which release and who took it back: both are said at the desk before they are done.

The digest names the draft that was seen: what is published is what was approved, or it is not published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.records import Desk, Record

APPROVAL, WITHDRAWAL = KINDS = ("release_approval", "release_withdrawal")
LONGEST_REASON = 400


class ApprovalRefused(ValueError):  # noqa: N818
    """What was entered is no approval. `problems` are sentences for the person at the desk."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Approval:
    """The word of one person for one draft: which number it gets, its digest, the fiscal years in it."""

    number: int
    digest: str
    fiscal_years: tuple[int, ...]
    who: str
    at: str
    record_id: int


@dataclass(frozen=True)
class Withdrawal:
    """That a release was to be taken away, and why."""

    number: int
    reason: str
    who: str
    at: str


def approve(
    desk: Desk, number: int, digest: str, fiscal_years: Sequence[int], who: str, *, is_confirmed: bool
) -> Approval:
    """Records the approval of a draft. Raises ApprovalRefused without a name, a draft or the confirmation."""
    problems = [] if is_confirmed else ["「内容を確かめ、公表を承認します」に印を付けてください。"]
    if not digest.strip() or number < 1:
        problems.append("公表案がありません。公表案を作り直してください。")
    _refuse(problems, who)
    value = {"digest": digest, "fiscal_years": [int(year) for year in fiscal_years]}
    return _approval(desk.append(APPROVAL, str(number), value, who.strip()))


def withdraw(desk: Desk, number: int, reason: str, who: str) -> Withdrawal:
    """Records that a release is taken away. Raises ApprovalRefused without a name or a reason."""
    problems = [] if reason.strip() else ["取り下げる理由を入力してください。"]
    if len(reason) > LONGEST_REASON:
        problems.append(f"理由は{LONGEST_REASON}文字までで入力してください。")
    _refuse(problems, who)
    return _withdrawal(desk.append(WITHDRAWAL, str(number), {"reason": reason.strip()}, who.strip()))


def approvals(desk: Desk) -> list[Approval]:
    """Every approval, oldest first; also of drafts that were not published in the end."""
    return [_approval(record) for record in desk.records(APPROVAL)]


def withdrawals(desk: Desk) -> list[Withdrawal]:
    """Every withdrawal, oldest first."""
    return [_withdrawal(record) for record in desk.records(WITHDRAWAL)]


def approval_of(desk: Desk, number: int, digest: str) -> Approval | None:
    """The last approval of exactly this draft under this number."""
    found = [one for one in approvals(desk) if (one.number, one.digest) == (number, digest)]
    return found[-1] if found else None


def _approval(record: Record) -> Approval:
    value = record.value
    return Approval(
        int(record.subject), value["digest"], tuple(value["fiscal_years"]), record.who, record.at, record.id
    )


def _withdrawal(record: Record) -> Withdrawal:
    return Withdrawal(int(record.subject), record.value["reason"], record.who, record.at)


def _refuse(problems: list[str], who: str) -> None:
    if not who.strip():
        problems = [*problems, "承認又は取下げをする人の名前又は係名を入力してください。"]
    if problems:
        raise ApprovalRefused(problems)
