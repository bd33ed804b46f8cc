"""The English summary of each page, with the figures of the release."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from metrics.catalog import ALL
from ui import labels
from ui.public import facts, plain, store
from ui.public.areas import found
from ui.public.chosen import Chosen

MARKS = (
    "How to read the marks: **x** hidden so that nobody can be recognised (it does not mean 0); "
    "**未提出** the municipality has not reported yet; **（一部）** made from part of the reports; "
    "**- …** nothing to count, or unknown; **0** reported as zero."
)
ABOUT = (
    "Japan has two systems that should work together: *measures against loneliness and isolation* (孤独・孤立対策) and "
    "*self-reliance support for people in need* (生活困窮者自立支援制度). These pages show how municipalities of the "
    "prefecture refer people from one to the other and meet together. The figures describe what was done, "
    "not what came of it."
)
UNITS: Mapping[str, str] = {
    "proportion": " %", "count": " %", "rate": " per 100,000 people and month", "ratio": "", "duration": " days",
}  # fmt: skip
INVENTED = "**All figures are invented**: this is a fictional prefecture that shows how the pages work."


def overview(version: str) -> str:
    lines = [
        f"- {plain.english_title(key.indicator)}: **{value_text(key.now, key.kind)}** (fiscal year {key.now.period})"
        for key in facts.keys(version)
    ]
    figures = "Key figures of the prefecture:\n\n" + "\n".join(lines) if lines else ""
    return _joined(version, ABOUT, figures, MARKS)


def indicator(view: Chosen) -> str:
    return _indicator(view.version, view.id, view.period, view.breakdown)


@st.cache_data(max_entries=128, show_spinner=False)
def _indicator(version: str, indicator_id: str, period: str, breakdown: str) -> str:
    view = Chosen(version, store.indicators(version)[indicator_id], period, breakdown, None)
    whole, title = found(view).whole, plain.english_title(view.indicator)
    when = f"{view.period}" if "-" in view.period else f"fiscal year {view.period} (April to March)"
    said = f"**{title}**, {when}."
    if view.breakdown != ALL:
        said += f" Part shown: {view.part}."
    if whole is not None:
        said += f" Whole prefecture: **{value_text(whole, view.kind)}**."
    return _joined(
        view.version, said,
        "The map and the rows show the same figures by municipality. The thin line on each bar is the 95 % "
        "confidence interval: small municipalities change by chance, so do not read the order as a ranking.",
        MARKS,
    )  # fmt: skip


def cases(version: str) -> str:
    count = len(store.examples(version))
    return _joined(
        version,
        f"{count} examples of what municipalities did to make the two systems work together, published with their "
        "consent. Each sheet says why they began, what they did first, what went well and what was hard (in Japanese).",
    )


def data(version: str) -> str:
    return _joined(
        version,
        "Open data of this release: one CSV file per indicator (UTF-8 with BOM, one header row, official area codes) "
        "and a `datapackage.json` (Frictionless Data Package) that describes the columns. Hidden figures are `x`, "
        f"never blank and never 0. Licence: {store.release(version)['licence']}.",
        MARKS,
    )


def definitions(version: str) -> str:
    least = int(store.release(version)["threshold"])
    titles = [f"- {one['title']}: {plain.english_title(one)}" for one in store.indicators(version).values()]
    base = int(store.release(version)["rounding"])
    rounded = f"Counts of people and cases are rounded to multiples of {base}, each by itself." if base else ""
    return _joined(
        version,
        f"Counts of people or cases from 1 to {least - 1} are hidden, and further figures with them, so that no hidden "
        "count can be worked out by subtraction from totals, from other tables or from earlier releases. Before each "
        "release this is checked by calculation over everything published.",
        rounded,
        "Indicators:\n\n" + "\n".join(titles),
        MARKS,
    )


def value_text(row: Any, kind: str) -> str:
    """A value with its unit in English; the mark where there is none."""
    if row.state in ("hidden", "not_sent", "not_applicable"):
        return {"hidden": "x (hidden)", "not_sent": "not reported", "not_applicable": "nothing to count"}[row.state]
    if math.isnan(row.value):
        return "unknown"
    partly = " (part of the reports)" if row.state == "partial" else ""
    return labels.number_text(row.value, kind) + UNITS[kind] + partly


def _joined(version: str, *parts: str) -> str:
    invented = [INVENTED] if store.release(version)["is_sample"] else []
    return "\n\n".join([*invented, *(part for part in parts if part)])
