"""Running the two meetings together: forms of holding, overlap of members and of cases."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import load_catalog
from ui import chart, charts, exports, frame, labels, tables
from ui.charts.base import Figure
from ui.internal import store, words
from ui.internal.memory import kept
from ui.internal.view import View, of_place
from ui.labels.rounding import fixed

FORMS = "joint_operation_rate"
OVERLAP = ("member_overlap", "shared_case_rate", "cases_per_meeting")


NOTHING_COUNTED = "この期間に数えられる会議がありません。"


@dataclass(frozen=True)
class Card:
    title: str
    value: str
    below: str
    note: str


@dataclass(frozen=True)
class Forms:
    sentence: str
    figure: Figure
    table: pd.DataFrame


def section(view: View) -> None:
    cards = _cards(view.version, view.months, view.area)
    for card, column in zip(cards, st.columns(max(len(cards), 1)), strict=False):
        with column:
            st.metric(card.title, card.value, border=True, height="stretch", help=card.note)
            st.caption(card.below)
    indicator = load_catalog()[FORMS]
    st.subheader("開催方法")
    found = _forms(view.version, view.months, view.area)
    if found is None:
        frame.nothing_here(
            "開催方法を示せません。",
            f"{view.where}には、この期間に開催方法が記入された地域協議会・支援会議がありません。",
            "期間か市区町村を変えてください。",
        )
        return
    st.markdown(found.sentence)
    chart.show(found.figure, key="forms", alt="地域協議会と支援会議の開催方法別の割合")
    st.caption(f"分子：{indicator.numerator}　分母：{indicator.denominator}　{indicator.note}")
    tables.data_table(
        found.table,
        key="forms",
        title=view.title("開催方法別の会議の回数"),
        about=view.about(f"出典：{indicator.source}"),
        pictures=[exports.Picture(found.figure)],
    )


@kept(256)
def _cards(version: str, months: tuple[str, ...], area: str | None) -> list[Card]:
    found = []
    for indicator in (load_catalog()[one] for one in OVERLAP if one in load_catalog()):
        row = of_place(version, indicator.id, months, area)
        text = labels.with_unit(row["value"], indicator.kind, row["state"], row["high"])
        shown = text.removesuffix(labels.PARTIAL_MARK)
        interval = labels.interval_text(row["low"], row["high"], indicator.kind)
        counts = f"{row['numerator']:,} ／ {row['denominator']:,}{text.removeprefix(shown)}"
        below = "　".join(part for part in (f"95％信頼区間 {interval}" if interval else "", counts) if part)
        found.append(Card(indicator.title, shown, below if row["denominator"] else NOTHING_COUNTED, indicator.note))
    return found


@kept(256)
def _forms(version: str, months: tuple[str, ...], area: str | None) -> Forms | None:
    indicator = load_catalog()[FORMS]
    assert indicator.breakdown is not None
    parts = store.of_breakdown(version, FORMS, months, area)
    shown = parts[parts["denominator"] > 0]
    if shown.empty:
        return None
    names = [words.form(code) for code in shown["breakdown"]]
    each = "、".join(f"{name} {int(count)}回" for name, count in zip(names, shown["numerator"], strict=True))
    together = int(shown.loc[shown["breakdown"].isin(indicator.breakdown.headline), "numerator"].sum())
    of = int(shown["denominator"].max())
    value, low, high = store.shares((together,), (of,))[0]
    sentence = (
        f"開催方法の分かる地域協議会・支援会議{of:,}回のうち、機能追加・同日分割・一体開催は**{together:,}**回"
        f"（{fixed(value * 100, 1)}％、95％信頼区間 {labels.interval_text(low, high, 'proportion')}）です（{each}）。"
    )
    figure = charts.bars(shown, names, indicator.kind, indicator.unit)
    return Forms(sentence, figure, tables.estimate_table(shown, names, indicator, "開催方法"))
