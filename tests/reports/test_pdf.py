"""PDF packs: one page a municipality, a few for the prefecture; every figure can be read back, every font is inside."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from metrics.answers import Answers
from reports.content import Cell, Chart, KeyNumber, KeyNumbers, Pack, Section, Sentences, Table
from reports.pack import Options, make_pack
from reports.pdf import write_pdf
from reports.tabular import table
from reports.typesetting import runs
from tests.reports.conftest import MONTHS
from tests.reports.figures import FIGURES
from tests.sample_database import SILENT
from ui import theme


def read(pack: Pack, path: Path) -> PdfReader:
    write_pdf(pack, path)
    return PdfReader(path)


def bare(text: str) -> str:
    """Without blanks and line ends: how lines are broken is the layout's matter."""
    return re.sub(r"[\s\u3000]+", "", text)


def texts(pdf: PdfReader) -> list[str]:
    return [bare(page.extract_text()) for page in pdf.pages]


def said(pack: Pack) -> set[str]:
    """Every text of the blocks that a PDF shows, of the cells those with a figure or a mark."""
    found = {pack.title}
    for section in pack.sections:
        found |= {section.title, section.empty} if section.empty else set()
        for block in section.blocks:
            match block:
                case Sentences():
                    found |= {text.replace("**", "") for text in block.items}
                case KeyNumbers():
                    found |= {part for one in block.items for part in (one.title, one.value, one.interval, one.change)}
                case Table() if section.id != "definitions" or pack.area is None:
                    found |= {cell.text for row in block.rows for cell in row}
    return {bare(text) for text in found}


