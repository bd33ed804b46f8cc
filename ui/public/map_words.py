"""The map of a published indicator: the words of each place."""

from __future__ import annotations

import pandas as pd

from ui.outline_map import Drawing, drawing
from ui.public.figures import place_text
from ui.rows import rows_of


def map_of(region: str, cells: pd.DataFrame, kind: str) -> Drawing:
    """The drawing of cells, one a municipality."""
    rows = rows_of(cells)
    values = {row.area_code: (row.value, row.state) for row in rows}
    return drawing(region, values, {row.area_code: place_text(row, kind) for row in rows})
