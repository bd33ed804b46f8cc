"""A click inside a section with a filter of its own runs only that section; a chosen municipality concerns the page."""

from __future__ import annotations

import streamlit as st

from ui.internal.clicks import AREA


def whole_page_if_chosen() -> None:
    """Runs the page again where a click has just chosen a municipality, which its filter has not seen yet."""
    if f"asked-{AREA}" in st.session_state:
        st.rerun()
