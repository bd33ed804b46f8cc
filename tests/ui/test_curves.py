"""Several lines in one frame, and figures that go to the browser unchecked."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from ui import charts
from ui.charts.flow import Link, Step
from ui.charts.network import Seat

DAYS = {"2024-04-01": "法の施行", "2024-06-24": "通知", "2030-04-01": "ずっと後"}


def curve(last: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "days": [0.0, 5.0, last],
            "share": [0, 0.4, 0.6],
            "low": [0, 0.3, 0.5],
            "high": [0, 0.5, 0.7],
            "at_risk": [9, 5, 1],
        }
    )


def quarters(values: list[float]) -> pd.DataFrame:
    starts = ["2024-02-15", "2024-05-15", "2024-08-15"]
    return pd.DataFrame(
        {"start": starts, "name": ["R6.1-3", "R6.4-6", "R6.7-9"], "value": values, "low": values, "high": values,
         "hover": [""] * 3}
    )  # fmt: skip


def test_two_curves_differ_by_dash_and_colour_and_the_longest_sets_the_axis() -> None:
    figure = charts.step_curves({"行き": curve(40), "帰り": curve(90)})
    lines = [trace for trace in figure["data"] if trace.get("name")]
    assert [line["name"] for line in lines] == ["行き", "帰り"]
    assert len({line["line"]["dash"] for line in lines}) == 2
    assert len({line["line"]["color"] for line in lines}) == 2
    assert figure["layout"]["xaxis"]["range"] == [0, 90]


def test_a_quarter_without_a_value_leaves_a_gap() -> None:
    figure = charts.side_trends({"困窮側": quarters([0.5, math.nan, 0.7])}, DAYS, "％")
    assert figure["data"][0]["y"] == [50.0, None, 70.0]
    assert figure["data"][0]["connectgaps"] is False


def test_only_days_of_the_law_inside_the_series_are_marked() -> None:
    layout = charts.side_trends({"困窮側": quarters([0.5, 0.6, 0.7])}, DAYS, "％")["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == ["2024-04-01", "2024-06-24"]


def test_what_goes_unchecked_at_run_time_is_a_valid_figure() -> None:
    trends = {"困窮側": quarters([0.5, 0.6, 0.7]), "孤独・孤立側": quarters([0.5, math.nan, 0.7])}
    figures = [
        charts.step_curves({"a": curve(40), "b": curve(90), "c": curve(10)}),
        charts.side_trends(trends, DAYS, "％"),
        charts.flow([Link(0, "a", "b", 3), Link(1, "b", "c", 3)], ("1", "2", "3")),
        charts.steps([("x", [Step("a", 1, 1, 0)]), ("y", [Step("b", None, 0, 2)])], 2),
        charts.network([Seat("支援会議", "a", "support", 3, 0)], {"support": "困窮側"}, ["支援会議"]),
    ]
    for figure in figures:
        go.Figure(figure)  # raises where a property or a value is not plotly's
