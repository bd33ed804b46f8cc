"""The definitions of all indicators as a page shows them and as a file carries them: made from the catalog."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import labels, notice, theme
from ui.internal.memory import kept
from ui.internal.words import MILESTONES

KINDS = {
    "proportion": "割合（％）。信頼区間はウィルソン法",
    "rate": "率（人口10万人・1か月当たり）。信頼区間は正確法（10件未満）又はバイアー法",
    "ratio": "比（1を超えることがある）。信頼区間は正確法（10件未満）又はバイアー法",
    "duration": "日数の中央値。カプラン・マイヤー法",
    "count": "全数のうちの数（％）。全て数えているため信頼区間はない",
}
PERIODS = {"month": "月", "fiscal_year": "年度"}


def days_of_the_law() -> str:
    """The days from which law and notice hold, as a list."""
    return "\n".join(f"- **{labels.day_text(day)}**：{what}" for day, what in MILESTONES.items())


def of_item(item: str) -> list[Indicator]:
    """The indicators that show one item of the notice, by title."""
    return sorted((one for one in load_catalog().values() if item in one.notice), key=lambda one: one.title)


def section(item: str) -> None:
    """One item of the notice: what it asks for, then each of its indicators in a fold of its own."""
    said = notice.ITEMS[item]
    st.header(f"{item}　{said.title}", anchor=item)
    st.markdown(f"通知の{said.place}：{said.asks}")
    st.html(_folds(item))


@kept(16)
def _folds(item: str) -> str:
    return STYLE + "".join(_fold(one) for one in of_item(item))


STYLE = (
    "<style>details.def{border:1px solid " + theme.GRID + ";border-radius:.4rem;padding:.35rem .8rem;margin:.3rem 0}"
    "details.def summary{cursor:pointer;font-weight:600}details.def dl{display:grid;"
    "grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:.4rem 0;font-size:.9rem}"
    "details.def dt{color:" + theme.MUTED + "}details.def dd{margin:0;overflow-wrap:anywhere}"
    "@media (max-width:640px){details.def dl{grid-template-columns:1fr}details.def dd{margin:0 0 .3rem 0}}</style>"
)


def _fold(indicator: Indicator) -> str:
    rows = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(text)}</dd>" for name, text in facts(indicator).items()
    )
    return (
        f"<details class=def><summary>{html.escape(indicator.title)}</summary><dl>{rows}</dl>"
        f'<p><a href="indicator?indicator={indicator.id}">この指標の値を見る</a></p></details>'
    )


def facts(indicator: Indicator) -> dict[str, str]:
    """Everything the declaration says, by its Japanese name."""
    return {
        "分子": indicator.numerator,
        "分母": indicator.denominator,
        "単位": indicator.unit,
        "種類": KINDS[indicator.kind],
        "集計の単位": PERIODS[indicator.period],
        "読み方": labels.READING_WORDS[indicator.reading],
        "内訳": _breakdown(indicator),
        "注意": indicator.note,
        "通知との対応": "・".join(f"{one} {notice.ITEMS[one].title}" for one in indicator.notice),
        "出典": indicator.source,
        "識別名": indicator.id,
    }


def _breakdown(indicator: Indicator) -> str:
    if indicator.breakdown is None:
        return "なし"
    values = "・".join(indicator.breakdown.labels.values())
    return indicator.breakdown.name + (f"（{values}）" if values else "")


def table(indicators: Sequence[Indicator]) -> pd.DataFrame:
    """One row per indicator, in the order given."""
    return pd.DataFrame([{"指標": one.title, **facts(one)} for one in indicators])
