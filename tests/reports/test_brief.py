"""A prefecture of very many municipalities: signs on paper and slides, everything in the workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from desk.records import desk_url
from metrics.answers import Answers
from reports import sources
from reports.content import Cell, Chart, Pack, Table, on_paper
from reports.formats import write
from reports.pack import Options, make_pack
from reports.pdf import page_pictures
from reports.sections import gaps
from reports.slides.grid import folded
from reports.tabular import table
from tests.reports.conftest import MONTHS
from tests.reports.test_figures_agree import bare
from tests.sample_database import SILENT, SampleDatabase


@pytest.fixture(scope="module")
def long_pack(answers: Answers, sample_database: SampleDatabase) -> Pack:
    """The sample's, as if its municipalities were too many for a page."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sources, "MANY", 10)
        patched.setattr(gaps, "MOST_BARS", 1)
        patched.setattr(gaps, "FEW", 0)
        return make_pack(answers, Options(MONTHS, desk=desk_url(sample_database.place), has_indicators=False))


def tables(pack: Pack, section_id: str) -> tuple[Table, Table]:
    """The table of a section, and what stands in its stead on paper."""
    (section,) = (one for one in pack.sections if one.id == section_id)
    (whole,) = (one for one in section.blocks if isinstance(one, Table))
    (brief,) = (one for one in on_paper(section).blocks if isinstance(one, Table))
    return whole, brief


@pytest.mark.parametrize("section_id", ["bodies", "practices"])
def test_signs_keep_every_municipality_every_state_and_every_shade(long_pack: Pack, section_id: str) -> None:
    whole, brief = tables(long_pack, section_id)
    assert brief is not whole and len(brief.heads) == len(whole.heads)
    for long, short in zip(whole.rows, brief.rows, strict=True):
        assert long[0] == short[0]
        assert [(one.state, one.shade) for one in long] == [(one.state, one.shade) for one in short]
        for one, sign in zip(long[1:], short[1:], strict=True):
            assert 1 <= len(sign.text) <= 4
            assert (sign.text == "未") == (one.text == "未提出")
            assert sign.text.endswith("*") == (one.state == "partial")
            assert not one.text.startswith("有") or sign.text in ("○", "新", "有")
    assert "Excelの資料" in brief.note


def test_only_who_has_something_to_send_is_listed_on_paper(long_pack: Pack) -> None:
    whole, brief = tables(long_pack, "returns")
    lacking = [row[1].text for row in whole.rows if any(one.text != "全て" for one in row[2:])]
    assert [row[0].text for row in brief.rows] == lacking
    assert 0 < len(lacking) < len(whole.rows)
    assert f"全てそろった{len(whole.rows) - len(lacking)}市区町村" in brief.note
    silent = next(row for row in brief.rows if row[0].text == "水琴町")
    assert [one.text for one in silent[1:]] == ["未"] * (len(silent) - 1)


def test_what_a_chart_leaves_out_is_added_up_in_words(long_pack: Pack) -> None:
    (section,) = (one for one in long_pack.sections if one.id == "gaps")
    (whole,), (brief,) = ([one for one in on.blocks if isinstance(one, Chart)] for on in (section, on_paper(section)))
    left = len(whole.categories) - len(brief.categories)
    assert left > 0 and list(brief.categories) == list(whole.categories)[: len(brief.categories)]
    assert f"ほかの{left}市区町村は合わせて" in brief.note


def test_pages_slides_and_workbook_of_many_municipalities(long_pack: Pack, tmp_path: Path) -> None:
    for ending in ("pdf", "pptx", "xlsx"):
        write(long_pack, tmp_path / f"a.{ending}")
    pages = [bare(page.extract_text()) for page in PdfReader(tmp_path / "a.pdf").pages]
    assert 4 <= len(pages) <= 8
    assert len(page_pictures(long_pack)) == len(pages)
    _, brief = tables(long_pack, "bodies")
    assert bare(brief.note) in "".join(pages)
    shapes = [shape for slide in Presentation(str(tmp_path / "a.pptx")).slides for shape in slide.shapes]
    cells = {cell.text for one in shapes if one.has_table for row in one.table.rows for cell in row.cells}
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    written = {str(one) for row in book["会議体への参加"].iter_rows(values_only=True) for one in row}
    for row in brief.rows:
        assert row[0].text in "".join(pages) and row[0].text in cells and row[0].text in written
    assert any("回" in one and "/" in one for one in written)  # the workbook has what the signs stand for
    assert set(SILENT) <= cells


def test_a_table_of_signs_stands_in_columns_down_to_the_smallest_size_that_can_be_read() -> None:
    rows = [[Cell(f"{place}町"), *[Cell("○*", None, "partial")] * 13] for place in range(179)]
    signs = Table("", ["市区町村", *["設置"] * 13], rows, groups=[("", 2), *[("支援会議", 4)] * 3])
    drawn = table(signs, 510, 14)
    assert drawn["size"] >= 6.5
    assert [len(part) for part in drawn["parts"]] == [90, 89]
    assert sum(drawn["widths"]) * 2 + 14 <= 510.5
    assert [row[0][0] for part in drawn["parts"] for row in part] == [row[0].text for row in rows]


def test_slides_of_a_long_narrow_table_hold_every_row_once_from_above_to_below() -> None:
    rows = [[Cell(f"{place}町"), Cell("○")] for place in range(179)]
    found = folded(Table("", ["市区町村", "設置"], rows, note="注"), 888, 400)
    assert [one.note for one in found] == [""] * (len(found) - 1) + ["注"]
    read = [row[start].text for one in found for start in range(0, len(one.heads), 3) for row in one.rows]
    assert [text for text in read if text] == [row[0].text for row in rows]
