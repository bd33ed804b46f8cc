"""A chart of very many rows in several pieces side by side, each with the same axis of values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

Figure = dict[str, Any]
ROW = 24  # pixels of a row on the page


def rows_of(figure: Mapping[str, Any]) -> list[str]:
    """The names down the side of a chart of horizontal marks, from below to above; empty where it has none."""
    spec = figure["layout"].get("yaxis", {})
    return [name for name in spec.get("categoryarray", spec.get("tickvals", ())) if isinstance(name, str)]


def slices(figure: Figure, parts: int, row_height: int) -> list[Figure]:
    """As many pieces from above to below, of equal height, with rows of so many pixels."""
    names = rows_of(figure)
    each = math.ceil(len(names) / parts)
    frame = figure["layout"]["height"] - ROW * len(names)
    found = []
    for part in range(parts):
        above = len(names) - 1 - part * each
        # The last piece is as long as the others, so that its rows are as high.
        spec = {**figure["layout"]["yaxis"], "categoryarray": names, "range": [above - each + 0.4, above + 0.6]}
        layout = {**figure["layout"], "yaxis": spec, "height": each * row_height + frame}
        found.append({**figure, "layout": layout})
    return found
