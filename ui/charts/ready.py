"""A dict figure that goes to the browser as it is.

st.plotly_chart builds a plotly object of every dict to check it, which costs 5-15 ms a chart at each run: more than all
the rest of a page. Tests check the figures instead. An object of plotly's own kind is asked for its dict and no more.
"""

from __future__ import annotations

from typing import Any

from plotly.basedatatypes import BaseFigure

from ui.charts.base import Figure


class Ready(BaseFigure):  # type: ignore[misc]
    """For st.plotly_chart only: holds the figure and gives it back."""

    def __init__(self, figure: Figure) -> None:
        # Not the parent's: it would check and copy every part.
        object.__setattr__(self, "_ready", figure)

    def to_dict(self) -> dict[str, Any]:
        figure: dict[str, Any] = self._ready
        return figure


def ready(figure: Figure) -> Ready:
    """st.plotly_chart(ready(figure), **SHOW, key=…)."""
    return Ready(figure)
