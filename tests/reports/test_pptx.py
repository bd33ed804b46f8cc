"""Slides: every figure of the pack, native and editable, inside the slide, with its marks; nothing of a template."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from pptx.util import Pt

from reports.content import Cell, Chart, KeyNumber, KeyNumbers, Map, Pack, Section, Sentences, Series, Table, on_paper
from reports.pptx import write_pptx
from reports.slides import chart_data, grid, measure
from reports.slides.deck import FOOT, HEIGHT, WIDTH
from ui import labels
from ui.maps import outlines

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
FORMULA = '=HYPERLINK("http://mihon.invalid/")'
LONGEST = "とても長い名前の支援が届くまで待つ町の北海道中川郡音威子府村字東西南北"


def opened(pack: Pack) -> Any:
    buffer = io.BytesIO()
    write_pptx(pack, buffer)
    buffer.seek(0)
    return Presentation(buffer)


def pack_of(*sections: Section, is_sample: bool = True, definitions: Table | None = None) -> Pack:
    notice = [labels.SAMPLE_NOTICE] if is_sample else []
    about = [*notice, "期間：令和6年度", "データ時点：令和7年3月31日まで", "出典：相互紹介記録"]
    conditions = [("期間", "令和6年度"), ("対象", "県全体")]
    return Pack("会議資料", "見本県", "令和6年度", is_sample, about, sections, conditions, "資料", (), definitions)


def shapes_of(holder: Any) -> Iterator[Any]:
    for shape in holder.shapes:
        yield shape
        if shape.shape_type == 6:  # a group
            yield from shapes_of(shape)


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in shapes_of(slide) if shape.has_text_frame]


def grids(deck: Any) -> list[list[list[str]]]:
    found = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table:
                found.append([[cell.text for cell in row.cells] for row in shape.table.rows])
    return found


def native_charts(deck: Any) -> list[Any]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


@pytest.fixture(scope="module")
def prefecture_deck(pack_of_prefecture: Pack) -> Any:
    return opened(pack_of_prefecture)


def test_every_slide_says_that_the_data_are_invented_its_period_and_its_title(
    prefecture_deck: Any, pack_of_prefecture: Pack
) -> None:
    for slide in prefecture_deck.slides:
        said = "\n".join(texts(slide))
        assert labels.SAMPLE_NOTICE in said
        assert pack_of_prefecture.period in said
        assert slide.shapes.title.text_frame.text
    titles = [slide.shapes.title.text_frame.text for slide in prefecture_deck.slides]
    for section in pack_of_prefecture.sections:
        assert any(title.startswith(section.title) for title in titles), section.title


def test_real_data_carry_no_word_of_invention() -> None:
    deck = opened(pack_of(Section("a", "一", [Sentences(["**62.3**％です。"])]), is_sample=False))
    assert not any("架空" in text for slide in deck.slides for text in texts(slide))


def test_every_cell_of_every_table_stands_in_a_native_table(prefecture_deck: Any, pack_of_prefecture: Pack) -> None:
    shown = [row for table in grids(prefecture_deck) for row in table]
    for section in map(on_paper, pack_of_prefecture.sections):
        for block in section.blocks:
            for row in block.rows if isinstance(block, Table) else ():
                assert [cell.text for cell in row] in shown, section.title


def test_cards_and_sentences_say_what_the_pack_says(prefecture_deck: Any, pack_of_prefecture: Pack) -> None:
    said = "\n".join(text for slide in prefecture_deck.slides for text in texts(slide))
    for section in pack_of_prefecture.sections:
        for block in section.blocks:
            if isinstance(block, Sentences):
                assert all(one.replace("**", "") in said for one in block.items)
            if isinstance(block, KeyNumbers):
                for one in block.items:
                    parts = [one.title, one.value, one.interval, one.counts, one.change]
                    assert "\n".join(part for part in parts if part) in said


def test_nothing_lies_outside_a_slide_or_over_its_foot(prefecture_deck: Any) -> None:
    _assert_inside(prefecture_deck)


def _assert_inside(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0, shape.name
            assert shape.left + shape.width <= Pt(WIDTH) + 10, shape.name
            bottom = shape.top + (sum(row.height for row in shape.table.rows) if shape.has_table else shape.height)
            is_foot = shape.top >= Pt(FOOT.top) or shape.name == "帯"
            assert bottom <= Pt(HEIGHT if is_foot else FOOT.top) + 10, (shape.name, bottom / 12700)


def test_each_run_names_the_japanese_font(prefecture_deck: Any) -> None:
    for slide in prefecture_deck.slides:
        for run in slide._element.iter(f"{A}r"):
            assert run.find(f"{A}rPr/{A}ea").get("typeface") == "BIZ UDPゴシック"
    for chart in native_charts(prefecture_deck):
        for properties in chart._chartSpace.iter(f"{A}defRPr"):
            assert properties.find(f"{A}ea") is not None


def test_nothing_is_left_of_the_template(prefecture_deck: Any) -> None:
    assert [layout.name for layout in prefecture_deck.slide_layouts] == ["見出しと本文"]
    assert [shape.name for shape in prefecture_deck.slide_master.placeholders] == ["見出し"]
    assert prefecture_deck.core_properties.author == "連携ダッシュボード"
    kinds = {one.reltype.rsplit("/", 1)[-1] for one in prefecture_deck.part.package._rels.values()}
    assert "thumbnail" not in kinds
    assert prefecture_deck.slide_width / prefecture_deck.slide_height == pytest.approx(16 / 9)


def test_a_chart_keeps_values_gaps_intervals_and_states_and_is_editable() -> None:
    chart = Chart(
        "推移", "割合（％）", "line", ["R6.4", "R6.5", "R6.6"],
        [Series("県全体", [40.25, None, 62.0])], low=[38.0, None, 60.0], high=[43.5, None, 64.0],
        states=["value", "not_sent", "partial"], native_note="縦線は95％信頼区間。",
    )  # fmt: skip
    shown = native_charts(opened(pack_of(Section("a", "推移", [chart]))))[0]
    # 40.25 reads 40.3 on every page; a binary hair below a half must not make it 40.2 here.
    assert list(shown.plots[0].series[0].values) == [40.3, None, 62.0]
    assert shown._chartSpace.find(f".//{C}dispBlanksAs").get("val") == "gap"
    bars = shown._chartSpace.find(f".//{C}errBars")
    points = {
        side: [float(one.text) for one in bars.findall(f"{C}{side}/{C}numRef/{C}numCache/{C}pt/{C}v")]
        for side in ("plus", "minus")
    }
    assert points == {"plus": [3.25, 2.0], "minus": [2.25, 2.0]}
    book = openpyxl.load_workbook(io.BytesIO(shown.part.chart_workbook.xlsx_part.blob))
    lines = list(book["Sheet1"].iter_rows(values_only=True))
    assert lines[0][:4] == (None, "県全体", "95％下限", "95％上限")
    assert lines[2][:4] == ("R6.5", None, None, None)
    assert shown.plots[0].series[0].points[2].marker.format.fill.fore_color.rgb == (255, 255, 255)


def test_a_ranking_of_179_is_cut_into_panels_on_one_scale() -> None:
    names = [f"第{place}町" for place in range(179)]
    values: list[float | None] = [100 - place / 2 for place in range(179)]
    chart = Chart("値", "％", "bar", names, [Series("値", values)], reference=("県全体", 55.5))
    shown = native_charts(opened(pack_of(Section("a", "値", [chart]))))
    assert [one.plots[0].categories[0] for one in shown] == ["県全体"] * len(shown)
    assert [name for one in shown for name in list(one.plots[0].categories)[1:]] == names
    assert [value for one in shown for value in list(one.plots[0].series[0].values)[1:]] == values
    assert {(one.value_axis.minimum_scale, one.value_axis.maximum_scale) for one in shown} == {(0.0, 100.0)}
    assert max(len(list(one.plots[0].categories)) for one in shown) <= chart_data.PANEL[1] + 1


def test_a_map_is_one_named_shape_for_each_municipality_with_its_state(boundaries: None) -> None:
    codes, names = outlines("99")["codes"], outlines("99")["names"]
    values = {code: (float(place), "value") for place, code in enumerate(codes[3:])}
    values |= {codes[1]: (math.nan, "not_applicable"), codes[2]: (0.5, "partial")}
    deck = opened(pack_of(Section("a", "地図", [Map("地図", "99", values, "proportion", "％", codes[5])])))
    group = next(shape for shape in deck.slides[1].shapes if shape.shape_type == 6)
    by_name = {shape.name: shape for shape in group.shapes}
    assert set(names) <= set(by_name)
    said = {name: by_name[name]._element.xpath(".//p:cNvPr")[0].get("descr") for name in names[:3]}
    assert said == {names[0]: f"{names[0]} 未提出", names[1]: f"{names[1]} -", names[2]: f"{names[2]} 50.0％（一部）"}
    assert by_name[names[0]].fill.type == MSO_FILL.PATTERNED
    assert by_name[names[1]].fill.type == MSO_FILL.SOLID
    assert f"{names[2]}：一部の報告による値" in by_name
    assert by_name[names[5]].line.width > by_name[names[6]].line.width


def test_no_text_becomes_a_formula_anywhere() -> None:
    chart = Chart(FORMULA, FORMULA, "bar", [FORMULA, "乙"], [Series(FORMULA, [1.0, 2.0])], low=[0.5, 1], high=[2, 3])
    table = Table(FORMULA, [FORMULA], [[Cell(FORMULA)], [Cell("x", state="hidden")], [Cell("a\x00\x1b\ud800b")]])
    deck = opened(pack_of(Section("a", FORMULA, [Sentences([FORMULA]), table, chart])))
    assert grids(deck)[0] == [["'" + FORMULA], ["'" + FORMULA], ["x"], ["ab"]]
    shown = native_charts(deck)[0]
    assert list(shown.plots[0].categories) == ["'" + FORMULA, "乙"]
    book = openpyxl.load_workbook(io.BytesIO(shown.part.chart_workbook.xlsx_part.blob))
    assert {cell.data_type for row in book["Sheet1"].iter_rows() for cell in row} <= {"s", "n"}


def test_tables_and_maps_of_hokkaido_fit_with_the_longest_names(boundaries: None) -> None:
    codes = outlines("01")["codes"]
    heads = ["市区町村", *(f"とても長い見出しの列その{place}" for place in range(12))]
    rows = [
        [
            Cell(f"{LONGEST}{place}"),
            *(Cell("100.0（一部）", 100.0, "partial", 0.5) for _ in range(11)),
            Cell("未提出", None, "not_sent"),
        ]
        for place in range(len(codes))
    ]
    table = Table("表", heads, rows, groups=[("左の群", 6), ("右の群", 6)], note="注" * 300)
    cards = KeyNumbers(
        [
            KeyNumber(
                LONGEST * 2,
                "半数に達していない",
                "95％信頼区間 100.0～上限なし",
                "1,234,567 ／ 2,345,678件（一部）",
                "前年同期差 +100.0ポイント",
            )
        ]
        * 13
    )
    wide = Table(
        "広い表", ["名", *("列" * 9 for _ in range(40))], [[Cell("甲"), *(Cell("あ" * 30) for _ in range(40))]]
    )
    long = Table("長い文", ["名", "文"], [[Cell("甲"), Cell("長い文章です。" * 2000)]])
    shown = Map("地図", "01", {code: (float(place), "value") for place, code in enumerate(codes)}, "rate", "件")
    deck = opened(
        pack_of(
            Section("a", LONGEST * 3, [Sentences([LONGEST * 30] * 12), cards]),
            Section("b", "表", [table, wide, long]),
            Section("c", "地図", [shown]),
        )
    )  # fmt: skip
    _assert_inside(deck)
    found = grids(deck)
    assert sum(row[0].startswith(LONGEST) for part in found for row in part) >= len(codes)
    told = [row[1] for part in found for row in part if len(row) == 2 and "文章" in row[1]]
    assert "".join(told) == "長い文章です。" * 2000


def test_notes_give_definitions_sources_and_conditions() -> None:
    defined = Table(
        "定義",
        ["指標", "分子"],
        [[Cell("利用勧奨の実施率"), Cell("利用勧奨が「有」の件数")], [Cell("別の率"), Cell("別")]],
    )
    chart = Chart("利用勧奨の実施率・月別", "％", "column", ["R6.4"], [Series("県", [1.0])])
    deck = opened(pack_of(Section("a", "推移", [chart]), definitions=defined))
    notes = deck.slides[1].notes_slide.notes_text_frame.text
    assert "利用勧奨が「有」の件数" in notes and "別の率" not in notes
    assert "出典：相互紹介記録" in notes and "対象：県全体" in notes


def test_the_first_slide_links_to_every_section() -> None:
    deck = opened(pack_of(Section("a", "一", [Sentences(["甲"])]), Section("b", "二", [], empty="報告がありません。")))
    linked = [shape for shape in deck.slides[0].shapes if shape.click_action.target_slide is not None]
    assert [shape.text_frame.text for shape in linked] == ["2　一", "3　二", "4　この資料の条件"]
    assert [shape.click_action.target_slide.slide_id for shape in linked] == [
        one.slide_id for one in list(deck.slides)[1:]
    ]
    assert "報告がありません。" in "\n".join(texts(deck.slides[2]))


@pytest.mark.parametrize("text", ["令和6年度（令和6年4月～令和7年3月）の値", "abc", "髙﨑①㈱德"])
def test_measured_lines_never_take_less_room_than_the_letters(text: str) -> None:
    wide = measure.width(text, 12)
    assert measure.line_count(text, 12, wide + 0.1) == 1
    assert measure.line_count(text, 12, wide * 0.6) >= 2
    assert measure.line_count(f"{text}\n{text}", 12, wide + 0.1) == 2


def test_a_long_table_is_spread_evenly_over_as_few_slides_as_it_needs() -> None:
    table = Table("表", ["名", "値"], [[Cell(f"第{place}町"), Cell(f"{place}.0", float(place))] for place in range(50)])
    counts = [len(part.rows) for part in grid.parts(table, 800, 380)]
    assert sum(counts) == 50 and max(counts) - min(counts) <= 2


def test_the_file_is_written_where_asked(tmp_path: Path, pack_of_municipality: Pack) -> None:
    target = tmp_path / "資料.pptx"
    write_pptx(pack_of_municipality, target)
    deck = Presentation(str(target))
    _assert_inside(deck)
    assert json.dumps([slide.shapes.title.text_frame.text for slide in deck.slides], ensure_ascii=False).count(
        "夕凪原市"
    )
