"""From a judged batch to what the database takes: the rows by raw column, and the months they report."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from etl.coverage import Covered, covered_months, stated_months, stated_year
from etl.gather import Batch
from etl.municipality import Areas
from etl.recognise import Layout
from etl.relations import Columns, month_numbers
from etl.rows import days_of, identity

_ARROW_TYPES = {
    "text": pa.string(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "bigint": pa.int64(),
    "int": pa.int32(),
}


def rows_to_take(batch: Batch, areas: Areas, columns: Columns, aside: np.ndarray) -> pa.Table:
    """The rows that break no rule, in raw columns without load_id; `row_number` counts the file's data rows from 1."""
    arrays: dict[str, pa.Array] = {"row_number": pa.array(np.arange(1, batch.row_count + 1))}
    for declared in batch.declared.fields:
        for name, sql_type in declared.columns:
            if declared.type == "municipality_code":
                arrays[name] = areas.by_row()
            elif declared.name in columns:
                arrays[name] = columns[declared.name].by_row(name)
            else:
                arrays[name] = pa.nulls(batch.row_count, _ARROW_TYPES[sql_type])
    arrays |= dict(zip(batch.declared.identity, identity(columns, batch), strict=True))
    table = pa.table(arrays)
    return table.filter(pa.array(~aside)) if aside.any() else table


def months_reported(
    batch: Batch, areas: Areas, columns: Columns, aside: np.ndarray, received: date
) -> tuple[Covered, ...]:
    """Municipality × month that the file reports, by its rows, its titles and the names of its sheets.

    A yearly return reports each of the twelve months of its year; one that belongs to no month reports none.
    """
    time = batch.declared.time
    if not time:
        return ()
    months = _months_of_rows(batch, columns, received)
    rows = np.arange(batch.row_count)
    if time == "fiscal_year":
        rows = np.repeat(rows[months >= 0], 12)
        months = (months[months >= 0][:, None] + np.arange(12)).ravel()
    stated = []
    for layout, told in zip(batch.layouts, areas.title_areas, strict=True):
        area = told or (areas.codes[0] if len(areas.codes) == 1 else None)
        if area and (span := _stated(layout, time, bool(batch.row_count), received)):
            stated.append((area, span))
    covered = covered_months(areas.codes, areas.index[rows], months, aside[rows], stated, is_register=time == "date")
    return tuple(covered)


def _months_of_rows(batch: Batch, columns: Columns, received: date) -> np.ndarray:
    """The month of each row as a running number (a year: its April); -1 for none or one to come."""
    if batch.declared.month_of not in columns:
        return np.full(batch.row_count, -1, np.int32)
    column = columns[batch.declared.month_of]
    if batch.declared.time != "date":
        months = month_numbers(column)
        return np.where(months <= received.year * 12 + received.month - 1, months, -1)
    days = days_of(column)
    known = ~np.isnat(days) & (days <= np.datetime64(received))
    return np.where(known, days.astype("datetime64[M]").astype(np.int32) + 1970 * 12, -1)


def _stated(layout: Layout, time: str, has_rows: bool, received: date) -> range:
    """Months a title states; beside rows of counts it states none: a month that they leave out is not zero."""
    year = range(0) if has_rows else stated_year(layout, received)
    if time == "fiscal_year":
        return range(year.start, year.start + 12) if year else year
    if time == "month" and has_rows:
        return range(0)
    return stated_months(layout, received) or year
