"""Charts of the pages, as plain dict figures for st.plotly_chart(figure, **SHOW)."""

from ui.charts.base import SHOW
from ui.charts.compared import bars, ranked
from ui.charts.curves import side_trends, step_curves
from ui.charts.flow import flow, steps
from ui.charts.funnels import funnel
from ui.charts.network import network
from ui.charts.ready import ready
from ui.charts.timed import step_curve, trend, years

__all__ = [
    "SHOW",
    "bars",
    "flow",
    "funnel",
    "network",
    "ranked",
    "ready",
    "side_trends",
    "step_curve",
    "step_curves",
    "steps",
    "trend",
    "years",
]
