"""Shares of one place beside the whole and its peers: what is not known has no mark."""

from __future__ import annotations

from ui.charts.beside import Beside, beside

ROWS = [
    Beside("利用勧奨", 40.0, 30.0, 50.0, 60.0, (50.0, 55.0, 70.0)),
    Beside("つなぎ", None, None, None, 62.0, (None, None, None)),
    Beside("プラン", 0.0, 0.0, 20.0, None, (10.0, 20.0, 30.0), is_partial=True),
]


def test_each_mark_stands_where_its_value_is_and_nowhere_without_one() -> None:
    quartiles, middle, whole, points = beside(ROWS)["data"]
    assert (quartiles["base"], quartiles["x"]) == ([50.0, 10.0], [20.0, 20.0])
    assert (middle["x"], middle["y"]) == ([55.0, 20.0], ["利用勧奨", "プラン"])
    assert (whole["x"], whole["y"]) == ([60.0, 62.0], ["利用勧奨", "つなぎ"])
    assert (points["x"], points["y"]) == ([40.0, 0.0], ["利用勧奨", "プラン"])
    assert points["error_x"]["array"] == [10.0, 20.0]
    assert points["error_x"]["arrayminus"] == [10.0, 0.0]
    assert points["marker"]["symbol"] == ["circle", "circle-open"]


def test_rows_stand_from_top_to_bottom_on_one_scale_of_per_cent() -> None:
    layout = beside(ROWS)["layout"]
    assert layout["yaxis"]["categoryarray"] == ["プラン", "つなぎ", "利用勧奨"]
    assert layout["xaxis"]["range"] == [0, 100]
