"""The presentation as it runs: which slide is shown, the keys that move it, the way back to 概況."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from metrics.catalog import load_catalog
from metrics.periods import MONTHS, fiscal_year_of, months_of_year
from reports.pack import make_pack
from reports.sources import Options
from ui.internal import store
from ui.internal.library.shelf import desk
from ui.internal.presentation import drawn, slides
from ui.internal.presentation.way_in import kept_filters
from ui.labels import sentences

BACK = "pages/internal/overview.py"
PLACE = "slide"
SKIPPED = ("definitions",)  # to be read, not shown
# Shown beside their buttons; a presenter's remote control sends the keys of the last two.
KEYS = (
    ("最初", "Home", ":material/first_page:"),
    ("前へ", "Left", ":material/chevron_left:"),
    ("次へ", "Right", ":material/chevron_right:"),
    ("最後", "End", ":material/last_page:"),
    ("終わる", "Esc", ":material/close:"),
)
ALSO = (("前へ", "PageUp"), ("次へ", "PageDown"))
STYLE = """<style>
.st-key-deck-keys { position: fixed; right: 1vw; bottom: .6vh; z-index: 999950; width: auto; }
.st-key-deck-keys button { min-height: 0; padding: .05rem .5rem; font-size: .8rem; background: #FFFFFF; }
.st-key-deck-also { position: fixed; left: -9999px; }
.stAppToolbar, [data-testid="stHeader"] { display: none; }
@media print { .st-key-deck-keys { display: none; } }
</style>"""


def run(version: str) -> None:
    """Draws the slide of now and its keys."""
    options, entries = _options(version), desk().count()
    pages = _slides(version, options, entries)
    place = _place(len(pages))
    st.html(STYLE)
    st.html(_html(version, options, entries, place))
    with st.container(key="deck-keys", horizontal=True, gap="small"):
        for number, (label, key, icon) in enumerate(KEYS):
            st.button(label, key=f"deck-{number}", icon=icon, shortcut=key, on_click=_go, args=(key, len(pages)))
    with st.container(key="deck-also"):
        for label, key in ALSO:
            st.button(f"{label}（{key}）", key=f"deck-{key}", shortcut=key, on_click=_go, args=(key, len(pages)))
    if st.session_state.pop("deck-over", False):
        st.session_state.pop(PLACE, None)
        st.switch_page(BACK, query_params=kept_filters())


def _options(version: str) -> Options:
    """The months and the indicator of the link; what it does not say, or says wrongly, is as on 概況."""
    years = sorted({fiscal_year_of(month) for month in store.reported_months(version)})
    year = {str(one): one for one in years}.get(st.query_params.get("fy", ""), years[-1])
    month = {str(one): one for one in MONTHS}.get(st.query_params.get("month", ""))
    asked = st.query_params.get("indicator", "")
    months = tuple(months_of_year(year, month))
    options = Options(months=months, desk=desk().url, has_indicators=False)
    return replace(options, indicator_id=asked) if asked in load_catalog() else options


@st.cache_resource(max_entries=8, show_spinner="資料を準備しています…")
def _slides(version: str, options: Options, entries: int) -> list[slides.Slide]:
    """Kept until the database or the desk changes."""
    del entries
    return slides.slides_of(make_pack(store.answers(version), options), SKIPPED)


@st.cache_data(max_entries=128, show_spinner=False)
def _html(version: str, options: Options, entries: int, place: int) -> str:
    pages = _slides(version, options, entries)
    meta = store.meta(version)
    about = [line for line in sentences.about_period(meta, options.months) if line]
    return drawn.slide_html(pages[place - 1], place, len(pages), about)


def _place(count: int) -> int:
    """The number of the slide, from 1. The link says where to begin; then the keys do, which may outrun the link."""
    context = get_script_run_ctx()
    if PLACE not in st.session_state or (context is not None and context.is_history_navigation):
        asked = st.query_params.get(PLACE, "1")
        st.session_state[PLACE] = int(asked) if asked.isdecimal() else 1
    place = st.session_state[PLACE] = min(max(st.session_state[PLACE], 1), count)
    st.query_params[PLACE] = str(place)
    return int(place)


def _go(key: str, count: int) -> None:
    """Moves from where the keys have come to, also when they are pressed faster than slides are drawn."""
    place = int(st.session_state.get(PLACE, 1))
    if key == "Esc":
        st.session_state["deck-over"] = True
    elif key in ("Home", "End"):
        st.session_state[PLACE] = 1 if key == "Home" else count
    else:
        st.session_state[PLACE] = min(max(place + (1 if key in ("Right", "PageDown") else -1), 1), count)
