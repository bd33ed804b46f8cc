"""Applies the guard of etl.privacy to a whole file: every sheet, heading, title, note and cell that we keep or quote.

A place is named, a value never: what stands in a problem is the heading of a column or the number of a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from etl.cells import ReadColumn
from etl.excel import PIVOT, texts_beside_cells
from etl.gather import Batch
from etl.privacy import find_personal, is_of_place, is_of_sender, is_personal_heading
from etl.problems import Problem, Refused
from etl.recognise import HEADER_SEARCH, Layout
from etl.sheets import Sheet
from etl.spelling.text import clean

_HEADING_LENGTH = 20


def guard_sheets(layouts: Sequence[Layout], others: Sequence[Sheet], name: str) -> None:
    """Refuses a file with personal information in headings, titles or sheet names, or in a sheet that is not read."""
    for number, layout in enumerate(layouts, 1):
        sheet = _sheet_name(layout.sheet, number, name)
        _refuse_texts(layout.headings, name, sheet, "見出しの", is_organisation=False)
        for index, heading in enumerate(layout.headings):
            if is_personal_heading(heading) and index not in layout.fields.values():
                raise Refused(Problem(name, "personal_column", sheet=sheet, column=heading))
        _refuse_texts(layout.titles, name, sheet, "表題の")
    for number, unread in enumerate(others, len(layouts) + 1):
        sheet = _sheet_name(unread, number, name)
        personal = _personal_heading(unread.head[:HEADER_SEARCH])
        if personal:
            raise Refused(Problem(name, "personal_column", sheet=sheet, column=personal))
        _refuse_texts(unread.texts(), name, sheet, "")


def _personal_heading(records: Sequence[Sequence[str]]) -> str | None:
    """A personal heading in a sheet that is no return. The sender's own 「電話」 beside its value is none."""
    for record, below in zip(records, [*records[1:], ()], strict=True):
        filled = [index for index, cell in enumerate(record) if cell.strip()]
        for index in filled:
            heading = clean(record[index])
            if len(heading) > _HEADING_LENGTH or not is_personal_heading(heading):
                continue
            if len(filled) == 1:
                if index < len(below) and below[index].strip():
                    return heading
            elif len(filled) > 2 or index != filled[0] or not is_of_sender(heading):
                return heading
    return None


def guard_beside_cells(data: bytes, name: str) -> None:
    """Refuses a workbook whose comments, shapes or pivot tables show personal information."""
    for where, texts in texts_beside_cells(data):
        _refuse_texts(texts, name, "", f"{where}の", is_organisation=False)
        if where == PIVOT and any(is_personal_heading(text) and len(text) <= _HEADING_LENGTH for text in texts):
            raise Refused(Problem(name, "personal_value", detail=f"{where}の項目名"))


def guard_values(batch: Batch, name: str) -> None:
    """Refuses a file whose free text shows personal information, in columns we keep as in those we drop."""
    for field_name, column in batch.columns.items():
        kind = batch.declared.field(field_name).kind
        if kind.is_free_text:  # of all other columns only what could not be read is looked at
            heading = batch.headings[field_name]
            _refuse_cells(batch, name, heading, column, is_organisation=kind.of_organisation)
    for extra in batch.unmapped:
        is_place = is_of_place(extra.heading)
        _refuse_cells(batch, name, extra.heading, extra.column, is_organisation=is_place, first_row=extra.first_row)
    for is_beyond in (True, False):  # notes carry the sender's own telephone, as titles do
        texts = [loose for loose in batch.loose if loose.is_beyond is is_beyond]
        finding = find_personal([loose.text for loose in texts], is_organisation=not is_beyond)
        if finding:
            place = texts[finding.index]
            raise Refused(Problem(name, "personal_value", place.sheet, line=place.line, detail=finding.kind))


def guard_unread(batch: Batch, columns: Mapping[str, ReadColumn], name: str) -> None:
    """Refuses a file when a cell that is no number, day or plain word, and would be quoted, shows a person."""
    for field_name, column in columns.items():
        if column.field.kind.is_free_text or column.is_plain:
            continue
        is_id = column.field.type == "id"  # digits with hyphens are what numbers of a register look like
        suspect = np.ones(len(column.spellings), bool) if is_id else column.unread
        if suspect.any():
            kept = pa.DictionaryArray.from_arrays(pa.array(column.codes), column.spellings)
            _refuse_cells(batch, name, batch.headings[field_name], kept, only=suspect, is_organisation=is_id)


def _refuse_cells(
    batch: Batch,
    name: str,
    heading: str,
    column: pa.DictionaryArray,
    *,
    is_organisation: bool = False,
    first_row: int = 0,
    only: np.ndarray | None = None,
) -> None:
    indices = np.arange(len(column.dictionary)) if only is None else np.flatnonzero(only)
    texts = column.dictionary if only is None else column.dictionary.take(pa.array(indices))
    finding = find_personal(texts, heading=heading, is_organisation=is_organisation)
    if not finding:
        return
    rows = np.flatnonzero(column.indices.to_numpy(zero_copy_only=False) == indices[finding.index])
    row = int(rows[0]) + first_row
    places = batch.places
    raise Refused(
        Problem(
            name,
            "personal_value",
            sheet=places.sheet(row),
            row=row + 1,
            line=places.line(row),
            column=heading,
            detail=finding.kind,
        )
    )


def _refuse_texts(
    texts: pa.Array | Iterable[str], name: str, sheet: str, where: str, *, is_organisation: bool = True
) -> None:
    """Titles and cover sheets carry the sender's own telephone: only a person's name or number counts there."""
    values = texts if isinstance(texts, pa.Array) else list(texts)
    finding = find_personal(values, is_organisation=is_organisation)
    if finding:
        raise Refused(Problem(name, "personal_value", sheet=sheet, detail=f"{where}{finding.kind}"))


def _sheet_name(sheet: Sheet, number: int, name: str) -> str:
    """The sheet's name for messages; a name that is itself a person's is replaced by its number and refused."""
    if find_personal([sheet.name]):
        raise Refused(Problem(name, "personal_value", detail=f"{number}枚目のシート名の氏名など"))
    return sheet.name
