"""One indicator over time: the series, what is out of the ordinary in it, whether it has a trend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import chart, charts, exports, labels, tables
from ui.charts.base import Figure
from ui.internal import store
from ui.internal.memory import kept
from ui.labels import sentences
from ui.labels.rounding import fixed
from ui.wide import wide

RULES = {
    "beyond_limits": "管理限界の外",
    "shift": "8か月以上続けて中心線の同じ側",
    "drift": "6か月以上続けて上昇又は下降",
    "near_limits": "3か月中2か月が2標準誤差より外（同じ側）",
}
MOST_NAMED = 4


@dataclass(frozen=True)
class Trend:
    sentences: Sequence[str]
    figure: Figure
    has_limits: bool


def section(version: str, indicator: Indicator, area: str | None, where: str) -> None:
    """All months (fiscal years) anybody reported, of the prefecture or one municipality."""
    months = tuple(store.reported_months(version))
    shown = _trend(version, indicator.id, months, area, where)
    for sentence in shown.sentences:
        st.markdown(sentence)
    with wide("trend"):
        chart.show(shown.figure, key="trend", alt=f"{indicator.title}の推移")
    limits = "灰色の線は中心線と管理限界（3標準誤差）、黒い輪は信号のある月。" if shown.has_limits else ""
    band = "" if indicator.kind == "count" else "帯は95％信頼区間。"
    st.caption(
        f"{band}線の切れ目は値のない期間、白抜きは一部の報告による値。{limits}"
        "縦の点線は法律の施行・通知・努力義務の開始で、値の動きの理由を示すものではありません。"
    )
    tables.data_table(
        lambda: table(version, indicator, months, area),
        key="months",
        title=f"{indicator.title}・{'年度別' if indicator.is_yearly else '月別'}（{where}）",
        about=sentences.about(store.meta(version), indicator, months),
        pictures=[exports.Picture(shown.figure)],
    )


@kept(512)
def _trend(version: str, indicator_id: str, months: Sequence[str], area: str | None, where: str) -> Trend:
    indicator = load_catalog()[indicator_id]
    series = store.of_months(version, indicator_id, months, area)
    control = store.signals_of(version, indicator_id, months, area)
    has_limits = bool(control["centre"].notna().any())
    said = [sentences.trend(indicator, series, where)]
    if series["value"].notna().any() and indicator.kind != "count":
        said.append(signal_sentence(control) if has_limits else FEW_POINTS)
    said.append(_tendency_sentence(version, indicator, months, area))
    figure = charts.trend(series, indicator.kind, indicator.unit, control)
    return Trend(said, figure, has_limits)


FEW_POINTS = "値のある期間が12に満たないため、管理限界は引いていません。"


def signal_sentence(control: pd.DataFrame) -> str:
    """Which months are out of the ordinary, by rule."""
    found = control[control["signal"] != ""]
    if found.empty:
        return "管理図の規則に当たる月はなく、月ごとの上下は通常の範囲です。"
    parts = []
    for rule, group in found.groupby("signal", sort=False):
        named = [labels.month_text(period) for period in group["period"]]
        more = f"ほか{len(named) - MOST_NAMED}か月" if len(named) > MOST_NAMED else ""
        parts.append(f"{RULES[str(rule)]}：{'、'.join(named[:MOST_NAMED])}{more}")
    return f"通常の上下を超える信号が{len(found)}か月にあります（{'／'.join(parts)}）。"


def _tendency_sentence(version: str, indicator: Indicator, months: Sequence[str], area: str | None) -> str:
    """Rising, falling or neither, with Sen's slope; refused below five points."""
    found, kind = store.tendency(version, indicator.id, months, area), indicator.kind
    step = "年度" if indicator.is_yearly else "か月"
    if not found.method:
        return f"値のある期間が{found.n}で5に満たないため、上昇・下降の傾向は判定していません。"
    size = found.slope * (100 if kind in labels.SHARES else 1)
    unit = "ポイント" if kind in labels.SHARES else labels.short_unit(kind)
    slope = f"1{step}当たり{fixed(size, 2, '+')}{unit}"
    test = f"Mann–Kendall検定 {labels.p_text(found.p)}、Senの傾き {slope}"
    if math.isnan(found.p) or found.p >= 0.05:
        return f"上昇・下降の傾向があるとは言えません（{test}）。"
    return f"{'上昇' if found.s > 0 else '下降'}の傾向があると言えます（{test}）。理由を示すものではありません。"


def table(version: str, indicator: Indicator, months: Sequence[str], area: str | None) -> pd.DataFrame:
    series = store.of_months(version, indicator.id, months, area)
    names = [labels.period_name(period) for period in series["period"]]
    shown = tables.estimate_table(series, names, indicator, "年度" if indicator.is_yearly else "月")
    control = store.signals_of(version, indicator.id, months, area)
    if control["centre"].isna().all():
        return shown
    lower, upper = control["lower"], control["upper"]
    return shown.assign(
        管理限界=[labels.interval_text(*pair, indicator.kind) for pair in zip(lower, upper, strict=True)],
        信号=[RULES.get(signal, "") for signal in control["signal"]],
    )
