"""Applies the guard of etl.privacy to a whole file: titles, headings, every sheet, every column, every message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from etl.cells import ReadColumn
from etl.gather import Batch
from etl.privacy import find_personal, is_personal_heading
from etl.problems import Problem
from etl.read import Refused, Sheet
from etl.recognise import HEADER_SEARCH, Layout

# Columns of free text; in all others only what could not be read is looked at, since messages quote it.
_FREE_TEXT = ("choice", "organisation")


def guard_headings(layouts: Sequence[Layout], others: Sequence[Sheet], name: str) -> None:
    """Refuses a file with a personal column, in a table that was recognised or in any other sheet."""
    for layout in layouts:
        for index, heading in enumerate(layout.headings):
            if is_personal_heading(heading) and index not in layout.fields.values():
                raise Refused(Problem(name, "personal_column", sheet=layout.sheet.name, column=heading))
        _guard_texts(layout.titles, name, layout.sheet.name)
    for sheet in others:
        for record in sheet.head[:HEADER_SEARCH]:
            filled = [cell for cell in record if cell.strip()]
            personal = next((cell for cell in filled if is_personal_heading(cell)), None)
            if personal and len(filled) > 1:
                raise Refused(Problem(name, "personal_column", sheet=sheet.name, column=personal))
        _guard_texts([cell for record in sheet.head for cell in record if cell], name, sheet.name)


def _guard_texts(texts: Sequence[str], name: str, sheet: str) -> None:
    """Titles and cover sheets carry the sender's own telephone: only a person's name or number counts there."""
    finding = find_personal(texts, is_organisation=True)
    if finding:
        raise Refused(Problem(name, "personal_value", sheet=sheet, detail=finding.kind))


def guard_values(batch: Batch, name: str) -> None:
    """Refuses a file whose free text shows personal information, in columns we keep as in those we drop."""
    for field_name, column in batch.columns.items():
        field = batch.declared.field(field_name)
        if field.type in _FREE_TEXT:
            organisation = field.type == "organisation"
            finding = find_personal(column.dictionary, heading=batch.headings[field_name], is_organisation=organisation)
            if finding:
                rows = np.flatnonzero(column.indices.to_numpy(zero_copy_only=False) == finding.index)
                raise Refused(_at(batch, name, rows, batch.headings[field_name], finding.kind))
    for extra in batch.unmapped:
        finding = find_personal(extra.column.dictionary, heading=extra.heading)
        if finding:
            rows = np.flatnonzero(extra.column.indices.to_numpy(zero_copy_only=False) == finding.index)
            raise Refused(_at(batch, name, rows + extra.first_row, extra.heading, finding.kind))


def guard_unread(batch: Batch, columns: Mapping[str, ReadColumn], name: str) -> None:
    """Refuses a file when a cell that could not be read, and would be quoted, shows personal information."""
    for field_name, column in columns.items():
        if column.field.type in _FREE_TEXT or not column.rules:
            continue
        unread = np.flatnonzero(column.unread)
        texts = column.spellings.take(unread)
        finding = find_personal(texts, heading=batch.headings[field_name])
        if finding:
            rows = np.flatnonzero(column.codes == unread[finding.index])
            raise Refused(_at(batch, name, rows, batch.headings[field_name], finding.kind))


def _at(batch: Batch, name: str, rows: np.ndarray, heading: str, kind: str) -> Problem:
    if not len(rows):  # in a row that is not data: a note, a total
        return Problem(name, "personal_value", column=heading, detail=kind)
    row = int(rows[0])
    place = {"sheet": batch.sheet_name(row), "row": row + 1, "line": int(batch.lines[row])}
    return Problem(name, "personal_value", column=heading, detail=kind, **place)
