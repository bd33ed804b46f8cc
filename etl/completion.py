"""Columns made whole before they are read: dates in pieces joined, what cells leave to the row above filled in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from etl.continued import LEANING_TYPES, Remark, continued, leans
from etl.identifiers import differ_by_zeros
from etl.recognise import Layout
from etl.sheets import combined
from etl.split_dates import joined


def completed(columns: list[pa.DictionaryArray], layout: Layout, sheets: np.ndarray) -> list[Remark]:
    """Joins dates written in several columns and fills in what cells leave to the row above, sheet by sheet."""
    remarks: list[Remark] = []
    starts = np.flatnonzero(np.diff(sheets, prepend=-1)).tolist()
    for name, index in layout.fields.items():
        kind = layout.declared.field(name).type
        if name in layout.split_dates:
            columns[index] = joined(columns, layout.split_dates[name])
        if kind == "id" and (pair := differ_by_zeros(columns[index].dictionary)):
            remarks.append(
                Remark("id_zero_differs", _first_row(columns[index], pair[0]), *pair, layout.headings[index])
            )
        if kind not in LEANING_TYPES or not leans(columns[index], kind):
            continue
        pieces = [
            continued(columns[index].slice(start, end - start), kind, is_habit=name in layout.split_dates)
            for start, end in zip(starts, [*starts[1:], len(sheets)], strict=True)
        ]
        columns[index] = combined(pa.chunked_array([piece for piece, _ in pieces]))
        remarks += [
            replace(remark, row=remark.row + start, column=layout.headings[index])
            for start, (_, told) in zip(starts, pieces, strict=True)
            for remark in told
        ]
    return remarks


def _first_row(column: pa.DictionaryArray, text: str) -> int:
    code = column.dictionary.to_pylist().index(text)
    return int(np.flatnonzero(column.indices.to_numpy(zero_copy_only=False) == code)[0])
