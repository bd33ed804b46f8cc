"""One indicator by municipality: what can be said of the whole, the map, the rows with their intervals, the table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd
import streamlit as st

from ui import labels, outline_map, shades, tables
from ui.legend import legend_html
from ui.public import figures, store
from ui.public.chosen import Chosen, link_before_place
from ui.public.head import about
from ui.public.lines import lines_html
from ui.public.map_words import map_of
from ui.rows import rows_of
from ui.url import choose

# Rows without a value stand below the others, each kind together.
EVERY_MARK = tuple(key.state for key in shades.STATES)
MARKS_LAST = {"hidden": 1, "not_sent": 2, "not_applicable": 3}


@dataclass(frozen=True)
class Found:
    """The cells of one period and breakdown value: municipalities, 圏域, the prefecture's (None: not published)."""

    each: pd.DataFrame
    regions: pd.DataFrame
    whole: pd.Series | None


def found(view: Chosen) -> Found:
    return _found(view.version, view.id, view.period, view.breakdown)


@st.cache_resource(max_entries=128, show_spinner=False)
def _found(version: str, indicator_id: str, period: str, breakdown: str) -> Found:
    cells = store.cells(version, indicator_id, (period,))
    cells = cells[cells["breakdown"] == breakdown]
    level = cells["area_code"].map(store.areas(version).set_index("area_code")["level"])
    whole = cells[level == "prefecture"]
    return Found(
        cells[level == "municipality"], cells[level == "region"], whole.iloc[0] if len(whole) else None
    )  # fmt: skip


def section(view: Chosen) -> None:
    """Sentences, map, rows and table."""
    shown = found(view)
    for sentence in sentences(view, shown):
        st.markdown(sentence)
    if shown.each.empty:
        st.info(f"市区町村別の値は、{figures.NOT_PUBLISHED}。年度、月又は内訳を選び直してください。")
        return
    left, right = st.columns([1, 1.3])
    with left:
        st.subheader("地図")
        map_section(view, shown, lambda code: choose("area", code))
    with right:
        st.subheader("市区町村の値")
        _rows(view)
    _table(view, shown)


def sentences(view: Chosen, shown: Found) -> list[str]:
    """The prefecture's figure, and how many municipalities show one."""
    said = [figures.tally(shown.each["state"].tolist())] if len(shown.each) else []
    if shown.whole is not None:
        row = shown.whole
        where, when = f"{store.prefecture(view.version)[1]}全体", labels.period_name(view.period)
        value = labels.bold(labels.with_unit(row.value, view.kind, row.state, row.high))
        counts, interval = figures.counts_text(row, view.kind), figures.interval_of(row, view.kind)
        more = "、".join(part for part in (counts, f"95％信頼区間{interval}" if interval else "") if part)
        said.insert(0, f"{where}の{when}の値は{value}" + (f"（{more}）" if more else "") + "です。")
    return said


def map_section(view: Chosen, shown: Found, on_choose: Callable[[str], None]) -> None:
    """The map with its legend; on_choose gets the code that was clicked."""
    outline_map.show(
        _map(view.version, view.id, view.period, view.breakdown),
        key="map",
        alt=f"{view.title('市区町村別')}の地図。値は「市区町村の値」にあります。",
        chosen=view.area,
        on_choose=on_choose,
    )
    st.html(legend_html(shown.each["value"].tolist(), view.kind, str(view.indicator["unit"]), EVERY_MARK))
    st.caption("色が濃いほど値が大きいことを示します。良い・悪いを示すものではありません。")


@st.cache_data(max_entries=128, show_spinner=False)
def _map(version: str, indicator_id: str, period: str, breakdown: str) -> outline_map.Drawing:
    view = Chosen(version, store.indicators(version)[indicator_id], period, breakdown, None)
    return map_of(str(store.release(version)["prefecture_code"])[:2], found(view).each, view.kind)


def _rows(view: Chosen) -> None:
    st.html(_rows_html(view.version, view.id, view.period, view.breakdown, view.area, link_before_place()))
    st.caption(
        "棒は値、横線は95％信頼区間（偶然による幅の目安）です。斜線の棒は一部の報告による値です。"
        "小さな市区町村の値は偶然で変わりやすいため、並び順を順位として読まないでください。"
    )


@st.cache_data(max_entries=128, show_spinner=False)
def _rows_html(version: str, indicator_id: str, period: str, breakdown: str, area: str | None, link: str) -> str:
    """Municipalities from many to few, then by their mark: no ranks, since small numbers change by chance."""
    view = Chosen(version, store.indicators(version)[indicator_id], period, breakdown, area)
    shown, names = found(view), store.area_names(version)
    each = shown.each.assign(mark=shown.each["state"].map(MARKS_LAST).fillna(0))
    ordered = each.sort_values(["mark", "value"], ascending=[True, False], kind="stable")
    rows = pd.concat([ordered, shown.regions])
    return lines_html(
        [
            figures.line_of(row, names[row.area_code], view.kind, f"{link}{quote(row.area_code)}")
            for row in rows_of(rows)
        ],
        title=view.title("市区町村別"),
        first="市区町村・圏域" if len(shown.regions) else "市区町村",
        unit=str(view.indicator["unit"]),
        top=figures.top_of(rows, view.kind),
        whole=math.nan if shown.whole is None else float(shown.whole.value),
        chosen=names.get(area or ""),
        is_long=True,
    )


def _table(view: Chosen, shown: Found) -> None:
    parts = [shown.each, shown.regions, *([shown.whole.to_frame().T] if shown.whole is not None else [])]
    names: Mapping[str, str] = {
        **store.area_names(view.version), store.prefecture(view.version)[0]: store.prefecture(view.version)[1]
    }  # fmt: skip
    tables.data_table(
        lambda: figures.table(
            pd.concat(parts, ignore_index=True).astype(dict.fromkeys(store.FIGURES, "float64")),
            {"団体コード": lambda row: _code(row.area_code), "市区町村": lambda row: names[row.area_code]},
            view.kind,
        ),
        key="areas",
        title=view.title("市区町村別"),
        about=about(view.version, f"単位：{view.indicator['unit']}"),
    )


def _code(area_code: str) -> str:
    """The official code; a 圏域 has none."""
    return labels.NOT_APPLICABLE if area_code.startswith("region:") else area_code
