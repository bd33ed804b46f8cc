"""Municipality codes. A column of them is read as a whole, because one number can mean two places.

12203 is 市川市 without its check digit, or 士別市 (012203) after Excel dropped the zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.spelling.glyphs import HYPHENS
from etl.spelling.reading import mark_of
from etl.spelling.register import Municipality, Register
from etl.spelling.text import clean

__all__ = ["CodeColumn", "Municipality", "Register", "check_digit", "is_valid6", "read_code_column"]

_WEIGHTS = (6, 5, 4, 3, 2)
_DIGITS = re.compile(r"['’]?([0-9]+)(?:\.0+)?")
# A code with its name in one cell, behind or in front of it.
_NAMED = re.compile(
    r"(?P<code>[0-9]{4,6})[ :・,_]?\(?(?P<name>[^0-9()\[\]]{2,})\)?"
    r"|(?P<before>[^0-9()\[\]]{2,})\(?(?P<behind>[0-9]{4,6})\)?"
)
_GROUPED = re.compile(r"[0-9]{1,3},[0-9]{3}")
SIX, FIVE = "six", "five"  # the styles: with check digit, without


def check_digit(code5: str) -> str:
    """The sixth digit by 総務省's rule: last digit of 11 − (weighted sum mod 11), so 10 → 0, 11 → 1."""
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code5, strict=True))
    return str((11 - weighted % 11) % 10)


def is_valid6(code6: str) -> bool:
    return re.fullmatch("[0-9]{6}", code6) is not None and check_digit(code6[:5]) == code6[5]


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """Parallel to the values read. `ambiguous`: two readings fit equally and nothing was read; ask back."""

    area_codes: list[str | None]
    rules: list[str | None]
    notices: list[str | None]
    ambiguous: bool


class _Cell(NamedTuple):
    digits: str
    six: Municipality | None  # what the digits mean with their check digit
    five: Municipality | None  # … and without
    named: frozenset[str]  # area codes the name of the row can mean; empty = no evidence

    def under(self, style: str) -> Municipality | None:
        return self.six if style == SIX else self.five

    @property
    def settled(self) -> str | None:
        """The style the cell shows by itself, or None when its column has to say."""
        agreeing = [s for s in (SIX, FIVE) if (found := self.under(s)) and found.area_code in self.named]
        if len(agreeing) == 1:
            return agreeing[0]
        if len(self.digits) == 5 and not self.digits.startswith("0"):  # no code keeps a zero and has lost one
            return None
        return SIX if self.six else FIVE if self.five else None

    @property
    def sure(self) -> Municipality | None:
        """The municipality, when there is one reading only."""
        if self.settled:
            return self.under(self.settled)
        return None if self.six and self.five else self.six or self.five


class _Evidence(NamedTuple):
    style: str | None
    prefecture: str | None  # the one given, else the only one met
    all_there: bool  # the prefecture was given and every cell with a single reading lies in it


def read_code_column(
    values: Sequence[str],
    register: Register,
    prefecture: str | None = None,
    names: Sequence[str | None] | None = None,
) -> CodeColumn:
    """Area codes of a whole column (pass its distinct values, with the names of their rows).

    What a cell settles by itself (its length, a leading zero, the name beside it) stands. The rest follows
    the style under which more of the column is known; then the prefecture given (2-digit code); then all in
    one prefecture; else the column is ambiguous. Codes of another prefecture are read too: reporting them is
    the caller's.
    """
    beside = names if names is not None else [None] * len(values)
    cells = [_cell(value, name, register) for value, name in zip(values, beside, strict=True)]
    distinct = list(dict.fromkeys(cell for cell in cells if cell is not None))
    evidence = _weigh(distinct, prefecture)
    taken = {cell: cell.settled or _take(cell, evidence) for cell in distinct}
    if evidence.style is None and any(not style and (cell.six or cell.five) for cell, style in taken.items()):
        rules = [None if cell is None else "code_ambiguous" for cell in cells]
        return CodeColumn([None] * len(cells), rules, [None] * len(cells), ambiguous=True)

    column = CodeColumn([], [], [], ambiguous=False)
    for cell in cells:
        style = taken[cell] if cell else None
        found = cell.under(style) if cell and style else None
        column.area_codes.append(found.area_code if found else None)
        column.rules.append(_rule(cell) if cell and not found else None)
        column.notices.append("code_other_style" if found and evidence.style not in (style, None) else None)
    return column


def _cell(value: str, name: str | None, register: Register) -> _Cell | None:
    """None for blank and marks."""
    if mark_of(value) is not None:
        return None
    written = clean(value).translate(HYPHENS)
    if _GROUPED.fullmatch(written):
        written = written.replace(",", "")
    if both := _NAMED.fullmatch(written):
        beside = (both["name"] or both["before"]).strip(" :・,_")
        if register.find_name(beside):
            written, name = both["code"] or both["behind"], beside
    match = _DIGITS.fullmatch(re.sub("(?<=[0-9])[- ](?=[0-9])", "", written))
    digits = match[1] if match else ""
    six = register.by_code6.get(digits.zfill(6)) if len(digits) in (5, 6) else None
    five = register.by_code5.get(digits.zfill(5)) if len(digits) in (4, 5) else None
    named = register.find_name(name) if name and (six or five) else []
    return _Cell(digits, six, five, frozenset(row.area_code for row in named))


def _weigh(cells: Sequence[_Cell], prefecture: str | None) -> _Evidence:
    known = {
        style: [found for cell in cells if (found := cell.under(style)) and cell.settled in (style, None)]
        for style in (SIX, FIVE)
    }
    style = (
        _heavier({s: len(rows) for s, rows in known.items()})
        or _heavier({s: sum(row.pref_code == prefecture for row in rows) for s, rows in known.items()})
        or _heavier({s: int(len(_prefectures(rows)) == 1) for s, rows in known.items()})
    )

    sure = [found for cell in cells if (found := cell.sure)]
    met = _prefectures(known[style] if style else sure)
    return _Evidence(
        style,
        prefecture or (next(iter(met)) if len(met) == 1 else None),
        prefecture is not None and _prefectures(sure) == {prefecture},
    )


def _heavier(weights: Mapping[str, int]) -> str | None:
    return None if weights[SIX] == weights[FIVE] else max(weights, key=weights.__getitem__)


def _prefectures(rows: Iterable[Municipality]) -> set[str]:
    return {row.pref_code for row in rows}


def _take(cell: _Cell, evidence: _Evidence) -> str | None:
    """The style under which an unsettled cell is read, or None."""
    if evidence.style is None:
        there = cell.sure and cell.sure.pref_code == evidence.prefecture
        return (SIX if cell.six else FIVE) if there else None
    other_style = FIVE if evidence.style == SIX else SIX
    chosen, other = cell.under(evidence.style), cell.under(other_style)
    other_is_there = other is not None and other.pref_code == evidence.prefecture
    if chosen is None:
        # Only the prefecture can confirm (an agreeing name has settled the cell), and any other name forbids.
        return other_style if other_is_there and not cell.named else None
    if evidence.all_there and other_is_there and chosen.pref_code != evidence.prefecture:
        return other_style
    return evidence.style


def _rule(cell: _Cell) -> str:
    slipped = len(cell.digits) == 6 and not is_valid6(cell.digits)
    return "code_check_digit" if slipped else "municipality_unknown"
