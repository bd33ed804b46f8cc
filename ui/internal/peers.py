"""Similar municipalities of the chosen one: who they are, why, and the reader's own choice of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui import labels, tables
from ui.internal import gaps_store, store
from ui.internal.memory import kept
from ui.labels.rounding import fixed
from ui.url_list import url_multiselect

COUNT = 8
PARTS = {
    "size": "人口規模",
    "kind": "種別",
    "welfare_office": "福祉事務所",
    "single_share": "単身世帯の割合",
    "older_share": "65歳以上の割合",
}
NOTE = (
    "類似度は、人口規模（対数、重み4）、種別、福祉事務所の有無、単身世帯の割合、65歳以上の割合（重み各1）の違いを0～1で表して"
    "加重平均した距離（Gowerの係数）を1から引いた値です。分からない項目は除いて計算します。指標の値は使っていません。"
)


@dataclass(frozen=True)
class Why:
    """The sentence that explains the nearest one, and the table of all chosen."""

    sentence: str
    table: pd.DataFrame


def chooser(version: str, area: str) -> tuple[str, ...]:
    """The box that changes the group: the nearest ones unless the reader (or the link) says otherwise."""
    near, names = gaps_store.nearest(version, area), store.names(version)
    options = near["area_code"].tolist()
    return tuple(
        url_multiselect(
            f"{names[area]}に類似する市区町村（近い順）",
            options,
            "peers",
            owner=area,
            default=options[:COUNT],
            shown=lambda code: names[code],
            help="選び直した組は、地域差と市町村のページで使い、リンクにも残ります。",
        )
    )


def section(version: str, area: str, peers: Sequence[str]) -> None:
    """Why these are similar, part by part."""
    if not peers:
        st.markdown("類似する市区町村が選ばれていません。上の欄で選ぶと、比較に使います。")
        return
    found = why(version, area, tuple(peers))
    st.markdown(found.sentence)
    tables.data_table(
        found.table,
        key="peers",
        title=f"{store.names(version)[area]}に類似する市区町村と距離の内訳",
        about=["距離は0（同じ）～1（県内で最も離れている）。内訳の合計が距離です。", *about(version)],
    )
    st.caption(NOTE)


def about(version: str) -> list[str]:
    invented = [labels.SAMPLE_NOTICE] if store.meta(version).get("sample") == "1" else []
    return [*invented, "出典：国勢調査（人口・世帯）、年次連携状況（福祉事務所）"]


@kept(256)
def why(version: str, area: str, peers: tuple[str, ...]) -> Why:
    names = store.names(version)
    near = gaps_store.nearest(version, area)
    shown = near[near["area_code"].isin(peers)].reset_index(drop=True)
    places = store.areas(version).set_index("area_code")
    offices = store.welfare_offices(version)
    first = shown.iloc[0]
    told = sorted((part for part in PARTS if not math.isnan(first[part])), key=lambda part: -first[part])
    each = "、".join(f"{PARTS[part]}の違い{fixed(first[part], 3)}" for part in told if first[part] >= 0.0005)
    sentence = (
        f"{names[area]}（{_facts(places.loc[area], offices[area])}）に最も近いのは**{names[first['area_code']]}**"
        f"（{_facts(places.loc[first['area_code']], offices[first['area_code']])}）で、"
        f"類似度は**{fixed(first['similarity'], 3)}**です。"
        f"距離{fixed(first['distance'], 3)}の内訳は、{each or '違いがありません'}です。"
    )
    table = pd.DataFrame(
        {
            "市区町村": [names[code] for code in shown["area_code"]],
            "種別": [places.at[code, "type"] for code in shown["area_code"]],
            "人口（人）": [_people(places.at[code, "population"]) for code in shown["area_code"]],
            "類似度": [fixed(one, 3) for one in shown["similarity"]],
            "距離": [fixed(one, 3) for one in shown["distance"]],
            **{
                f"内訳：{title}": [labels.UNKNOWN if math.isnan(one) else fixed(one, 3) for one in shown[part]]
                for part, title in PARTS.items()
            },
        }
    )
    return Why(sentence, table)


def _people(count: float) -> str:
    return labels.UNKNOWN if pd.isna(count) else f"{count:,.0f}"


def _facts(place: pd.Series, has_office: bool | None) -> str:
    office = {True: "福祉事務所設置", False: "福祉事務所なし", None: "福祉事務所の有無は不明"}[has_office]
    return f"{place['type']}、人口{_people(place['population'])}人、{office}"
