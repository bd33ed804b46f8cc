"""All sheets of one file as one batch of rows: columns by field, and where each row stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.declare import Return
from etl.read import Body
from etl.recognise import Layout
from etl.spelling.text import clean, key

TOTAL_KEYS = frozenset(key(word) for word in ("合計", "計", "総数", "小計", "総計", "総合計", "月計", "年計"))
NOTE_STARTS = ("※", "注", "(注", "＊", "*", "備考", "以上", "以下余白")


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
class Batch:
    """Data rows of a file. `sheet_index` and `lines` say where each row stood; columns share its length."""

    declared: Return
    layouts: tuple[Layout, ...]
    sheet_index: np.ndarray
    lines: np.ndarray
    columns: Mapping[str, pa.DictionaryArray]
    headings: Mapping[str, str]
    unmapped: tuple[Unmapped, ...]
    skipped_count: int

    @property
    def row_count(self) -> int:
        return len(self.lines)

    def sheet_name(self, row: int) -> str:
        return self.layouts[int(self.sheet_index[row])].sheet.name


def gather(layouts: Sequence[Layout]) -> Batch:
    """Joins the sheets of one return. Blank rows, totals, notes and repeated headers are left out and counted."""
    bodies = [layout.sheet.body(layout.first_record, layout.width) for layout in layouts]
    keeps = [data_rows(body, layout) for body, layout in zip(bodies, layouts, strict=True)]
    names = [field.name for field in layouts[0].declared.fields if any(field.name in lay.fields for lay in layouts)]
    parts = list(zip(bodies, layouts, keeps, strict=True))
    columns = {name: _joined([_column(*part, name) for part in parts]) for name in names}
    counts = [int(keep.sum()) for keep in keeps]
    starts = np.concatenate([[0], np.cumsum(counts)])
    unmapped = [
        Unmapped(layout.sheet.name, layout.headings[index], _kept(body.columns[index], keep), int(start))
        for (body, layout, keep), start in zip(parts, starts, strict=False)
        for index in layout.unmapped
    ]
    return Batch(
        declared=layouts[0].declared,
        layouts=tuple(layouts),
        sheet_index=np.repeat(np.arange(len(layouts)), counts),
        lines=np.concatenate([body.lines[keep] for body, _, keep in parts]),
        columns=columns,
        headings={name: next(lay.heading(name) for lay in layouts if name in lay.fields) for name in names},
        unmapped=tuple(unmapped),
        skipped_count=sum(int((~keep).sum()) for keep in keeps),
    )


def data_rows(body: Body, layout: Layout) -> np.ndarray:
    """Mask of the records that are data, found on distinct spellings column by column."""
    count = len(body.lines)
    filled = np.zeros(count, np.int32)
    total = np.zeros(count, bool)
    note = np.zeros(count, bool)
    for column in body.columns:
        spellings = column.dictionary
        codes = column.indices.to_numpy(zero_copy_only=False)
        blank = pc.equal(pc.utf8_trim_whitespace(spellings), "").to_numpy(zero_copy_only=False)
        filled += ~blank[codes]
        for marks, target in ((_are_totals, total), (_are_notes, note)):
            marked = marks(spellings)
            if marked.any():
                target |= marked[codes]
    keep = (filled > 0) & ~total & ~(note & (filled == 1))
    month_column = layout.fields.get(layout.declared.month_of)
    if month_column is not None and count:
        column = body.columns[month_column]
        again = pc.equal(column.dictionary, layout.headings[month_column]).to_numpy(zero_copy_only=False)
        keep &= ~again[column.indices.to_numpy(zero_copy_only=False)]
    return keep


def _are_totals(spellings: pa.Array) -> np.ndarray:
    marked = np.zeros(len(spellings), bool)
    hits = pc.match_substring_regex(spellings, "[計総]").to_numpy(zero_copy_only=False)
    for index in np.flatnonzero(hits):
        marked[index] = key(spellings[int(index)].as_py()) in TOTAL_KEYS
    return marked


def _are_notes(spellings: pa.Array) -> np.ndarray:
    marked = np.zeros(len(spellings), bool)
    hits = pc.match_substring_regex(spellings, "^[\\s　]*[※注(（＊*備以]").to_numpy(zero_copy_only=False)
    for index in np.flatnonzero(hits):
        marked[index] = clean(spellings[int(index)].as_py()).startswith(NOTE_STARTS)
    return marked


def _column(body: Body, layout: Layout, keep: np.ndarray, name: str) -> pa.DictionaryArray:
    index = layout.fields.get(name)
    if index is None:
        blank = pa.DictionaryArray.from_arrays(pa.array(np.zeros(int(keep.sum()), np.int32)), pa.array([""]))
        return blank
    return _kept(body.columns[index], keep)


def _kept(column: pa.DictionaryArray, keep: np.ndarray) -> pa.DictionaryArray:
    return column if keep.all() else column.filter(pa.array(keep))


def _joined(parts: list[pa.DictionaryArray]) -> pa.DictionaryArray:
    if len(parts) == 1:
        return parts[0]
    return pa.chunked_array(parts).unify_dictionaries().combine_chunks()
