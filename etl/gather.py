"""All sheets of one file as one batch of rows: columns by field, and where each row stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.data_rows import data_rows
from etl.declare import Return
from etl.recognise import Layout
from etl.sheets import Body, combined


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
    """A text outside the table: in a note or total row, or right of the last heading (`beyond`)."""

    sheet: str
    line: int | None
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

    @property
    def row_count(self) -> int:
        return len(self.places.lines)


def gather(layouts: Sequence[Layout]) -> Batch:
    """Joins the sheets of one return. Blank rows, totals, notes and repeated headers are left out and counted."""
    declared = layouts[0].declared
    bodies = [layout.sheet.body(layout.first_record, layout.width, _unlike(layout)) for layout in layouts]
    keeps = [data_rows(body, layout) for body, layout in zip(bodies, layouts, strict=True)]
    parts = list(zip(bodies, layouts, keeps, strict=True))
    names = [field.name for field in declared.fields if any(field.name in layout.fields for layout in layouts)]
    counts = [int(keep.sum()) for keep in keeps]
    starts = np.concatenate([[0], np.cumsum(counts)])
    unmapped = [
        Unmapped(layout.sheet.name, layout.headings[index], _kept(body.columns[index], keep), int(start))
        for (body, layout, keep), start in zip(parts, starts, strict=False)
        for index in layout.unmapped
    ]
    return Batch(
        declared=declared,
        layouts=tuple(layouts),
        places=Places(
            sheets=tuple(layout.sheet.name for layout in layouts),
            sheet_index=np.repeat(np.arange(len(layouts), dtype=np.int32), counts),
            lines=np.concatenate([body.lines[keep] for body, _, keep in parts]),
        ),
        columns={name: _joined([_column(*part, name) for part in parts]) for name in names},
        headings={name: next(lay.heading(name) for lay in layouts if name in lay.fields) for name in names},
        unmapped=tuple(unmapped),
        loose=tuple(text for part in parts for text in _loose(*part)),
        skipped_count=sum(len(keep) - count for keep, count in zip(keeps, counts, strict=True)),
    )


def _unlike(layout: Layout) -> frozenset[int]:
    """Columns of numbers that name a row: nearly every spelling occurs once."""
    names = {field.name for field in layout.declared.fields if field.type == "id"}
    return frozenset(column for name, column in layout.fields.items() if name in names)


def _loose(body: Body, layout: Layout, keep: np.ndarray) -> list[Loose]:
    found = [Loose(layout.sheet.name, line, text, is_beyond=True) for line, text in body.beyond]
    skipped = np.flatnonzero(~keep)
    if len(skipped):
        for column in body.columns:
            used = pc.unique(column.indices.take(pa.array(skipped)))
            texts = column.dictionary.take(used).to_pylist()
            found += [Loose(layout.sheet.name, None, text, is_beyond=False) for text in texts if text]
    return found


def _column(body: Body, layout: Layout, keep: np.ndarray, name: str) -> pa.DictionaryArray:
    index = layout.fields.get(name)
    if index is None:
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(int(keep.sum()), np.int32)), pa.array([""]))
    return _kept(body.columns[index], keep)


def _kept(column: pa.DictionaryArray, keep: np.ndarray) -> pa.DictionaryArray:
    """The column without the rows left out, nor the spellings only they had."""
    if keep.all():
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
