"""What several internal pages show: the way in, which municipality is chosen, one indicator by municipality."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator, load_catalog
from ui import charts, exports, frame, labels, outline_map, ranked, tables
from ui.internal import clicks, store
from ui.internal.memory import kept
from ui.labels import sentences
from ui.legend import legend_html
from ui.rows import rows_of

WHOLE = "県全体"
MARKS = "　".join(f"{labels.VERDICT_MARKS[one]} {labels.VERDICTS[one]}" for one in ("higher", "lower", "same", "few"))


@dataclass(frozen=True)
class Areas:
    """What the section shows; made once for each view."""

    sentences: Sequence[str]
    legend: str
    ranked: str
    is_compared: bool


def current_version_or_stop(title: str) -> str:
    """The database version to read; without one the page says what to do and stops."""
    version = store.version()
    if version is None:
        frame.page_head(title, None)
        frame.nothing_here(
            "まだ報告を読み込んでいません。",
            "市区町村の報告を1件も受け付けていないため、集計がありません。",
            "端末で `python -m etl prepare` を実行すると架空データの見本を、"
            "`python -m etl load ファイル名` で実際の報告を読み込めます。",
        )
        st.stop()
    assert version is not None
    return version


def chosen_line(version: str, indicator: Indicator, months: Sequence[str], area: str | None) -> None:
    """Which municipality is chosen, and its value of the indicator."""
    frame.chosen_line(
        store.names(version)[area] if area else None,
        _facts(version, indicator.id, tuple(months), area) if area else "",
        clicks.unchoose,
    )


@kept(1024)
def _facts(version: str, indicator_id: str, months: Sequence[str], area: str) -> str:
    indicator, each = load_catalog()[indicator_id], store.compared(version, indicator_id, months).frame
    return sentences.of_one(indicator, each.iloc[each["area_code"].tolist().index(area)])


def areas(version: str, indicator: Indicator, months: Sequence[str], area: str | None) -> None:
    """One indicator by municipality: sentences, the map, the ranked intervals, the table twin."""
    shown = _areas(version, indicator.id, tuple(months), area)
    for sentence in shown.sentences:
        st.markdown(sentence)
    left, right = st.columns([1, 1])
    with left:
        st.subheader("地図")
        outline_map.show(
            _map(version, indicator.id, tuple(months)),
            key="map",
            alt=f"{indicator.title}の市区町村別の地図",
            chosen=area,
            on_choose=clicks.on_map(area),
        )
        st.html(shown.legend)
        st.caption(
            "色の濃さは値の大きさを表し、良し悪しを示しません。区分は市区町村数がほぼ同じになるように分けています。"
        )
    with right:
        st.subheader("市区町村の値" + ("" if indicator.kind == "count" else "と95％信頼区間"))
        with st.container(height=500, border=False):
            ranked.show(shown.ranked, key="ranked", chosen=area, on_choose=clicks.on_map(area))
        st.caption(_how_to_read(indicator, shown.is_compared))
    tables.data_table(
        lambda: area_table(version, indicator, months),
        key="areas",
        title=f"{indicator.title}・市区町村別（{labels.period_text(sentences.span(indicator, months))}）",
        about=sentences.about(store.meta(version), indicator, months),
        rows=clicks.on_rows([*store.names(version), ""], area),
        pictures=lambda: _pictures(version, indicator, months, area),
    )


def _pictures(version: str, indicator: Indicator, months: Sequence[str], area: str | None) -> list[exports.Picture]:
    """The map and the ranking to take along, drawn anew for paper; made when somebody opens the fold."""
    names, each = store.names(version), store.compared(version, indicator.id, tuple(months)).frame
    total = store.of_areas(version, indicator.id, tuple(months)).iloc[-1]["value"]
    kind, unit, places = indicator.kind, indicator.unit, [names[code] for code in each["area_code"]]
    values = {row.area_code: (row.value, row.state) for row in each.itertuples()}
    return [
        exports.Picture(exports.AreaMap(store.meta(version)["prefecture"], values, kind, unit, area), "地図"),
        exports.Picture(charts.ranked(each, places, kind, unit, total, names.get(area or "")), "市区町村の値"),
    ]


def _how_to_read(indicator: Indicator, is_compared: bool) -> str:
    text = "破線は県全体。白抜きは一部の報告による値。"
    if indicator.kind == "count":
        return text + "全数を数えた値なので信頼区間はありません。"
    text += "横線は95％信頼区間。"
    if is_compared:
        text += f"縦線は調整値（縮小推定）。{MARKS}。"
    return text + "小さな市区町村の順位は偶然で入れ替わるため、順位の違いを差と読まないでください。"


@kept(512)
def _areas(version: str, indicator_id: str, months: Sequence[str], area: str | None) -> Areas:
    indicator, names = load_catalog()[indicator_id], store.names(version)
    comparison, whole = store.compared(version, indicator_id, months), store.of_areas(version, indicator_id, months)
    each, total = comparison.frame, whole.iloc[-1]
    said = [sentences.spread(indicator, each, total, names, months)]
    if total["state"] not in ("not_sent", "not_applicable") and indicator.kind not in sentences.NOT_COMPARED:
        said.append(sentences.difference(indicator, each, names, comparison.least))
    return Areas(
        sentences=said,
        legend=legend_html(each["value"].tolist(), indicator.kind, indicator.unit, set(each["state"])),
        ranked=ranked.rows_html(
            each,
            [names[code] for code in each["area_code"]],
            indicator.kind,
            indicator.unit,
            total["value"],
            title=f"{indicator.title}の市区町村別の値",
            chosen=area,
        ),
        is_compared=bool(each["verdict"].ne("none").any()),
    )


@kept(512)
def _map(version: str, indicator_id: str, months: Sequence[str]) -> outline_map.Drawing:
    indicator, each = load_catalog()[indicator_id], store.compared(version, indicator_id, months).frame
    values = {row.area_code: (row.value, row.state) for row in rows_of(each)}
    return outline_map.drawing(store.meta(version)["prefecture"], values, _said(each, indicator.kind))


def _said(each: pd.DataFrame, kind: str) -> Mapping[str, str]:
    """What the tooltip of each municipality says."""
    said = {}
    for row in rows_of(each):
        interval = "" if math.isnan(row.value) else labels.interval_text(row.low, row.high, kind)
        verdict = labels.VERDICTS[row.verdict] if row.verdict in ("higher", "lower") else ""
        text = labels.with_unit(row.value, kind, row.state, row.high) + (f"（{interval}）" if interval else "")
        said[row.area_code] = text + (f" 県全体より{verdict}" if verdict else "")
    return said


def area_table(version: str, indicator: Indicator, months: Sequence[str]) -> pd.DataFrame:
    """The municipalities, then the prefecture: value, interval, drawn-in value, ranks, verdict, counts."""
    names, months = store.names(version), tuple(months)
    estimates = store.of_areas(version, indicator.id, months)
    each = store.compared(version, indicator.id, months).frame
    shown_names = [*(names[code] for code in each["area_code"]), WHOLE]
    table = tables.estimate_table(estimates, shown_names, indicator, "市区町村")
    if each["verdict"].eq("none").all():
        return table
    added = {
        "調整値（縮小推定）": [
            "" if math.isnan(value) else labels.number_text(value, indicator.kind) for value in each["shrunk"]
        ],
        "順位の幅": [labels.ranks_text(*pair) for pair in zip(each["rank_low"], each["rank_high"], strict=True)],
        "県全体との差": [labels.VERDICTS[verdict] for verdict in each["verdict"]],
    }
    for place, (column, texts) in enumerate(added.items(), start=3):
        table.insert(place, column, [*texts, ""])
    return table
