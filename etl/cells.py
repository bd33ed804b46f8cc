"""Cells of one column, read by distinct spelling: each way of writing is looked at once, however often it occurs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cell_readers import READERS
from etl.declare import Field
from etl.patterns import indices_matching

# Rules about cells that must not be quoted back: a formula would run in the next spreadsheet too.
DANGEROUS = ("formula", "cell_too_long")
MAX_CELL_LENGTH = 32_767
_PLAIN_ID = r"^[_./-]{0,8}[0-9A-Za-z][0-9A-Za-z_.#/-]{0,55}$"  # a lone hyphen is no number
# What a spreadsheet would run instead of show; DDE calls look like cmd|'/C calc'!A0.
_FORMULA_NET = r"^[\s　]*[=+@＝＋＠]|^[\s　]*-[^\d\s].*[|!(]|\|.*!"
_ERROR = r"^\s*#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA|#+)\s*$"
_SIGNED_NUMBER = re.compile(r"\+\d[\d,.]*")


@dataclass(frozen=True)
class ReadColumn:
    """A field's cells: `values` and `rules` by distinct spelling, `codes` from row to spelling (int32).

    `is_plain` says that every cell is a short number of letters and digits, so that nothing else can hide in it.
    """

    field: Field
    spellings: pa.Array
    codes: np.ndarray
    values: dict[str, pa.Array]
    rules: dict[str, np.ndarray]
    notices: dict[str, np.ndarray]
    is_plain: bool = False

    def rows(self, mask_by_spelling: np.ndarray) -> np.ndarray:
        """Rows whose spelling is marked."""
        return np.flatnonzero(mask_by_spelling[self.codes]) if mask_by_spelling.any() else np.empty(0, np.int64)

    def spelling(self, row: int) -> str:
        return str(self.spellings[int(self.codes[row])].as_py())

    @property
    def unread(self) -> np.ndarray:
        """Mask of the spellings that break a rule."""
        marked: np.ndarray = np.logical_or.reduce([np.zeros(len(self.spellings), bool), *self.rules.values()])
        return marked

    def blank(self) -> np.ndarray:
        """Mask of the spellings that carry no value."""
        marked: np.ndarray = pc.is_null(self.values[self.field.name]).to_numpy(zero_copy_only=False)
        return marked

    def by_row(self, name: str) -> pa.Array:
        """The values row by row; text stays a dictionary, which a database takes as it is."""
        values = self.values[name]
        if len(values) == len(self.codes) and (self.codes[1:] > self.codes[:-1]).all():
            return values
        if not pa.types.is_string(values.type):
            return values.take(pa.array(self.codes))
        missing = values.is_null().to_numpy(zero_copy_only=False)[self.codes] if values.null_count else None
        return pa.DictionaryArray.from_arrays(pa.array(self.codes, mask=missing), values)


def read_columns(fields: Mapping[str, Field], columns: Mapping[str, pa.DictionaryArray]) -> dict[str, ReadColumn]:
    """Reads columns as their declared types. What a spreadsheet would run is a rule of its own and nothing else."""
    plain = {name for name, field in fields.items() if field.type == "id" and _is_plain(columns[name].dictionary)}
    others = [name for name in fields if name not in plain]
    dangers = dict(zip(others, dangerous([columns[name].dictionary for name in others]), strict=True))
    read = {}
    for name, field in fields.items():
        spellings = columns[name].dictionary
        codes = columns[name].indices.to_numpy(zero_copy_only=False)
        if name in plain:
            read[name] = ReadColumn(field, spellings, codes, {name: spellings}, {}, {}, is_plain=True)
            continue
        values, rules, notices = READERS[field.type](field, spellings)
        errors = pc.match_substring_regex(spellings, _ERROR).to_numpy(zero_copy_only=False)
        if errors.any():
            dangers[name]["cell_error"] = errors
        if dangers[name]:
            safe = ~np.logical_or.reduce(list(dangers[name].values()))
            rules = {rule: marked & safe for rule, marked in rules.items() if (marked & safe).any()} | dangers[name]
        read[name] = ReadColumn(field, spellings, codes, values, rules, notices)
    return read


def dangerous(columns: Sequence[pa.Array]) -> list[dict[str, np.ndarray]]:
    """By column, marks of spellings that no cell may carry: formulas and over-long text."""
    found: list[dict[str, np.ndarray]] = [{} for _ in columns]
    if not columns:
        return found
    spellings = pa.concat_arrays(columns)
    formula = np.zeros(len(spellings), bool)
    for index in indices_matching(spellings, _FORMULA_NET):
        formula[index] = not _SIGNED_NUMBER.fullmatch(spellings[index].as_py().strip())
    long = pc.greater(pc.utf8_length(spellings), MAX_CELL_LENGTH).to_numpy(zero_copy_only=False)
    ends = np.cumsum([len(column) for column in columns])[:-1]
    for rule, marks in (("formula", formula), ("cell_too_long", long)):
        if marks.any():
            for column, marked in zip(found, np.split(marks, ends), strict=True):
                if marked.any():
                    column[rule] = marked
    return found


def _is_plain(spellings: pa.Array) -> bool:
    return bool(pc.all(pc.match_substring_regex(spellings, _PLAIN_ID)).as_py())
