"""Whole columns at once: weighted draws as indices, and indices, days and serials as Arrow text."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Numbers = np.ndarray[Any, np.dtype[Any]]
EPOCH = date(1970, 1, 1)


def text_schema(headings: Sequence[str]) -> pa.Schema:
    return pa.schema([(heading, pa.string()) for heading in headings])


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def draw(weights: Mapping[str, float], size: int, rng: np.random.Generator) -> tuple[Numbers, list[str]]:
    """(indices, words): `size` draws in proportion to the weights."""
    share = np.array(list(weights.values()), dtype=float)
    return rng.choice(len(share), size, p=share / share.sum()), list(weights)


def shifted_all(probability: Numbers | float, shift: Numbers) -> Numbers:
    """Probabilities moved on the logit scale."""
    odds_against: Numbers = (1 / np.asarray(probability) - 1) * np.exp(-shift)
    return 1 / (1 + odds_against)


def delays(days: Mapping[str, Any], size: int, rng: np.random.Generator) -> Numbers:
    """Log-normal whole days, 0 or more."""
    drawn: Numbers = np.rint(days["median"] * np.exp(rng.normal(0, days["sigma"], size)))
    return drawn.astype(np.int64)


def pick(words: Sequence[str], index: Numbers, present: Numbers | None = None) -> pa.Array:
    """words[index] as text; blank where not present."""
    codes = pa.array(index.astype(np.int32), mask=None if present is None else ~present)
    return pa.DictionaryArray.from_arrays(codes, pa.array(words, pa.string())).cast(pa.string())


def iso_dates(days: Numbers, present: Numbers | None = None) -> pa.Array:
    numbers = pa.array(days.astype(np.int32), mask=None if present is None else ~present)
    return numbers.cast(pa.date32()).cast(pa.string())


def serials(prefix: str, numbers: Numbers) -> pa.Array:
    """PREFIX-00000012: eight digits, so that text order is number order."""
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width=8, padding="0")
    return pc.binary_join_element_wise(prefix, digits, "-")
