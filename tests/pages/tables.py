"""A page's tables found by a heading that only one of them has."""

from __future__ import annotations

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.pages.page_text import open_folds


def table_having(app: AppTest, *columns: str) -> pd.DataFrame:
    """The one table of the page with all these columns; folds are opened to find it."""
    open_folds(app)
    found = [one.value for one in app.dataframe if set(columns) <= set(one.value.columns)]
    assert len(found) == 1, f"{len(found)} tables have {columns}"
    return found[0]


def html_of(app: AppTest) -> str:
    """All HTML that the page shows as it stands, matrices among it."""
    return "\n".join(one.proto.body for one in app.get("html"))
