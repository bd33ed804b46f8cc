"""What the overview and a pack of the prefecture say first: three sentences of fact, the key figures, the table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from metrics.answers import Answers, KeyFigure
from metrics.catalog import Indicator, load_catalog
from ui import labels
from ui.labels import chosen, sentences
from ui.rows import rows_of

NO_YEAR_BEFORE = "前年同期の報告なし"
CHANGE_NOTE = (
    "前年同期差は、前年度の同じ月との差です。色は良し悪しを示しません。"
    "（一部）は、未提出の月がある市区町村を含む値です。"
)


def three_facts(answers: Answers, months: Sequence[str]) -> list[str]:
    """How much was sent, the two values that matter most, who differs from the prefecture beyond chance."""
    asked = tuple(months)
    compared = [(load_catalog()[one], answers.compared(one, asked).frame) for one in chosen.COMPARED]
    return [
        sentences.coverage(answers.coverage(), len(answers.areas()), asked),
        sentences.changes([answers.key_figure(one, asked) for one in chosen.TOLD]),
        sentences.differences(compared, answers.names()),
    ]


@dataclass(frozen=True)
class KeyText:
    """A key figure in words. value with its mark but without unit; unit is '' where the value is a mark."""

    title: str
    value: str
    unit: str
    change: str
    interval: str
    counts: str
    state: str

    @property
    def whole_value(self) -> str:
        return self.value + self.unit


def key_text(figure: KeyFigure) -> KeyText:
    """The mark of a partly sent value stands with its counts."""
    now, indicator = figure.now, figure.indicator
    kind = indicator.kind
    text = labels.value_text(now["value"], kind, now["state"], now["high"]).removesuffix(labels.PARTIAL_MARK)
    interval = labels.interval_text(now["low"], now["high"], kind)
    return KeyText(
        title=indicator.title + ("（年度）" if indicator.is_yearly else ""),
        value=text,
        unit=labels.short_unit(kind) if text[:1].isdigit() else "",
        change=sentences.year_change(figure) or NO_YEAR_BEFORE,
        interval=f"95％信頼区間 {interval}" if interval else "",
        counts=labels.counts_text(now["numerator"], now["denominator"], kind)
        + (labels.PARTIAL_MARK if now["state"] == "partial" else ""),
        state=str(now["state"]),
    )


def cell_texts(estimates: pd.DataFrame, indicator: Indicator) -> list[str]:
    """Municipalities, then the prefecture; a single yes or no of one municipality is a word, not 100 per cent."""
    last = len(estimates) - 1
    return [_cell_text(row, indicator, is_whole=place == last) for place, row in enumerate(rows_of(estimates))]


def _cell_text(row: object, indicator: Indicator, *, is_whole: bool) -> str:
    value, denominator, state = row.value, row.denominator, row.state  # type: ignore[attr-defined]
    if indicator.kind == "count" and not is_whole and denominator == 1 and not math.isnan(value):
        return "有" if value else "無"
    return labels.value_text(value, indicator.kind, state, row.high)  # type: ignore[attr-defined]
