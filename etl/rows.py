"""Rules on rows: what a cell may hold, the order of dates, nothing from the future, no number twice."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import DANGEROUS, ReadColumn, dangerous
from etl.declare import Field
from etl.findings import Findings
from etl.gather import Batch
from etl.municipality import Areas
from etl.relations import Columns, judge_relations

AREA_FIELDS = ("area_code", "municipality")
# Types that hold days, and the name of the values that do.
DATED = {"date": "{}", "flag_or_date": "{}_date"}


def judge_rows(batch: Batch, areas: Areas, columns: Columns, findings: Findings, received: date) -> None:
    """Runs every rule that needs nothing but the file itself."""
    for rule, rows in areas.rules:
        findings.add(rule.rule, rows, rule.column, value=rule.value, detail=rule.detail)
    for column in columns.values():
        _judge_cells(column, batch.headings[column.field.name], findings)
    _judge_dangerous(batch, findings)
    _judge_dates(columns, batch, findings, received)
    judge_relations(columns, batch, findings, received)
    _judge_repeats(columns, batch, areas, findings)


def _judge_cells(column: ReadColumn, heading: str, findings: Findings) -> None:
    for rule, marked in column.rules.items():
        detail = "、".join(column.field.labels.values()) if rule == "choice_unknown" else ""
        value = "" if rule in DANGEROUS else column.spelling
        findings.add(rule, column.rows(marked), heading, value=value, detail=detail)
    for notice, marked in column.notices.items():
        findings.add(notice, column.rows(marked)[:1], heading, value=column.spelling)
    if column.field.required:
        findings.add("required_empty", column.rows(column.blank() & ~column.unread), heading)


def _judge_dangerous(batch: Batch, findings: Findings) -> None:
    """Cells of the columns that are not read by type: the municipality's, and those that are dropped."""
    places = [(batch.headings[name], batch.columns[name], 0) for name in AREA_FIELDS if name in batch.columns]
    places += [(extra.heading, extra.column, extra.first_row) for extra in batch.unmapped]
    for (heading, column, first_row), marks in zip(
        places, dangerous([column.dictionary for _, column, _ in places]), strict=True
    ):
        for rule, marked in marks.items():
            rows = np.flatnonzero(marked[column.indices.to_numpy(zero_copy_only=False)])
            findings.add(rule, rows + first_row, heading)


def _judge_dates(columns: Columns, batch: Batch, findings: Findings, received: date) -> None:
    days = {name: days_of(column) for name, column in columns.items() if column.field.type in DATED}
    limit = np.datetime64(received)
    for name, values in days.items():
        late = np.flatnonzero(values > limit)
        findings.add(
            "date_future", late, batch.headings[name], value=columns[name].spelling, detail=received.isoformat()
        )
    ordered = [name for name in batch.declared.date_order if name in days]
    latest: np.ndarray | None = None
    for position, name in enumerate(ordered):
        if latest is not None:
            before = "・".join(batch.headings[earlier] for earlier in ordered[:position])
            early = np.flatnonzero(days[name] < latest)
            findings.add("date_order", early, batch.headings[name], value=columns[name].spelling, detail=before)
        latest = days[name] if latest is None else np.fmax(latest, days[name])


def days_of(column: ReadColumn) -> np.ndarray:
    """A column's days as datetime64[D] by row, NaT where there is none."""
    values = column.values[DATED[column.field.type].format(column.field.name)]
    days: np.ndarray = values.to_numpy(zero_copy_only=False).astype("datetime64[D]")
    by_row: np.ndarray = days[column.codes]
    return by_row


def identity(columns: Columns, batch: Batch) -> list[pa.Array]:
    """The values that together name a row within its municipality; a derived one is built where it is blank."""
    return [_named(name, columns, batch) for name in batch.declared.identity]


def _named(name: str, columns: Columns, batch: Batch) -> pa.Array:
    own = columns[name].by_row(name) if name in columns else pa.nulls(batch.row_count, pa.string())
    if name not in batch.declared.derive or not own.null_count:
        return own
    parts = [columns[part].by_row(part).cast(pa.string()) for part in batch.declared.derive[name]]
    return pc.coalesce(own.cast(pa.string()), pc.binary_join_element_wise(*parts, "/"))


def _judge_repeats(columns: Columns, batch: Batch, areas: Areas, findings: Findings) -> None:
    names = identity(columns, batch)
    named = ~findings.quarantined() & (areas.index >= 0)
    combined = areas.index.astype(np.int64)
    for array in names:
        codes, count = _numbered(array)
        if count == batch.row_count:  # every row has its own: nothing can stand twice
            return
        named &= codes >= 0
        combined = combined * (count + 1) + codes
    rows = np.flatnonzero(named)
    _, first = np.unique(combined[rows], return_index=True)
    again = np.ones(len(rows), bool)
    again[first] = False
    heading = batch.headings.get(batch.declared.identity[0], batch.declared.field(batch.declared.identity[0]).heading)
    fields = [batch.declared.field(name) for name in batch.declared.identity]
    findings.add("duplicate_in_file", rows[again], heading, value=lambda row: told(fields, names, row))


def _numbered(array: pa.Array) -> tuple[np.ndarray, int]:
    """A number for each distinct value (-1: none), and how many distinct values there are."""
    texts = array.dictionary if pa.types.is_dictionary(array.type) else array
    encoded = texts.dictionary_encode()  # two spellings may have been read as one value
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    if texts is not array:
        codes = np.append(codes, -1)[array.indices.fill_null(len(codes)).to_numpy(zero_copy_only=False)]
    return codes, len(encoded.dictionary)


def told(fields: list[Field], names: list[pa.Array], row: int) -> str:
    """The identity of a row as a message quotes it."""
    return "・".join(field.spoken(array[row].as_py()) for field, array in zip(fields, names, strict=True))
