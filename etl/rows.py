"""Rules on rows: what a cell may hold, the order of dates, nothing from the future, no number twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import DANGEROUS, ReadColumn, dangerous
from etl.findings import Findings
from etl.gather import Batch
from etl.municipality import Areas

Columns = Mapping[str, ReadColumn]


def judge_rows(batch: Batch, areas: Areas, columns: Columns, findings: Findings, received: date) -> None:
    """Runs every rule that needs nothing but the file itself."""
    for rule, rows in areas.rules:
        findings.add(rule.rule, rows, rule.column, value=rule.value, detail=rule.detail)
    for column in columns.values():
        _judge_cells(column, findings)
    for name in ("area_code", "municipality"):
        if name in batch.columns:
            _judge_dangerous(batch.columns[name], batch.headings[name], 0, findings)
    for extra in batch.unmapped:
        _judge_dangerous(extra.column, extra.heading, extra.first_row, findings)
    _judge_dates(columns, batch, findings, received)
    _judge_repeats(columns, batch, areas, findings)


def _judge_cells(column: ReadColumn, findings: Findings) -> None:
    heading = findings.batch.headings[column.field.name]
    for rule, marked in column.rules.items():
        detail = "、".join(column.field.labels.values()) if rule == "choice_unknown" else ""
        value = "" if rule in DANGEROUS else column.spelling
        findings.add(rule, column.rows(marked), heading, value=value, detail=detail)
    for notice, marked in column.notices.items():
        findings.add(notice, column.rows(marked)[:1], heading, value=column.spelling)
    if column.field.required:
        findings.add("required_empty", np.flatnonzero((column.blank() & ~column.unread)[column.codes]), heading)


def _judge_dangerous(column: pa.DictionaryArray, heading: str, first_row: int, findings: Findings) -> None:
    for rule, marked in dangerous(column.dictionary).items():
        rows = np.flatnonzero(marked[column.indices.to_numpy(zero_copy_only=False)])
        findings.add(rule, rows + first_row, heading)


def _judge_dates(columns: Columns, batch: Batch, findings: Findings, received: date) -> None:
    days = {name: days_of(columns[name]) for name in columns if columns[name].field.type == "date"}
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
    """A date column as datetime64[D] by row, NaT where there is none."""
    return column.values[column.field.name].to_numpy(zero_copy_only=False).astype("datetime64[D]")[column.codes]


def identity(columns: Columns, batch: Batch) -> list[pa.Array]:
    """The values that together name a row within its municipality; a derived one is built where it is blank."""
    return [_named(name, columns, batch) for name in batch.declared.identity]


def _named(name: str, columns: Columns, batch: Batch) -> pa.Array:
    own = columns[name].by_row(name) if name in columns else pa.nulls(batch.row_count, pa.string())
    if name not in batch.declared.derive:
        return own
    parts = [pc.cast(columns[part].by_row(part), pa.string()) for part in batch.declared.derive[name]]
    return pc.coalesce(own, pc.binary_join_element_wise(*parts, "/"))


def _judge_repeats(columns: Columns, batch: Batch, areas: Areas, findings: Findings) -> None:
    names = identity(columns, batch)
    encoded = [pc.dictionary_encode(array) for array in names]
    missing = np.zeros(batch.row_count, bool)
    combined = areas.index.astype(np.int64)
    for array in encoded:
        codes = array.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        missing |= codes < 0
        combined = combined * (len(array.dictionary) + 1) + codes
    rows = np.flatnonzero(~missing & (areas.index >= 0) & ~findings.quarantined())
    _, first = np.unique(combined[rows], return_index=True)
    again = np.ones(len(rows), bool)
    again[first] = False
    heading = batch.headings.get(batch.declared.identity[0], batch.declared.field(batch.declared.identity[0]).heading)
    findings.add("duplicate_in_file", rows[again], heading, value=lambda row: told(names, row))


def told(names: list[pa.Array], row: int) -> str:
    """The identity of a row as a message quotes it."""
    return "・".join(str(array[row].as_py()) for array in names)
