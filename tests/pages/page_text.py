"""What a page that ran shows: its tables, its figures, its words."""

from __future__ import annotations

import pandas as pd
from streamlit.testing.v1 import AppTest


def table_with(app: AppTest, column: str) -> pd.DataFrame:
    """The page's table whose first column is `column`."""
    found = [one.value for one in app.dataframe if one.value.columns[0] == column]
    assert len(found) == 1, f"{len(found)} tables begin with {column}"
    return found[0]


def figures(app: AppTest) -> dict[str, str]:
    """The key figures by their title."""
    return {one.label: one.value for one in app.metric}


def words(app: AppTest) -> str:
    """All running text of the page, without the marks of bold type."""
    parts = [*app.title, *app.header, *app.info, *app.error, *app.markdown, *app.caption]
    return "\n".join(one.value for one in parts).replace("**", "")


def choices(app: AppTest) -> dict[str, object]:
    """The filters' values by their key."""
    return {one.key: one.value for one in app.selectbox}
