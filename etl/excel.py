"""Excel workbooks, new and old: every sheet, hidden ones too, as text; and the texts that lie beside the cells.

Hidden rows and columns are read like visible ones. Names defined in the workbook and its properties are not read.
"""

from __future__ import annotations

import html
import io
import marshal
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from etl.problems import Problem, Refused
from etl.sheets import HEAD_RECORDS, Body, Merge, Sheet, encode
from etl.workbook.child import LOCKED, TOO_WIDE, SheetParts, cell_text, seconds_for

__all__ = ["PIVOT", "cell_text", "read_excel", "texts_beside_cells"]

PIVOT = "ピボットテーブルの元データ"
# Parts of an .xlsx in which cells are noted, drawn over or kept a second time.
_BESIDE = {
    re.compile(r"xl/(?:comments|threadedComments)"): "メモ（コメント）",
    re.compile(r"xl/(?:drawings|charts)/"): "図形",
    re.compile(r"xl/pivotCache/"): PIVOT,
    re.compile(r"xl/externalLinks/"): "外部リンクの控え",
}
_SHOWN = re.compile(r">([^<>]+)<|\b(?:v|name)=\"([^\"]+)\"")
_LARGEST_BESIDE = 50 << 20

LARGEST_WORKBOOK = 50 << 20
# A sheet of 1,048,576 formatted empty rows is some 100 MB of XML, one of 200,000 filled rows some 200 MB.
LARGEST_UNPACKED = 400 << 20
MOST_PARTS = 4_096
_ROOT = str(Path(__file__).resolve().parents[1])
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from etl.workbook.child import main; main()"
# A busy machine may keep the child waiting for its CPU seconds.
_PATIENCE = 3


def read_excel(data: bytes, name: str) -> list[Sheet]:
    """All worksheets. Raises Refused when the workbook is broken, locked, or larger unpacked than any return."""
    if data.startswith(b"PK"):
        _refuse_package(data, name)
    elif len(data) > LARGEST_WORKBOOK:
        raise Refused(Problem(name, "workbook_too_large"))
    return [_sheet(parts) for parts in _taken_apart(data, name)]


def _refuse_package(data: bytes, name: str) -> None:
    """Looks at the table of contents only: nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refused(Problem(name, "file_unreadable")) from error
    unpacked = sum(part.file_size for part in parts)
    if len(data) > LARGEST_WORKBOOK or len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
        raise Refused(Problem(name, "workbook_too_large"))
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Problem(name, "file_locked"))
    if any(part.filename.startswith("xl/embeddings/") for part in parts):
        raise Refused(Problem(name, "file_embedded"))


def _taken_apart(data: bytes, name: str) -> list[SheetParts]:
    command = [sys.executable, "-I", "-c", _CHILD, _ROOT]
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=_PATIENCE * seconds_for(len(data)), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Refused(Problem(name, "file_unreadable")) from error
    if done.returncode == LOCKED:
        raise Refused(Problem(name, "file_locked"))
    if done.returncode == TOO_WIDE:
        raise Refused(Problem(name, "too_many_columns", detail=f"{int(done.stdout):,}"))
    if done.returncode:
        raise Refused(Problem(name, "file_unreadable"))
    sheets: list[SheetParts] = marshal.loads(done.stdout)
    return sheets


def _sheet(parts: SheetParts) -> Sheet:
    sheet_name, all_codes, all_texts, merges = parts
    columns = tuple(_column(codes, texts) for codes, texts in zip(all_codes, all_texts, strict=True))
    heads = (column.dictionary.take(column.indices[:HEAD_RECORDS]).to_pylist() for column in columns)
    ranges = tuple(Merge(*each) for each in merges)
    return Sheet(sheet_name, tuple(zip(*heads, strict=True)), _ColumnSource(columns, ranges), ranges)


def _column(codes: bytes, texts: list[str]) -> pa.DictionaryArray:
    indices = np.frombuffer(codes, np.int32)
    safe = [text.encode("utf-8", "replace").decode() for text in texts]  # a lone surrogate is no text
    distinct = encode(safe)
    if len(distinct.dictionary) < len(texts):  # the number 12 and the text 12 are one spelling
        indices = distinct.indices.to_numpy(zero_copy_only=False)[indices]
    return pa.DictionaryArray.from_arrays(pa.array(indices), distinct.dictionary)


@dataclass(frozen=True)
class _ColumnSource:
    columns: tuple[pa.DictionaryArray, ...]
    merges: tuple[Merge, ...]

    def body(self, first_record: int, width: int, unlike: frozenset[int]) -> Body:
        height = max((len(self.columns[0]) if self.columns else 0) - first_record, 0)
        lines = np.arange(1, height + 1, dtype=np.int32) + first_record
        inside = [merge for merge in self.merges if merge.top >= first_record and merge.bottom > merge.top]
        found = [
            _below(column, first_record, [merge for merge in inside if merge.left == index])
            for index, column in enumerate(self.columns)
        ]
        beyond = [
            (int(lines[row]), column.dictionary[int(column.indices[row].as_py())].as_py())
            for column in found[width:]
            for row in np.flatnonzero(~_blank(column))
        ]
        found += [pa.DictionaryArray.from_arrays(pa.array(np.zeros(height, np.int32)), pa.array([""]))] * (
            width - len(found)
        )
        return Body(lines, tuple(found[:width]), tuple(beyond))


def _below(column: pa.DictionaryArray, first_record: int, merges: list[Merge]) -> pa.DictionaryArray:
    """The column from a record on, without the spellings only those above had. A merged cell fills what it covers."""
    codes = column.indices.to_numpy(zero_copy_only=False)[first_record:]
    if merges:
        codes = codes.copy()
        for merge in merges:
            top = merge.top - first_record
            codes[top + 1 : merge.bottom - first_record + 1] = codes[top : top + 1]
    used = np.zeros(len(column.dictionary), bool)
    used[codes] = True
    if used.all():
        return pa.DictionaryArray.from_arrays(pa.array(codes), column.dictionary)
    renumbered = (np.cumsum(used) - 1).astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(renumbered[codes]), column.dictionary.filter(pa.array(used)))


def _blank(column: pa.DictionaryArray) -> np.ndarray:
    marks = np.array([not text for text in column.dictionary.to_pylist()], bool)
    by_row: np.ndarray = marks[column.indices.to_numpy(zero_copy_only=False)]
    return by_row


def texts_beside_cells(data: bytes) -> list[tuple[str, list[str]]]:
    """(where, texts) of an .xlsx that no cell shows: comments, shapes, what pivot tables and links remember."""
    found: list[tuple[str, list[str]]] = []
    if not data.startswith(b"PK"):
        return found
    left = _LARGEST_BESIDE
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for part in book.infolist():
                where = next((told for pattern, told in _BESIDE.items() if pattern.match(part.filename)), None)
                if where and part.filename.endswith(".xml") and part.file_size <= left:
                    left -= part.file_size
                    text = book.read(part).decode("utf-8", "replace")
                    found.append((where, [html.unescape(shown or kept) for shown, kept in _SHOWN.findall(text)]))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        pass  # the cells could be read, so the workbook is taken for what they are
    return found
