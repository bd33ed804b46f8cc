"""One received file, looked at from end to end: refused whole, or rows to take and rows set aside, with reasons.

Nothing is written here. What only the database knows (is this number already in?) etl.build asks afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa

from etl.cells import ReadColumn, read_column
from etl.coverage import Covered, covered_months, states_months, title_months
from etl.declare import Return
from etl.findings import Findings
from etl.gather import Batch, gather
from etl.guard import guard_headings, guard_unread, guard_values
from etl.municipality import Areas, resolve_areas
from etl.organisations import UNKNOWN, category_of
from etl.problems import Problem
from etl.read import Refused, Sheet, read_sheets
from etl.recognise import Layout, recognise
from etl.rows import Columns, days_of, identity, judge_rows
from etl.spelling.codes import Register

MAX_NOTICES = 50
_AREA_TYPES = ("municipality_code", "municipality_name")


@dataclass(frozen=True)
class Terms:
    """What a load was told: served prefecture (2 digits), municipality (area code) and day of receipt."""

    register: Register
    returns: Mapping[str, Return]
    received: date
    prefecture: str | None = None
    municipality: str | None = None


@dataclass(frozen=True)
class Checked:
    """Outcome of the checks. `table` holds the rows to take, in raw columns without load_id."""

    name: str
    declared: Return | None
    rows_in_file: int
    problems: tuple[Problem, ...]
    quarantined: tuple[int, ...] = ()
    table: pa.Table | None = field(default=None, repr=False)
    coverage: tuple[Covered, ...] = ()

    @property
    def refused(self) -> bool:
        return any(problem.level == "file" for problem in self.problems)


def check_file(data: bytes, name: str, terms: Terms) -> Checked:
    """Checks the bytes of a received file. What a municipality sent never raises: it ends in `problems`."""
    declared: Return | None = None
    try:
        sheets = read_sheets(data, name)
        layouts = [layout for sheet in sheets if (layout := recognise(sheet, terms.returns))]
        read = {id(layout.sheet) for layout in layouts}
        guard_headings(layouts, [sheet for sheet in sheets if id(sheet) not in read], name)
        if not layouts:
            raise Refused(Problem(name, "header_missing"))
        same = _one_return(layouts, name)
        declared = same[0].declared
        used = {id(layout.sheet) for layout in same}
        skipped = [sheet for sheet in sheets if id(sheet) not in used and any(any(row) for row in sheet.head)]
        return _check_rows(gather(same), skipped, name, terms)
    except Refused as refused:
        return Checked(name, declared, 0, (refused.problem,))


def _one_return(layouts: list[Layout], name: str) -> list[Layout]:
    """The sheets of the return that fits best; a workbook is one return."""
    best = max(layouts, key=lambda layout: len(layout.fields))
    same = [layout for layout in layouts if layout.declared.id == best.declared.id]
    for layout in same:
        for heading in layout.missing:
            place = {"sheet": layout.sheet.name, "column": heading, "detail": f"{best.declared.title}"}
            raise Refused(Problem(name, "required_column_missing", **place))
    return same


def _check_rows(batch: Batch, skipped: list[Sheet], name: str, terms: Terms) -> Checked:
    guard_values(batch, name)
    areas = resolve_areas(batch, terms.register, terms.prefecture, terms.municipality)
    if areas.file_rule:
        told = areas.file_rule
        raise Refused(Problem(name, told.rule, column=told.column, value=told.value, detail=told.detail))
    columns = {
        field_name: read_column(batch.declared.field(field_name), column)
        for field_name, column in batch.columns.items()
        if batch.declared.field(field_name).type not in _AREA_TYPES
    }
    guard_unread(batch, columns, name)
    findings = Findings(batch, name)
    judge_rows(batch, areas, columns, findings, terms.received)
    aside = findings.quarantined()
    coverage = covered_months(
        areas.codes, areas.index, _months(columns, batch, terms.received), aside, _stated(batch, areas, terms)
    )
    checked = Checked(
        name,
        batch.declared,
        batch.row_count,
        (*findings.problems(), *_notices(batch, columns, skipped, coverage, name)),
        tuple((np.flatnonzero(aside) + 1).tolist()),
        _table(batch, areas, columns).filter(pa.array(~aside)),
        tuple(coverage),
    )
    return refuse_without_rows(checked)


def refuse_without_rows(checked: Checked) -> Checked:
    """A file with rows of which none can be taken is refused whole, and the reason is put first."""
    if not checked.rows_in_file or len(checked.quarantined) < checked.rows_in_file:
        return checked
    rules = {problem.rule for problem in checked.problems if problem.level == "row"}
    blamed = next(problem for problem in checked.problems if problem.level == "row")
    if rules == {"other_prefecture"}:
        told = Problem(checked.name, "other_prefecture_file", detail=blamed.detail)
    elif rules == {"required_empty"} and all(p.column in ("市区町村", "団体コード") for p in checked.problems if p.row):
        told = Problem(checked.name, "municipality_missing")
    else:
        told = Problem(checked.name, "no_good_row", detail=f"{checked.rows_in_file:,}")
    return replace(checked, problems=(told, *checked.problems), table=None, coverage=())


def _months(columns: Columns, batch: Batch, received: date) -> np.ndarray:
    """Running month number of each row, -1 where its date is unknown or lies after the day of receipt."""
    days = days_of(columns[batch.declared.month_of])
    known = ~np.isnat(days) & (days <= np.datetime64(received))
    months = days.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.where(known, months, -1)


def _stated(batch: Batch, areas: Areas, terms: Terms) -> list[tuple[str, range]]:
    """Months that titles and sheet names state, for the municipality each sheet speaks of."""
    stated = []
    for layout, told in zip(batch.layouts, areas.title_areas, strict=True):
        area = told or (areas.codes[0] if len(areas.codes) == 1 else None)
        if area and (states_months(layout) or not batch.row_count):
            stated.append((area, title_months(layout, terms.received)))
    return stated


def _table(batch: Batch, areas: Areas, columns: Columns) -> pa.Table:
    arrays: dict[str, pa.Array] = {"row_number": pa.array(np.arange(1, batch.row_count + 1))}
    for declared in batch.declared.fields:
        for name, sql_type in declared.columns:
            if declared.type == "municipality_code":
                arrays[name] = areas.by_row()
            elif declared.name in columns:
                arrays[name] = columns[declared.name].by_row(name)
            else:
                arrays[name] = pa.nulls(batch.row_count, _ARROW_TYPES[sql_type])
    for name, array in zip(batch.declared.identity, identity(columns, batch), strict=True):
        arrays[name] = array
    return pa.table(arrays)


_ARROW_TYPES = {"text": pa.string(), "date": pa.date32(), "boolean": pa.bool_(), "bigint": pa.int64()}


def _notices(batch: Batch, columns: Columns, skipped: list[Sheet], coverage: list[Covered], name: str) -> list[Problem]:
    notices = [
        Problem(name, "column_dropped", sheet=extra.sheet, column=extra.heading)
        for extra in batch.unmapped
        if extra.heading
    ]
    for layout in batch.layouts:
        notices += [Problem(name, "column_twice", layout.sheet.name, column=heading) for heading in layout.repeated]
    notices += [Problem(name, "sheet_skipped", sheet=sheet.name) for sheet in skipped]
    for column in columns.values():
        if column.field.type == "organisation":
            notices += _unknown_organisations(column, batch, name)
    if batch.skipped_count:
        notices.append(Problem(name, "rows_skipped", detail=f"{batch.skipped_count:,}"))
    if not batch.row_count and not coverage:
        notices.append(Problem(name, "nil_without_period", detail="市区町村又は年月"))
    return notices


def _unknown_organisations(column: ReadColumn, batch: Batch, name: str) -> list[Problem]:
    sound = np.setdiff1d(column.codes, np.flatnonzero(column.unread))
    used = column.values[column.field.name].take(pa.array(sound))
    unknown = [text for text in used.unique().to_pylist() if text and category_of(text) == UNKNOWN]
    heading = batch.headings[column.field.name]
    return [Problem(name, "organisation_unknown", column=heading, value=text) for text in unknown[:MAX_NOTICES]]
