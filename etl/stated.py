"""What a title or the name of a sheet says for all of its rows: the month or fiscal year of a return that has no such
column, or leaves its cells blank.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa

from etl.coverage import period_text, stated_months, stated_year
from etl.declare import Field
from etl.gather import Batch
from etl.recognise import Layout
from etl.spelling.text import clean


def missing_headings(layout: Layout, received: date) -> list[str]:
    """Headings of required fields that no column names and no title answers."""
    required = {field.heading: field for field in layout.declared.required}
    return [heading for heading in layout.missing if not _stated(layout, required[heading], received)]


def with_stated(batch: Batch, received: date) -> Batch:
    """The batch with blank cells answered by the titles of their sheet."""
    columns, headings = dict(batch.columns), dict(batch.headings)
    for field in batch.declared.fields:
        told = [_stated(layout, field, received) for layout in batch.layouts]
        if any(told) and batch.row_count:
            columns[field.name] = _filled(columns.get(field.name), told, batch.places.sheet_index)
            headings.setdefault(field.name, field.heading)
    in_order = {field.name: columns[field.name] for field in batch.declared.fields if field.name in columns}
    return replace(batch, columns=in_order, headings=headings)


def _stated(layout: Layout, field: Field, received: date) -> str:
    """The one month, or the fiscal year, that a sheet is about; '' when it says none or several."""
    if not field.stated_by_title:
        return ""
    if field.type == "fiscal_year":
        year = stated_year(layout, received)
        return f"{year.start // 12}年度" if year else ""
    months = stated_months(layout, received)
    return period_text(months.start) if len(months) == 1 else ""


def _filled(column: pa.DictionaryArray | None, told: list[str], sheet_index: np.ndarray) -> pa.DictionaryArray:
    """Cells with the spelling their sheet states where they are blank."""
    by_row = np.array(told, object)[sheet_index]
    if column is None:
        return pa.array(by_row, pa.string()).dictionary_encode()
    codes = column.indices.to_numpy(zero_copy_only=False)
    blank = np.array([not clean(text) for text in column.dictionary.to_pylist()], bool)[codes]
    if not blank.any():
        return column
    texts = np.array(column.dictionary.to_pylist(), object)[codes]
    return pa.array(np.where(blank, by_row, texts), pa.string()).dictionary_encode()
