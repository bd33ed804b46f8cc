from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from ui import theme
from ui.charts.grouped import gains, grouped

EACH = pd.DataFrame(
    {
        "area_code": ["a", "b", "c", "d"],
        "name": ["あ市", "い市", "う町", "え町"],
        "group": ["市", "市", "町", "町"],
        "numerator": [2, 8, 5, 0],
        "denominator": [10, 10, 10, 0],
        "value": [0.2, 0.8, 0.5, math.nan],
        "low": [0.1, 0.6, 0.3, math.nan],
        "high": [0.3, 0.9, 0.7, math.nan],
        "state": ["value", "partial", "value", "not_sent"],
    }
)


def test_each_municipality_stands_in_the_row_of_its_group() -> None:
    figure = grouped(EACH, {"市": 0.5, "町": 0.5}, "proportion", "％", 0.5, "a")
    (points,) = figure["data"]
    assert sorted(points["customdata"]) == ["a", "b", "c"]
    rows = dict(zip(points["customdata"], points["y"], strict=True))
    assert {code: round(row) for code, row in rows.items()} == {"a": 1, "b": 1, "c": 0}
    assert figure["layout"]["yaxis"]["ticktext"] == ["市", "町"]
    assert dict(zip(points["customdata"], points["x"], strict=True)) == {"a": 20.0, "b": 80.0, "c": 50.0}
    go.Figure(figure)


def test_the_chosen_one_is_named_and_larger_and_a_partial_one_hollow() -> None:
    (points,) = grouped(EACH, {"市": 0.5, "町": math.nan}, "proportion", "％", math.nan, "a")["data"]
    of = {code: place for place, code in enumerate(points["customdata"])}
    assert points["text"][of["a"]] == "<b>あ市</b>"
    assert points["marker"]["color"][of["a"]] == theme.INK
    assert points["marker"]["size"][of["a"]] > points["marker"]["size"][of["c"]]
    assert points["marker"]["symbol"][of["b"]].endswith("-open")


def test_groups_without_a_value_have_no_mark() -> None:
    figure = grouped(EACH, {"市": 0.5, "町": math.nan}, "proportion", "％", math.nan, None)
    assert len(figure["layout"]["shapes"]) == 1


def test_bars_of_gains_go_from_most_above_to_least_below() -> None:
    rows = pd.DataFrame({"expected": [3.0, 1.0], "gain": [4.0, 0.0], "hover": ["あ", "い"]})
    figure = gains(["あ市", "い市"], ["a", "b"], rows, "件", "b")
    bar, observed = figure["data"]
    assert (bar["y"], bar["x"], bar["customdata"]) == (["い市", "あ市"], [1.0, 3.0], ["b", "a"])
    assert observed["x"] == [0.0, 4.0]
    assert figure["layout"]["yaxis"]["ticktext"] == ["<b>▶ い市</b>", "あ市"]
    go.Figure(figure)
