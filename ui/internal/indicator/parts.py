"""What one indicator is made of: its breakdown as bars, a duration as curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import chart, charts, exports, frame, labels, tables
from ui.charts.base import Figure
from ui.internal import store
from ui.internal.memory import kept
from ui.labels import sentences
from ui.labels.rounding import fixed
from ui.rows import rows_of
from ui.wide import wide


@dataclass(frozen=True)
class Parts:
    sentence: str
    figure: Figure


def breakdown(version: str, indicator: Indicator, months: Sequence[str], area: str | None, where: str) -> None:
    """One indicator by the values of its breakdown."""
    assert indicator.breakdown is not None
    shown = _bars(version, indicator.id, tuple(months), area)
    if shown is None:
        frame.nothing_here(
            "内訳がありません。", f"{where}には、この期間の報告がありません。", "期間か市区町村を変えてください。"
        )
        return
    st.markdown(shown.sentence)
    chart.show(shown.figure, key="breakdown", alt=f"{indicator.breakdown.name}別の値")
    tables.data_table(
        lambda: _parts_table(version, indicator, tuple(months), area),
        key="breakdown",
        title=f"{indicator.title}・{indicator.breakdown.name}別（{where}、{_period(indicator, months)}）",
        about=sentences.about(store.meta(version), indicator, months),
        pictures=[exports.Picture(shown.figure)],
    )


def _period(indicator: Indicator, months: Sequence[str]) -> str:
    return labels.period_text(sentences.span(indicator, months))


@kept(512)
def _bars(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> Parts | None:
    indicator = load_catalog()[indicator_id]
    shown, names = _with_value(version, indicator, months, area)
    if shown.empty:
        return None
    return Parts(sentences.parts(indicator, shown), charts.bars(shown, names, indicator.kind, indicator.unit))


def _with_value(
    version: str, indicator: Indicator, months: Sequence[str], area: str | None
) -> tuple[pd.DataFrame, list[str]]:
    assert indicator.breakdown is not None
    parts = store.of_breakdown(version, indicator.id, months, area)
    shown = parts[(parts["denominator"] > 0) & parts["value"].notna()]
    return shown, [indicator.breakdown.label(value) for value in shown["breakdown"]]


def _parts_table(version: str, indicator: Indicator, months: Sequence[str], area: str | None) -> pd.DataFrame:
    assert indicator.breakdown is not None
    shown, names = _with_value(version, indicator, months, area)
    return tables.estimate_table(shown, names, indicator, indicator.breakdown.name)


def curves(version: str, indicator: Indicator, months: Sequence[str], area: str | None, where: str) -> None:
    """A duration as the share reached by each day, together and by each value of its breakdown."""
    shown = _curves(version, indicator.id, tuple(months), area, where)
    if shown is None:
        frame.nothing_here(
            "曲線を描けません。",
            f"{where}には、この期間につないだ紹介がありません。",
            "期間か市区町村を変えてください。",
        )
        return
    st.markdown(shown.sentence)
    with wide("curve"):
        chart.show(shown.figure, key="curve", alt="初回相談に至った割合の曲線")
    st.caption(
        "カプラン・マイヤー法による推定。帯は95％信頼区間。"
        "まだ初回相談に至っていない紹介は、観察した日数まで数えています。"
    )
    tables.data_table(
        lambda: _curve_table(store.of_days(version, indicator.id, tuple(months), area)),
        key="curve",
        title=f"{indicator.title}・日数別（{where}、{_period(indicator, months)}）",
        about=sentences.about(store.meta(version), indicator, months),
        pictures=[exports.Picture(shown.figure)],
    )


@kept(512)
def _curves(version: str, indicator_id: str, months: Sequence[str], area: str | None, where: str) -> Parts | None:
    indicator = load_catalog()[indicator_id]
    whole = store.of_days(version, indicator_id, months, area)
    if whole.empty:
        return None
    found: dict[str, pd.DataFrame] = {}
    for value in indicator.breakdown.labels if indicator.breakdown else ():
        curve = store.of_days(version, indicator_id, months, area, value)
        if not curve.empty:
            found[indicator.breakdown.label(value)] = curve  # type: ignore[union-attr]
    month = whole[whole["days"] <= 30].iloc[-1]
    share = fixed(month["share"] * 100, 1)
    sentence = f"{where}では、つないだ日から30日目までに**{share}**％が初回相談に至っています（推定値）。"
    if len(found) < 2:
        return Parts(sentence, charts.step_curve(whole))
    return Parts(sentence + _by_value(found), charts.step_curves(found))


def _by_value(found: Mapping[str, pd.DataFrame]) -> str:
    said = [
        f"{name}は{fixed(curve[curve['days'] <= 30].iloc[-1]['share'] * 100, 1)}％" for name, curve in found.items()
    ]
    return f"内訳では、{'、'.join(said)}です。"


def _curve_table(curve: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "つなぎからの日数": [f"{day:.0f}" for day in curve["days"]],
            "初回相談に至った割合（％）": [fixed(share * 100, 1) for share in curve["share"]],
            "95％信頼区間": [labels.interval_text(row.low, row.high, "proportion") for row in rows_of(curve)],
            "観察中の件数": [f"{count:,}" for count in curve["at_risk"]],
        }
    )
