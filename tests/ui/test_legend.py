"""The legend of a map: every colour once, ranges that do not overlap, the marks that stand for no value."""

from __future__ import annotations

import math
import re

from ui import theme
from ui.legend import legend_html

NAN = math.nan


def test_the_legend_names_each_colour_once_with_ranges_that_do_not_overlap() -> None:
    values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, NAN]
    html = legend_html(values, "proportion", "％", ("not_sent", "hidden", "not_applicable"))
    for colour in (*theme.SCALE, theme.NOT_APPLICABLE, "repeating-linear-gradient", "radial-gradient"):
        assert html.count(f"background:{colour}") == 1
    ranges = [tuple(map(float, pair)) for pair in re.findall(r"([\d.]+)～([\d.]+)", html)]
    assert len(ranges) == 5
    for value in (10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0):
        assert sum(low <= value <= high for low, high in ranges) == 1
    assert "未提出" in html


def test_a_legend_of_nothing_still_explains_the_marks() -> None:
    html = legend_html([NAN, NAN], "rate", "件", ("not_sent",))
    assert "未提出" in html
    assert "～" not in html
