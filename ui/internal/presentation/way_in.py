"""The way into the presentation. Apart from it, since what draws slides is slow to load and most never ask for them."""

from __future__ import annotations

import streamlit as st

PAGE = "pages/internal/presentation.py"
FILTERS = ("fy", "month", "area", "indicator")


def link() -> None:
    """Opens it with the months and the indicator that the page shows."""
    st.page_link(
        PAGE, label="発表用の画面（16:9）で見る", icon=":material/slideshow:", query_params=kept_filters()
    )  # fmt: skip


def kept_filters() -> dict[str, str]:
    """What the link says of the filters that both pages know."""
    return {key: st.query_params[key] for key in FILTERS if key in st.query_params}
