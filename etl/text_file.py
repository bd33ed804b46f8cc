"""CSV and TAB files: whatever the encoding, the line ends and the separator, they become one sheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from etl.decode import decode
from etl.problems import Problem, Refused
from etl.sheets import HEAD_RECORDS, Body, Sheet, combined, encode

BLOCK = 8 << 20
_TOLD = re.compile(rb"sep=([,;\t])\s*?\n", re.IGNORECASE)
csv.field_size_limit(1 << 30)  # an over-long cell is a row's problem, not the file's


def read_text(data: bytes, name: str) -> list[Sheet]:
    """The one sheet of a text file. Raises Refused when it can't be decoded or taken apart."""
    text = decode(data, name)
    told = _TOLD.match(text[:16])  # a line by which Excel tells itself the separator; Excel does not show it
    separator = told[1].decode() if told else _separator(text)
    consumed = 0

    def lines() -> Iterator[str]:
        nonlocal consumed
        for line in io.BytesIO(text):
            consumed += len(line)
            yield line.decode()

    head: list[tuple[str, ...]] = []
    ends = [0]  # offset at which each record of the head ends
    try:
        for record in csv.reader(lines(), delimiter=separator):
            head.append(tuple(record))
            ends.append(consumed)
            if len(head) == HEAD_RECORDS:
                break
    except csv.Error as error:
        raise Refused(Problem(name, "file_unreadable")) from error
    if told and head:
        head[0] = ()
    return [Sheet("", tuple(head), _TextSource(name, text, separator, tuple(ends)))]


def _separator(text: bytes) -> str:
    """Comma or TAB, whatever the ending says: the one that splits some early line into more cells.

    A semicolon (Excel where the comma is a decimal mark) only when it splits most lines and the others hardly any.
    """
    lines = [line for line in text[:65536].split(b"\n")[:HEAD_RECORDS] if line.strip()]
    counts = {mark: [line.count(mark.encode()) for line in lines] for mark in ",\t;"}
    split = {mark: sum(count >= 2 for count in each) for mark, each in counts.items()}
    if split[";"] * 2 > len(lines) and split[";"] > 2 * max(split[","], split["\t"]):
        return ";"
    return max(",\t", key=lambda mark: max(counts[mark], default=0))


@dataclass(frozen=True)
class _TextSource:
    name: str
    text: bytes
    separator: str
    record_ends: tuple[int, ...]

    def body(self, first_record: int, width: int, unlike: frozenset[int]) -> Body:
        start = self.record_ends[first_record]
        if start >= len(self.text):
            return Body(np.empty(0, np.int32), tuple(encode([]) for _ in range(width)))
        raw = pa.py_buffer(self.text).slice(start)
        quoted = self.text.find(b'"', start) >= 0
        odd: list[tuple[int, str]] = []
        table = self._parse(raw, width, unlike, odd, quoted=quoted, threads=True)
        if odd:  # only a single-threaded pass says where the records of another width stand
            odd.clear()
            table = self._parse(raw, width, unlike, odd, quoted=quoted, threads=False)
        records = [next(csv.reader(io.StringIO(text), delimiter=self.separator), []) for _, text in odd]
        columns = [combined(column) for column in table.columns]
        if quoted:
            self._refuse_swallowed(columns, records, width)
        lines = np.arange(1, len(columns[0]) + len(odd) + 1, dtype=np.int32) + first_record
        beyond = []
        if odd:
            places = np.array([number - 1 for number, _ in odd])
            columns = _rejoined(columns, records, places, width)
            cut = zip(places.tolist(), records, strict=True)
            beyond = [(int(lines[place]), cell) for place, record in cut for cell in record[width:] if cell]
        return Body(lines, tuple(columns), tuple(beyond))

    def _parse(
        self,
        raw: pa.Buffer,
        width: int,
        unlike: frozenset[int],
        odd: list[tuple[int, str]],
        *,
        quoted: bool,
        threads: bool,
        block: int = BLOCK,
    ) -> pa.Table:
        def keep_aside(row: pa_csv.InvalidRow) -> str:
            odd.append((row.number or 0, row.text))
            return "skip"

        names = [str(index) for index in range(width)]
        repeating = pa.dictionary(pa.int32(), pa.string())
        try:
            return pa_csv.read_csv(
                raw,
                read_options=pa_csv.ReadOptions(column_names=names, use_threads=threads, block_size=block),
                parse_options=pa_csv.ParseOptions(
                    delimiter=self.separator,
                    newlines_in_values=quoted,
                    ignore_empty_lines=False,
                    invalid_row_handler=keep_aside,
                ),
                convert_options=pa_csv.ConvertOptions(
                    column_types={
                        name: pa.string() if index in unlike else repeating for index, name in enumerate(names)
                    },
                    strings_can_be_null=False,
                    check_utf8=False,  # etl.decode has seen to it
                ),
            )
        except pa.ArrowInvalid as error:
            if block < raw.size:  # a block must hold any one record, however long its cells
                odd.clear()
                return self._parse(raw, width, unlike, odd, quoted=quoted, threads=threads, block=raw.size)
            raise Refused(Problem(self.name, "file_unreadable")) from error

    def _refuse_swallowed(
        self, columns: Sequence[pa.DictionaryArray], records: Sequence[Sequence[str]], width: int
    ) -> None:
        """A quotation mark never closed makes one cell of many records: they would be lost without a word."""
        pattern = rf"(?s)\n.*(?:{self.separator}.*){{{max(width - 1, 3)}}}"
        texts = [column.dictionary for column in columns]
        texts.append(pa.array([cell for record in records for cell in record], pa.string()))
        for spellings in texts:
            broken = pc.filter(spellings, pc.match_substring(spellings, "\n"))
            if pc.any(pc.match_substring_regex(broken, pattern)).as_py():
                raise Refused(Problem(self.name, "quote_unclosed"))


def _rejoined(
    columns: Sequence[pa.DictionaryArray], records: Sequence[list[str]], places: np.ndarray, width: int
) -> list[pa.DictionaryArray]:
    """Puts short records (padded) and long ones (cut: what lies right of the header has no heading) back in place."""
    padded = [(record + [""] * width)[:width] for record in records]
    regular_count = len(columns[0])
    total = regular_count + len(records)
    regular = np.ones(total, bool)
    regular[places] = False
    order = np.empty(total, np.int64)
    order[regular] = np.arange(regular_count)
    order[places] = np.arange(regular_count, total)
    found = []
    for index, column in enumerate(columns):
        extra = encode([record[index] for record in padded])
        found.append(combined(pa.chunked_array([column, extra])).take(pa.array(order)))
    return found
