"""The largest real differences of a municipality in words, and the cases that fit them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui import labels, tables
from ui.internal import gaps_store, store
from ui.internal.gaps_store import Standing
from ui.internal.view import View

MOST = 3
MOST_CASES = 3
NONE = "県全体と偶然を超えて差があると言える指標はありません（差があるとは言えない）。"
NO_REPORT = "この期間の報告がないため、県全体と比べられる指標がありません。"
REASONS = {
    "no_gap": "県全体の値に届いています。",
    "no_cases": "この指標を対象とし、開始日の分かる、ほかの市区町村の事例がありません。",
    "no_change": "この指標を対象とする事例はありますが、取組後に値が県全体の側へ動いたと数えられるものがありません"
    "（件数や月が足りない場合を含む）。",
    "yearly": "年度の指標のため、取組の前後を月で比べられません。",
    "kind": "この種類の指標では、取組の前後を比べません。",
}
CASE_HEADS = ["指標", "事例", "市区町村", "類似度", "取組前", "取組後", "変化の95％信頼区間", "比べた月数"]


@dataclass(frozen=True)
class Fitting:
    """sentences: one for each difference, its cases in it; table: the same cases with their figures."""

    sentences: Sequence[str]
    table: pd.DataFrame


def largest(view: View, peers: tuple[str, ...]) -> None:
    assert view.area is not None
    st.markdown("\n".join(f"- {one}" for one in _said(view.version, view.months, view.area, peers)))


def cases(view: View, peers: tuple[str, ...]) -> None:
    """The cases for those differences that the notice calls the worse side."""
    assert view.area is not None
    found = fitting(view.version, view.months, view.area, peers)
    st.markdown("\n".join(f"- {one}" for one in found.sentences))
    st.caption(
        f"**{gaps_store.CAUTION}**　低かった値は、何もしなくても平均に近づくことがあります。順は、類似度、"
        "差に対する変化の大きさ、変化の確かさを掛けた値によります。"
    )
    if len(found.table):
        tables.data_table(
            found.table,
            key="fitting",
            title=view.title("差のある指標に合う事例"),
            about=view.about(gaps_store.CAUTION, "出典：取組事例、各指標の報告（市区町村提出）"),
        )


@st.cache_data(max_entries=64, show_spinner=False)
def ranked(version: str, months: tuple[str, ...], area: str, peers: tuple[str, ...]) -> list[Standing]:
    """What differs from the prefecture beyond chance, the largest first."""
    found = gaps_store.standings(version, months, area, peers)
    real = [one for one in found if one.row["verdict"] in ("higher", "lower")]
    return sorted(real, key=lambda one: -abs(one.size))


@st.cache_data(max_entries=64, show_spinner=False)
def _said(version: str, months: tuple[str, ...], area: str, peers: tuple[str, ...]) -> list[str]:
    found = ranked(version, months, area, peers)
    if found:
        more = len(found) - MOST
        rest = [f"ほかに{more}の指標で、偶然を超えて県全体と差があります（下の表の▲▼）。"] if more > 0 else []
        return [*map(sentence, found[:MOST]), *rest]
    every = gaps_store.standings(version, months, area, peers)
    same = sum(one.row["verdict"] == "same" for one in every)
    few = sum(one.row["verdict"] == "few" for one in every)
    if not same and not few:
        return [NO_REPORT]
    return [f"{NONE}判定できた指標は{same}、件数が少なく判定しない指標は{few}です。"]


def sentence(one: Standing) -> str:
    """「利用勧奨の実施率は41.2％で、県全体の64.5％より偶然を超えて低い（…）。」 with what the notice asks."""
    kind, row = one.indicator.kind, one.row
    value = labels.with_unit(row["value"], kind, row["state"])
    verdict = labels.VERDICTS[row["verdict"]]
    peers = (
        "" if math.isnan(one.peers.middle) else f"、類似する市区町村の中央値 {labels.with_unit(one.peers.middle, kind)}"
    )
    interval = labels.interval_text(row["low"], row["high"], kind)
    counts = labels.counts_text(row["numerator"], row["denominator"], kind)
    inside = f"95％信頼区間 {interval}、{counts}{peers}"
    reading = (
        ""
        if one.is_wanting or one.indicator.reading != "neither" or one.indicator.gain
        else "高い・低いは、それだけでは良し悪しを示しません。"
    )
    return (
        f"{one.indicator.title}は{labels.bold(value)}で、県全体の{labels.with_unit(one.whole['value'], kind)}より"
        f"偶然を超えて{verdict}（{inside}）。{reading}"
    )


@st.cache_data(max_entries=64, show_spinner=False)
def fitting(version: str, months: tuple[str, ...], area: str, peers: tuple[str, ...]) -> Fitting:
    names = store.names(version)
    wanting = [one for one in ranked(version, months, area, peers) if one.is_wanting][:MOST]
    nothing = pd.DataFrame(columns=CASE_HEADS)
    if store.examples(version).empty:
        return Fitting(["取組事例の報告がないため、合う事例を挙げていません。"], nothing)
    if not wanting:
        return Fitting(
            ["通知が求める方向に届かず、偶然を超えて県全体と差がある指標がないため、事例を挙げていません。"], nothing
        )
    said, rows = [], []
    for one in wanting:
        below = float(one.whole["value"] - one.row["value"])
        found = gaps_store.matches_of(version, one.indicator.id, months, area, below)
        if found.reason:
            said.append(f"{one.indicator.title}：{REASONS[found.reason]}")
            continue
        best = found.frame.head(MOST_CASES)
        said.append(f"{one.indicator.title}：{'、'.join(_case(row, one, names) for row in best.to_dict('records'))}")
        rows += [_case_row(row, one, names) for row in best.to_dict("records")]
    return Fitting(said, pd.DataFrame(rows, columns=CASE_HEADS))


def _case(row: Mapping[str, object], one: Standing, names: Mapping[str, str]) -> str:
    kind = one.indicator.kind
    before, after = (labels.with_unit(float(row[part]), kind) for part in ("before", "after"))  # type: ignore[arg-type]
    where, months = names[str(row["area_code"])], row["months"]
    link = f"cases?case={row['area_code']}-{row['example_id']}"
    return f"[「{row['case_title']}」]({link})（{where}、開始の前{months}か月{before}→後{months}か月{after}）"


def _case_row(row: Mapping[str, object], one: Standing, names: Mapping[str, str]) -> list[str]:
    kind = one.indicator.kind
    before, after, low, high = (float(row[part]) for part in ("before", "after", "low", "high"))  # type: ignore[arg-type]
    similarity: float = row["similarity"]  # type: ignore[assignment]
    return [
        one.indicator.title,
        str(row["case_title"]),
        names[str(row["area_code"])],
        f"{similarity:.3f}",
        f"{labels.with_unit(before, kind)}（{row['before_numerator']:,}／{row['before_denominator']:,}）",
        f"{labels.with_unit(after, kind)}（{row['after_numerator']:,}／{row['after_denominator']:,}）",
        f"{labels.change_text(low, 0, kind)}～{labels.change_text(high, 0, kind)}",
        f"{row['months']}",
    ]


def profile(view: View) -> str:
    """Kind, people, 圏域, welfare office and until when the returns go, in a line."""
    assert view.area is not None
    place = store.areas(view.version).set_index("area_code").loc[view.area]
    parts = [
        place["type"],
        "人口 " + (labels.UNKNOWN if pd.isna(place["population"]) else f"{place['population']:,.0f}人"),
        gaps_store.groups(view.version, gaps_store.OFFICE)[view.area],
        place["region"] if isinstance(place["region"], str) else "",
        f"団体コード {view.area}",
    ]
    return "　".join(part for part in parts if part)
