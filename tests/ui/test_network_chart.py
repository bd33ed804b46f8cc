"""The network: two columns, no label on another, lines that say whether anybody came."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui import charts
from ui.charts.network import ROW_HEIGHT, Seat, ordered

BODIES = ("官民連携プラットフォーム", "地域協議会", "支援会議")
SIDES = {"support": "困窮側", "connection": "孤独・孤立側", "both": "双方", "other": "その他"}
FEW = [Seat("支援会議", "自立相談支援機関", "support", 6, 6), Seat("支援会議", "警察署", "other", 6, 0)]


def nodes(figure: dict) -> dict[str, list[float]]:
    """Heights of the labels by column."""
    found: dict[str, list[float]] = {}
    for trace in figure["data"]:
        if "markers" in trace["mode"]:
            found.setdefault(str(trace["x"][0]), []).extend(trace["y"])
    return found


@given(st.integers(1, 60), st.integers(1, 3))
def test_labels_of_a_column_never_meet(organisations: int, bodies: int) -> None:
    seats = [
        Seat(body, f"機関{number}", list(SIDES)[number % 4], 1 + number % 5, number % 2)
        for number in range(organisations)
        for body in BODIES[:bodies]
    ]
    figure = charts.network(seats, SIDES, BODIES)
    for heights in nodes(figure).values():
        gaps = [b - a for a, b in zip(sorted(heights), sorted(heights)[1:], strict=False)]
        assert all(gap >= 0.99 for gap in gaps)  # one row of ROW_HEIGHT pixels holds a line of text
    rows = max(organisations, bodies)
    assert figure["layout"]["height"] >= rows * ROW_HEIGHT


def test_the_same_seats_give_the_same_figure_in_whatever_order_they_come() -> None:
    assert nodes(charts.network(FEW, SIDES, BODIES)) == nodes(charts.network(FEW[::-1], SIDES, BODIES))


def test_who_never_came_is_dotted() -> None:
    lines = [trace for trace in charts.network(FEW, SIDES, BODIES)["data"] if trace["mode"] == "lines"]
    assert sorted(line["line"]["dash"] for line in lines) == ["dot", "solid"]


def test_sides_differ_by_symbol_not_by_colour_alone() -> None:
    marks = [trace["marker"]["symbol"] for trace in charts.network(FEW, SIDES, BODIES)["data"] if "marker" in trace]
    assert len(marks) == len(set(marks[1:])) + 1


def test_organisations_of_the_first_body_stand_above_those_of_the_last() -> None:
    seats = [Seat("支援会議", "乙", "other", 1, 1), Seat("官民連携プラットフォーム", "甲", "other", 1, 1)]
    assert ordered(seats, BODIES) == ["甲", "乙"]


def test_a_long_name_is_cut_on_the_chart_and_whole_under_the_pointer() -> None:
    name = "特定非営利活動法人とても長い名前の会" * 2
    trace = charts.network([Seat("支援会議", name, "other", 1, 1)], SIDES, BODIES)["data"][-1]
    assert "…" in trace["text"][0]
    assert name in trace["hovertext"][0]
