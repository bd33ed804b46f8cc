"""The first sheet of a return slip: what became of the file, how to send it again, and every problem with a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from etl.declare import all_returns
from etl.invented import says_so
from etl.receipts import Receipt
from etl.side_sheets import side_sheet_names
from etl.slip_marks import LEVEL_WORDS, Cell, Finding, harmless

# The reader leaves a sheet of this name alone, so that a corrected slip can be sent back as it is.
LIST_SHEET = side_sheet_names()["slip"][0]
HEADINGS = ("区分", "場所", "見出し", "書かれていた内容", "説明と直し方")


@dataclass(frozen=True)
class Listed:
    """A problem with the cell of the slip that shows it, if one does."""

    finding: Finding
    sheet: str
    cell: Cell | None


def write_list(book: Workbook, receipt: Receipt, listed: Sequence[Listed], reason: str | None) -> None:
    """Adds the sheet. `reason` says why the file itself is not in the workbook."""
    sheet = book.add_worksheet(LIST_SHEET)
    title = book.add_format({"bold": True, "font_size": 14})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "border": 1})
    wrong = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bg_color": "#FFD966", "border": 1})
    link = book.add_format({"valign": "top", "underline": 1, "font_color": "#0017C1", "border": 1})
    heading = book.add_format({"bold": True, "bg_color": "#E8F1FE", "border": 1})
    for column, width in enumerate((12, 26, 18, 26, 80)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"返却票：{receipt.file}" + ("（架空データ）" if is_invented(receipt) else ""), title)
    at = 1
    for line in (outcome_words(receipt), *_how_to_send(receipt, reason)):
        sheet.write_string(at, 0, line)
        at += 1
    at += 1
    for column, word in enumerate(HEADINGS):
        sheet.write_string(at, column, word, heading)
    sheet.freeze_panes(at + 1, 0)
    for number, one in enumerate(listed, at + 1):
        finding = one.finding
        sheet.write_string(number, 0, LEVEL_WORDS[finding.level], wrong if finding.needs_work else wrapped)
        if one.cell is None:
            sheet.write_string(number, 1, place_words(finding), wrapped)
        else:
            sheet.write_url(number, 1, _address(one.sheet, one.cell), link, place_words(finding))
        sheet.write_string(number, 2, finding.column, wrapped)
        sheet.write_string(number, 3, finding.value, wrapped)
        sheet.write_string(number, 4, harmless(finding.words, finding.value), wrapped)
    if listed:
        sheet.autofilter(at, 0, at + len(listed), len(HEADINGS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def outcome_words(receipt: Receipt) -> str:
    """What became of the file, in a sentence."""
    declared = all_returns().get(receipt.return_id or "")
    title = declared.title if declared else ""
    named = f"（{title}）" if title else ""
    if receipt.outcome == "refused":
        return f"このファイル{named}は受け入れていません。"
    if receipt.rows_quarantined:
        return (
            f"このファイル{named}の{receipt.rows_in_file:,}行のうち、{receipt.rows_accepted:,}行を受け入れ、"
            f"{receipt.rows_quarantined:,}行を保留しています。"
        )
    return f"このファイル{named}の{receipt.rows_accepted:,}行を全て受け入れています。直すところはありません。"


def place_words(finding: Finding) -> str:
    """「シート 4月 12行目」, or that it is about the whole file."""
    parts = [f"シート「{finding.sheet}」" if finding.sheet else "", f"{finding.line}行目" if finding.line else ""]
    told = " ".join(part for part in parts if part)
    return told or ("見出し行" if finding.column else "ファイル全体")


def is_invented(receipt: Receipt) -> bool:
    """True for a file of the fictional prefecture (code 99), or one that is named as invented."""
    areas = {area for area, _ in receipt.claimed}
    return (
        says_so(receipt.file)
        or receipt.prefecture == "99"
        or (bool(areas) and all(area.startswith("99") for area in areas))
    )


def _how_to_send(receipt: Receipt, reason: str | None) -> list[str]:
    if reason:
        return [reason, "直したファイルを送り直してください。"]
    lines = [
        "次のシートは、送っていただいたファイルの写しです（全て文字として入れてあります）。",
        "「要修正」のセルは黄色の地に太い枠、「お知らせ」のセルは水色の地に点線の枠で示し、説明をメモに付けています。",
        "この写しを直し、上書き保存して、このファイルのまま送り直してください。この「確認事項」シートは残しても消しても構いません。",
    ]
    if receipt.outcome != "refused":
        lines.append("全ての行を残したまま送ってください。受け取る側では「訂正として置き換える」を選んで読み込みます。")
    return lines


def _address(sheet: str, cell: Cell) -> str:
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!{xl_rowcol_to_cell(cell.row, cell.column)}"
