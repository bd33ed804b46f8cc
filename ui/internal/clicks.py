"""A click on a map or a chart chooses the municipality for all pages; a click on the chosen one lets it go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.tables import RowChoice
from ui.url import choose

AREA = "area"  # the URL's key that all pages share


def unchoose() -> None:
    choose(AREA, "")


def on_rows(codes: Sequence[str], chosen: str | None) -> RowChoice:
    """For a table whose rows are municipalities ('' for the prefecture)."""
    return RowChoice(list(codes), chosen, lambda code: choose(AREA, code))


def on_map(chosen: str | None) -> Callable[[str], None]:
    """For on_choose of a map, a ranking or a chart."""
    return lambda code: _pick(code, chosen)


def _pick(code: str | None, chosen: str | None) -> None:
    if code:
        choose(AREA, "" if code == chosen else code)
