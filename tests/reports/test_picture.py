"""Pictures show what the page shows: the same values, order, marks and words; nothing in them is run or fetched."""

from __future__ import annotations

import math
import re
import struct
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure as Sheet
from matplotlib.text import Text

from reports import picture
from reports.content import Map
from reports.drawing import chart, paper, slices
from tests.reports.figures import AREAS, FIGURES
from ui import charts, labels, shades

NAN = math.nan
SVG = "{http://www.w3.org/2000/svg}"


def drawn(figure: dict[str, Any], width: int = 700) -> Sheet:
    with paper.drawing():
        sheet = chart.draw(figure, title="", about=[], width=width, height=None)
        sheet.draw_without_rendering()
    return sheet


def words(svg: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_no_builder_of_charts_is_forgotten_here() -> None:
    assert {*charts.__all__} - {"SHOW", "ready"} <= set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_every_chart_becomes_a_small_picture_without_an_address_or_a_script(name: str) -> None:
    svg = picture.svg(FIGURES[name], title="題名", about=["架空データ：見本"], as_text=True)
    root = ElementTree.fromstring(svg)
    assert root.find(f"{SVG}title").text == "題名"
    assert "架空データ：見本" in words(svg)
    assert len(svg) < 40_000
    text = svg.decode()
    assert not re.search(r"(?:href|src)=\"(?!#)|<script|<style|<metadata|@import|\bon\w+=", text)
    assert set(re.findall(r"https?://[^\"]+", text)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    for axis in ("xaxis", "yaxis"):
        title = FIGURES[name]["layout"].get(axis, {}).get("title", {}).get("text", "")
        assert title in ("", *words(svg))


def test_a_ranking_has_the_values_the_order_and_the_marks_of_the_page() -> None:
    figure = FIGURES["ranked"]
    (axes,) = drawn(figure).axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["とても長い名前の村", "▶ 甲市", "丙町", "髙崎市"]
    assert axes.get_ylim() == pytest.approx((-0.7, 3.7))
    found = {}
    for line in axes.get_lines():
        if line.get_marker() in ("v", "^", "s"):
            for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True):
                found[names[round(float(y))]] = (float(x), line.get_marker(), line.get_markerfacecolor() == "none")
    assert found == {
        "▶ 甲市": (pytest.approx(20.0), "v", False),
        "丙町": (pytest.approx(50.0), "s", False),
        "髙崎市": (pytest.approx(80.0), "^", True),  # partly sent: hollow
    }
    assert [text.get_text() for text in axes.texts] == [labels.NOT_SENT]
    ends = sorted(
        end for bars in axes.containers for line in bars[2] for seg in line.get_segments() for end in seg[:, 0]
    )
    assert ends == pytest.approx([10, 30, 30, 60, 70, 90])


def test_what_was_not_sent_is_a_gap_in_the_line_and_not_zero() -> None:
    (axes,) = drawn(FIGURES["trend"]).axes
    line = next(one for one in axes.get_lines() if one.get_linewidth() == 2)
    assert line.get_ydata() == pytest.approx([20.0, NAN, 40.0, 30.0], nan_ok=True)
    assert axes.get_ylim()[0] == 0


def test_bars_begin_at_zero_and_are_not_told_apart_by_colour_alone() -> None:
    (axes,) = drawn(FIGURES["years"]).axes
    assert [(bar.get_y(), bar.get_height()) for bar in axes.patches] == [(0, 1.0), (0, 2.0), (0, 9.0), (0, 8.0)]
    assert [bool(bar.get_hatch()) for bar in axes.patches] == [False, False, True, True]


def test_stacked_bars_stand_on_each_other_in_panels_that_share_the_axis() -> None:
    upper, lower = drawn(FIGURES["steps"]).axes
    assert [(bar.get_x(), bar.get_width()) for bar in upper.patches] == [
        (0, 60), (0, 3), (60, 20), (3, 40), (80, 20), (43, 57),
    ]  # fmt: skip
    assert upper.get_position().y0 > lower.get_position().y1
    assert not lower.patches[:-1]  # what does not apply has no bar but the unknown ones
    assert upper.get_ylim()[0] > upper.get_ylim()[1]  # the first step above


@pytest.mark.parametrize("name", ["funnel", "network", "beside", "ranked"])
def test_no_text_leaves_a_narrow_sheet(name: str) -> None:
    sheet = drawn(FIGURES[name], 360)
    renderer = sheet.canvas.get_renderer()
    for axes in sheet.axes:
        names = axes.get_yticklabels() if axes.yaxis.get_visible() else []
        for text in filter(Text.get_text, [*axes.texts, *names]):
            box = text.get_window_extent(renderer)
            assert box.x0 >= -1 and box.x1 <= 361, text.get_text()


def test_letters_are_outlines_in_a_file_that_stands_alone() -> None:
    alone = picture.svg(FIGURES["bars"], title="題名")
    assert words(alone) == []
    assert b"style" not in alone  # a site may forbid inline styles
    assert "甲市" in words(picture.svg(FIGURES["bars"], as_text=True))


def test_a_name_is_never_read_as_markup_or_as_a_formula() -> None:
    names = ["$a$_b 市", "<i>乙", "丙&町", "d"]
    shown = words(picture.svg(charts.ranked(AREAS, names, "proportion", "％", None), as_text=True))
    assert set(names) <= set(shown)


def test_threads_draw_the_same_as_one_after_the_other() -> None:
    asked = ["ranked", "trend", "years", "flow"]

    def one(name: str) -> bytes:
        return picture.svg(FIGURES[name], as_text=name in ("ranked", "years"), width=500)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, asked)) == [one(name) for name in asked]


