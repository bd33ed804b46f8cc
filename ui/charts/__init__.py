"""Charts of the pages, as plain dict figures for st.plotly_chart(figure, **SHOW)."""

from ui.charts.base import SHOW
from ui.charts.compared import bars, ranked
from ui.charts.timed import step_curve, trend, years

__all__ = ["SHOW", "bars", "ranked", "step_curve", "trend", "years"]