@pytest.fixture(scope="module")
def prefecture(pack_of_prefecture: Pack, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    return read(pack_of_prefecture, tmp_path_factory.mktemp("pdf") / "県.pdf")


@pytest.fixture(scope="module")
def municipality(pack_of_municipality: Pack, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    return read(pack_of_municipality, tmp_path_factory.mktemp("pdf") / "市.pdf")


@pytest.fixture(scope="module")
def pages(prefecture: PdfReader) -> list[str]:
    return texts(prefecture)


@pytest.fixture(scope="module")
def page(municipality: PdfReader) -> str:
    (found,) = texts(municipality)  # one page and no more
    return found


def test_a_municipality_has_one_page_with_all_that_is_said(pack_of_municipality: Pack, page: str) -> None:
    assert {text for text in said(pack_of_municipality) if text not in page} == set()
    assert "1/1" in page


def test_the_prefecture_has_a_few_pages_with_all_that_is_said(pack_of_prefecture: Pack, pages: list[str]) -> None:
    assert 4 <= len(pages) <= 8
    assert all(f"{number}/{len(pages)}" in page for number, page in enumerate(pages, start=1))
    whole = "".join(pages)
    assert {text for text in said(pack_of_prefecture) if text not in whole} == set()
    assert {text for _, text in pack_of_prefecture.conditions if bare(text) not in whole} == set()


def test_every_page_says_that_the_data_are_invented_and_what_they_are(
    pack_of_prefecture: Pack, pages: list[str], page: str
) -> None:
    for one in [*pages, page]:
        for line in pack_of_prefecture.about:
            assert bare(line) in one
        assert one.count("架空データ") >= 2  # the mark above, the line below


def test_a_real_prefecture_does_not_say_so(pack_of_municipality: Pack, tmp_path: Path) -> None:
    real = replace(pack_of_municipality, is_sample=False, about=["出典：報告"])
    (page,) = texts(read(real, tmp_path / "a.pdf"))
    assert "架空データ" not in page


def test_charts_are_lines_and_letters_and_every_font_is_inside(prefecture: PdfReader, municipality: PdfReader) -> None:
    for pdf in (prefecture, municipality):
        names = set()
        for page in pdf.pages:
            drawn = [one.get_object() for one in page["/Resources"].get("/XObject", {}).values()]
            assert "/Image" not in [one["/Subtype"] for one in drawn]
            for font in page["/Resources"]["/Font"].values():
                (own,) = font.get_object()["/DescendantFonts"]
                assert "/FontFile2" in own.get_object()["/FontDescriptor"]
                names.add(font.get_object()["/BaseFont"].partition("+")[2])
        assert names == {"BIZUDPGothic-Regular", "BIZUDPGothic-Bold"}
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]  # tagged for screen readers


def test_the_map_and_the_ranking_can_be_read(pack_of_prefecture: Pack, pages: list[str]) -> None:
    (section,) = (one for one in pack_of_prefecture.sections if one.id == "map")
    chart = next(block for block in section.blocks if isinstance(block, Chart))
    own = next(one for one in pages if bare(chart.title) in one)
    ranked = own[own.index(bare(chart.title)) :]
    assert {name for name in chart.categories if name not in ranked} == set()
    assert any("一部の報告による値" in one for one in pages)  # the map's legend


STRANGE = '#panic("x") *a* _b_ $c$ <d> @e // f `g` \\ [h] = i 髙﨑①㈱德 「**」'


def small(**changed: object) -> Pack:
    """A pack of one section with one block of each kind, all of whose texts would be markup if they were read."""
    number = KeyNumber(STRANGE, "64.5％", STRANGE, STRANGE, STRANGE)
    rows = [[Cell(STRANGE), Cell("x", None, "hidden"), Cell("3.0", 3.0, "value", 1.0)]]
    blocks = [
        Sentences([STRANGE.replace("「**」", "")]),
        KeyNumbers([number]),
        Table(STRANGE, ["市区町村", STRANGE, "値"], rows, note=STRANGE, groups=[(STRANGE, 3)]),
        Chart(STRANGE, "％", "bar", [], [], FIGURES["bars"], note=STRANGE),
    ]
    sections = [Section("a", STRANGE, blocks), Section("b", STRANGE, [], STRANGE)]
    made = Pack(STRANGE, STRANGE, STRANGE, True, [STRANGE], sections, [(STRANGE, STRANGE)], "a")
    return replace(made, **changed)


@pytest.mark.parametrize("area", [None, "992011"])
def test_no_text_is_read_as_markup(area: str | None, tmp_path: Path) -> None:
    pages = texts(read(small(area=area), tmp_path / "a.pdf"))
    assert "".join(pages).count(bare(STRANGE)) >= 8


def test_a_sheet_stays_one_page_however_much_is_decided(pack_of_municipality: Pack, tmp_path: Path) -> None:
    decided = Section("decisions", "決定", [Sentences([f"決定{number}：" + "検討する。" * 20 for number in range(60)])])
    longer = replace(pack_of_municipality, sections=[*pack_of_municipality.sections, decided])
    (page,) = texts(read(longer, tmp_path / "a.pdf"))
    assert "決定59" in page


def test_bold_is_what_stands_between_two_stars() -> None:
    assert runs("県全体で**64.5**％、**甲市**") == [
        ("県全体で", False),
        ("64.5", True),
        ("％、", False),
        ("甲市", True),
    ]


def test_a_municipality_that_sent_nothing_has_a_page_too(answers: Answers, tmp_path: Path) -> None:
    pack = make_pack(answers, Options(MONTHS, SILENT["水琴町"], has_indicators=False))
    (page,) = texts(read(pack, tmp_path / "a.pdf"))
    assert page.count("未提出") > 5


def test_marks_stand_on_grey_and_a_shade_never_alone() -> None:
    row = [Cell("甲市"), Cell("未提出", None, "not_sent", 1.0), Cell("x", None, "hidden"), Cell("9", 9.0, "value", 1.0)]
    drawn = table(Table("", ["a", "b", "c", "d"], [row]), 500, 14)
    assert [(text, ground) for text, ground, _ in drawn["parts"][0][0]] == [
        ("甲市", None), ("未提出", theme.NO_DATA), ("x", theme.NO_DATA), ("9", theme.SCALE[-1]),
    ]  # fmt: skip


def test_long_narrow_tables_stand_in_columns_that_hold_every_row_once() -> None:
    rows = [[Cell(f"{number}町"), Cell("全て")] for number in range(41)]
    drawn = table(Table("", ["市区町村", "報告"], rows), 500, 14)
    assert len(drawn["parts"]) > 1
    assert [row[0][0] for part in drawn["parts"] for row in part] == [row[0].text for row in rows]
    assert sum(drawn["widths"]) * len(drawn["parts"]) <= 500


def test_no_table_is_wider_than_the_page() -> None:
    for columns, text in ((14, "6/7回（一部）"), (8, "長い文" * 30), (7, "短い"), (3, "やや長い文章の入った欄です")):
        rows = [[Cell(text) for _ in range(columns)] for _ in range(20)]
        drawn = table(Table("", ["見出しの長い列"] * columns, rows), 510, 14)
        assert sum(drawn["widths"]) * len(drawn["parts"]) <= 511, columns