def test_a_png_has_twice_the_pixels_and_says_what_it_is() -> None:
    png = picture.png(FIGURES["trend"], title="題名", about=["架空データ"], width=400, height=300)
    assert struct.unpack(">II", png[16:24]) == (800, 600)
    assert "題名".encode() in png


def test_a_note_at_a_category_that_the_chart_does_not_have_is_left_out() -> None:
    figure = FIGURES["ranked"]
    known, said = figure["data"][0]["y"][0], {"text": "注", "x": 1, "y": "", "showarrow": False}
    for name, is_drawn in ((known, True), ("ない町", False)):
        noted = {**figure, "layout": {**figure["layout"], "annotations": [{**said, "y": name}]}}
        assert ("注" in words(picture.svg(noted, title="題名", as_text=True))) is is_drawn, name


def test_a_chart_nobody_knows_is_refused() -> None:
    figure = {"data": [{"type": "pie"}], "layout": {"height": 100}}
    with pytest.raises(ValueError, match="pie"):
        picture.svg(figure)


def test_pieces_of_a_long_chart_hold_every_row_once_from_above_to_below() -> None:
    names = [f"第{number}市" for number in range(25)]
    frame = AREAS.iloc[[0] * 25].assign(value=[number / 100 for number in range(25)])
    figure = charts.ranked(frame, names, "proportion", "％", None)
    shown = [
        [label.get_text() for label in drawn(one).axes[0].get_yticklabels()][::-1]
        for one in slices.slices(figure, 3, 17)
    ]
    assert [name for part in shown for name in part] == names[::-1]
    assert [len(part) for part in shown] == [9, 9, 7]


def test_the_font_has_every_character_of_japanese_names() -> None:
    for path in paper.FONTS.glob("*.ttf"):
        known = TTFont(path, lazy=True).getBestCmap()
        every = "".join(bytes([a, b]).decode("cp932", "ignore") for a in range(0x81, 0xFD) for b in range(0x40, 0xFD))
        needed = "髙﨑①㈱德▶●■▲▼〜～－…" + "".join(one for one in every if not "\ue000" <= one <= "\uf8ff")
        assert [one for one in needed if ord(one) not in known and one.isprintable()] == []


def test_lines_never_begin_with_a_closing_mark_nor_part_a_number() -> None:
    lines = paper.wrapped("値は（令和6年度）、県全体の64.5％です。", 10, 60)
    assert "".join(lines) == "値は（令和6年度）、県全体の64.5％です。"
    assert len(lines) > 2
    assert not any(line[0] in "、。）％" for line in lines)
    assert any("64.5％" in line for line in lines)


pytest_map = pytest.mark.usefixtures("boundaries")


def areas(svg: bytes) -> dict[str, ElementTree.Element]:
    """The outlines by what they say."""
    return {
        path.find(f"{SVG}title").text: path
        for path in ElementTree.fromstring(svg).iter(f"{SVG}path")
        if path.find(f"{SVG}title") is not None
    }


@pytest_map
def test_a_map_has_the_shades_of_the_page_and_a_pattern_for_what_is_not_there() -> None:
    values = {
        "991007": (0.1, "value"), "992011": (0.9, "partial"), "992020": (0.5, "value"),
        "992038": (NAN, "hidden"), "992046": (NAN, "not_applicable"),
    }  # fmt: skip
    shown = Map("題名", "99", values, "proportion", "割合（％）", chosen="992020")
    svg = picture.map_svg(shown, about=["架空データ"])
    found = areas(svg)
    assert len(found) == 41
    bounds = shades.class_bounds([value for value, _ in values.values()])
    fills = {text.partition("：")[0]: path.get("fill") for text, path in found.items()}
    for name, code in (("あさなぎ市", "991007"), ("夕凪原市", "992011"), ("帆影市", "992020")):
        assert fills[name] == shades.colour_of(*values[code], bounds)
    assert fills["青苑市"] == "url(#map-hidden-area)"
    assert fills["星見野市"] == "#FFFFFF"
    assert fills["風待市"] == "url(#map-not_sent-area)"
    assert {"あさなぎ市：10.0％", "夕凪原市：90.0％（一部）", "青苑市：x", "風待市：未提出"} <= set(found)
    said = words(svg)
    for key in shades.keys([value for value, _ in values.values()], "proportion", [one.state for one in shades.STATES]):
        assert key.text in said
    assert {"割合（％）", "架空データ"} <= set(said)
    assert svg.count(b'fill="none" stroke=') == 1
    assert len(svg) < 40_000
    assert b"http" not in svg.replace(b"http://www.w3.org", b"")


@pytest_map
def test_a_map_names_the_islands_that_lie_outside_its_frame() -> None:
    svg = picture.map_svg(Map("題名", "13", {}, "rate", "件"))
    assert any("小笠原村" in line for line in words(svg))
    assert not any("小笠原村" in text for text in areas(svg))
    assert "未提出" in words(svg)


@pytest_map
def test_a_map_as_png_is_as_large_as_asked() -> None:
    png = picture.map_png(Map("題名", "99", {}, "rate", "件"), width=300)
    width, height = struct.unpack(">II", png[16:24])
    assert width == 600
    assert height > 600
