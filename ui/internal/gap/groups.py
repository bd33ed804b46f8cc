"""The gap inside and between groups: kinds of municipality, with and without welfare office, 圏域."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import chart, exports, frame, labels, tables
from ui.charts.base import Figure
from ui.charts.grouped import grouped
from ui.internal import clicks, gaps_store, store
from ui.internal.gap import redraw
from ui.internal.memory import kept
from ui.labels import sentences
from ui.labels.sentences.gaps import width_text
from ui.rows import rows_of
from ui.url import url_select
from ui.wide import wide

GROUPINGS = {
    gaps_store.KIND: "種別（政令指定都市・中核市・市・町・村）",
    gaps_store.OFFICE: "福祉事務所の有無",
    gaps_store.REGION: "圏域",
}
VERDICTS = {
    "beyond": "偶然を超える差がある",
    "within": "差があるとは言えない",
    "none": "判定しない",
}


@dataclass(frozen=True)
class Groups:
    sentence: str
    figure: Figure


@st.fragment
def section(version: str, indicator: Indicator, months: Sequence[str], area: str | None) -> None:
    redraw.whole_page_if_chosen()
    left, _ = st.columns([1.4, 2])
    with left:
        grouping = url_select("分け方", list(GROUPINGS), "group", shown=lambda one: GROUPINGS[one])
    shown = _groups(version, indicator.id, tuple(months), grouping, area)
    if shown is None:
        frame.nothing_here(
            "圏域の一覧がありません。",
            "この県の市区町村がどの圏域に属するかが登録されていません。",
            "`data/regions.csv` に「団体コード,市区町村,圏域」の列で並べて保存し（文字コードはUTF-8かCP932）、"
            "`python -m etl build` を実行すると、圏域別に比べられます。",
        )
        return
    st.markdown(shown.sentence)
    with wide("groups"):
        chart.show(
            shown.figure, key="groups", on_choose=clicks.on_map(area),
            alt=f"{indicator.title}の{GROUPINGS[grouping]}別の分布",
        )  # fmt: skip
    st.caption(
        "点は市区町村、太い縦線は区分の値（区分の市区町村を合計したもの）、破線は県全体。白抜きは一部の報告による値。"
        "区分の中の差の判定は、値のある市区町村が5以上の区分だけで行います。"
    )
    period = labels.period_text(sentences.span(indicator, months))
    tables.data_table(
        lambda: table(version, indicator, tuple(months), grouping),
        key="groups",
        title=f"{indicator.title}・{GROUPINGS[grouping].partition('（')[0]}別（{period}）",
        about=sentences.about(store.meta(version), indicator, months),
        pictures=[exports.Picture(shown.figure)],
    )


@kept(512)
def _groups(version: str, indicator_id: str, months: tuple[str, ...], grouping: str, area: str | None) -> Groups | None:
    member = gaps_store.groups(version, grouping)
    if not member:
        return None
    indicator, names = load_catalog()[indicator_id], store.names(version)
    estimates = store.of_areas(version, indicator_id, months)
    each, whole = estimates.iloc[:-1], estimates.iloc[-1]
    found = gaps_store.gap_by(version, indicator_id, months, grouping)
    figure = grouped(
        each.assign(name=each["area_code"].map(names), group=each["area_code"].map(member)),
        dict(zip(found["group"], found["value"], strict=True)),
        indicator.kind,
        indicator.unit,
        float(whole["value"]),
        area,
    )
    return Groups(_sentence(found, indicator), figure)


def _sentence(found: pd.DataFrame, indicator: Indicator) -> str:
    kind = indicator.kind
    field = "median" if kind == "duration" else "value"
    what = "の中央値" if kind == "duration" else ""
    known = found[found[field].notna()]
    if known.empty:
        return "値のある市区町村がありません。"
    values = "、".join(
        f"{row.group}{what}は{labels.bold(labels.with_unit(getattr(row, field), kind))}（{row.areas}市区町村）"
        for row in rows_of(known)
    )
    beyond = known.loc[known["verdict"] == "beyond", "group"].tolist()
    within = known.loc[known["verdict"] == "within", "group"].tolist()
    inside = f"区分の中で偶然を超える差があるのは{'、'.join(beyond)}です。" if beyond else ""
    inside += f"{'、'.join(within)}の中では、差があるとは言えません。" if within else ""
    return f"{values}です。{inside}"


def table(version: str, indicator: Indicator, months: tuple[str, ...], grouping: str) -> pd.DataFrame:
    kind, rows = indicator.kind, gaps_store.gap_by(version, indicator.id, months, grouping)
    unit = labels.short_unit(kind)

    def text(value: float) -> str:
        return labels.NOT_APPLICABLE if math.isnan(value) else labels.number_text(value, kind)

    return pd.DataFrame(
        {
            "区分": rows["group"],
            "値のある市区町村": [f"{count}" for count in rows["areas"]],
            "値のない市区町村": [f"{count}" for count in rows["not_shown"]],
            f"区分の値（{unit}）": [text(value) for value in rows["value"]],
            f"中央値（{unit}）": [text(value) for value in rows["median"]],
            f"最小（{unit}）": [text(value) for value in rows["least"]],
            f"最大（{unit}）": [text(value) for value in rows["most"]],
            "偶然を除いた標準偏差": [
                labels.NOT_APPLICABLE if math.isnan(one) else width_text(one, kind) for one in rows["between_sd"]
            ],
            "区分の中の差": [VERDICTS[one] for one in rows["verdict"]],
        }
    )
