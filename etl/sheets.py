"""A sheet of text: what a file is before any meaning is read in it.

Columns are dictionary-encoded, so that every later step looks at each distinct spelling once, however many rows
carry it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

HEAD_RECORDS = 64


@dataclass(frozen=True)
class Body:
    """Records below a header: `lines` are 1-based record numbers of the sheet, one dictionary array a column.

    `beyond` are the (line, text) of cells right of the last heading.
    """

    lines: np.ndarray
    columns: tuple[pa.DictionaryArray, ...]
    beyond: tuple[tuple[int, str], ...] = ()


class Merge(NamedTuple):
    """A range of merged cells, 0-based and inclusive; its value stands in the first one."""

    top: int
    left: int
    bottom: int
    right: int


class Source(Protocol):
    """Where the records of a sheet come from."""

    def body(self, first_record: int, width: int, unlike: frozenset[int]) -> Body: ...


@dataclass(frozen=True)
class Sheet:
    """One sheet: its first records as lists of text, and a way to get all records from a given one on."""

    name: str
    head: tuple[tuple[str, ...], ...]
    source: Source
    merges: tuple[Merge, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not any(any(record) for record in self.head)

    def body(self, first_record: int, width: int, unlike: frozenset[int] = frozenset()) -> Body:
        """All records from `first_record` (0-based) on, padded to `width` columns.

        `unlike` names columns whose cells hardly repeat: looking for repeats would cost more than it saves.
        """
        return self.source.body(first_record, width, unlike)

    def texts(self) -> pa.Array:
        """Every text of the sheet, repeats left out column by column."""
        width = max((len(record) for record in self.head), default=0)
        body = self.body(0, width)
        beyond = pa.array([text for _, text in body.beyond], pa.string())
        return pa.concat_arrays([*(column.dictionary for column in body.columns), beyond])


def encode(texts: Sequence[str]) -> pa.DictionaryArray:
    return pc.dictionary_encode(pa.array(texts, pa.string()))


def combined(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """One dictionary array of a chunked column. Plain text becomes its own dictionary, row by row."""
    if not pa.types.is_dictionary(column.type):
        texts = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(np.arange(len(texts), dtype=np.int32)), texts)
    if column.num_chunks == 0:
        return encode([])
    if column.num_chunks == 1:
        return column.chunk(0)
    return column.unify_dictionaries().combine_chunks()


def stacked(bodies: Sequence[Body]) -> Body:
    """Bodies of the same width, one below the other; lines stay those of each sheet."""
    if len(bodies) == 1:
        return bodies[0]
    columns = zip(*(body.columns for body in bodies), strict=True)
    return Body(
        np.concatenate([body.lines for body in bodies]),
        tuple(combined(pa.chunked_array(column)) for column in columns),
    )
