"""Which records below a header are data: not blank, no total, no note, no header again."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.patterns import indices_matching
from etl.recognise import Layout
from etl.sheets import Body
from etl.spelling.dates import read_date
from etl.spelling.text import clean, key
from etl.split_dates import joined

# 合計, 小計（4月）, 4月計, 第1四半期計, 福島市計, 計12件; not 家計.
_TOTAL = re.compile(
    r"[【\[<(「]?(?:(?:総|小|累|合|月|年|年度|期|半期|全体|\d{1,2}月(?:分)?|第?[1-4一二三四]四半期|[上下前後]半?期"
    r"|.{1,8}[市区町村郡県])?計"
    r"|総(?:数|合計)|全体|平均|再掲)"
    r"(?:[】\]>)」]|件数|数|\(.*\)|[:：]?\d[\d,]*[件人回]?)*"
)
_NOTE_START = (
    r"^[\s　]*[※注(（＊*備以作担記問連電提報出資参次続]|^[\s　]*(?:TEL|FAX|Tel|Fax|E-?mail|ＴＥＬ|ＦＡＸ|℡|☎|--|－－)"
)
_NOTE = re.compile(
    r"※|注|\(注|\*|備考|以上|以下余白|余白|作成|担当|記入(?:者|日|要領|上)|問い?合わ?せ|連絡先|電話|TEL|FAX|℡|☎|E-?mail|提出(?:日|者|先|期限)"
    r"|報告(?:日|者|担当)|出典|資料|参考|次(?:頁|ページ)|続(?:く|き)|\(続|--",
    re.IGNORECASE,
)
_LEANING = ("〃", "同上")  # says the day of the row above
_FEW = 3  # filled cells of a row in which a label stands with what it labels


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

    def is_case(row: int) -> bool:
        """A row with a day is one case, whatever word its remarks hold; so is any row of a return without a time."""
        if layout.declared.time != "date":
            return not layout.declared.time
        return month is not None and read_date(body.columns[month][row].as_py()).value is not None

    totals = np.flatnonzero(_anywhere(by_column(_are_totals(spellings)), codes, len(body.lines)))
    keep[[row for row in totals.tolist() if not is_case(row)]] = False
    notes = np.flatnonzero(_anywhere(by_column(_are_notes(spellings)), codes, len(body.lines)))
    for row in notes.tolist():
        cells = zip(body.columns, blank, codes, strict=True)
        filled = [column[row].as_py() for column, marks, own in cells if not marks[own[row]]]
        if len(filled) == 1 or (len(filled) <= _FEW and _NOTE.match(clean(filled[0])) and not is_case(row)):
            keep[row] = False
    for record in layout.header:
        keep[_headers_again(body, codes, record)] = False
    return keep


def _days(body: Body, layout: Layout) -> pa.DictionaryArray | None:
    name = layout.declared.month_of
    if name in layout.split_dates:
        return joined(body.columns, layout.split_dates[name])
    return body.columns[layout.fields[name]] if name in layout.fields else None


def _headers_again(body: Body, codes: Sequence[np.ndarray], record: Sequence[str]) -> list[int]:
    """Rows that say nothing but what a row of the header says, as a printed table does on each page."""
    filled = [index for index, heading in enumerate(record) if heading]
    if not filled:
        return []
    fewest = min(filled, key=lambda index: len(body.columns[index].dictionary))
    same = np.array([key(text) == record[fewest] for text in body.columns[fewest].dictionary.to_pylist()], bool)
    words = set(record)
    return [
        row
        for row in np.flatnonzero(same[codes[fewest]]).tolist()
        if all(key(column[row].as_py()) in words or not column[row].as_py() for column in body.columns)
    ]


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


def _are_totals(spellings: pa.Array) -> np.ndarray:
    marked = np.zeros(len(spellings), bool)
    for index in indices_matching(spellings, "[計総]|全[\\s　]*体|平[\\s　]*均|再[\\s　]*掲"):
        written = key(spellings[index].as_py())
        marked[index] = len(written) <= 24 and _TOTAL.fullmatch(written) is not None
    return marked


def _are_notes(spellings: pa.Array) -> np.ndarray:
    marked = np.zeros(len(spellings), bool)
    for index in indices_matching(spellings, _NOTE_START):
        marked[index] = _NOTE.match(clean(spellings[index].as_py())) is not None
    return marked
