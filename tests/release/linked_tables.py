"""Systems made from arrays: every cell and total of a table of any dimension, and tables that share cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from release.rules import Rules, is_small
from release.system import System, equations_of

# Of one axis: totals in order, each with the positions of its parts; leaves come first, then the totals.
Axis = Sequence[Sequence[int]]
Sums = Sequence[tuple[int, Sequence[int]]]
Counts = NDArray[np.int64]


def with_totals(leaves: Counts | Sequence[object], axes: Sequence[Axis]) -> Counts:
    cube = np.asarray(leaves, dtype=np.int64)
    for number, totals in enumerate(axes):
        for parts in totals:
            total = cube.take(list(parts), axis=number).sum(axis=number, keepdims=True)
            cube = np.concatenate([cube, total], axis=number)
    return cube


def sums_within(number: Counts, axes: Sequence[Axis]) -> Iterator[tuple[int, list[int]]]:
    """(total, parts) along every axis. number: of each cell, shaped like the table with its totals."""
    for axis, totals in enumerate(axes):
        across = np.moveaxis(number, axis, 0)
        leaves = number.shape[axis] - len(totals)
        for place, parts in enumerate(totals):
            for line in np.ndindex(across.shape[1:]):
                yield int(across[leaves + place][line]), [int(across[part][line]) for part in parts]


def table_system(
    leaves: Counts | Sequence[object], axes: Sequence[Axis], rules: Rules, *, unprinted: Sequence[tuple[int, ...]] = ()
) -> System:
    """unprinted: places of cells nobody prints; one that is shorter than the table stands for all that end with it."""
    cube = with_totals(leaves, axes)
    number = np.arange(cube.size).reshape(cube.shape)
    gone = [int(cell) for place in unprinted for cell in number[(..., *place)].ravel()]
    return system_of(cube.ravel(), list(sums_within(number, axes)), rules, unprinted=gone)


def linked_pair(leaves: Counts, rules: Rules) -> System:
    """Two tables of the same people, rows × columns and rows × layers: they share the rows and the grand total."""
    one, other = ([[list(range(length))] for length in leaves.sum(axis=axis).shape] for axis in (2, 1))
    first, second = with_totals(leaves.sum(axis=2), one), with_totals(leaves.sum(axis=1), other)
    number = np.arange(first.size).reshape(first.shape)
    also = first.size + np.arange(second.size).reshape(second.shape)
    also[:, -1] = number[:, -1]
    sums = [*sums_within(number, one), *sums_within(also, other)]
    used = np.unique([cell for total, parts in sums for cell in (total, *parts)])
    place = {int(cell): index for index, cell in enumerate(used)}
    value = np.concatenate([first.ravel(), second.ravel()])[used]
    return system_of(value, [(place[total], [place[part] for part in parts]) for total, parts in sums], rules)


def system_of(
    value: Counts | Sequence[int], sums: Sums, rules: Rules, *, unprinted: Sequence[int] = (), **more: object
) -> System:
    counts = np.asarray(value, dtype=np.int64)
    printed = np.ones(len(counts), dtype=bool)
    printed[list(unprinted)] = False
    given: dict[str, object] = {
        "names": [str(number) for number in range(len(counts))],
        "value": counts,
        "equations": equations_of(sums, len(counts)),
        "weight": np.where(printed, 1 + np.log1p(np.abs(counts)), 0.0),
        "sensitive": is_small(counts, rules),
        "printed": printed,
        "lower": np.zeros(len(counts)),
        "upper": np.full(len(counts), np.inf),
    }
    return System(**(given | more))  # type: ignore[arg-type]


def marked(size: int, cells: Sequence[int]) -> NDArray[np.bool_]:
    found = np.zeros(size, dtype=bool)
    found[list(cells)] = True
    return found
