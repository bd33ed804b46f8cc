"""The return slip: the file as the municipality sent it, its wrong cells marked and explained, ready to be corrected.

Every cell is text, so that nothing runs, no date or leading zero changes, and the corrected slip is itself a valid
return. A file refused for personal information, or one that could not be read, is never copied: its slip is the list.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.order import Incoming
from etl.privacy import find_personal
from etl.problems import Refused
from etl.read import read_sheets
from etl.receipts import Receipt
from etl.sheets import Merge, Sheet
from etl.slip_list import LIST_SHEET, Listed, write_list
from etl.slip_marks import Cell, Finding, Layouts, findings, harmless

# Rules that refuse a file only after the guard has seen all of it. What any other rule refused is not copied.
SEEN_BY_GUARD = frozenset({"no_good_row", "municipality_missing", "other_prefecture_file", "code_ambiguous"})
UNSEEN_BY_GUARD = frozenset({"required_column_missing"})
MAX_CELLS = 500_000
MAX_TEXT = 32_767
_TOO_LONG = "（長すぎるため写していません。{}文字以内で書いてください。）"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NO_SHEET_NAME = "報告"
_MEND_YOUR_OWN = "お手元のファイルを直してください。"

Records = list[list[str]]


def why_only_list(receipt: Receipt, incoming: Incoming | None) -> str | None:
    """Why a slip cannot hold the file itself, in a sentence; None when it can (unless the file is too large).

    `incoming` is None when the bytes are gone: of a refused file only the receipt stays.
    """
    rules = {problem["rule"] for problem in receipt.problems if problem["level"] == "file"}
    if rules & {"personal_column", "personal_value"}:
        return f"個人情報があるため、ファイルの内容は保存しておらず、写していません。{_MEND_YOUR_OWN}"
    if receipt.outcome == "refused" and not rules <= SEEN_BY_GUARD | UNSEEN_BY_GUARD:
        return f"表として読み取れなかったため、ファイルの内容を写していません。{_MEND_YOUR_OWN}"
    if incoming is None or not incoming.data:
        return f"受け入れていないファイルは保管していないため、内容を写していません。{_MEND_YOUR_OWN}"
    if rules & UNSEEN_BY_GUARD and _shows_person(incoming):
        return f"個人情報と思われる記載があるため、ファイルの内容を写していません。{_MEND_YOUR_OWN}"
    return None


def _shows_person(incoming: Incoming) -> bool:
    """Looks at every text of a file that was refused before the guard came to its cells."""
    return any(find_personal(sheet.texts()) for sheet in read_sheets(incoming.data, incoming.name))


def write_slip(incoming: Incoming, receipt: Receipt) -> bytes:
    """The slip of a received file as .xlsx; only the list of problems where the file itself may not be copied."""
    reason = why_only_list(receipt, incoming)
    sheets: list[Sheet] = []
    if reason is None:
        try:
            sheets = [sheet for sheet in read_sheets(incoming.data, incoming.name) if sheet.name != LIST_SHEET]
        except Refused:
            reason = "表として読み取れなかったため、ファイルの内容を写していません。"
    tables = [_records(sheet) for sheet in sheets]
    if sum(len(records) * max(map(len, records), default=0) for records in tables) > MAX_CELLS:
        reason = "行数が多いため、ファイルの内容を写していません。下の一覧を見て、お手元のファイルを直してください。"
        sheets, tables = [], []
    return _workbook(receipt, sheets, tables, reason)


def _workbook(
    receipt: Receipt, sheets: Sequence[Sheet], tables: Sequence[list[list[str]]], reason: str | None
) -> bytes:
    layouts = Layouts(sheets)
    names = list(_sheet_names(sheets))
    marked: dict[Cell, list[Finding]] = defaultdict(list)
    listed: list[Listed] = []
    for finding in findings(receipt):
        cell = layouts.cell(finding)
        if cell is not None and cell.row < len(tables[cell.sheet]):
            marked[cell].append(finding)
            listed.append(Listed(finding, names[cell.sheet], cell))
        else:
            listed.append(Listed(finding, finding.sheet, None))
    body = io.BytesIO()
    # in_memory: what somebody sent may not lie about in a temporary file.
    with xlsxwriter.Workbook(body, {"in_memory": True}) as book:
        write_list(book, receipt, listed, reason)
        for index, (name, records) in enumerate(zip(names, tables, strict=True)):
            here = {(cell.row, cell.column): found for cell, found in marked.items() if cell.sheet == index}
            sheet = book.add_worksheet(name)
            _write_records(book, sheet, records, layouts.header_line(index), here, layouts.merges(index))
            _offer_choices(sheet, layouts, here)
    return body.getvalue()


def _records(sheet: Sheet) -> Records:
    """All records of a sheet as they were read, with what stands right of the last heading."""
    width = max((len(record) for record in sheet.head), default=0)
    body = sheet.body(0, width)
    records = [list(cells) for cells in zip(*(column.to_pylist() for column in body.columns), strict=True)]
    first = int(body.lines[0]) if len(body.lines) else 1
    for line, text in body.beyond:
        records[line - first].append(text)
    return records


def _sheet_names(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Names that Excel takes, each once. A sheet's name may tell the month, so it stays what it was."""
    used = {LIST_SHEET.casefold()}
    for sheet in sheets:
        plain = _NOT_IN_NAMES.sub("", sheet.name).strip("'")[:31] or _NO_SHEET_NAME
        name, number = plain, 2
        while name.casefold() in used:
            name, number = f"{plain[:26]}({number})", number + 1
        used.add(name.casefold())
        yield name


