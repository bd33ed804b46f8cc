"""The list of cases: search, filters, ten cases at a time, and all that were found as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd
import streamlit as st

from desk.case_sheet import HEADINGS, PUBLICATION
from metrics.catalog import load_catalog
from ui import frame, tables
from ui.internal import store
from ui.internal.library import asked
from ui.internal.library.sheet import STYLE, card_html, state_text, theme_names
from ui.internal.library.shelf import Mark, Shelf

CASE, AT_ONCE = "case", 10
TURNED = "case-turned"  # the page has just changed from the list to a case, or back


def section(version: str, shelf: Shelf, about: Sequence[str]) -> None:
    """The search and what it finds."""
    wanted = asked.asked(shelf)
    found = asked.found(shelf, wanted)
    st.markdown(_sentence(shelf, wanted, found))
    if not found.cases:
        frame.nothing_here(
            "条件に当てはまる事例はありません。",
            "言葉は全てを含む事例を探しています（同じ意味の言葉も含みます）。" if wanted.words else "",
            "言葉を減らすか、絞り込みを「全て」に戻してください。",
        )
        return
    pages = -(-len(found.cases) // AT_ONCE)
    # A pager of its own for each question: a new one begins on its first page.
    key = f"pager-{abs(hash(wanted))}"
    number = int(st.session_state.get(key) or 1) - 1
    st.html(STYLE)
    for link, title, body in _cards(shelf.mark, wanted, number, shelf):
        with st.container(border=True, key=f"card-{link}", gap="xxsmall"):
            st.button(
                title, key=f"read-{link}", type="tertiary", icon=":material/description:",
                on_click=open_case, args=(link,),
            )  # fmt: skip
            st.html(body)
    if pages > 1:
        st.pagination(pages, key=key)
    links = [link for link, _ in found.cases]
    tables.data_table(
        lambda: table_of(version, shelf, links), key="cases", title="取組事例の一覧", about=[*about, *_terms(wanted)]
    )


@st.cache_data(max_entries=128, show_spinner=False)
def _cards(mark: Mark, wanted: asked.Asked, number: int, _shelf: Shelf) -> list[tuple[str, str, str]]:
    """Id, title and HTML of the cases of one page of the list."""
    known, shown = places(mark[0]), []
    for link, snippets in asked.found(_shelf, wanted).cases[number * AT_ONCE : (number + 1) * AT_ONCE]:
        case = _shelf.by_link[link]
        place = known.get(case.area_code)
        where = f"{place['name']}（{place['type']}、人口{place['population']}）" if place else case.area_code
        shown.append((link, case.title, card_html(case, where, reached_text(_shelf, link), snippets)))
    return shown


def open_case(link: str) -> None:
    st.query_params[CASE] = link
    st.session_state[TURNED] = True


def close_case() -> None:
    if CASE in st.query_params:
        del st.query_params[CASE]
    st.session_state[TURNED] = True


def _sentence(shelf: Shelf, wanted: asked.Asked, found: asked.Found) -> str:
    text = f"**{len(shelf.cases)}**件の事例のうち、**{len(found.cases)}**件が当てはまります。"
    return text + (f"探した言葉：{'　かつ　'.join(found.terms)}" if wanted.words and found.terms else "")


def _terms(wanted: asked.Asked) -> list[str]:
    return [f"探した言葉：{wanted.words}"] if wanted.words else []


@st.cache_data(max_entries=4, show_spinner=False)
def places(version: str) -> dict[str, dict[str, str]]:
    """Name, kind and population in words, by code."""
    return {
        row.area_code: {
            "name": row.name,
            "type": row.type,
            "population": "不明" if pd.isna(row.population) else f"{row.population:,.0f}人",
        }
        for row in store.areas(version).itertuples(index=False)
    }


def reached_text(shelf: Shelf, link: str) -> str:
    """How many municipalities looked at, tried, adopted a case; '' when none is on record."""
    stages = [one.stage for one in shelf.by_case.get(link, ())]
    said = [f"{word} {stages.count(stage)}" for stage, word in stage_words().items() if stage in stages]
    return "・".join(said) + "市区町村" if said else ""


def table_of(version: str, shelf: Shelf, links: Sequence[str]) -> pd.DataFrame:
    """All fields of the cases, one row each, in the headings of the case sheet."""
    names = store.names(version)
    rows = []
    for case in (shelf.by_link[link] for link in links):
        sheet = {**case.sheet, "publication": PUBLICATION.get(case.sheet.get("publication", ""), "")}
        rows.append(
            {
                "事例番号": case.example_id,
                "団体コード": case.area_code,
                "市区町村": names.get(case.area_code, ""),
                "テーマ": "、".join(theme_names(case)),
                **{heading: sheet.get(name, "") for name, heading in HEADINGS.items()},
                "状態": state_text(case),
            }
        )
    return pd.DataFrame(rows)


@cache
def stage_words() -> Mapping[str, str]:
    """見た, 試した, 取り入れた by their codes, in the words of the indicator of adoption."""
    breakdown = load_catalog()["example_adoption"].breakdown
    assert breakdown is not None
    return breakdown.labels
