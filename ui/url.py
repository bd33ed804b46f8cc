"""Choices that live in the URL by their stable ids (fy=2024, area=992020), so that a link restores the view.

Streamlit's own binding writes the shown label into the URL: a link would break with the first reworded title.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Choice = TypeVar("Choice", str, int)


def url_select(
    label: str, options: Sequence[Choice], key: str, *, shown: Callable[[Choice], str], default: Choice | None = None
) -> Choice:
    """A select box whose value comes from the URL, else from the page last left, else the default (first option).

    The default is left out of the URL; an id that is not among the options is ignored. Going back in the browser
    brings the value of then.
    """
    first = options[0] if default is None else default
    in_url, page = st.query_params.get(key), _page()
    # Set on every run, or a page that is switched to starts its own widget of this key at the first option.
    st.session_state[key] = _current(options, key, first)
    chosen: Choice = st.selectbox(label, options, format_func=shown, key=key, placeholder="選んでください")
    written = str(chosen) if chosen != first else None
    st.session_state[f"kept-{key}"] = chosen
    # Before writing: a newer request may stop this run at the very line that writes.
    st.session_state[f"seen-{key}"] = (page, _seen(key, in_url, written), written)
    if written is not None:
        st.query_params[key] = written
    elif key in st.query_params:
        del st.query_params[key]
    return chosen


def choose(key: str, value: str | int) -> None:
    """Chooses for the reader: what the url_select of that key shows in the next run, and what the URL then says.

    For callbacks, which run before the page: a click on a map, a bar or a row of a table. A value that is no option is
    ignored; on a page without this box it waits for a page that has one.
    """
    st.session_state[f"asked-{key}"] = value


def _current(options: Sequence[Choice], key: str, first: Choice) -> Choice:
    """What the box should show.

    Back, forward, a link with a value: the URL. Else what code chose, what the box holds, what the last page left.
    """
    by_id = {str(option): option for option in options}
    in_url = st.query_params.get(key)
    asked = st.session_state.pop(f"asked-{key}", None)
    held, kept = st.session_state.get(key), st.session_state.get(f"kept-{key}")
    page, seen, _ = st.session_state.get(f"seen-{key}", (None, frozenset(), None))
    is_new_page = page is None or page != _page()
    if goes_through_history():
        return by_id.get(in_url or "", first)
    if is_new_page and in_url in by_id:
        return by_id[in_url]
    if asked in options:
        return by_id[str(asked)]
    if not is_new_page and in_url not in seen and held == kept:
        return by_id.get(in_url or "", first)
    return by_id.get(str(held), by_id.get(str(kept), first))


def _seen(key: str, in_url: str | None, written: str | None) -> frozenset[str | None]:
    """Values that the browser may still send of its own accord: it learns what is written here a moment later.

    Someone who changes two boxes quickly sends the second change with the URL of before the first one.
    """
    _, seen, last = st.session_state.get(f"seen-{key}", (None, frozenset(), None))
    return frozenset({in_url, written} if in_url == last else {*seen, in_url, written})


def _page() -> str | None:
    """The page that runs. Not by its address: the browser shows the new one only after the first run."""
    context = get_script_run_ctx()
    return context.page_script_hash if context else None


def goes_through_history() -> bool:
    """Whether the reader went back or forward in the browser."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation
