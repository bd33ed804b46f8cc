"""What is looked for in the library: words and filters, all of them in the URL, and the cases that fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from desk.case_sheet import STATES, Case
from desk.search import Snippet
from desk.themes import themes
from etl.declare import all_returns
from metrics.catalog import load_catalog
from ui.internal import store, words
from ui.internal.library.moved import indicator_of
from ui.internal.library.shelf import Mark, Shelf, link_id
from ui.url import url_select

ALL, NONE = "", "none"
KINDS = ("政令指定都市", "中核市", "市", "町", "村")
# Upper limits of the classes of population, and their ids in the URL.
SIZES: Mapping[str, tuple[str, int]] = {
    "1": ("1万人未満", 10_000),
    "2": ("1万人以上5万人未満", 50_000),
    "3": ("5万人以上20万人未満", 200_000),
    "4": ("20万人以上", 10**9),
}
SEARCHED_AT_MOST = 200  # hits whose places are cut out
_WORDS, _SEEN, _KEPT = "q", "seen-q", "kept-q"


@dataclass(frozen=True)
class Asked:
    """'' of a filter: all."""

    words: str = ""
    theme: str = ALL
    indicator: str = ALL
    form: str = ALL
    kind: str = ALL
    size: str = ALL
    state: str = ALL


@dataclass(frozen=True)
class Found:
    """Ids of the cases that fit, best first, with the places where the words stand; how each word was understood."""

    cases: Sequence[tuple[str, Sequence[Snippet]]]
    terms: Sequence[str]


def asked(shelf: Shelf) -> Asked:
    """The search box and the filters in two rows."""
    typed = _search_box()
    first, second, third = st.columns(3)
    with first:
        names = {theme.id: theme.name for theme in themes()}
        theme = _filter("テーマ", names, "theme")
        kind = _filter("市区町村の区分", dict(zip(KINDS, KINDS, strict=True)), "kind")
    with second:
        titles = {one.id: one.title for one in load_catalog().values() if one.id in _named(shelf.mark, shelf)}
        indicator = _filter("対象の指標", titles, "about")
        size = _filter("人口", {one: name for one, (name, _) in SIZES.items()}, "size")
    with third:
        forms = {one: word for one, word in words.codes("meeting", "form").items() if one != "not_recorded"}
        form = _filter("会議体の形", {**forms, NONE: "記載なし"}, "form")
        state = _filter("状態", STATES, "state")
    return Asked(typed, theme, indicator, form, kind, size, state)


def _filter(label: str, names: Mapping[str, str], key: str) -> str:
    return url_select(label, [ALL, *names], key, shown=lambda one: names.get(one, "全て"))


def _search_box() -> str:
    """The words, in the URL like the filters: a link or the way back in the browser brings them again."""
    in_url, context = st.query_params.get(_WORDS, ""), get_script_run_ctx()
    if context is not None and context.is_history_navigation:
        st.session_state[_WORDS] = in_url
    elif _WORDS not in st.session_state:
        st.session_state[_WORDS] = in_url or st.session_state.get(_KEPT, "")
    typed = str(
        st.text_input(
            "言葉で探す",
            key=_WORDS,
            max_chars=100,
            placeholder="例：訪問　同じ日に開く　税務課からの紹介",
            icon=":material/search:",
        )
        or ""
    ).strip()
    st.session_state[_KEPT] = typed
    if typed:
        st.query_params[_WORDS] = typed
    elif _WORDS in st.query_params:
        del st.query_params[_WORDS]
    return typed


@st.cache_data(max_entries=8, show_spinner=False)
def _named(mark: Mark, _shelf: Shelf) -> frozenset[str]:
    """Ids of the indicators that any case names."""
    found = (indicator_of(title) for case in _shelf.cases for title in case.indicators)
    return frozenset(one.id for one in found if one)


def found(shelf: Shelf, wanted: Asked) -> Found:
    return _found(shelf.mark, wanted, shelf)


@st.cache_data(max_entries=128, show_spinner=False)
def _found(mark: Mark, wanted: Asked, _shelf: Shelf) -> Found:
    places = store.areas(mark[0]).set_index("area_code")
    kinds, people = places["type"].to_dict(), places["population"].to_dict()
    fitting = {
        link_id(case): case
        for case in _shelf.cases
        if _fits(case, wanted, kinds.get(case.area_code, ""), people.get(case.area_code))
    }
    answer = _shelf.library.search(wanted.words, shown=SEARCHED_AT_MOST)
    hits = [hit for hit in answer.hits if hit.key in fitting]
    if not answer.terms:  # nothing to rank by: the latest first
        hits.sort(key=lambda hit: fitting[hit.key].sheet.get("updated_date", ""), reverse=True)
    terms = ["＝".join((term.typed, *term.others[:6])) for term in answer.terms]
    return Found([(hit.key, hit.snippets) for hit in hits], terms)


def _fits(case: Case, wanted: Asked, kind: str, people: float | None) -> bool:
    about = {one.id for one in map(indicator_of, case.indicators) if one} if wanted.indicator else set()
    return (
        (not wanted.theme or wanted.theme in case.themes)
        and (not wanted.indicator or wanted.indicator in about)
        and (not wanted.form or wanted.form in forms_of(case))
        and (not wanted.kind or wanted.kind == kind)
        and (not wanted.size or wanted.size == size_of(people))
        and (not wanted.state or wanted.state == case.state)
    )


def forms_of(case: Case) -> set[str]:
    """Codes of the forms of meeting that its sheet names."""
    written = case.sheet.get("meeting_form", "")
    if not written:
        return {NONE}
    plain = unicodedata.normalize("NFKC", written)
    return {code for spelling, code in all_returns()["meeting"].field("form").codes.items() if spelling in plain}


def size_of(people: float | None) -> str:
    """Id of the class of population; '' where it is not known."""
    if people is None or people != people:
        return ""
    return next(one for one, (_, limit) in SIZES.items() if people < limit)
