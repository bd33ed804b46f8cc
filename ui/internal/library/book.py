"""A case as a workbook in the form of the case sheet: a heading and what stands under it, one row each."""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from desk.case_sheet import DATES, HEADINGS, PUBLICATION, Case
from ui import labels
from ui.internal.library.sheet import state_text
from ui.labels.inert import inert_text

SHEET = "事例シート"
_NEVER = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def book_name(case: Case, place: str) -> str:
    """A name that every system accepts."""
    title = "".join("_" if one in '\\/:*?"<>|' or one < " " else one for one in case.title)
    return f"事例シート_{place}_{title[:40]}.xlsx"


def book_of(case: Case, place: str, about: Sequence[str]) -> bytes:
    """`about`: lines that stand below, as in every download. No cell can act as a formula."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, **_NEVER})
    book.set_properties({"title": "事例シート", "author": ""})
    font = {"font_name": "游ゴシック", "valign": "top", "text_wrap": True}
    head = book.add_format({**font, "bold": True, "bg_color": "#E8F1FE", "border": 1})
    cell, note = book.add_format({**font, "border": 1}), book.add_format({"font_color": "#595959", "font_size": 9})
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, "取組事例　事例シート", book.add_format({"bold": True, "font_size": 14}))
    rows = [("事例番号", case.example_id), ("団体コード", case.area_code), ("市区町村", place)]
    rows += [(heading, _shown(case, name)) for name, heading in HEADINGS.items()]
    rows += [("状態", state_text(case))]
    for line, (heading, text) in enumerate(rows, 2):
        sheet.write_string(line, 0, heading, head)
        sheet.write_string(line, 1, str(inert_text(text)), cell)
    for line, text in enumerate(filter(None, about), len(rows) + 3):
        sheet.write_string(line, 0, f"※ {text}", note)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 78)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _shown(case: Case, name: str) -> str:
    text = case.sheet.get(name, "")
    if text and name in DATES:
        return labels.day_text(text)
    return PUBLICATION.get(text, text) if name == "publication" else text
