"""What is worth saying about a file that was read: columns and sheets left out, names without a category."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from etl.cells import ReadColumn
from etl.gather import Batch
from etl.organisations import UNKNOWN, category_of
from etl.problems import Problem
from etl.recognise import Layout
from etl.relations import Columns
from etl.sheets import Sheet

MAX_NOTICES = 50


def notices_of(batch: Batch, columns: Columns, name: str) -> list[Problem]:
    """Notices about columns, names and rows, columns in the order of the file."""
    notices = [
        Problem(name, "column_dropped", sheet=extra.sheet, column=extra.heading)
        for extra in batch.unmapped
        if extra.heading
    ]
    for layout in batch.layouts:
        notices += [Problem(name, "column_twice", layout.sheet.name, column=heading) for heading in layout.repeated]
    for column in columns.values():
        if column.field.type == "organisation":
            heading = batch.headings[column.field.name]
            notices += [
                Problem(name, "organisation_unknown", column=heading, value=text) for text in _without_category(column)
            ]
    if any(loose.is_beyond for loose in batch.loose):
        notices.append(Problem(name, "cells_beyond"))
    if batch.skipped_count:
        notices.append(Problem(name, "rows_skipped", detail=f"{batch.skipped_count:,}"))
    return notices


def unread_sheets(sheets: Sequence[Sheet], others: Sequence[Layout], name: str) -> list[Problem]:
    """Notices about sheets left out: without a header, or of another return than the file's."""
    told = [Problem(name, "sheet_skipped", sheet=sheet.name) for sheet in sheets if not sheet.is_blank]
    return told + [
        Problem(name, "sheet_other_return", sheet=layout.sheet.name, detail=layout.declared.title) for layout in others
    ]


def _without_category(column: ReadColumn) -> list[str]:
    sound = np.setdiff1d(column.codes, np.flatnonzero(column.unread))
    used = column.values[column.field.name].take(pa.array(sound))
    return [text for text in used.unique().to_pylist() if text and category_of(text) == UNKNOWN][:MAX_NOTICES]
