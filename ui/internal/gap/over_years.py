"""Whether the gap has become narrower over the fiscal years."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import chart, exports, labels, tables, theme
from ui.charts.base import Figure, layout_of
from ui.internal import gaps_store, store
from ui.internal.memory import kept
from ui.labels import sentences
from ui.labels.rounding import fixed
from ui.labels.sentences.gaps import width_text
from ui.rows import rows_of

LEAST_YEARS = 5
REASONS = {
    "kind": "この種類の指標では、偶然を除いた差を計算しないため、推移を示していません。",
    "few_areas": "全ての年度に値のある市区町村が5に満たないため、推移を示していません。",
}
DIRECTIONS = {
    "narrowed": "差は縮小の傾向にあると言えます",
    "widened": "差は拡大の傾向にあると言えます",
    "unchanged": "差に縮小・拡大の傾向があるとは言えません",
}
VERDICTS = {"beyond": "偶然を超える差がある", "within": "差があるとは言えない", "none": "判定しない"}


@dataclass(frozen=True)
class OverYears:
    sentence: str
    figure: Figure | None
    table: pd.DataFrame


def section(version: str, indicator: Indicator) -> None:
    shown = over_years(version, indicator.id)
    st.markdown(shown.sentence)
    if shown.figure is None:
        return
    chart.show(shown.figure, key="over-years", alt=f"{indicator.title}の差の年度別の推移")
    st.caption(
        "棒は、偶然を除いた市区町村間の標準偏差。全ての年度に値のある市区町村だけで計算し、年度により市区町村が変わらないようにしています。"
    )
    tables.data_table(
        shown.table,
        key="over-years",
        title=f"{indicator.title}・市区町村間の差の推移（年度別）",
        about=[
            *sentences.about_period(store.meta(version), store.reported_months(version))[::2],
            f"分子：{indicator.numerator}　分母：{indicator.denominator}",
            f"出典：{indicator.source}",
        ],
        pictures=[exports.Picture(shown.figure)],
    )


@kept(512)
def over_years(version: str, indicator_id: str) -> OverYears:
    indicator, found = load_catalog()[indicator_id], gaps_store.narrowing_of(version, indicator_id)
    if found.frame.empty:
        return OverYears(REASONS.get(found.reason, REASONS["few_areas"]), None, pd.DataFrame())
    kind, rows = indicator.kind, found.frame
    each = "、".join(
        f"{labels.fiscal_year_text(int(row.fiscal_year))}は{labels.bold(width_text(row.between_sd, kind))}"
        + ("" if row.verdict == "beyond" else "（差があるとは言えない）")
        for row in rows_of(rows)
    )
    head = f"偶然を除いた市区町村間の標準偏差は、{each}です（{found.areas}市区町村）。"
    return OverYears(head + _trend(found, indicator), _figure(rows, indicator), _table(rows, indicator))


def _trend(found: gaps_store.Narrowing, indicator: Indicator) -> str:
    if not found.direction:
        return f"年度が{len(found.frame)}で{LEAST_YEARS}に満たないため、縮小・拡大の傾向は判定していません。"
    slope = f"1年度当たり{'+' if found.slope >= 0 else '-'}{width_text(abs(found.slope), indicator.kind)}"
    return f"{DIRECTIONS[found.direction]}（Mann–Kendall検定 {labels.p_text(found.p)}、Senの傾き {slope}）。"


def _figure(rows: pd.DataFrame, indicator: Indicator) -> Figure:
    kind = indicator.kind
    factor = 100 if kind in labels.SHARES else 1
    bar = {
        "type": "bar",
        "x": [labels.short_fiscal_year(int(year)) for year in rows["fiscal_year"]],
        "y": (rows["between_sd"] * factor).round(3).tolist(),
        "marker": {"color": [theme.MID if one == "beyond" else theme.SCALE[1] for one in rows["verdict"]]},
        "text": [
            width_text(row.between_sd, kind) + ("" if row.verdict == "beyond" else "<br>差があるとは言えない")
            for row in rows_of(rows)
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "width": 0.5,
        "hoverinfo": "skip",
    }
    unit = "ポイント" if kind in labels.SHARES else labels.short_unit(kind)
    top = max(float(rows["between_sd"].max()) * factor * 1.3, 0.1)
    return {
        "data": [bar],
        "layout": layout_of(
            260,
            x_title="年度",
            y_title=f"標準偏差（{unit}）",
            xaxis={"type": "category"},
            yaxis={"range": [0, top]},
        ),
    }


def _table(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    kind, unit = indicator.kind, labels.short_unit(indicator.kind)
    return pd.DataFrame(
        {
            "年度": [labels.fiscal_year_text(int(year)) for year in rows["fiscal_year"]],
            "市区町村": [f"{count}" for count in rows["areas"]],
            "偶然を除いた標準偏差": [width_text(one, kind) for one in rows["between_sd"]],
            "差の判定": [VERDICTS[one] for one in rows["verdict"]],
            f"P10（{unit}）": [_text(one, kind) for one in rows["p10"]],
            f"P90（{unit}）": [_text(one, kind) for one in rows["p90"]],
            "P90/P10": [labels.NOT_APPLICABLE if math.isnan(one) else fixed(one, 2) for one in rows["p90_p10"]],
        }
    )


def _text(value: float, kind: str) -> str:
    return labels.NOT_APPLICABLE if math.isnan(value) else labels.number_text(value, kind)
