"""Choices that live in the URL by their stable ids (fy=2024, area=992020), so that a link restores the view.

Streamlit's own binding writes the shown label into the URL: a link would break with the first reworded title.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

import streamlit as st

Choice = TypeVar("Choice", str, int)


def url_select(
    label: str, options: Sequence[Choice], key: str, *, shown: Callable[[Choice], str], default: Choice | None = None
) -> Choice:
    """A select box whose value comes from the URL, else from the page last left, else the default (first option).

    The default is left out of the URL; an id that is not among the options is ignored. Going back in the browser
    brings the value of then.
    """
    first = options[0] if default is None else default
    # Set on every run, or a page that is switched to starts its own widget of this key at the first option.
    st.session_state[key] = _current(options, key, first)
    chosen: Choice = st.selectbox(label, options, format_func=shown, key=key, placeholder="選んでください")
    st.session_state[f"kept-{key}"] = chosen
    if chosen != first:
        st.query_params[key] = str(chosen)
    elif key in st.query_params:
        del st.query_params[key]
    st.session_state[f"left-{key}"] = (_page(), st.query_params.get(key))
    return chosen


def _current(options: Sequence[Choice], key: str, first: Choice) -> Choice:
    """What the box should show: a changed URL wins over the box, the box over the URL, both over the last page."""
    by_id = {str(option): option for option in options}
    in_url = st.query_params.get(key)
    page, left = st.session_state.get(f"left-{key}", (None, None))
    if page is not None and page == _page() and in_url != left:
        return by_id.get(in_url or "", first)
    if st.session_state.get(key) in options:
        held: Choice = st.session_state[key]
        return held
    kept = by_id.get(str(st.session_state.get(f"kept-{key}")), first)
    return by_id.get(in_url or "", kept)


def _page() -> str | None:
    """The path of the page that runs; None outside a browser."""
    return urlsplit(st.context.url).path if st.context.url else None
