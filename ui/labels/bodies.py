"""Which bodies there are and whether both sides join, as rows of cells: municipality × body × side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from ui import labels
from ui.labels.cells import NO, SOME, YES, Cell
from ui.labels.law import BODIES, DUTY_FROM, SIDES

RETURN = "meeting"
HEADS = ("設置", "相手側の参画", *(f"{side}の出席" for side in SIDES.values()))
SIGNS = {True: YES, False: NO, None: ""}
YES_NO = {True: "有", False: "無", None: labels.UNKNOWN}
# Pale shades only: most cells are full, and the text must stay easy to read.
YES_SHADE, LAST_SHADE = 1, 2
HOW_TO_READ = (
    "設置と相手側の参画は、{year}の年次連携状況による（設置日の分かるものは年月）。相手側は、プラットフォームと協議会では困窮側、"
    "支援会議では孤独・孤立側。出席は「その側の機関が1つ以上出席した会議の回数／出欠の分かる会議の回数」で、双方に関わる機関の出席は"
    "両側に数えます。…：未記入"
)
Row = list[Cell]
Answer = Mapping[str, Any]  # a row of the yearly answers; None where a question was left blank


def yearly_answers(practices: pd.DataFrame, fiscal_year: int) -> dict[str, Answer]:
    """The yearly answers of one year by municipality."""
    rows = practices[practices["fiscal_year"] == fiscal_year].astype(object)
    rows = rows.where(rows.notna(), None)
    return {row["area_code"]: row for row in rows.to_dict("records")}


def rows_of(
    offices: Mapping[str, bool | None], states: Mapping[str, str], answers: Mapping[str, Answer], joined: pd.DataFrame
) -> dict[str, Row]:
    """The row of each municipality: welfare office, then of each body the cells of HEADS.

    states: what each sent of the meetings ('value', 'partial', 'not_sent'); joined: the tally meeting_joined.
    """
    came = {(row["area_code"], row["body"]): row for row in joined.to_dict("records")}
    return {
        code: [
            Cell(YES_NO[offices[code]]),
            *(
                cell
                for body in BODIES
                for cell in _of_body(body, answers.get(code), came.get((code, body)), states[code])
            ),
        ]
        for code in states
    }


def _of_body(body: str, answer: Answer | None, came: Mapping[str, int] | None, state: str) -> Row:
    is_there = answer[f"{body}_established"] if answer else None
    return [*_founded(body, answer), *(_joined(side, came, state, is_there) for side in SIDES)]


def _founded(body: str, answer: Answer | None) -> Row:
    """Whether there is such a body (since when), and whether the other side takes part in it."""
    if answer is None:
        return [Cell(labels.NOT_SENT, "not_sent")] * 2
    is_there, since = answer[f"{body}_established"], answer[f"{body}_established_date"]
    text = YES_NO[is_there] + (f" {since:%Y-%m-%d}" if since is not None and is_there else "")
    if is_there is False:
        return [Cell("無"), Cell(labels.NOT_APPLICABLE, "not_applicable")]
    other = answer[f"{body}_other_side"]
    return [
        Cell(_short(text), "value", YES_SHADE if is_there else None, SIGNS[is_there]),
        Cell(YES_NO[other], "value", YES_SHADE if other else None, SIGNS[other]),
    ]


def _short(text: str) -> str:
    """「有 2024-04-01」 as 「有 R6.4」."""
    word, _, day = text.partition(" ")
    return f"{word} {labels.short_month(day[:7])}" if day else word


def _joined(side: str, came: Mapping[str, int] | None, state: str, is_there: bool | None) -> Cell:
    if state == "not_sent":
        return Cell(labels.NOT_SENT, state)
    if came is None or not came["held"]:
        return Cell(labels.NOT_APPLICABLE, "not_applicable") if is_there is False else Cell("0回", state, mark="0")
    known, joined = came["known"], came[f"{side}_joined"]
    if not known:
        return Cell(labels.UNKNOWN, "not_applicable")
    shade = round(joined / known * LAST_SHADE)
    mark = YES if joined == known else SOME if joined else NO
    return Cell(f"{joined}/{known}回", "partial" if known < came["held"] else state, shade, mark)


def text_of(cell: Cell) -> str:
    """A cell of a matrix as a plain table says it."""
    return cell.text + (labels.PARTIAL_MARK if cell.state == "partial" else "")


def sentences(
    answers: Mapping[str, Answer], joined: pd.DataFrame, places: int, name_of: Callable[[str], str]
) -> list[str]:
    """How many have each body, and at how many of its meetings both sides' people came."""
    said = []
    for body in BODIES:
        answered = [one[f"{body}_established"] for one in answers.values() if one[f"{body}_established"] is not None]
        sums = joined[joined["body"] == body][["known", "support_joined", "connection_joined"]].sum()
        said.append(
            f"{name_of(body)}（{BODIES[body]}）：設置は**{sum(answered)}**市区町村（回答{len(answered)}、"
            f"全{places}）。出欠の分かる会議{int(sums['known']):,}回のうち、困窮側が出席したのは"
            f"{int(sums['support_joined']):,}回、孤独・孤立側は{int(sums['connection_joined']):,}回です。"
        )
    return said


def duty(months: Sequence[str], answered: Mapping[str, bool | None], offices: Mapping[str, bool | None]) -> str:
    """Whom the duty of effort about support meetings binds in these months, and how many of them have one.

    answered: whether each municipality that reported has a support meeting. offices: whether each has a welfare office.
    """
    who = "支援会議の設置の努力義務は、令和7年4月1日からの、福祉事務所設置自治体だけのものです。"
    if months[-1] < DUTY_FROM:
        return f"この期間は、支援会議の設置の努力義務（令和7年4月1日から）より前です。{who}"
    bound = [code for code, has_office in offices.items() if has_office]
    known = [answered[code] for code in bound if answered.get(code) is not None]
    return (
        f"{who}福祉事務所設置自治体{len(bound)}のうち、回答のあった{len(known)}自治体では、"
        f"{sum(map(bool, known))}自治体が設置しています。"
    )
