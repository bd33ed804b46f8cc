"""Files as received, turned into sheets of text: what kind of file is it, and who reads it? No meaning is read here."""

from __future__ import annotations

import re

from etl.excel import read_excel
from etl.problems import Problem, Refused
from etl.sheets import Sheet
from etl.text_file import read_text
from etl.workbook.child import MOST_COLUMNS

MAX_COLUMNS = MOST_COLUMNS
LARGEST_FILE = 200 << 20
EXCEL_ENDINGS = (".xlsx", ".xls")
TEXT_ENDINGS = (".csv", ".tsv", ".txt")

# What a file's first bytes say it is, and how a clerk would call it.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", ".xlsx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "画像"),
    (b"\xff\xd8\xff", "画像"),
    (b"{\\rtf", "Word文書"),
)
_HTML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta)", re.IGNORECASE)
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # how an .xlsx with a password looks inside


def read_sheets(data: bytes, name: str) -> list[Sheet]:
    """Sheets of a received file. Raises Refused when it is empty, of another kind or undecodable."""
    ending = ending_of(name)
    if len(data) > LARGEST_FILE:
        raise Refused(Problem(name, "file_too_large"))
    if not data or data.isspace():
        raise Refused(Problem(name, "file_empty"))
    if ending not in EXCEL_ENDINGS + TEXT_ENDINGS:
        raise Refused(Problem(name, "file_type_unknown", detail=ending or "拡張子なし"))
    content = _content(data)
    expected = ending if ending in EXCEL_ENDINGS else "text"
    if content == ".xls" and _LOCKED in data:
        raise Refused(Problem(name, "file_locked"))
    if content != expected:
        raise Refused(Problem(name, "content_unlike_ending", value=f"中身は{_spoken(content)}", detail=ending))
    sheets = read_text(data, name) if expected == "text" else read_excel(data, name)
    if not any(cell.strip() for sheet in sheets for record in sheet.head for cell in record):
        raise Refused(Problem(name, "file_empty"))
    widest = max(len(record) for sheet in sheets for record in sheet.head)
    if widest > MAX_COLUMNS:
        raise Refused(Problem(name, "too_many_columns", detail=f"{widest:,}"))
    return sheets


def ending_of(name: str) -> str:
    return "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""


def _content(data: bytes) -> str:
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return kind
    return "HTML" if _HTML.match(data[:1024]) else "text"


def _spoken(content: str) -> str:
    return {"text": "文字だけのファイル", ".xlsx": "Excelブック", ".xls": "旧形式のExcelブック"}.get(content, content)
