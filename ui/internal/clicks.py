"""A click on a map or a chart chooses the municipality for all pages; a click on the chosen one lets it go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from ui.tables import RowChoice
from ui.url import choose

AREA = "area"  # the URL's key that all pages share


def unchoose() -> None:
    choose(AREA, "")


def on_rows(codes: Sequence[str], chosen: str | None) -> RowChoice:
    """For a table whose rows are municipalities ('' for the prefecture)."""
    return RowChoice(list(codes), chosen, lambda code: choose(AREA, code))


def on_chart(key: str, chosen: str | None) -> Callable[[], None]:
    """For on_select of a plotly chart whose points carry area codes as customdata."""

    def picked() -> None:
        _pick(_of_points(st.session_state[key]), chosen)

    return picked


def on_map(chosen: str | None) -> Callable[[str], None]:
    """For on_choose of a map by ui.outline_map."""
    return lambda code: _pick(code, chosen)


def _pick(code: str | None, chosen: str | None) -> None:
    if code:
        choose(AREA, "" if code == chosen else code)


def _of_points(event: Any) -> str | None:
    for point in event["selection"]["points"]:
        data = point.get("customdata")
        return str(data[0] if isinstance(data, list) else data) if data else None
    return None
