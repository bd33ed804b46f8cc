"""A pack cut into slides loses nothing, repeats nothing, and keeps what belongs together."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from reports.content import Cell, Chart, KeyNumber, KeyNumbers, Map, Pack, Section, Sentences, Series, Table
from ui import charts
from ui.internal.presentation.drawn import slide_html
from ui.internal.presentation.slides import slides_of

NAMES = [f"第{number}町" for number in range(1, 42)]


def pack_of(*blocks: object, id: str = "one", title: str = "節", empty: str = "") -> Pack:
    section = Section(id, title, list(blocks), empty)  # type: ignore[arg-type]
    return Pack("題", "見本県", "令和6年度", True, ["架空データ"], [section], [], "stem")


def table_of(count: int, *texts: str, note: str = "") -> Table:
    heads = ["市区町村", *(f"列{place}" for place in range(len(texts)))]
    return Table("表", heads, [[Cell(f"{row}番"), *map(Cell, texts)] for row in range(count)], note=note)


def ranking() -> Chart:
    frame = pd.DataFrame(
        {
            "value": [n / 100 for n in range(41)],
            "low": 0.0,
            "high": 0.5,
            "state": "value",
            "numerator": 1,
            "denominator": 9,
        }
    )
    figure = charts.ranked(frame, NAMES, "proportion", "％", 0.3)
    return Chart("順", "％", "bar", NAMES, [Series("値", [float(n) for n in range(41)])], figure)


@pytest.mark.parametrize("texts", [("12.3",) * 3, ("12.3",) * 12, ("長い文" * 12, "1")], ids=["few", "many", "wordy"])
def test_a_long_table_goes_on_over_several_slides_with_every_row_once(texts: tuple[str, ...]) -> None:
    whole = table_of(41, *texts)
    shown = [one.blocks[0] for one in slides_of(pack_of(whole))[1:]]
    assert len(shown) > 2
    assert [row for one in shown for row in one.rows] == list(whole.rows)
    assert all(one.heads == whole.heads and one.rows for one in shown)


def test_a_short_table_is_one_slide_under_the_plain_title() -> None:
    assert [one.title for one in slides_of(pack_of(table_of(5, "1")))] == ["題", "節"]


def test_parts_of_a_section_are_counted_in_the_title() -> None:
    titles = [one.title for one in slides_of(pack_of(Sentences(["文"]), ranking()))]
    assert titles == ["題", "節（1／4）", "節（2／4）", "節（3／4）", "節（4／4）"]


def test_a_ranking_is_seen_through_windows_that_leave_no_row_out() -> None:
    windows = [one.blocks[0].figure["layout"]["yaxis"]["range"] for one in slides_of(pack_of(ranking()))[1:]]
    rows = [row for low, high in windows for row in range(40, -1, -1) if low < row < high]
    assert rows == list(range(40, -1, -1))
    assert all(high - low < 17 for low, high in windows)


def test_a_map_stands_beside_its_sentences_and_a_remark_below_its_figures() -> None:
    numbers = KeyNumbers([KeyNumber("割合", "64.5％", "", "", "")])
    country = Map("地図", "99", {}, "proportion", "％")
    pack = pack_of(numbers, Sentences(["注"]), Sentences(["甲", "乙"]), country, ranking())
    kinds = [[type(block).__name__ for block in one.blocks] for one in slides_of(pack)[1:]]
    assert kinds[:2] == [["KeyNumbers", "Sentences"], ["Sentences", "Map"]]
    assert {kind for one in kinds[2:] for kind in one} == {"Chart"}


def test_a_section_without_blocks_says_why_and_one_to_skip_is_left_out() -> None:
    pack = pack_of(empty="報告がありません。")
    assert "報告がありません。" in slide_html(slides_of(pack)[1], 2, 2, ["架空データ"])
    assert len(slides_of(pack, skipped=["one"])) == 1


def test_a_slide_says_its_number_its_marks_and_nothing_a_case_could_inject() -> None:
    evil = "<img src=x onerror=alert(1)>"
    table = Table(
        "表",
        ["市区町村", "値"],
        [[Cell(evil), Cell("未提出", state="not_sent")], [Cell("乙町"), Cell("x", state="hidden")]],
    )
    shown = slide_html(slides_of(pack_of(table, title=evil))[1], 2, 9, ["架空データ"])
    assert "2／9" in shown and "架空データ" in shown and ">未提出" in shown and ">x" in shown
    assert re.findall(r"<img[^>]*onerror", shown) == []
    assert "&lt;img src=x" in shown


def test_charts_and_maps_are_pictures_with_words_for_who_cannot_see_them() -> None:
    shown = slide_html(slides_of(pack_of(ranking()))[1], 2, 2, [])
    assert "<img alt='順' src='data:image/svg+xml;base64," in shown
