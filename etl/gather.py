"""All sheets of one file as one batch of rows: columns by field, and where each row stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import pyarrow as pa

from etl.completion import completed
from etl.continued import Remark
from etl.data_rows import data_rows
from etl.declare import Return
from etl.recognise import Layout
from etl.sheets import Body, combined, stacked


@dataclass(frozen=True)
class Places:
    """Where each data row stood: index into `sheets`, and its line there as Excel shows it."""

    sheets: tuple[str, ...]
    sheet_index: np.ndarray
    lines: np.ndarray

    def sheet(self, row: int) -> str:
        return self.sheets[int(self.sheet_index[row])]

    def line(self, row: int) -> int:
        return int(self.lines[row])


@dataclass(frozen=True)
class Unmapped:
    """A column that no field claims: looked at for personal information and formulas, then dropped.

    `first_row` is the batch row of its first cell (a workbook's sheets stand one below the other).
    """

    sheet: str
    heading: str
    column: pa.DictionaryArray
    first_row: int


@dataclass(frozen=True)
class Loose:
    """A text outside the table: in a note or total row, or right of the last heading (`is_beyond`)."""

    sheet: str
    line: int
    text: str
    is_beyond: bool


@dataclass(frozen=True)
class Batch:
    """Data rows of a file, one dictionary array a field."""

    declared: Return
    layouts: tuple[Layout, ...]
    places: Places
    columns: Mapping[str, pa.DictionaryArray]
    headings: Mapping[str, str]
    unmapped: tuple[Unmapped, ...]
    loose: tuple[Loose, ...]
    skipped_count: int
    remarks: tuple[Remark, ...] = ()

    @property
    def row_count(self) -> int:
        return len(self.places.lines)


def gather(layouts: Sequence[Layout]) -> Batch:
    """Joins the sheets of one return. Blank rows, totals, notes and repeated headers are left out and counted."""
    declared = layouts[0].declared
    parts: list[_Part] = []
    for _, alike in groupby(layouts, key=lambda layout: (layout.headings, layout.first_record)):
        first_sheet = parts[-1].next_sheet if parts else 0
        parts.append(_part(list(alike), first_sheet))
    names = [field.name for field in declared.fields if any(field.name in part.layout.fields for part in parts)]
    starts = np.concatenate([[0], np.cumsum([len(part.lines) for part in parts])])
    return Batch(
        declared=declared,
        layouts=tuple(layouts),
        places=Places(
            sheets=tuple(layout.sheet.name for layout in layouts),
            sheet_index=np.concatenate([part.sheet_index for part in parts]),
            lines=np.concatenate([part.lines for part in parts]),
        ),
        columns={name: _joined([part.column(name) for part in parts]) for name in names},
        headings={name: next(p.layout.heading(name) for p in parts if name in p.layout.fields) for name in names},
        unmapped=tuple(
            Unmapped(part.layout.sheet.name, part.layout.headings[index], part.columns[index], int(start))
            for part, start in zip(parts, starts, strict=False)
            for index in part.layout.unmapped
        ),
        loose=tuple(text for part in parts for text in part.loose),
        skipped_count=sum(part.skipped_count for part in parts),
        remarks=tuple(
            replace(remark, row=remark.row + int(start))
            for part, start in zip(parts, starts, strict=False)
            for remark in part.remarks
        ),
    )


@dataclass(frozen=True)
class _Part:
    """Neighbouring sheets with the same headings, read as one: twelve months cost hardly more than one."""

    layout: Layout
    next_sheet: int
    sheet_index: np.ndarray
    lines: np.ndarray
    columns: tuple[pa.DictionaryArray, ...]
    loose: tuple[Loose, ...]
    skipped_count: int
    remarks: tuple[Remark, ...]

    def column(self, name: str) -> pa.DictionaryArray:
        index = self.layout.fields.get(name)
        if index is not None:
            return self.columns[index]
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(self.lines), np.int32)), pa.array([""]))


def _part(layouts: Sequence[Layout], first_sheet: int) -> _Part:
    layout = layouts[0]
    bodies = [each.sheet.body(each.first_record, each.width, _unlike(each)) for each in layouts]
    body = stacked(bodies)
    sheets = np.repeat(np.arange(len(layouts), dtype=np.int32), [len(each.lines) for each in bodies])
    keep = data_rows(body, layout)
    beyond = [
        Loose(each.sheet.name, line, text, is_beyond=True)
        for each, own in zip(layouts, bodies, strict=True)
        for line, text in own.beyond
    ]
    skipped = np.flatnonzero(~keep)
    columns = [_kept(column, keep, len(skipped)) for column in body.columns]
    remarks = completed(columns, layout, sheets[keep])
    return _Part(
        layout=layout,
        next_sheet=first_sheet + len(layouts),
        sheet_index=first_sheet + sheets[keep],
        lines=body.lines[keep],
        columns=tuple(columns),
        loose=(*beyond, *_texts_of(body, skipped, [layouts[sheet].sheet.name for sheet in sheets[skipped]])),
        skipped_count=len(skipped),
        remarks=tuple(remarks),
    )


def _texts_of(body: Body, rows: np.ndarray, sheets: Sequence[str]) -> list[Loose]:
    """The texts of rows that are no data, each spelling once."""
    found = []
    for column in body.columns if len(rows) else ():
        codes, first = np.unique(column.indices.to_numpy(zero_copy_only=False)[rows], return_index=True)
        texts = column.dictionary.take(pa.array(codes)).to_pylist()
        found += [
            Loose(sheets[at], int(body.lines[rows[at]]), text, is_beyond=False)
            for text, at in zip(texts, first.tolist(), strict=True)
            if text
        ]
    return found


def _unlike(layout: Layout) -> frozenset[int]:
    """Columns of numbers that name a row: nearly every spelling occurs once."""
    names = {field.name for field in layout.declared.fields if field.type == "id"}
    return frozenset(column for name, column in layout.fields.items() if name in names)


def _kept(column: pa.DictionaryArray, keep: np.ndarray, skipped_count: int) -> pa.DictionaryArray:
    """The column without the rows left out, nor the spellings only they had."""
    if not skipped_count:
        return column
    codes = column.indices.to_numpy(zero_copy_only=False)[keep]
    used = np.bincount(codes, minlength=len(column.dictionary)) > 0
    if used.all():
        return pa.DictionaryArray.from_arrays(pa.array(codes), column.dictionary)
    renumbered = (np.cumsum(used) - 1).astype(np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(renumbered[codes], pa.int32()), column.dictionary.filter(pa.array(used))
    )


def _joined(parts: list[pa.DictionaryArray]) -> pa.DictionaryArray:
    return parts[0] if len(parts) == 1 else combined(pa.chunked_array(parts))
