"""Charts: they draw the figures of the table, keep gaps as gaps, begin at zero, and mark what must be marked."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from ui import charts

NAN, INF = math.nan, math.inf


def estimates(*rows: tuple[float, float, float, str], periods: list[str] | None = None) -> pd.DataFrame:
    """value, low, high, state of each row."""
    frame = pd.DataFrame(rows, columns=["value", "low", "high", "state"])
    frame["numerator"], frame["denominator"] = 5, 10
    return frame if periods is None else frame.assign(period=periods)


def traces(figure: dict[str, Any], **wanted: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if all(trace.get(key) == value for key, value in wanted.items())]


def test_areas_are_ranked_from_low_below_to_high_above() -> None:
    frame = estimates((0.2, 0.1, 0.3, "value"), (0.9, 0.8, 1.0, "value"), (0.5, 0.4, 0.6, "partial"))
    (points,) = traces(charts.ranked(frame, ["甲", "乙", "丙"], "proportion", "％", None), mode="markers")
    assert points["y"] == ["甲", "丙", "乙"]
    assert points["x"] == pytest.approx([20, 50, 90])
    assert points["error_x"]["array"] == pytest.approx([10, 10, 10])
    assert points["error_x"]["arrayminus"] == pytest.approx([10, 10, 10])


def test_a_partly_sent_value_is_hollow() -> None:
    frame = estimates((0.2, 0.1, 0.3, "value"), (0.5, 0.4, 0.6, "partial"))
    (points,) = traces(charts.ranked(frame, ["甲", "乙"], "proportion", "％", None), mode="markers")
    assert points["marker"]["symbol"] == ["circle", "circle-open"]


def test_areas_without_a_value_stand_in_the_ranking_with_their_mark_and_without_a_point() -> None:
    frame = estimates((0.2, 0.1, 0.3, "value"), (NAN, NAN, NAN, "not_sent"), (NAN, NAN, NAN, "not_applicable"))
    figure = charts.ranked(frame, ["甲", "乙", "丙"], "proportion", "％", None)
    (points,), (marks,) = traces(figure, mode="markers"), traces(figure, mode="text")
    assert points["y"] == ["甲"]
    assert dict(zip(marks["y"], marks["text"], strict=True)) == {"乙": "未提出", "丙": "-"}
    assert set(figure["layout"]["yaxis"]["categoryarray"]) == {"甲", "乙", "丙"}


def test_a_ranking_of_nothing_is_still_a_chart() -> None:
    frame = estimates((NAN, NAN, NAN, "not_sent"), (NAN, NAN, INF, "value"))
    figure = charts.ranked(frame, ["甲", "乙"], "duration", "日", NAN)
    assert traces(figure, mode="markers")[0]["x"] == []
    assert figure["layout"].get("shapes", []) == []


def test_an_interval_without_upper_end_is_drawn_to_the_edge_and_not_to_infinity() -> None:
    frame = estimates((10.0, 5.0, INF, "value"), (20.0, 15.0, 40.0, "value"))
    (points,) = traces(charts.ranked(frame, ["甲", "乙"], "duration", "日", 15.0), mode="markers")
    assert all(math.isfinite(length) for length in points["error_x"]["array"])
    assert 10.0 + points["error_x"]["array"][0] >= 40.0


def test_the_prefecture_is_a_line_in_the_unit_of_the_axis() -> None:
    figure = charts.ranked(estimates((0.2, 0.1, 0.3, "value")), ["甲"], "proportion", "％", 0.625)
    (line,) = figure["layout"]["shapes"]
    assert line["x0"] == line["x1"] == pytest.approx(62.5)


def test_months_without_a_value_leave_a_gap_in_the_trend() -> None:
    months = ["2024-04", "2024-05", "2024-06"]
    frame = estimates((0.2, 0.1, 0.3, "value"), (NAN, NAN, NAN, "not_sent"), (0.4, 0.3, 0.5, "partial"), periods=months)
    figure = charts.trend(frame, "proportion", "％")
    (line,) = traces(figure, mode="lines+markers")
    assert line["x"] == months
    assert line["connectgaps"] is False
    assert math.isnan(line["y"][1])
    assert line["y"][0] == pytest.approx(20)
    assert line["marker"]["symbol"] == ["circle", "circle", "circle-open"]


def test_the_trend_marks_the_days_of_the_law_that_it_crosses() -> None:
    row = (0.2, 0.1, 0.3, "value")
    crossing = charts.trend(estimates(row, row, row, periods=["2024-03", "2024-04", "2024-05"]), "proportion", "％")
    assert [shape["x0"] for shape in crossing["layout"]["shapes"]] == ["2024-04"]
    before = charts.trend(estimates(row, row, periods=["2023-03", "2023-04"]), "proportion", "％")
    assert not before["layout"]["shapes"]


def test_bars_begin_at_zero_and_stand_in_the_order_given() -> None:
    frame = estimates((0.2, 0.1, 0.3, "value"), (0.0, 0.0, 0.1, "value"))
    figure = charts.bars(frame, ["甲", "乙"], "proportion", "％")
    (bar,) = traces(figure, type="bar")
    assert figure["layout"]["xaxis"]["rangemode"] == "tozero"
    assert dict(zip(bar["y"], bar["x"], strict=True)) == pytest.approx({"甲": 20.0, "乙": 0.0})
    assert bar["y"][-1] == "甲"  # plotly draws upward


def test_a_bar_that_stands_for_no_value_says_so() -> None:
    frame = estimates((0.2, 0.1, 0.3, "value"), (NAN, NAN, NAN, "not_sent"))
    figure = charts.bars(frame, ["甲", "乙"], "proportion", "％")
    assert [(note["y"], note["text"]) for note in figure["layout"]["annotations"]] == [("乙", "未提出")]


def test_every_hover_text_names_value_interval_and_counts() -> None:
    frame = estimates((0.5, 0.25, 0.75, "value"))
    (points,) = traces(charts.ranked(frame, ["甲市"], "proportion", "％", None), mode="markers")
    (text,) = points["hovertext"]
    for part in ("甲市", "50.0％", "25.0～75.0", "5 ／ 10"):
        assert part in text


def test_the_pandemic_years_of_the_national_series_are_not_marked_by_colour_alone() -> None:
    figure = charts.years([2015, 2016, 2019, 2020, 2021, 2022], [1.0, 2.0, NAN, 9.0, 8.0, 3.0], "件")
    (bar,) = traces(figure, type="bar")
    assert bar["y"] == [1.0, 2.0, None, 9.0, 8.0, 3.0]
    assert [bool(shape) for shape in bar["marker"]["pattern"]["shape"]] == [False, False, False, True, True, False]
    assert len(figure["layout"]["shapes"]) == 1
    assert figure["layout"]["yaxis"]["rangemode"] == "tozero"


def test_the_curve_of_days_is_a_step_in_per_cent() -> None:
    frame = pd.DataFrame(
        {"days": [0.0, 7.0, 30.0], "share": [0.0, 0.5, 0.75], "low": [0.0, 0.4, 0.6], "high": [0.0, 0.6, 0.9]}
    ).assign(at_risk=[10, 8, 2])
    share = charts.step_curve(frame)["data"][-1]
    assert share["y"] == pytest.approx([0, 50, 75])
    assert share["line"]["shape"] == "hv"
    assert "50.0％" in share["hovertext"][1]


def compared(*verdicts: str) -> pd.DataFrame:
    """Areas with value 10, 20, … per cent of 10, 20, … cases."""
    rows = [(0.1 * place, 0.05, 0.5, "value") for place in range(1, len(verdicts) + 1)]
    return estimates(*rows).assign(
        area_code=[f"{place}" for place in range(len(rows))], verdict=verdicts, shrunk=0.25, rank_low=1, rank_high=2,
        denominator=[10 * place for place in range(1, len(rows) + 1)],
    )  # fmt: skip


NAMED = ["甲", "乙", "丙", "丁"]


def test_a_verdict_has_a_shape_of_its_own_and_a_second_mark_shows_the_drawn_in_value() -> None:
    figure = charts.ranked(compared("lower", "same", "few", "higher"), NAMED, "proportion", "％", 0.2)
    drawn, points = traces(figure, mode="markers")
    assert points["marker"]["symbol"] == ["triangle-down", "circle", "square", "triangle-up"]
    assert drawn["x"] == pytest.approx([25.0] * 4)
    assert drawn["marker"]["symbol"] not in points["marker"]["symbol"]
    assert "県全体と比べて：高い" in points["hovertext"][3]
    assert "1～2位" in points["hovertext"][0]


def test_a_click_carries_the_code_and_the_others_do_not_fade() -> None:
    for trace in traces(charts.ranked(compared("same", "same"), NAMED[:2], "proportion", "％", 0.2), mode="markers"):
        assert trace["customdata"] == ["0", "1"]
        assert trace["unselected"]["marker"]["opacity"] == 1


def test_the_chosen_area_is_named_with_a_mark_and_a_band() -> None:
    figure = charts.ranked(compared("same", "same"), NAMED[:2], "proportion", "％", None, "乙")
    axis = figure["layout"]["yaxis"]
    assert dict(zip(axis["tickvals"], axis["ticktext"], strict=True)) == {"甲": "甲", "乙": "<b>▶ 乙</b>"}
    (band,) = figure["layout"]["shapes"]
    assert band["y0"] < axis["categoryarray"].index("乙") < band["y1"]


def funnel_lines() -> pd.DataFrame:
    return pd.DataFrame(
        {"denominator": [10, 40], "low": [0.1, 0.15], "high": [0.4, 0.3], "low_998": [0.0, 0.1], "high_998": [0.6, 0.4]}
    )


def test_the_funnel_draws_both_limits_round_the_prefecture() -> None:
    frame = compared("lower", "same", "few", "higher")
    figure = charts.funnel(frame, NAMED, funnel_lines(), "proportion", "％", 0.22)
    lines = traces(figure, mode="lines")
    assert [line["y"] for line in lines] == [[0, 10], [60, 40], [10, 15], [40, 30]]
    assert sorted({line["name"] for line in lines}) == ["95％限界", "99.8％限界"]
    assert figure["layout"]["shapes"][0]["y0"] == pytest.approx(22)
    (points,) = traces(figure, mode="markers+text")
    assert points["x"] == [10, 20, 30, 40]
    assert points["y"] == pytest.approx([10, 20, 30, 40])


def test_the_funnel_names_who_is_beyond_chance_and_who_is_chosen() -> None:
    frame = compared("lower", "same", "few", "higher")
    (points,) = traces(
        charts.funnel(frame, NAMED, funnel_lines(), "proportion", "％", 0.22, "乙"), mode="markers+text"
    )
    assert points["text"] == ["甲", "<b>乙</b>", "", "丁"]
    assert points["marker"]["size"][1] > points["marker"]["size"][0]


def test_who_has_no_value_is_not_in_the_funnel() -> None:
    frame = compared("none", "same").assign(value=[NAN, 0.2])
    (points,) = traces(
        charts.funnel(frame, NAMED[:2], funnel_lines(), "proportion", "％", 0.22), mode="markers+text"
    )
    assert points["customdata"] == ["1"]


def test_the_trend_shows_limits_and_rings_the_signals() -> None:
    months = [f"2024-{month:02d}" for month in range(4, 8)]
    frame = estimates(*[(0.2, 0.1, 0.3, "value")] * 4, periods=months)
    control = pd.DataFrame(
        {"period": months, "value": 0.2, "centre": 0.2, "lower": 0.1, "upper": 0.3, "signal": ["", "shift", "", ""]}
    )
    figure = charts.trend(frame, "proportion", "％", control)
    assert [line["y"] for line in traces(figure, mode="lines")[2:]] == [[20.0] * 4, [10.0] * 4, [30.0] * 4]
    (ring,) = traces(figure, mode="markers")
    assert ring["x"] == ["2024-05"]
    assert traces(charts.trend(frame, "proportion", "％", control.assign(centre=NAN)), mode="markers") == []


def test_a_series_of_years_is_named_and_marked_by_years() -> None:
    row = (0.2, 0.1, 0.3, "value")
    figure = charts.trend(estimates(row, row, row, periods=["2023", "2024", "2025"]), "count", "％")
    assert figure["layout"]["xaxis"]["ticktext"] == ["R5", "R6", "R7"]
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == ["2024", "2024", "2025"]
    (line,) = traces(figure, mode="lines+markers")
    assert "令和6年度" in line["hovertext"][1]


def test_figures_carry_no_address_of_anybody_else() -> None:
    row = (0.2, 0.1, 0.3, "value")
    frame = estimates(row, row, periods=["2024-03", "2024-04"])
    for figure in (
        charts.trend(frame, "proportion", "％"),
        charts.ranked(frame, ["甲", "乙"], "proportion", "％", 0.5),
        charts.bars(frame, ["甲", "乙"], "proportion", "％"),
    ):
        assert "http" not in str(figure)
