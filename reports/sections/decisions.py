"""What the last meeting decided, and the figures it had then beside those of now."""

from __future__ import annotations

import math

import pandas as pd

from desk.meetings import Decision, Figure, last_meeting
from desk.records import DeskUnavailable
from metrics.catalog import load_catalog
from reports.content import Block, Cell, Section, Sentences, Table
from reports.sources import WHOLE, Sources
from ui import labels
from ui.labels import sentences

ID, TITLE = "decisions", "前回会議の決定とその後"
NOTHING = "記録された決定はありません。決定は「会議資料」のページで記録すると、次の資料に載ります。"
NOTE = "会議時は会議のときに示された値です。その後に値が動いたことを示すもので、決定の効果を示すものではありません。"


def section(of: Sources) -> Section:
    """The decisions of the last day up to the pack's, about this municipality or (prefecture) about anyone."""
    try:
        decided = last_meeting(of.desk, area=of.area, until=of.options.created)
    except DeskUnavailable as unavailable:
        return Section(ID, TITLE, [], f"記録を読めません：{unavailable}")
    if not decided:
        return Section(ID, TITLE, [], NOTHING)
    day, names = labels.day_text(decided[0].on.isoformat()), dict.fromkeys(one.meeting for one in decided)
    blocks: list[Block] = [Sentences([f"{day}の{'・'.join(names)}の記録です。"]), _decided(of, decided)]
    rows = [_moved(of, one, figure) for one in decided for figure in one.figures if figure.indicator_id in _known()]
    if rows:
        heads = ["対象", "指標", "会議時の期間", "会議時", "今回の期間", "今回", "差"]
        blocks.append(Table("会議時の値と今回の値", heads, rows, note=NOTE))
    return Section(ID, TITLE, blocks)


def _decided(of: Sources, decided: list[Decision]) -> Table:
    return Table(
        title="決定と意見",
        heads=["対象", "決定", "意見"],
        rows=[[Cell(_about(of, one)), Cell(one.decision), Cell(one.comment)] for one in decided],
    )


def _about(of: Sources, decision: Decision) -> str:
    return of.names.get(decision.area_code, decision.area_code) if decision.area_code else WHOLE


def _known() -> set[str]:
    """An indicator given up since can't be compared any more."""
    return set(load_catalog())


def _moved(of: Sources, decision: Decision, then: Figure) -> list[Cell]:
    indicator = load_catalog()[then.indicator_id]
    now = _now(of, then.indicator_id, decision.area_code)
    value = float(now["value"])
    is_comparable = then.value is not None and not math.isnan(value)
    return [
        Cell(_about(of, decision)),
        Cell(indicator.title),
        Cell(labels.period_text(then.months)),
        Cell(then.text, None, then.state),
        Cell(labels.period_text(sentences.span(indicator, of.months))),
        Cell(labels.with_unit(value, indicator.kind, now["state"], now["high"]), None, now["state"]),
        Cell(labels.change_text(value, then.value or 0.0, indicator.kind) if is_comparable else labels.NOT_APPLICABLE),
    ]


def _now(of: Sources, indicator_id: str, area: str | None) -> pd.Series:
    if area is None:
        return of.whole(indicator_id)
    each = of.compared(indicator_id)
    row: pd.Series = each[each["area_code"] == area].iloc[0]
    return row
