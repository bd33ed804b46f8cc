"""What a receipt says is wrong, as cells of the file it is about: which sheet, which row, which column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.declare import Field, all_returns
from etl.privacy import find_personal
from etl.problems import Problem
from etl.receipts import Receipt
from etl.recognise import recognise
from etl.sheets import Merge, Sheet
from etl.side_sheets import is_side_sheet

LEVEL_WORDS = {"file": "ファイル全体", "row": "要修正", "notice": "お知らせ"}
# Not a letter of what was found, where it could be taken for somebody's data when the slip comes back.
_UNSAID = "…"


@dataclass(frozen=True)
class Finding:
    """One problem of a receipt. `words` say what is wrong and what to do, without the place."""

    rule: str
    level: str
    sheet: str
    row: int | None
    line: int | None
    column: str
    value: str
    words: str

    @property
    def needs_work(self) -> bool:
        return self.level != "notice"


@dataclass(frozen=True)
class Cell:
    """A cell of a workbook: index of the sheet, then row and column from 0."""

    sheet: int
    row: int
    column: int


def findings(receipt: Receipt) -> tuple[Finding, ...]:
    """The problems of a receipt, in its order."""
    return tuple(finding_of(receipt.file, problem) for problem in receipt.problems)


def finding_of(file: str, problem: Mapping[str, Any]) -> Finding:
    place = Problem(
        file, problem["rule"], problem["sheet"] or "", problem["row"], problem["line"], problem["column"] or ""
    ).place
    return Finding(
        rule=problem["rule"],
        level=problem["level"],
        sheet=problem["sheet"] or "",
        row=problem["row"],
        line=problem["line"],
        column=problem["column"] or "",
        value=problem["value"] or "",
        words=problem["message"].removeprefix(place),
    )


def harmless(text: str, value: str) -> str:
    """A text that quotes a value, without the value where the guard would refuse it in a file that comes back."""
    return text.replace(value, _UNSAID) if value and find_personal([text]) else text


class Layouts:
    """The sheets of a file with the columns that were recognised in them."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets
        self._names = [sheet.name for sheet in sheets]
        self._layouts = [None if is_side_sheet(sheet.name) else recognise(sheet, all_returns()) for sheet in sheets]

    def merges(self, sheet: int) -> list[Merge]:
        """Merged cells of the titles and the header. Those of the data were filled when they were read."""
        return [merge for merge in self._sheets[sheet].merges if merge.bottom < self.header_line(sheet)]

    def header_line(self, sheet: int) -> int:
        """The 1-based line of a sheet's (last) heading row; 0 when it has none."""
        layout = self._layouts[sheet]
        return layout.first_record if layout else 0

    def cell(self, finding: Finding) -> Cell | None:
        """Where a finding is to be marked; one without a row belongs to the heading; None: to the file as a whole."""
        sheet = self._sheet(finding)
        if sheet is None:
            return None
        column = self._column(sheet, finding.column)
        if finding.line is not None:
            return Cell(sheet, finding.line - 1, column or 0)
        line = self.header_line(sheet)
        if not finding.column or not line:
            return None
        return self._first_of_merge(Cell(sheet, line - 1, column or 0))

    def field(self, finding: Finding) -> Field | None:
        """The declared field of a finding's column."""
        sheet = self._sheet(finding)
        layout = None if sheet is None else self._layouts[sheet]
        if sheet is None or layout is None:
            return None
        column = self._column(sheet, finding.column)
        return next((layout.declared.field(name) for name, at in layout.fields.items() if at == column), None)

    def _first_of_merge(self, cell: Cell) -> Cell:
        for merge in self.merges(cell.sheet):
            if merge.top <= cell.row <= merge.bottom and merge.left <= cell.column <= merge.right:
                return Cell(cell.sheet, merge.top, merge.left)
        return cell

    def _sheet(self, finding: Finding) -> int | None:
        if finding.sheet in self._names:
            return self._names.index(finding.sheet)
        known = [index for index, layout in enumerate(self._layouts) if layout]
        return known[0] if known else None

    def _column(self, sheet: int, heading: str) -> int | None:
        """By the file's own heading, else by the declared one (a number already taken is told of by that)."""
        layout = self._layouts[sheet]
        if layout is None or not heading:
            return None
        for told in (layout.heading, lambda name: layout.declared.field(name).heading):
            named = [at for name, at in layout.fields.items() if told(name) == heading]
            if named:
                return named[0]
        return layout.headings.index(heading) if heading in layout.headings else None
