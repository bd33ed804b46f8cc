"""The Excel entry template of a return: a sheet to fill in, a filled example, and the words with their meaning.

Everything comes from the declaration. The reader leaves the other two sheets alone by their declared names
(etl/side_sheets.toml). The same declaration gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from etl.dictionary import UNVERIFIED, Entry, choices, entries, other_spellings, version_words
from etl.fields import Field, Return
from etl.side_sheets import side_sheet_names
from etl.template_entry import AS_TYPED, NUMBER_FORMATS, WIDTHS, comment, validation

ENTRY_SHEET = "入力"
ENTRY_ROWS = 3_000
MARK_ROW, HEADER_ROW = 4, 5  # 0-based; data begins below
_TERMS = ("項目", "必須", "種類", "書き方", "選択肢（括弧内も読める）", "決まり", "読み取れる見出し", "選択肢の版")
_LISTS_COLUMN = len(_TERMS) + 1
_PERIOD_LABELS = {"date": "対象の年月", "month": "対象の年月", "fiscal_year": "対象の年度"}
_WARNING = "「必須」の欄は必ず記入してください。個人が特定される内容（名前など）は、どの欄にも書かないでください。"
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "plain": {},
    "label": {"bold": True, "bg_color": "#E8F1FE", "border": 1},
    "fill": {"bg_color": "#FFFBE6", "border": 1, "num_format": AS_TYPED},
    "must": {"bold": True, "font_color": "#A40000", "bg_color": "#FFE3E3", "align": "center", "border": 1},
    "may": {"font_color": "#595959", "align": "center", "border": 1},
    "heading": {"bold": True, "bg_color": "#C5D7FB", "border": 1, "text_wrap": True, "valign": "vcenter"},
    "cell": {"border": 1, "text_wrap": True, "valign": "top"},
}


def template_name(declared: Return) -> str:
    return f"入力様式_{declared.title}_第{declared.version}版.xlsx"


def write_template(declared: Return) -> bytes:
    buffer = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = Workbook(buffer, {"in_memory": True, **never})
    stamp = datetime.fromisoformat(declared.effective_from or "2024-04-01")
    book.set_properties({"title": f"{declared.title} 入力様式", "author": "", "created": stamp})
    looks = {name: book.add_format({"font_name": "游ゴシック", **look}) for name, look in _LOOKS.items()}
    told = entries(declared)
    beside = side_sheet_names()
    names = (ENTRY_SHEET, beside["example"][0], beside["terms"][0])
    entry, example, terms = (book.add_worksheet(name) for name in names)
    lists = _write_terms(terms, declared, told, looks)
    _write_head(entry, f"{declared.title}（入力様式）", declared, told, looks)
    for column, (field, words) in enumerate(zip(declared.fields, told, strict=True)):
        look = book.add_format({"num_format": NUMBER_FORMATS.get(field.type, AS_TYPED)})
        entry.set_column(column, column, _width(field), look)
        entry.write_comment(HEADER_ROW, column, comment(words), {"x_scale": 2, "y_scale": 1.6, "visible": False})
        first = xl_rowcol_to_cell(HEADER_ROW + 1, column)
        rule = validation(field, words, first, lists.get(field.name, ""), declared.effective_from)
        entry.data_validation(HEADER_ROW + 1, column, HEADER_ROW + ENTRY_ROWS, column, rule)
    _write_head(example, f"【記入例・架空データ】{declared.title}", declared, told, looks)
    _write_examples(example, declared, looks)
    book.close()
    return buffer.getvalue()


def _write_head(
    sheet: Worksheet, title: str, declared: Return, told: Sequence[Entry], looks: Mapping[str, Any]
) -> None:
    """Title, version, what to fill in once for the whole sheet, marks of what is required, headings."""
    sheet.write_string(0, 0, title, looks["title"])
    sheet.write_string(1, 0, f"様式：{version_words(declared)}　1行に書くもの：{declared.grain}", looks["plain"])
    labels = ["記入する団体", *([_PERIOD_LABELS[declared.time]] if declared.time else [])]
    for number, label in enumerate(labels):
        sheet.write_string(2, 2 * number, label, looks["label"])
        sheet.write_blank(2, 2 * number + 1, None, looks["fill"])
    sheet.write_string(3, 0, _WARNING, looks["plain"])
    for column, entry in enumerate(told):
        mark, look = ("必須", "must") if entry.is_required else ("任意", "may")
        sheet.write_string(MARK_ROW, column, mark, looks[look])
        sheet.write_string(HEADER_ROW, column, entry.heading, looks["heading"])
    sheet.set_row(HEADER_ROW, 34)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)


def _write_examples(sheet: Worksheet, declared: Return, looks: Mapping[str, Any]) -> None:
    for column, field in enumerate(declared.fields):
        sheet.set_column(column, column, _width(field))
        for line, row in enumerate(declared.examples, HEADER_ROW + 1):
            sheet.write_string(line, column, row.get(field.name, ""), looks["cell"])


def _write_terms(sheet: Worksheet, declared: Return, told: Sequence[Entry], looks: Mapping[str, Any]) -> dict[str, str]:
    """The dictionary; right of it the lists the drop-downs read. Returns where each field's list stands."""
    for column, heading in enumerate(_TERMS):
        sheet.write_string(0, column, heading, looks["heading"])
    for line, (field, entry) in enumerate(zip(declared.fields, told, strict=True), 1):
        required = "必須" if entry.is_required else "任意"
        cells = (entry.heading, required, entry.kind, entry.how, _choices_told(field), "。".join(entry.rules))
        for column, text in enumerate((*cells, "、".join(entry.accepted[:30]), entry.list_version)):
            sheet.write_string(line, column, text, looks["cell"])
    sheet.write_string(len(told) + 2, 0, f"※ {UNVERIFIED}")
    for column, width in enumerate((20, 6, 12, 44, 44, 36, 44, 30)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    places = {}
    for column, field in enumerate((one for one in declared.fields if one.type == "choice"), _LISTS_COLUMN):
        words = choices(field)
        sheet.write_string(0, column, f"{field.heading}の一覧", looks["heading"])
        for line, word in enumerate(words, 1):
            sheet.write_string(line, column, word, looks["cell"])
        places[field.name] = f"='{sheet.get_name()}'!{xl_range_abs(1, column, len(words), column)}"
    return places


def _choices_told(field: Field) -> str:
    told = other_spellings(field)
    parts = [f"{word}（{'、'.join(told[word])}）" if told.get(word) else word for word in choices(field)]
    return "、".join(parts)


def _width(field: Field) -> float:
    return max(WIDTHS.get(field.type, 12), min(2.1 * len(field.heading), 22))
