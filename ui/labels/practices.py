"""The yearly answers about day-to-day practice: each answer with its mark, and what changed since the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ui import labels
from ui.labels.cells import NO, YES, Cell

# The four practices of the notice, 3(1), then how recommendations are made; True: answered by a number of times.
PRACTICES: Mapping[str, tuple[str, bool]] = {
    "liaison_designated": ("連絡調整担当", False),
    "information_sharing_count": ("情報共有の機会（回）", True),
    "joint_training_count": ("合同研修（回）", True),
    "leaflets_both": ("リーフレット（双方）", False),
}
PROCEDURE = "recommendation_procedure"
ITEMS: Mapping[str, tuple[str, bool]] = {**PRACTICES, PROCEDURE: ("利用勧奨の手順", False)}
# Shades of a cell: practised; begun or more often.
DONE_SHADE, BEGUN_SHADE = 1, 2
BEGUN_SIGN, ENDED_SIGN = "新", "止"
BEGUN, GOES_ON, ENDED = "新たに実施", "継続", "なくなった"


@dataclass(frozen=True)
class Answer:
    """One answer of one year. state: 'value', 'not_sent', or 'not_applicable' for what was left blank or marked.

    is_done: whether it is practised at all; None where that is not known. change: against the year before, '' where
    there is nothing to compare. since: the first fiscal year of the unbroken run of years in which it was reported.
    """

    text: str
    state: str
    is_done: bool | None
    change: str = ""
    since: int | None = None


def answers(practices: pd.DataFrame, codes: Iterable[str], fiscal_year: int) -> dict[str, dict[str, Answer]]:
    """Municipality → item → answer of that year. practices: the yearly answers as sent, of all years."""
    rows = practices.astype(object)
    rows = rows.where(rows.notna(), None)
    sent = {(row["area_code"], int(row["fiscal_year"])): row for row in rows.to_dict("records")}
    return {code: {item: _answer(sent, code, fiscal_year, item) for item in ITEMS} for code in codes}


def _answer(sent: Mapping[tuple[str, int], Mapping[str, Any]], code: str, year: int, item: str) -> Answer:
    row = sent.get((code, year))
    if row is None:
        return Answer(labels.NOT_SENT, "not_sent", None)
    value, mark = row[item], row.get(f"{item}_mark")
    if value is None:
        return Answer(mark or labels.UNKNOWN, "hidden" if mark == labels.HIDDEN else "not_applicable", None)
    before = sent.get((code, year - 1), {}).get(item)
    text = f"{value}回" if ITEMS[item][1] else "有" if value else "無"
    since = _since(sent, code, year, item) if value else None
    return Answer(text, "value", bool(value), _change(value, before, item), since)


def _change(value: Any, before: Any, item: str) -> str:
    if before is None:
        return ""
    if ITEMS[item][1]:
        return f"{value - before:+d}" if value != before else "±0"
    if value:
        return GOES_ON if before else BEGUN
    return ENDED if before else ""


def _since(sent: Mapping[tuple[str, int], Mapping[str, Any]], code: str, year: int, item: str) -> int:
    while sent.get((code, year - 1), {}).get(item):
        year -= 1
    return year


def done(own: Mapping[str, Answer]) -> tuple[int, int]:
    """How many of the four practices are done, and how many were answered."""
    known = [is_done for item in PRACTICES if (is_done := own[item].is_done) is not None]
    return sum(known), len(known)


def of_four(own: Mapping[str, Answer]) -> Cell:
    yes, known = done(own)
    if not known:
        state = "not_sent" if any(one.state == "not_sent" for one in own.values()) else "not_applicable"
        return Cell(labels.NOT_SENT if state == "not_sent" else labels.UNKNOWN, state)
    blank = len(PRACTICES) - known
    return Cell(f"{yes}" + (f"（不明{blank}）" if blank else ""), mark=f"{yes}" + (labels.UNKNOWN if blank else ""))


def cell(one: Answer) -> Cell:
    is_more = one.change == BEGUN or (one.change.startswith("+"))
    shade = None if not one.is_done else BEGUN_SHADE if is_more else DONE_SHADE
    return Cell(one.text + note(one), one.state, shade, _mark(one))


def _mark(one: Answer) -> str:
    """The answer in a sign: the number of times with an arrow, or whether it is done, begun, ended."""
    if one.text.endswith("回"):
        arrow = {"+": "↑", "-": "↓"}.get(one.change[:1], "")
        return one.text.removesuffix("回") + arrow
    if one.is_done is None:
        return ""
    return {BEGUN: BEGUN_SIGN, ENDED: ENDED_SIGN}.get(one.change, YES if one.is_done else NO)


def note(one: Answer) -> str:
    """What stands in brackets behind an answer."""
    if not one.change:
        return ""
    is_going_on = one.since is not None and not one.text.endswith("回") and one.change != BEGUN
    since = f"（{labels.short_fiscal_year(one.since)}～）" if is_going_on and one.since else ""
    return f"（{one.change}）" if one.text.endswith("回") else f"・{one.change}{since}"


def sentences(found: Mapping[str, Mapping[str, Answer]], names: Mapping[str, str], fiscal_year: int) -> list[str]:
    """How many reported, how many do all or none of the four, and what began or ended."""
    counted = {code: done(own) for code, own in found.items() if any(one.state != "not_sent" for one in own.values())}
    four = len(PRACTICES)
    every = sum(yes == four for yes, _ in counted.values())
    none = [names[code] for code, (yes, known) in counted.items() if not yes and known == four]
    doubtful = [names[code] for code, (yes, known) in counted.items() if not yes and known < four]
    said = [
        f"{labels.fiscal_year_text(fiscal_year)}の年次連携状況は、{len(found)}市区町村のうち**{len(counted)}**市区町村が"
        f"報告し、4つの取組の全てを実施しているのは**{every}**市区町村です。",
        f"4つとも実施していないと報告したのは**{len(none)}**市区町村です" + _listed(none) + "。",
    ]
    if doubtful:
        said.append(f"実施の報告がなく、未記入を含むのは{len(doubtful)}市区町村です{_listed(doubtful)}。")
    changes = []
    for item, (name, _) in ITEMS.items():
        own = [one[item] for one in found.values()]
        begun, ended = sum(map(_began, own)), sum(map(_stopped, own))
        changes.append(f"{name.removesuffix('（回）')}（新たに{begun}、なくなった{ended}）")
    return [*said, f"前年度の報告と比べた市区町村の数は、{'、'.join(changes)}です。"]


def _listed(names: list[str]) -> str:
    return f"（{'、'.join(names)}）" if names else ""


def _began(one: Answer) -> bool:
    """Done now and not the year before; a number of times began when all of it is new."""
    return one.change == BEGUN or (bool(one.is_done) and one.change == f"+{one.text.removesuffix('回')}")


def _stopped(one: Answer) -> bool:
    return one.change == ENDED or (one.is_done is False and one.change.startswith("-"))


def own_sentence(own: Mapping[str, Answer], name: str, fiscal_year: int) -> str:
    """One municipality's answers in a line."""
    each = "、".join(
        f"{title}は{one.text}{note(one)}" for (title, _), one in zip(ITEMS.values(), own.values(), strict=True)
    )
    return f"{name}の{labels.fiscal_year_text(fiscal_year)}：{each}。"
