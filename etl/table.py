"""From a judged batch to what the database takes: the rows by raw column, and the months they report."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from etl.coverage import Covered, covered_months, stated_months, stated_year
from etl.gather import Batch
from etl.municipality import Areas
from etl.rows import Columns, days_of, identity

_ARROW_TYPES = {"text": pa.string(), "date": pa.date32(), "boolean": pa.bool_(), "bigint": pa.int64()}


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
    """Municipality × month that the file reports, by its rows, its titles and the names of its sheets."""
    months = np.full(batch.row_count, -1, np.int32)
    if batch.declared.month_of in columns:
        days = days_of(columns[batch.declared.month_of])
        known = ~np.isnat(days) & (days <= np.datetime64(received))
        months = np.where(known, days.astype("datetime64[M]").astype(np.int32) + 1970 * 12, -1)
    stated = []
    for layout, told in zip(batch.layouts, areas.title_areas, strict=True):
        area = told or (areas.codes[0] if len(areas.codes) == 1 else None)
        span = stated_months(layout, received) or (range(0) if batch.row_count else stated_year(layout, received))
        if area and span:
            stated.append((area, span))
    return tuple(covered_months(areas.codes, areas.index, months, aside, stated))
