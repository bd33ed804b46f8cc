"""How the cells of each declared type are read.

A reader takes distinct spellings and gives values by raw column, marks by rule and marks by notice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import numpy as np
import pyarrow as pa

from etl.declare import Field
from etl.spelling.dates import read_date, read_fiscal_year, read_month
from etl.spelling.numbers import read_count, read_flag
from etl.spelling.reading import Mark, Reading, mark_of
from etl.spelling.text import clean, key

_MAX_ID = 64

T = TypeVar("T")
Columns = tuple[dict[str, pa.Array], dict[str, np.ndarray], dict[str, np.ndarray]]


def _by_reading(read: Callable[[str], Reading[T]], spellings: pa.Array) -> tuple[list[Reading[T]], Columns]:
    readings = [read(text) for text in spellings.to_pylist()]
    return readings, ({}, _marks([r.rule for r in readings]), _marks([r.notice for r in readings]))


def _marks(names: list[str | None]) -> dict[str, np.ndarray]:
    return {name: np.array([other == name for other in names]) for name in sorted({n for n in names if n})}


def _read_id(field: Field, spellings: pa.Array) -> Columns:
    texts = [None if mark_of(text) else clean(text) for text in spellings.to_pylist()]
    too_long = np.array([len(text or "") > _MAX_ID for text in texts], bool)
    values = pa.array(texts, pa.string())
    return {field.name: values}, {"id_unreadable": too_long} if too_long.any() else {}, {}


def _read_date(field: Field, spellings: pa.Array) -> Columns:
    readings, (values, rules, notices) = _by_reading(read_date, spellings)
    values[field.name] = pa.array([r.value for r in readings], pa.date32())
    return values, rules, notices


def _read_month(field: Field, spellings: pa.Array) -> Columns:
    readings, (values, rules, notices) = _by_reading(read_month, spellings)
    months = [f"{r.value[0]:04d}-{r.value[1]:02d}" if r.value else None for r in readings]
    values[field.name] = pa.array(months, pa.string())
    return values, rules, notices


def _read_fiscal_year(field: Field, spellings: pa.Array) -> Columns:
    readings, (values, rules, notices) = _by_reading(read_fiscal_year, spellings)
    values[field.name] = pa.array([r.value for r in readings], pa.int32())
    return values, rules, notices


def _read_choice(field: Field, spellings: pa.Array) -> Columns:
    readings, (values, rules, notices) = _by_reading(lambda text: choice_of(text, field), spellings)
    values[field.name] = pa.array([r.value for r in readings], pa.string())
    return values, rules, notices


def choice_of(text: str, field: Field) -> Reading[str]:
    """A code of the field's list; blank and the marks -, …, x are not sent (the list's own 「不明」 comes first)."""
    wanted = key(text)
    if wanted in field.codes:
        return Reading(field.codes[wanted])
    return Reading(None) if mark_of(text) else Reading(None, rule="choice_unknown")


def flag_of(text: str, field: Field) -> Reading[bool]:
    """Yes or no, in the words of the field's own list or in those that answer any such question."""
    own = field.codes.get(key(text)) if field.codes else None
    return read_flag(text) if own is None else Reading(own == "yes")


def _read_flag(field: Field, spellings: pa.Array) -> Columns:
    readings, (values, rules, notices) = _by_reading(lambda text: flag_of(text, field), spellings)
    values[field.name] = pa.array([r.value for r in readings], pa.bool_())
    return values, rules, notices


def _read_flag_or_date(field: Field, spellings: pa.Array) -> Columns:
    readings: list[Reading[bool]] = []
    days: list[date | None] = []
    for text in spellings.to_pylist():
        flag = flag_of(text, field)
        day = read_date(text) if flag.rule else None
        days.append(day.value if day else None)
        if day and day.value is not None:
            flag = Reading(True, notice=day.notice)
        elif day and day.rule != "date_unreadable":  # it was meant as a date, so the date's fault is the better word
            flag = Reading(None, rule=day.rule, notice=day.notice)
        readings.append(flag)
    values = {
        field.name: pa.array([r.value for r in readings], pa.bool_()),
        f"{field.name}_date": pa.array(days, pa.date32()),
    }
    return values, _marks([r.rule for r in readings]), _marks([r.notice for r in readings])


def _read_organisation(field: Field, spellings: pa.Array) -> Columns:
    texts = [None if mark_of(text) else clean(text) for text in spellings.to_pylist()]
    return {field.name: pa.array(texts, pa.string())}, {}, {}


def _read_text(field: Field, spellings: pa.Array) -> Columns:
    """Prose keeps its lines; a mark alone says that there is nothing to tell."""
    texts = [None if mark_of(text) else "\n".join(_lines(text)) for text in spellings.to_pylist()]
    return {field.name: pa.array(texts, pa.string())}, {}, {}


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := clean(raw))]


def _read_count(field: Field, spellings: pa.Array) -> Columns:
    readings, (values, rules, notices) = _by_reading(read_count, spellings)
    marks = [r.value.name.lower() if isinstance(r.value, Mark) else None for r in readings]
    values[field.name] = pa.array([r.value if isinstance(r.value, int) else None for r in readings], pa.int64())
    values[f"{field.name}_mark"] = pa.array(marks, pa.string())
    return values, rules, notices


READERS: dict[str, Callable[[Field, pa.Array], Columns]] = {
    "id": _read_id,
    "date": _read_date,
    "month": _read_month,
    "fiscal_year": _read_fiscal_year,
    "choice": _read_choice,
    "flag": _read_flag,
    "flag_or_date": _read_flag_or_date,
    "organisation": _read_organisation,
    "contact": _read_text,
    "text": _read_text,
    "count": _read_count,
}
