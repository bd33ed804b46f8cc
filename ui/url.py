"""Choices that live in the URL by their stable ids (fy=2024, area=992020), so that a link restores the view.

Streamlit's own binding writes the shown label into the URL: a link would break with the first reworded title.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

Choice = TypeVar("Choice", str, int)


def url_select(
    label: str, options: Sequence[Choice], key: str, *, shown: Callable[[Choice], str], default: Choice | None = None
) -> Choice:
    """A select box whose value comes from the URL, else from the page last left, else the default (first option).

    The default is left out of the URL; an id that is not among the options is ignored.
    """
    first = options[0] if default is None else default
    kept = f"kept-{key}"
    if st.session_state.get(key) not in options:
        by_id = {str(option): option for option in options}
        last = by_id.get(str(st.session_state.get(kept)), first)
        st.session_state[key] = by_id.get(st.query_params.get(key, ""), last)
    else:
        # Written again, or a page that is switched to starts its own widget of this key at the first option.
        st.session_state[key] = st.session_state[key]
    chosen: Choice = st.selectbox(label, options, format_func=shown, key=key, placeholder="選んでください")
    st.session_state[kept] = chosen
    if chosen != first:
        st.query_params[key] = str(chosen)
    elif key in st.query_params:
        del st.query_params[key]
    return chosen
