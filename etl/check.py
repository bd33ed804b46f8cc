"""One received file, looked at from end to end: refused whole, or rows to take and rows set aside, with reasons.

Nothing is written here. What only the database knows (is this number already in?) is asked afterwards, in etl.raw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa

from etl.cells import read_columns
from etl.coverage import Covered
from etl.declare import Return
from etl.findings import Findings
from etl.gather import Batch, Places, gather
from etl.guard import guard_beside_cells, guard_sheets, guard_unread, guard_values
from etl.invented import says_so
from etl.municipality import resolve_areas
from etl.notices import notices_of, unread_sheets
from etl.problems import Problem, Refused
from etl.read import read_sheets
from etl.recognise import Layout, recognise
from etl.rows import AREA_FIELDS, judge_rows
from etl.side_sheets import without_side_sheets
from etl.spelling.codes import Register
from etl.stated import missing_headings, with_stated
from etl.table import months_reported, rows_to_take


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
    """Outcome of the checks. `table` holds the rows to take, in raw columns without load_id. is_invented: the file
    says that it is made up.
    """

    name: str
    declared: Return | None
    rows_in_file: int
    problems: tuple[Problem, ...]
    quarantined: tuple[int, ...] = ()
    table: pa.Table | None = field(default=None, repr=False)
    coverage: tuple[Covered, ...] = ()
    places: Places | None = field(default=None, repr=False)
    is_invented: bool = False

    @property
    def refused(self) -> bool:
        return any(problem.level == "file" for problem in self.problems)


def check_file(data: bytes, name: str, terms: Terms) -> Checked:
    """Checks the bytes of a received file. What a municipality sent never raises: it ends in `problems`."""
    declared: Return | None = None
    row_count = 0
    try:
        sheets = read_sheets(data, name)
        told = without_side_sheets(sheets)
        layouts = [layout for sheet in told if (layout := recognise(sheet, terms.returns))]
        declared = max(layouts, key=lambda layout: len(layout.fields)).declared if layouts else None
        same = [layout for layout in layouts if layout.declared is declared]
        others = [layout for layout in layouts if layout.declared is not declared]
        unread = [sheet for sheet in sheets if all(layout.sheet is not sheet for layout in same)]
        guard_sheets(same, unread, name)
        guard_beside_cells(data, name)
        if not same:
            raise Refused(Problem(name, "header_missing", detail=_spoken_headings(terms.returns)))
        _refuse_incomplete(same, name, terms.received)
        batch = with_stated(gather(same), terms.received)
        row_count = batch.row_count
        checked = _check_rows(batch, name, terms)
    except Refused as refused:
        return Checked(name, declared, row_count, (refused.problem,))
    is_invented = says_so(name, (title for layout in same for title in layout.titles))
    headless = [sheet for sheet in told if all(layout.sheet is not sheet for layout in layouts)]
    told_problems = (*checked.problems, *unread_sheets(headless, others, name))
    return refuse_without_rows(replace(checked, problems=told_problems, is_invented=is_invented))


def _spoken_headings(returns: Mapping[str, Return]) -> str:
    told = {one.title: "・".join(field.heading for field in one.required) for one in returns.values()}
    return "、".join(f"「{headings}」（{title}）" for title, headings in told.items())


def _refuse_incomplete(layouts: Sequence[Layout], name: str, received: date) -> None:
    for layout in layouts:
        for heading in missing_headings(layout, received):
            title = layout.declared.title
            raise Refused(
                Problem(name, "required_column_missing", sheet=layout.sheet.name, column=heading, detail=title)
            )


def _check_rows(batch: Batch, name: str, terms: Terms) -> Checked:
    guard_values(batch, name)
    fields = {each: batch.declared.field(each) for each in batch.columns if each not in AREA_FIELDS}
    columns = read_columns(fields, batch.columns)
    guard_unread(batch, columns, name)
    areas = resolve_areas(batch, terms.register, terms.prefecture, terms.municipality)
    if areas.file_rule:
        told = areas.file_rule
        raise Refused(Problem(name, told.rule, column=told.column, value=told.value, detail=told.detail))
    findings = Findings(batch.places, name)
    for remark in batch.remarks:
        findings.add(remark.rule, np.array([remark.row]), remark.column, value=remark.value, detail=remark.detail)
    judge_rows(batch, areas, columns, findings, terms.received)
    aside = findings.quarantined()
    coverage = months_reported(batch, areas, columns, aside, terms.received)
    problems = [*findings.problems(), *notices_of(batch, columns, name)]
    if not batch.row_count and not coverage:
        problems.append(Problem(name, "nil_without_period" if batch.declared.time else "nothing_entered"))
    return Checked(
        name,
        batch.declared,
        batch.row_count,
        tuple(problems),
        tuple((np.flatnonzero(aside) + 1).tolist()),
        rows_to_take(batch, areas, columns, aside),
        coverage,
        batch.places,
    )


def refuse_without_rows(checked: Checked) -> Checked:
    """A file with rows of which none can be taken is refused whole, and the reason is put first."""
    if not checked.rows_in_file or len(checked.quarantined) < checked.rows_in_file:
        return checked
    blamed = [problem for problem in checked.problems if problem.level == "row"]
    rules = {problem.rule for problem in blamed}
    if rules == {"other_prefecture"}:
        told = Problem(checked.name, "other_prefecture_file", detail=blamed[0].detail)
    elif rules == {"required_empty"} and all(problem.column in ("市区町村", "団体コード") for problem in blamed):
        told = Problem(checked.name, "municipality_missing")
    else:
        told = Problem(checked.name, "no_good_row", detail=f"{checked.rows_in_file:,}")
    return replace(checked, problems=(told, *checked.problems), table=None, coverage=())
