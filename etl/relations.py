"""Rules between the fields of a row, as declared: a part and its whole, a 無 and what hangs on it; no time to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa

from etl.cells import ReadColumn
from etl.findings import Findings
from etl.gather import Batch

Columns = Mapping[str, ReadColumn]


def judge_relations(columns: Columns, batch: Batch, findings: Findings, received: date) -> None:
    for name, column in columns.items():
        heading, field = batch.headings[name], column.field
        if field.type in ("month", "fiscal_year"):
            late = np.flatnonzero(month_numbers(column) > received.year * 12 + received.month - 1)
            findings.add("period_future", late, heading, value=column.spelling, detail=received.isoformat())
        if field.part_of in columns:
            whole = columns[field.part_of]
            more = np.flatnonzero(_numbers(column) > _numbers(whole))
            told = batch.headings[field.part_of]
            findings.add("part_exceeds_whole", more, heading, value=column.spelling, detail=told)
        if field.denied_by in columns:
            denied = np.flatnonzero(_is_no(columns[field.denied_by]) & _is_answered(column))
            told = batch.headings[field.denied_by]
            findings.add("answer_contradiction", denied, heading, value=column.spelling, detail=told)


def month_numbers(column: ReadColumn) -> np.ndarray:
    """The month of each row of a month or year column as a running number (-1: none); a year is its April."""
    values = column.values[column.field.name].to_pylist()
    if column.field.type == "fiscal_year":
        numbers = [-1 if year is None else year * 12 + 3 for year in values]
    else:
        numbers = [-1 if text is None else int(text[:4]) * 12 + int(text[5:]) - 1 for text in values]
    by_row: np.ndarray = np.array(numbers, np.int32)[column.codes]
    return by_row


def _numbers(column: ReadColumn) -> np.ndarray:
    """Counts by row; NaN, which compares with nothing, for what is no number."""
    values = column.values[column.field.name].cast(pa.float64()).to_numpy(zero_copy_only=False)
    by_row: np.ndarray = values[column.codes]
    return by_row


def _is_no(column: ReadColumn) -> np.ndarray:
    marked = np.array([value is False for value in column.values[column.field.name].to_pylist()], bool)
    by_row: np.ndarray = marked[column.codes]
    return by_row


def _is_answered(column: ReadColumn) -> np.ndarray:
    """Rows with an answer other than no."""
    values = column.values[column.field.name].to_pylist()
    marked = np.array([value is not None and value is not False for value in values], bool)
    by_row: np.ndarray = marked[column.codes]
    return by_row
