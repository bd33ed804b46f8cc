"""What an .xlsx says of its cells that the reader leaves out: errors, and formulas that were never calculated."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

#: (row, column), 0-based, to the text that is to stand there.
Marks = dict[tuple[int, int], str]

_AT_ONCE = 8 << 20
_TELLING = re.compile(rb"\bt=[\"']e[\"']|<(?:\w+:)?f[ />]")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_TEXT_RESULT = re.compile(rb"\bt=[\"'](?:str|inlineStr)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>/]*>([^<]+)</(?:\w+:)?v>")


def unread_cells(data: bytes) -> dict[int, Marks]:
    """By number of the sheet: error cells (「#N/A」) and uncalculated formulas (「=A1+1」), which come as blank."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for number, part in enumerate(_sheet_parts(book)):
            marks = dict(_marks(book, part)) if part in book.NameToInfo else {}
            if marks:
                found[number] = marks
    return found


def _sheet_parts(book: zipfile.ZipFile) -> list[str]:
    """Parts of the sheets in the order of the workbook."""
    relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    workbook = ElementTree.fromstring(book.read("xl/workbook.xml"))
    ids = [
        next((value for name, value in each.items() if name.endswith("}id")), None)
        for each in workbook.iter()
        if each.tag.endswith("}sheet")
    ]
    return [posixpath.normpath(posixpath.join("/xl", targets.get(each, ""))).lstrip("/") for each in ids]


def _marks(book: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    for rows in _in_pieces(book, part):
        if not _TELLING.search(rows):
            continue
        for attributes, content in _CELL.findall(rows):
            place, text = _REFERENCE.search(attributes), _told(attributes, content)
            if place and text:
                yield (int(place[2]) - 1, _column(place[1])), text


def _in_pieces(book: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that end between two cells."""
    with book.open(part) as stream:
        rest = b""
        while piece := stream.read(_AT_ONCE):
            rest += piece
            cut = rest.rfind(b"</c>") + 4
            if cut > 3:
                yield rest[:cut]
                rest = rest[cut:]
        yield rest


def _told(attributes: bytes, content: bytes) -> str | None:
    value = _VALUE.search(content)
    if _ERROR.search(attributes):
        return value[1].decode("utf-8", "replace") if value else "#N/A"
    formula = _FORMULA.search(content)
    if formula and not value and not _TEXT_RESULT.search(attributes):
        return "=" + html.unescape((formula[1] or b"").decode("utf-8", "replace"))
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
