"""One table of a draft as it will stand for the public, and the cases that go with it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from metrics.catalog import ALL, load_catalog
from release.draft import Draft
from release.examples import personal
from release.figures import printed_figures
from ui import labels, tables
from ui.public import figures
from ui.url import url_select

FIGURES = ("numerator", "denominator", "value", "low", "high")


def section(draft: Draft) -> None:
    titles = {one.id: one.title for one in draft.indicators}
    first, second, third = st.columns([2, 1, 1.4])
    with first:
        indicator_id = url_select("指標", list(titles), "preview", shown=lambda one: titles[one])
    printed = _printed(draft.digest, draft)
    mine = printed[printed["indicator_id"] == indicator_id]
    # Fiscal years before months, the latest of each first.
    periods = sorted(sorted(mine["period"].unique(), reverse=True), key=len)
    with second:
        period = url_select("期間", periods or [""], "preview_period", shown=_period)
    indicator = load_catalog()[indicator_id]
    values = [ALL, *sorted(set(mine["breakdown"]) - {ALL})]
    label = indicator.breakdown.label if indicator.breakdown else str
    with third:
        part = url_select("内訳", values, "preview_part", shown=lambda one: "分けない" if one == ALL else label(one))
    shown = table_of(draft, mine[(mine["period"] == period) & (mine["breakdown"] == part)], indicator.kind)
    st.dataframe(shown, hide_index=True, width="stretch", key="preview-table")
    st.html(tables.on_paper(shown))
    st.caption("　".join(f"{mark}：{meaning}" for mark, meaning in labels.LEGEND))


def _period(period: str) -> str:
    return labels.period_name(period) if period else ""


@st.cache_data(max_entries=2, show_spinner=False)
def _printed(digest: str, _draft: Draft) -> pd.DataFrame:
    """Every figure of the draft as it will be printed, without what is hidden."""
    printed = printed_figures(_draft.cells, load_catalog(), _draft.publication.facts, _draft.rules)
    return printed.astype(dict.fromkeys(FIGURES, "float64"))


def table_of(draft: Draft, rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows in the order of the places, in the words of the public pages."""
    places = draft.areas.set_index("area_code")
    ordered = rows.assign(_place=rows["area_code"].map(places["place"])).sort_values("_place")
    return figures.table(ordered, {"市区町村": lambda row: str(places.at[row.area_code, "name"])}, kind)


def cases_section(draft: Draft) -> None:
    """Titles of the cases to be published, and what the approver should look at in them."""
    if not draft.examples:
        st.markdown("この案に事例はありません。「事例」の画面で「一般公開」にした事例が載ります。")
        return
    st.markdown(f"「一般公開」にした事例**{len(draft.examples)}**件を、問合せ先を除いて載せます。")
    with st.expander("載せる事例"):
        st.markdown("\n".join(f"- {one.title}" for one in draft.examples))
    for problem in personal(draft.examples):
        st.error(problem)
    for warning in draft.warnings:
        st.warning(warning)
