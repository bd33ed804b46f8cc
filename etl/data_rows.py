"""Which records below a header are data: not blank, no total, no note, no header again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.patterns import indices_matching
from etl.recognise import Layout
from etl.sheets import Body
from etl.spelling.dates import read_date
from etl.spelling.text import clean, key

TOTAL_KEYS = frozenset(key(word) for word in ("合計", "計", "総数", "小計", "総計", "総合計", "月計", "年計"))
NOTE_STARTS = ("※", "注", "(注", "＊", "*", "備考", "以上", "以下余白")
_SUSPECT = "[計総]|^[\\s　]*[※注(（＊*備以]"


def data_rows(body: Body, layout: Layout) -> np.ndarray:
    """Mask of the records that are data, found on distinct spellings: all columns are looked up at once."""
    spellings = pa.concat_arrays([column.dictionary for column in body.columns])
    ends = np.cumsum([len(column.dictionary) for column in body.columns])[:-1]

    def by_column(marks: np.ndarray) -> list[np.ndarray]:
        return np.split(marks, ends)

    blank = by_column(pc.equal(pc.utf8_trim_whitespace(spellings), "").to_numpy(zero_copy_only=False))
    codes = [column.indices.to_numpy(zero_copy_only=False) for column in body.columns]
    keep = ~_everywhere(blank, codes, len(body.lines))
    month = layout.fields.get(layout.declared.month_of)
    are_totals, are_notes = _totals_and_notes(spellings)
    totals = np.flatnonzero(_anywhere(by_column(are_totals), codes, len(body.lines)))
    keep[[row for row in totals if month is None or not _is_day(body.columns[month][int(row)].as_py())]] = False
    notes = np.flatnonzero(_anywhere(by_column(are_notes), codes, len(body.lines)))
    if len(notes):  # a note stands alone in its row
        filled = sum((~marks[column[notes]]).astype(np.int32) for marks, column in zip(blank, codes, strict=True))
        keep[notes[filled == 1]] = False
    if month is not None:
        again = pc.equal(body.columns[month].dictionary, layout.headings[month]).to_numpy(zero_copy_only=False)
        if again.any():
            keep &= ~again[codes[month]]
    return keep


def _everywhere(marks: Sequence[np.ndarray], codes: Sequence[np.ndarray], count: int) -> np.ndarray:
    """Rows marked in every column."""
    rows = np.ones(count, bool)
    for marked, column in zip(marks, codes, strict=True):
        if not marked.any():
            return np.zeros(count, bool)
        rows &= marked[column]
    return rows


def _anywhere(marks: Sequence[np.ndarray], codes: Sequence[np.ndarray], count: int) -> np.ndarray:
    """Rows marked in any column."""
    rows = np.zeros(count, bool)
    for marked, column in zip(marks, codes, strict=True):
        if marked.any():
            rows |= marked[column]
    return rows


def _totals_and_notes(spellings: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Marks of the spellings that are a word for a total, and of those that begin as a note does."""
    totals, notes = np.zeros(len(spellings), bool), np.zeros(len(spellings), bool)
    for index in indices_matching(spellings, _SUSPECT):
        text = spellings[index].as_py()
        totals[index] = key(text) in TOTAL_KEYS
        notes[index] = clean(text).startswith(NOTE_STARTS)
    return totals, notes


def _is_day(text: str) -> bool:
    """A row with a day is one case, whatever word its remarks hold."""
    return read_date(text).value is not None
