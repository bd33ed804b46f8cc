"""A pack as a workbook: conditions first, a sheet for each section, a sheet for each indicator.

Tables come first on their sheet, so that their heads can stay in sight; what is said of them stands below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.content import Block, Cell, Chart, KeyNumbers, Map, Pack, Section, Sentences, Table
from reports.sheets.figures import COLUMNS, add_chart
from reports.sheets.grid import widths_of, write_table
from reports.sheets.looks import Looks
from reports.sheets.widths import merged_height
from ui.labels.inert import inert_text

NEVER = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
CONDITIONS = "条件"
LONGEST_NAME = 31
USUAL_WIDTH = 8.43
TEXT_WIDTH = 100.0  # of running text, in places of a column
MAP_NOTE = "地図は、PDFとPowerPointの資料にあります。市区町村別の値は「{}」のシートによります。"


def write_xlsx(pack: Pack, path: Path) -> None:
    """Writes the workbook. Text is written as text: no cell can become a formula, a number or a link."""
    with Workbook(str(path), NEVER) as book:
        book.set_properties({"title": pack.title, "comments": "\n".join(pack.about)})
        looks, names = Looks(book), SheetNames()
        _conditions(book.add_worksheet(names.next(CONDITIONS)), looks, pack)
        for section in pack.sections:
            shown = _with_all_definitions(section, pack)
            _section(book, book.add_worksheet(names.next(section.title)), looks, pack, shown)
        for section in pack.indicators:
            _section(book, book.add_worksheet(names.next(section.title)), looks, pack, section)


class SheetNames:
    """Names that Excel takes, each once whatever the case of its letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def next(self, title: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\'!]", "・", title).lstrip("=+-@").strip() or "シート"
        name, number = plain[:LONGEST_NAME], 2
        while name.lower() in self._taken:
            end = f"（{number}）"
            name, number = plain[: LONGEST_NAME - len(end)] + end, number + 1
        self._taken.add(name.lower())
        return name


def _with_all_definitions(section: Section, pack: Pack) -> Section:
    """A workbook has room for the definitions of all indicators."""
    if section.id != "definitions" or pack.definitions is None:
        return section
    rest = [one for one in section.blocks if not isinstance(one, Table)]
    return Section(section.id, section.title, [*rest, pack.definitions])


def _conditions(sheet: Worksheet, looks: Looks, pack: Pack) -> None:
    sheet.write_string(0, 0, inert_text(pack.title), looks.title)
    table = Table("", ["項目", "内容"], [[Cell(name), Cell(text)] for name, text in pack.conditions])
    widths = [20.0, TEXT_WIDTH]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    first, _ = write_table(sheet, looks, table, 2, widths)
    sheet.freeze_panes(first, 0)
    _print_setup(sheet, pack, (2, 2))


def _section(book: Workbook, sheet: Worksheet, looks: Looks, pack: Pack, section: Section) -> None:
    sheet.write_string(0, 0, inert_text(section.title), looks.title)
    sheet.write_string(1, 0, inert_text(f"{pack.where}　{pack.period}"), looks.muted)
    row = 2
    if pack.is_sample:
        sheet.write_string(row, 0, inert_text(pack.about[0]), looks.sample)
        row += 1
    tables = [*map(_as_table, (one for one in section.blocks if isinstance(one, Table | KeyNumbers)))]
    widths = _common_widths(tables)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    heads = None
    for table in tables:
        if len(tables) > 1 or table.title != section.title:
            sheet.write_string(row, 0, inert_text(table.title), looks.heading)
            row += 1
        first, after = write_table(sheet, looks, table, row, widths)
        heads = heads or (row, first - 1)
        row = _text(sheet, looks, after, [table.note], widths, is_note=True) + 1
    row = _words(sheet, looks, row, section, widths)
    _charts(book, sheet, looks, section, (row, len(widths)))
    if heads:
        sheet.freeze_panes(heads[1] + 1, 0)
    _print_setup(sheet, pack, heads)


def _as_table(block: Table | KeyNumbers) -> Table:
    if isinstance(block, Table):
        return block
    rows = [
        [Cell(one.title), Cell(one.value, None, one.state), *map(Cell, (one.interval, one.counts, one.change))]
        for one in block.items
    ]
    return Table("主要な指標", ["指標", "値", "95％信頼区間", "件数", "比較"], rows)


def _common_widths(tables: Sequence[Table]) -> list[float]:
    """Tables below each other share their columns."""
    each = [widths_of(one) for one in tables]
    if not each:
        return [USUAL_WIDTH] * round(TEXT_WIDTH / USUAL_WIDTH)
    return [max(own[place] for own in each if place < len(own)) for place in range(max(map(len, each)))]


def _words(sheet: Worksheet, looks: Looks, row: int, section: Section, widths: Sequence[float]) -> int:
    """Sentences, notes of charts, where the map is; an empty section says why."""
    for block in section.blocks:
        if isinstance(block, Sentences):
            row = _text(sheet, looks, row, [one.replace("**", "") for one in block.items], widths)
        elif isinstance(block, Map):
            row = _text(sheet, looks, row, [MAP_NOTE.format(section.title.partition("：")[2])], widths, is_note=True)
    return _text(sheet, looks, row, [section.empty], widths)


def _text(
    sheet: Worksheet, looks: Looks, row: int, lines: Sequence[str], widths: Sequence[float], *, is_note: bool = False
) -> int:
    """Each line over as many columns as running text needs; gives the row after them."""
    last, width = 0, widths[0]
    while width < TEXT_WIDTH and last + 1 < len(widths):
        last += 1
        width += widths[last]
    look = looks.note if is_note else looks.running
    for line in filter(None, lines):
        if last:
            sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, inert_text(line), look)
        sheet.set_row(row, merged_height(line, widths[: last + 1]))
        row += 1
    return row


def _charts(book: Workbook, sheet: Worksheet, looks: Looks, section: Section, free: tuple[int, int]) -> None:
    """Right of a table, else below the words; the figures they are drawn from lie beyond, off the paper."""
    row, columns = free
    blocks: Sequence[Block] = section.blocks
    has_table = any(isinstance(one, Table | KeyNumbers) for one in blocks)
    top, left = (2, columns + 1) if has_table else (row + 1, 0)
    for chart in (one for one in blocks if isinstance(one, Chart)):
        if not chart.categories:
            continue
        sheet.write_string(top, left, inert_text(chart.native_note or chart.note), looks.muted)
        top = add_chart(book, sheet, looks, chart, (top + 1, left))
        sheet.print_area(0, 0, max(top, row), left + COLUMNS)


def _print_setup(sheet: Worksheet, pack: Pack, heads: tuple[int, int] | None) -> None:
    """A4 across, as wide as one page, heads on every page; invented data says so at the top of each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    if heads:
        sheet.repeat_rows(*heads)
    sample = "架空データ" if pack.is_sample else ""
    sheet.set_header(f"&L{_plain(pack.where)}　{_plain(pack.period)}&C{sample}&R&A")
    sheet.set_footer(f"&L{_plain(dict(pack.conditions).get('データ時点', ''))}&C{sample}&R&P / &N")
    sheet.hide_gridlines(2)


def _plain(text: str) -> str:
    """An ampersand begins a code of headers and footers."""
    return text.replace("&", "&&")
