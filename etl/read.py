"""Files as received, turned into sheets of text: encodings, separators, Excel. No meaning is read here.

A sheet keeps its columns dictionary-encoded, so that every later step looks at each distinct spelling once,
however many rows carry it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import python_calamine as calamine

from etl.problems import Problem

HEAD_RECORDS = 64
MAX_COLUMNS = 1_000
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
# Several three-byte UTF-8 kana or kanji in a row: next to impossible in genuine CP932 text.
_UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){2,}")


@dataclass(frozen=True)
class Body:
    """Records below a header: `lines` are 1-based record numbers of the sheet, one dictionary array a column."""

    lines: np.ndarray
    columns: tuple[pa.DictionaryArray, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its first records as lists of text, and a way to get all records from a given one on."""

    name: str
    head: tuple[tuple[str, ...], ...]
    source: _Source

    def body(self, first_record: int, width: int) -> Body:
        """All records from `first_record` (0-based) on, padded to `width` columns."""
        return self.source.body(first_record, width)


class Refused(Exception):
    """The file can't be read at all; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def read_sheets(data: bytes, name: str) -> list[Sheet]:
    """Sheets of a received file. Raises Refused when it is empty, of another kind or undecodable."""
    ending = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if not data.strip():
        raise Refused(Problem(name, "file_empty"))
    if ending not in EXCEL_ENDINGS + TEXT_ENDINGS:
        raise Refused(Problem(name, "file_type_unknown", detail=ending or "拡張子なし"))
    content = _content(data)
    expected = ending if ending in EXCEL_ENDINGS else "text"
    if content != expected:
        raise Refused(Problem(name, "content_unlike_ending", value=f"中身は{_spoken(content)}", detail=ending))
    sheets = _read_text(data, name) if expected == "text" else _read_excel(data, name)
    if not any(cell for sheet in sheets for record in sheet.head for cell in record):
        raise Refused(Problem(name, "file_empty"))
    widest = max((len(record) for sheet in sheets for record in sheet.head), default=0)
    if widest > MAX_COLUMNS:
        raise Refused(Problem(name, "too_many_columns", detail=f"{widest:,}"))
    return sheets


def _content(data: bytes) -> str:
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return kind
    return "HTML" if _HTML.match(data[:1024]) else "text"


def _spoken(content: str) -> str:
    return {"text": "文字だけのファイル", ".xlsx": "Excelブック", ".xls": "旧形式のExcelブック"}.get(content, content)


# ---- text files


def decode(data: bytes, name: str) -> str:
    """Text of a CSV: UTF-8 with or without BOM, CP932, or what Excel saves as 「Unicode テキスト」 (UTF-16 with BOM)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        raise Refused(Problem(name, "nul_bytes"))
    else:
        encodings = ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp932":
            _refuse_mixed(data, name)
        if "\x00" in text:
            raise Refused(Problem(name, "nul_bytes"))
        return text
    _refuse_mixed(data, name)
    raise Refused(Problem(name, "encoding_unknown"))


def _refuse_mixed(data: bytes, name: str) -> None:
    for match in _UTF8_RUN.finditer(data):
        start = data.rfind(b"\n", 0, match.start()) + 1
        end = data.find(b"\n", match.end())
        try:
            data[start : end if end >= 0 else len(data)].decode("utf-8")
        except UnicodeDecodeError:
            continue
        raise Refused(Problem(name, "encoding_mixed", detail=str(data.count(b"\n", 0, start) + 1)))


def _read_text(data: bytes, name: str) -> list[Sheet]:
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    head: list[tuple[str, ...]] = []
    ends: list[int] = []  # physical line on which each record of the head ends
    try:
        for record in reader:
            head.append(tuple(record))
            ends.append(reader.line_num)
            if len(head) == HEAD_RECORDS:
                break
    except csv.Error as error:
        raise Refused(Problem(name, "file_unreadable")) from error
    return [Sheet("", tuple(head), _CsvSource(name, text, separator, tuple(ends)))]


def _separator(text: str) -> str:
    """Comma or TAB, whatever the ending says: the one that splits some early line into more cells."""
    lines = text[:65536].split("\n")[:HEAD_RECORDS]
    return max(",\t", key=lambda mark: max(line.count(mark) for line in lines))


