"""A choice of several that belongs to another choice (the peers of a municipality), kept in the URL.

It is written as owner-one-two-…: a link whose owner was changed by hand, or by another filter, falls back to the
default of the new owner instead of showing the group of the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ui.url import goes_through_history

BETWEEN = "-"


def url_multiselect(
    label: str,
    options: Sequence[str],
    key: str,
    *,
    owner: str,
    default: Sequence[str],
    shown: Callable[[str], str],
    help: str | None = None,
    as_pills: bool = False,
) -> list[str]:
    """Several of the options, in their order. The default is left out of the URL; ids that are no option are ignored.

    as_pills: all options stand there to be ticked, instead of a box with a list.

    A changed choice is kept for each owner as long as the session lasts, on all pages that ask for the same key.
    """
    widget = f"{key}-of-{owner}"
    kept: dict[str, list[str]] = st.session_state.setdefault(f"kept-{key}", {})
    in_url = st.query_params.get(key)
    if in_url is not None and (in_url not in _seen(key) or goes_through_history()):
        named, *codes = in_url.split(BETWEEN)
        if named == owner:
            kept[owner] = [code for code in options if code in codes]
    elif in_url is None and goes_through_history():
        kept.pop(owner, None)
    # Set on every run, or a page that is switched to starts its own widget of this key with nothing.
    st.session_state[widget] = kept.get(owner, list(default))

    def remember() -> None:
        kept[owner] = list(st.session_state[widget])

    if as_pills:
        chosen: Sequence[str] = st.pills(
            label, options, selection_mode="multi", key=widget, format_func=shown, on_change=remember, help=help
        )
    else:
        chosen = st.multiselect(
            label, options, key=widget, format_func=shown, on_change=remember, placeholder="選んでください", help=help
        )
    ordered = [code for code in options if code in chosen]
    written = None if set(ordered) == set(default) else BETWEEN.join([owner, *ordered])
    st.session_state[f"seen-{key}"] = _seen(key) | {in_url, written}
    if written is not None:
        st.query_params[key] = written
    elif key in st.query_params:
        del st.query_params[key]
    return ordered


def _seen(key: str) -> frozenset[str | None]:
    """What the URL said or was told: the browser may send it once more, later than a newer choice."""
    found: frozenset[str | None] = st.session_state.get(f"seen-{key}", frozenset())
    return found
