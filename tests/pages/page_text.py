"""What a page that ran shows: its tables, its figures, its words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import pandas as pd
from streamlit.testing.v1 import AppTest


def table_with(app: AppTest, column: str) -> pd.DataFrame:
    """The page's table whose first column is `column`; folds are opened to find it."""
    open_folds(app)
    found = [one.value for one in app.dataframe if one.value.columns[0] == column]
    assert len(found) == 1, f"{len(found)} tables begin with {column}"
    return found[0]


def open_folds(app: AppTest) -> None:
    """Opens every fold with a table, as a reader would one by one; what is closed is not made."""
    closed = [key for key, is_open in app.session_state.items() if key.startswith("fold-") and not is_open]
    for key in closed:
        app.session_state[key] = True
    if closed:
        app.run()
        assert [found.message for found in app.exception] == []


def figures(app: AppTest) -> dict[str, str]:
    """The key figures by their title."""
    return {one.label: one.value for one in app.metric}


@dataclass(frozen=True)
class Card:
    """A key figure of the overview: its value with unit, its change, and the lines below."""

    value: str
    change: str
    lines: tuple[str, ...]
    link: str


def cards(app: AppTest) -> dict[str, Card]:
    """The overview's key figures by their title."""
    (text,) = [one.proto.body for one in app.get("html") if "<div class=cards>" in one.proto.body]
    found = {}
    for link, body in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', text):
        parts = [(kind, html.unescape(re.sub(r"<[^>]*>", "", part))) for kind, part in re.findall(PART, body)]
        title, value, change = (next(part for name, part in parts if name == kind) for kind in "tvd")
        found[title] = Card(value, change, tuple(part for name, part in parts if name == "i"), html.unescape(link))
    return found


PART = r"<span class=([tvdi])>(.*?)</span>(?=<span class=[tvdi]>|$)"


def words(app: AppTest) -> str:
    """All running text of the page, without the marks of bold type."""
    parts = [*app.title, *app.header, *app.info, *app.error, *app.markdown, *app.caption]
    return "\n".join(one.value for one in parts).replace("**", "")


def choices(app: AppTest) -> dict[str, object]:
    """The filters' values by their key."""
    return {one.key: one.value for one in app.selectbox}