@dataclass(frozen=True)
class _CsvSource:
    name: str
    text: str
    separator: str
    record_ends: tuple[int, ...]

    def body(self, first_record: int, width: int) -> Body:
        start = self._offset(self.record_ends[first_record - 1]) if first_record else 0
        raw = pa.py_buffer(self.text[start:].encode())
        if not raw.size:
            return Body(np.empty(0, np.int64), tuple(_encode([]) for _ in range(width)))
        odd: list[tuple[int, str]] = []
        table = self._parse(raw, width, odd, threads=True)
        if odd:  # only a single-threaded pass says where the records of another width stand
            odd.clear()
            table = self._parse(raw, width, odd, threads=False)
        columns = [_combined(column) for column in table.columns]
        lines = np.arange(1, len(columns[0]) + len(odd) + 1)
        if odd:
            columns = self._with_odd(columns, odd, width)
        return Body(lines + first_record, tuple(columns))

    def _offset(self, physical_lines: int) -> int:
        position = 0
        for _ in range(physical_lines):
            end = self.text.find("\n", position)
            if end < 0:
                return len(self.text)
            position = end + 1
        return position

    def _parse(self, raw: pa.Buffer, width: int, odd: list[tuple[int, str]], *, threads: bool) -> pa.Table:
        def keep_aside(row: pa_csv.InvalidRow) -> str:
            odd.append((row.number or 0, row.text))
            return "skip"

        names = [str(index) for index in range(width)]
        kind = pa.dictionary(pa.int32(), pa.string())
        try:
            return pa_csv.read_csv(
                raw,
                # One block must hold any one record; Excel itself can't make a longer cell than 32,767.
                read_options=pa_csv.ReadOptions(column_names=names, use_threads=threads, block_size=8 << 20),
                parse_options=pa_csv.ParseOptions(
                    delimiter=self.separator,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=keep_aside,
                ),
                convert_options=pa_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, kind),
                    strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid as error:
            raise Refused(Problem(self.name, "file_unreadable")) from error

    def _with_odd(
        self, columns: Sequence[pa.DictionaryArray], odd: list[tuple[int, str]], width: int
    ) -> list[pa.DictionaryArray]:
        """Puts short records (padded) and long ones (cut: what lies right of the header has no heading) back in place."""
        records = [next(csv.reader(io.StringIO(text), delimiter=self.separator), []) for _, text in odd]
        padded = [(record + [""] * width)[:width] for record in records]
        total = len(columns[0]) + len(odd)
        places = np.array([number - 1 for number, _ in odd])
        order = np.empty(total, np.int64)
        regular = np.ones(total, bool)
        regular[places] = False
        order[regular] = np.arange(len(columns[0]))
        order[places] = np.arange(len(columns[0]), total)
        rejoined = []
        for index, column in enumerate(columns):
            extra = _encode([record[index] for record in padded])
            rejoined.append(_combined(pa.chunked_array([column, extra])).take(pa.array(order)))
        return rejoined


# ---- Excel


def _read_excel(data: bytes, name: str) -> list[Sheet]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            (sheet_name, book.get_sheet_by_name(sheet_name).to_python(skip_empty_area=False))
            for sheet_name in book.sheet_names
        ]
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise Refused(Problem(name, "file_unreadable")) from error
    sheets_of_text = []
    for sheet_name, rows in sheets:
        records = tuple(tuple(cell_text(cell) for cell in row) for row in rows)
        sheets_of_text.append(Sheet(sheet_name, records[:HEAD_RECORDS], _RowSource(records)))
    return sheets_of_text


def cell_text(cell: object) -> str:
    """An Excel cell as a clerk would read it: whole numbers without .0, dates in ISO form."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell)


@dataclass(frozen=True)
class _RowSource:
    records: tuple[tuple[str, ...], ...]

    def body(self, first_record: int, width: int) -> Body:
        rows = [(record + ("",) * width)[:width] for record in self.records[first_record:]]
        columns = tuple(_encode([row[index] for row in rows]) for index in range(width))
        return Body(np.arange(1, len(rows) + 1) + first_record, columns)


_Source = _CsvSource | _RowSource


def _encode(texts: list[str]) -> pa.DictionaryArray:
    return pc.dictionary_encode(pa.array(texts, pa.string()))


def _combined(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """One dictionary array of a chunked column, chunks sharing one dictionary."""
    if column.num_chunks == 0:
        return _encode([])
    return column.unify_dictionaries().combine_chunks()