def _write_records(
    book: Workbook,
    sheet: Worksheet,
    records: Sequence[Sequence[str]],
    header_line: int,
    marked: Mapping[tuple[int, int], list[Finding]],
    merges: Sequence[Merge],
) -> None:
    plain = book.add_format({"num_format": "@"})
    heading = book.add_format({"num_format": "@", "bold": True, "bg_color": "#E8F1FE", "bottom": 1, "text_wrap": True})
    # Colour never alone: a wrong cell has a thick frame, a mere notice a dotted one, and both carry a note.
    wrong = book.add_format({"num_format": "@", "bold": True, "bg_color": "#FFD966", "border": 5})
    noticed = book.add_format({"num_format": "@", "bg_color": "#E8F1FE", "border": 4})
    width = max(map(len, records), default=0)
    for column in range(width):
        longest = max((_columns_of(record[column]) for record in records[:50] if column < len(record)), default=0)
        sheet.set_column(column, column, min(max(longest + 2, 10), 36), plain)
    for at, record in enumerate(records):
        own = heading if at == header_line - 1 else plain
        for column, text in enumerate(record):
            if text:
                _write_text(sheet, at, column, text, own)
    for merge in merges:
        if merge.top < len(records) and (merge.top, merge.left) != (merge.bottom, merge.right):
            text = records[merge.top][merge.left] if merge.left < len(records[merge.top]) else ""
            sheet.merge_range(merge.top, merge.left, merge.bottom, merge.right, "", heading)
            _write_text(sheet, merge.top, merge.left, text, heading)
    for (at, column), found in marked.items():
        text = records[at][column] if column < len(records[at]) else ""
        look = wrong if any(finding.needs_work for finding in found) else noticed
        _write_text(sheet, at, column, text, look)
        sheet.write_comment(at, column, _note(found), {"x_scale": 2.2, "y_scale": 0.8 + 0.5 * len(found)})
    if header_line:
        sheet.freeze_panes(header_line, 0)


def _write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    if not text:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_string(row, column, text if len(text) <= MAX_TEXT else _TOO_LONG.format(f"{MAX_TEXT:,}"), look)


def _note(found: Sequence[Finding]) -> str:
    return "\n".join(harmless(finding.words, finding.value) for finding in found)


def _offer_choices(sheet: Worksheet, layouts: Layouts, marked: Mapping[tuple[int, int], list[Finding]]) -> None:
    """A list to choose from at each cell whose word was not one of the field's."""
    for (row, column), found in marked.items():
        field = layouts.field(found[0])
        words = list(field.labels.values()) if field and found[0].rule == "choice_unknown" else []
        if words and len(",".join(words)) <= 255 and not any("," in word for word in words):
            sheet.data_validation(
                row, column, row, column,
                {"validate": "list", "source": words, "error_type": "warning",
                 "error_title": "選べる語", "error_message": "一覧から選んでください。"},
            )  # fmt: skip


def _columns_of(text: str) -> int:
    """Width on screen: a Japanese character takes two."""
    return sum(1 if character.isascii() else 2 for character in text)
