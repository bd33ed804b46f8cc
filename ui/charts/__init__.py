"""Charts of the pages, as plain dict figures of plotly's for ui.chart.show and for pictures."""

from ui.charts.compared import bars, ranked
from ui.charts.curves import side_trends, step_curves
from ui.charts.flow import flow, steps
from ui.charts.funnels import funnel
from ui.charts.network import network
from ui.charts.timed import step_curve, trend, years

__all__ = [
    "bars",
    "flow",
    "funnel",
    "network",
    "ranked",
    "side_trends",
    "step_curve",
    "step_curves",
    "steps",
    "trend",
    "years",
]
