"""Flows and steps: nothing is lost when small names are put together, and blanks are not drawn as "no"."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui import charts
from ui.charts.flow import Link, Step, gathered

NAMES = st.sampled_from(["福祉", "税務", "教育", "住宅", "社協", "NPO"])
LINKS = st.lists(st.builds(Link, st.just(0), NAMES, NAMES, st.integers(1, 500)), max_size=30)


def test_small_names_of_a_column_are_put_together_and_the_rest_stay() -> None:
    links = [Link(0, "福祉", "相談", 96), Link(0, "税務", "相談", 2), Link(0, "教育", "相談", 2)]
    assert gathered(links) == [Link(0, "福祉", "相談", 96), Link(0, "ほか2区分", "相談", 4)]


def test_a_single_small_name_keeps_its_name() -> None:
    links = [Link(0, "福祉", "相談", 99), Link(0, "税務", "相談", 1)]
    assert gathered(links) == links


def test_a_name_that_stands_in_two_columns_is_two_nodes() -> None:
    figure = charts.flow([Link(0, "社協", "社協", 5), Link(1, "社協", "終結", 5)], ("a", "b", "c"))
    assert figure["data"][0]["node"]["label"] == ["社協 5", "社協 5", "終結 5"]
    assert figure["data"][0]["link"]["source"] == [0, 1]
    assert figure["data"][0]["link"]["target"] == [1, 2]


@given(LINKS)
def test_nothing_is_lost_by_gathering(links: list[Link]) -> None:
    assert sum(link.amount for link in gathered(links)) == sum(link.amount for link in links)


@given(LINKS)
def test_no_two_flows_share_both_ends_after_gathering(links: list[Link]) -> None:
    ends = [link[:3] for link in gathered(links)]
    assert len(ends) == len(set(ends))


def test_what_is_not_known_is_hatched_and_apart_from_no() -> None:
    figure = charts.steps([("記入", [Step("同意", 60, 20, 20)])], 100)
    reached, missed, unknown = figure["data"]
    assert (reached["x"], missed["x"], unknown["x"]) == ([60.0], [20.0], [20.0])
    assert unknown["marker"]["pattern"]["shape"]
    assert unknown["marker"] != missed["marker"]
    assert unknown["name"] == "未記入"


def test_blocks_stand_on_axes_of_their_own_that_do_not_meet() -> None:
    blocks = [("答え", [Step("a", 1, 1, 0)] * 2), ("日付", [Step("b", 1, 1, 0)] * 3)]
    layout = charts.steps(blocks, 2)["layout"]
    upper, lower = layout["yaxis"]["domain"], layout["yaxis2"]["domain"]
    assert 0 <= lower[0] < lower[1] < upper[0] < upper[1] <= 1
    assert layout["xaxis"]["anchor"] == "y2"


def test_a_step_that_does_not_apply_has_no_bar() -> None:
    figure = charts.steps([("答え", [Step("利用勧奨", None, 0, 10)])], 10)
    assert [bar["x"] for bar in figure["data"]] == [[0.0], [0.0], [0.0]]
