"""Cells of one column, read by distinct spelling: each way of writing is looked at once, however often it occurs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.declare import Field
from etl.spelling.dates import read_date
from etl.spelling.numbers import read_count, read_flag
from etl.spelling.reading import Mark, Reading, mark_of
from etl.spelling.text import clean, key

# Rules about cells that must not be quoted back: a formula would run in the next spreadsheet too.
DANGEROUS = ("formula", "cell_too_long")
MAX_CELL_LENGTH = 32_767
_PLAIN_ID = r"^[0-9A-Za-z_.#/-]{1,64}$"
_MAX_ID = 64
# What a spreadsheet would run instead of show; DDE calls look like cmd|'/C calc'!A0.
_FORMULA_NET = r"^[\s　]*[=+@＝＋＠]|^[\s　]*-[^\d\s].*[|!(]|\|.*!"
_SIGNED_NUMBER = re.compile(r"\+\d[\d,.]*")


@dataclass(frozen=True)
class ReadColumn:
    """A field's cells: `values` and `rules` by distinct spelling, `codes` from row to spelling (int32)."""

    field: Field
    spellings: pa.Array
    codes: np.ndarray
    values: dict[str, pa.Array]
    rules: dict[str, np.ndarray]
    notices: dict[str, np.ndarray]

    def rows(self, mask_by_spelling: np.ndarray) -> np.ndarray:
        """Rows whose spelling is marked."""
        return np.flatnonzero(mask_by_spelling[self.codes]) if mask_by_spelling.any() else np.empty(0, np.int64)

    def spelling(self, row: int) -> str:
        return self.spellings[int(self.codes[row])].as_py()

    @property
    def unread(self) -> np.ndarray:
        """Mask of the spellings that break a rule."""
        return np.logical_or.reduce([np.zeros(len(self.spellings), bool), *self.rules.values()])

    def blank(self) -> np.ndarray:
        """Mask of the spellings that carry no value."""
        return pc.is_null(self.values[self.field.name]).to_numpy(zero_copy_only=False)

    def by_row(self, name: str) -> pa.Array:
        return self.values[name].take(pa.array(self.codes))


def read_column(field: Field, column: pa.DictionaryArray) -> ReadColumn:
    """Reads a column as its declared type. Municipality columns are read elsewhere, code and name together."""
    spellings = column.dictionary
    codes = column.indices.to_numpy(zero_copy_only=False)
    values, rules, notices = _READERS[field.type](field, spellings)
    for rule, marked in dangerous(spellings).items():
        rules[rule] = marked
    return ReadColumn(field, spellings, codes, values, rules, notices)


def dangerous(spellings: pa.Array) -> dict[str, np.ndarray]:
    """Marks of spellings no cell may carry, whatever its column: formulas and over-long text."""
    found = {}
    formula = pc.match_substring_regex(spellings, _FORMULA_NET).to_numpy(zero_copy_only=False).copy()
    for index in np.flatnonzero(formula):
        formula[index] = not _SIGNED_NUMBER.fullmatch(spellings[int(index)].as_py().strip())
    if formula.any():
        found["formula"] = formula
    long = pc.greater(pc.utf8_length(spellings), MAX_CELL_LENGTH).to_numpy(zero_copy_only=False)
    if long.any():
        found["cell_too_long"] = long
    return found


Columns = tuple[dict[str, pa.Array], dict[str, np.ndarray], dict[str, np.ndarray]]


def _by_reading(read: Callable[[str], Reading], spellings: pa.Array) -> tuple[list[Reading], Columns]:
    readings = [read(text) for text in spellings.to_pylist()]
    return readings, ({}, _marks([r.rule for r in readings]), _marks([r.notice for r in readings]))


def _marks(names: list[str | None]) -> dict[str, np.ndarray]:
    return {name: np.array([other == name for other in names]) for name in sorted({n for n in names if n})}


def _read_id(field: Field, spellings: pa.Array) -> Columns:
    if pc.all(pc.match_substring_regex(spellings, _PLAIN_ID)).as_py():
        return {field.name: spellings}, {}, {}
    texts = [clean(text) for text in spellings.to_pylist()]
    too_long = np.array([len(text) > _MAX_ID for text in texts], bool)
    values = pa.array([text or None for text in texts], pa.string())
    return {field.name: values}, {"id_unreadable": too_long} if too_long.any() else {}, {}


def _read_date(field: Field, spellings: pa.Array) -> Columns:
    readings, (values, rules, notices) = _by_reading(read_date, spellings)
    values[field.name] = pa.array([r.value for r in readings], pa.date32())
    return values, rules, notices


def _read_choice(field: Field, spellings: pa.Array) -> Columns:
    readings, (values, rules, notices) = _by_reading(lambda text: choice_of(text, field), spellings)
    values[field.name] = pa.array([r.value for r in readings], pa.string())
    return values, rules, notices


def choice_of(text: str, field: Field) -> Reading:
    """A code of the field's list; blank and the marks -, …, x are not sent (the list's own 「不明」 comes first)."""
    wanted = key(text)
    if wanted in field.codes:
        return Reading(field.codes[wanted])
    return Reading(None) if mark_of(text) else Reading(None, rule="choice_unknown")


def _read_flag_or_date(field: Field, spellings: pa.Array) -> Columns:
    readings, days = [], []
    for text in spellings.to_pylist():
        flag = read_flag(text)
        day = read_date(text) if flag.rule else Reading(None)
        taken = day if day.value is not None or (flag.rule and day.rule != "date_unreadable") else flag
        days.append(day.value)
        readings.append(Reading(True, notice=day.notice) if day.value is not None else taken)
    values = {
        field.name: pa.array([r.value for r in readings], pa.bool_()),
        f"{field.name}_date": pa.array(days, pa.date32()),
    }
    return values, _marks([r.rule for r in readings]), _marks([r.notice for r in readings])


def _read_organisation(field: Field, spellings: pa.Array) -> Columns:
    texts = [None if mark_of(text) else clean(text) for text in spellings.to_pylist()]
    return {field.name: pa.array(texts, pa.string())}, {}, {}


def _read_count(field: Field, spellings: pa.Array) -> Columns:
    readings, (values, rules, notices) = _by_reading(read_count, spellings)
    marks = [r.value.name.lower() if isinstance(r.value, Mark) else None for r in readings]
    values[field.name] = pa.array([r.value if isinstance(r.value, int) else None for r in readings], pa.int64())
    values[f"{field.name}_mark"] = pa.array(marks, pa.string())
    return values, rules, notices


_READERS: dict[str, Callable[[Field, pa.Array], Columns]] = {
    "id": _read_id,
    "date": _read_date,
    "choice": _read_choice,
    "flag_or_date": _read_flag_or_date,
    "organisation": _read_organisation,
    "count": _read_count,
}
