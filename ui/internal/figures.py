"""Key figures of the prefecture: the value of now, of the same months a year before, and the card that shows them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator
from ui import labels
from ui.internal import store


@dataclass(frozen=True)
class KeyFigure:
    """The prefecture's estimate and the one of the same months a year before (None when nobody reported)."""

    now: pd.Series
    before: pd.Series | None


def key_figure(version: str, indicator: Indicator, months: Sequence[str]) -> KeyFigure:
    now = store.of_whole(version, indicator.id, months)
    earlier = [f"{int(month[:4]) - 1}{month[4:]}" for month in months]
    before = store.of_whole(version, indicator.id, earlier)
    return KeyFigure(now, None if before["state"] in ("not_sent", "not_applicable") else before)


def card(indicator: Indicator, figure: KeyFigure) -> None:
    """A key figure with its interval and its change; grey, since a change of one year is not yet good or bad."""
    now, kind = figure.now, indicator.kind
    change = change_text(figure, kind)
    interval = labels.interval_text(now["low"], now["high"], kind)
    st.metric(
        indicator.title,
        labels.with_unit(now["value"], kind, now["state"], now["high"]).removesuffix(labels.PARTIAL_MARK),
        delta=change,
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
        help=f"分子：{indicator.numerator}／分母：{indicator.denominator}",
    )
    counts = f"{now['numerator']:,} ／ {now['denominator']:,}" if kind != "rate" else f"{now['numerator']:,}件"
    partial = labels.PARTIAL_MARK if now["state"] == "partial" else ""
    st.caption(f"95％信頼区間 {interval or '－'}  \n{counts}{partial}")


def change_text(figure: KeyFigure, kind: str) -> str | None:
    """「前年同期差 +3.2ポイント」; None when there is nothing to compare with."""
    if figure.before is None or math.isnan(figure.before["value"]) or math.isnan(figure.now["value"]):
        return None
    change = figure.now["value"] - figure.before["value"]
    if kind in labels.SHARES:
        return f"前年同期差 {change * 100:+.1f}ポイント"
    return f"前年同期差 {change:+,.0f}日" if kind == "duration" else f"前年同期差 {change:+,.1f}件"
