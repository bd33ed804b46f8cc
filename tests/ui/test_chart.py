"""What goes to the browser of a chart, and that its drawing knows every mark that figures use."""

from __future__ import annotations

import math
import re

from ui.bundle import DRAWING
from ui.chart import HERE, sendable
from ui.charts.base import SHAPES
from ui.charts.curves import LOOKS, MARKERS
from ui.charts.network import LOOSE_SYMBOL, SYMBOLS


def source(name: str) -> str:
    return (DRAWING / name).read_text(encoding="utf-8")


def test_what_is_no_number_is_sent_as_null() -> None:
    figure = {"data": [{"y": [1.5, math.nan, math.inf, None, 2], "x": ("a", "b")}], "layout": {"height": 200}}
    assert sendable(figure) == {
        "data": [{"y": [1.5, None, None, None, 2], "x": ["a", "b"]}],
        "layout": {"height": 200},
    }


def test_the_drawing_knows_every_mark_and_dash_of_the_figures() -> None:
    used = {*SHAPES.values(), *MARKERS, *SYMBOLS.values(), LOOSE_SYMBOL, "circle", "line-ns-open", "circle-open"}
    shapes = {re.sub("-open|-thin", "", one) for one in used}
    outlines = source("marks.js").partition("const OUTLINES = {")[2].partition("};")[0]
    assert shapes <= set(re.findall(r'^ +"?([\w-]+)"?: \(r\)', outlines, re.MULTILINE))
    dashes = source("marks.js").partition("const DASHES = {")[2].partition("}")[0]
    assert {dash for _, dash, _ in LOOKS} - {"solid"} <= set(re.findall(r"(\w+):", dashes))


def test_the_drawing_asks_nobody_and_builds_no_code_from_text() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in [*DRAWING.glob("*.js"), HERE / "chart.js"])
    assert re.findall(r"\beval\(|new Function|innerHTML|https?://(?!www\.w3\.org/2000/svg)", text) == []
