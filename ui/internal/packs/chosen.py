"""What goes into a pack: for whom, which months, municipalities, sections and formats. All of it is in the URL."""

from __future__ import annotations

import streamlit as st

from desk.choices import Choice
from metrics.periods import MONTHS, months_of_year
from reports.formats import FORMATS
from reports.pack import titles
from reports.sources import Options
from ui import filters, labels
from ui.internal import store
from ui.internal.clicks import AREA
from ui.internal.library.shelf import desk
from ui.url import choose, url_select
from ui.url_list import url_multiselect

READERS = {
    "prefecture": "県の会議（県全体）",
    "municipality": "市区町村（選んだ市区町村ごと）",
    "every": "全ての市区町村（1つずつ）",
}
READER, AREAS, SECTIONS, AS = "for", "areas", "sections", "as"
OWNER = "m"  # whose list the municipalities are: there is one list only
DEFAULT_FORMATS = ("pptx",)


def choice(version: str) -> Choice:
    """The boxes of the page, and what they say."""
    left, middle, right, _ = st.columns([1.6, 1, 1, 0.6])
    with left:
        reader = url_select("読む人", list(READERS), READER, shown=lambda one: READERS[one])
    with middle:
        year = filters.fiscal_year_filter(store.reported_months(version))
    with right:
        month = url_select("月", [0, *MONTHS], "month", shown=lambda one: f"{one}月" if one else labels.WHOLE_YEAR)
    areas = _areas(version) if reader == "municipality" else []
    known = titles_for(reader)
    sections = url_multiselect(
        "載せる項目", list(known), SECTIONS, owner=reader, default=list(known), shown=lambda one: known[one],
        as_pills=True,
    )  # fmt: skip
    formats = url_multiselect(
        "形式", list(FORMATS), AS, owner="file", default=DEFAULT_FORMATS, shown=lambda one: FORMATS[one],
        as_pills=True,
    )  # fmt: skip
    kept = () if len(sections) == len(known) else tuple(sections)
    # Nothing ticked is not the same as everything ticked.
    return Choice(reader, year, month, tuple(areas), kept if sections else ("",), tuple(formats))


def titles_for(reader: str) -> dict[str, str]:
    return titles(is_prefecture=reader == "prefecture")


def _areas(version: str) -> list[str]:
    """Several municipalities; at first the one that is chosen on the other pages."""
    names = store.names(version)
    one = st.session_state.get(f"kept-{AREA}") or st.query_params.get(AREA)
    if one in names and AREAS not in st.query_params:
        st.session_state.setdefault(f"kept-{AREAS}", {}).setdefault(OWNER, [one])
    return url_multiselect(
        "市区町村", list(names), AREAS, owner=OWNER, default=[], shown=lambda code: names[code]
    )  # fmt: skip


def apply(one: Choice) -> None:
    """Shows a kept set in the boxes. For callbacks."""
    choose(READER, one.reader)
    choose("fy", one.fiscal_year)
    choose("month", one.month)
    wanted = {
        (AREAS, OWNER): one.areas,
        (SECTIONS, one.reader): one.sections or tuple(titles_for(one.reader)),
        (AS, "file"): one.formats,
    }
    for (key, owner), values in wanted.items():
        st.session_state.setdefault(f"kept-{key}", {})[owner] = list(values)


def missing(one: Choice) -> str:
    """What is still to be chosen, as a sentence; '' when a pack can be made."""
    if one.reader == "municipality" and not one.areas:
        return "市区町村を1つ以上選んでください。"
    if one.sections == ("",):
        return "載せる項目を1つ以上選んでください。"
    return "" if one.formats else "形式を1つ以上選んでください。"


def options(version: str, one: Choice) -> list[Options]:
    """What the packs are made from: one for the prefecture, or one for each municipality."""
    months = tuple(months_of_year(one.fiscal_year, one.month or None))
    has_indicators = "xlsx" in one.formats  # no other format has a sheet for each indicator
    areas = {"prefecture": (None,), "municipality": one.areas, "every": tuple(store.names(version))}[one.reader]
    return [
        Options(months=months, area=area, sections=one.sections, desk=desk().url, has_indicators=has_indicators)
        for area in areas
    ]
