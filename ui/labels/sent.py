"""What was sent of a return, in marks and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from ui.labels.cells import Cell

STATES = {"received": "受領", "zero": "0件", "partial": "一部", "returned": "差戻し", "missing": "未提出"}
# A letter or a shape of its own for each state: colour only repeats what the mark says.
CELLS = {
    "received": Cell("●"),
    "zero": Cell("0"),
    "partial": Cell("△", shade=1),
    "returned": Cell("戻", shade=2),
    "missing": Cell("未", "not_sent"),
}
MARKS = {state: cell.text for state, cell in CELLS.items()}
MEANINGS = {
    "received": "受領（行の全てを受け入れた）",
    "zero": "0件の報告",
    "partial": "一部（保留した行がある）",
    "returned": "差戻し（送り直しを待っている）",
    "missing": "未提出",
}
_FULL = ("received", "zero")


def by_month(coverage: pd.DataFrame, areas: Sequence[str], months: Sequence[str], return_id: str) -> pd.DataFrame:
    """State by area (index) and month (columns) of what was received: 'received', 'zero', 'partial' or 'missing'."""
    sent = coverage[coverage["return_id"] == return_id]
    matrix = sent.pivot(index="area_code", columns="period", values="state").reindex(index=list(areas), columns=months)
    return matrix.astype(object).where(matrix.notna(), "missing")


def months_in_question(months: Sequence[str], reported: Sequence[str], today: str) -> list[str]:
    """Months that can be missing: those that are over by `today` ('YYYY-MM'), and those somebody reported already."""
    last = max([*(month for month in months if month < today), *(set(months) & set(reported))], default="")
    return [month for month in months if month <= last]


def over_months(coverage: pd.DataFrame, areas: Sequence[str], months: Sequence[str], return_id: str) -> dict[str, str]:
    """What each area sent of a return over the months: 'value' (all of them), 'partial' or 'not_sent'."""
    sent = coverage[coverage["return_id"] == return_id]
    wanted = set(months)
    asked = [
        (code, month, state)
        for code, month, state in zip(*(sent[part].tolist() for part in ("area_code", "period", "state")), strict=True)
        if month in wanted
    ]
    full = Counter(code for code, _ in {(code, month) for code, month, state in asked if state in _FULL})
    some = {code for code, _, _ in asked}
    return {code: "value" if full[code] == len(months) else "partial" if code in some else "not_sent" for code in areas}


def sentence(found: Mapping[str, str], title: str) -> str:
    """How many areas sent all, a part, nothing. found: of over_months."""
    full, part = (list(found.values()).count(state) for state in ("value", "partial"))
    return (
        f"{title}は、{len(found)}市区町村のうち**{full}**市区町村が期間の全て、{part}市区町村が一部で、"
        f"{len(found) - full - part}市区町村は未提出です。"
    )
