"""Lines that are the same count under two names, and lines that are sums of others: what links indicators.

Found in the numbers and not declared: the referrals of one direction are the denominator of one indicator, the
numerator of another, and part of a third. Lines that agree nearly everywhere are linked where they agree, since who
knows the definitions will do so too. Links that are there by chance only hide a little more.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from metrics.catalog import ALL
from release.grid import BEYOND, PRINTED, TOGETHER, BoolArray, Grid, IntArray, Sum

AGREEMENT = 0.9  # of the places and periods where either counts something
# Counts of ten and more are hardly ever the same by chance: of them fewer need agree.
LARGE, AGREEMENT_OF_LARGE = 10, 0.6
FEWEST = 5  # places and periods that must agree
MOST_PARTS = 12  # a breakdown of more values is only looked at whole and by pairs


def equal_lines(grid: Grid) -> Iterator[tuple[int, int, BoolArray]]:
    """Pairs of lines with the entries where they are one and the same count."""
    counts, large = grid.value > 0, grid.value >= LARGE
    owner = np.array([column.indicator_id for column in grid.columns])
    is_own = _is_own(grid)
    for one in np.flatnonzero(is_own[:-1]).tolist():
        rest = slice(one + 1, None)
        listed = grid.is_listed[one] & grid.is_listed[rest]
        same: BoolArray = listed & (grid.value[one] == grid.value[rest])
        agree = (same & counts[rest]).sum(axis=1)
        either = (listed & (counts[one] | counts[rest])).sum(axis=1)
        alike = (agree >= FEWEST) & (agree >= AGREEMENT * either)
        agree_large = (same & large[rest]).sum(axis=1)
        either_large = (listed & (large[one] | large[rest])).sum(axis=1)
        alike |= (agree_large >= FEWEST) & (agree_large >= AGREEMENT_OF_LARGE * either_large)
        # Within an indicator, numerator and denominator may agree without being the same count.
        alike &= (owner[rest] != owner[one]) & is_own[rest]
        for offset in map(int, np.flatnonzero(alike)):
            other = one + 1 + offset
            where = same[offset] & grid.is_count[one] & grid.is_count[other]
            if where.any():
                yield one, other, where


def equal_sums(grid: Grid) -> list[Sum]:
    """Lines that are the sum of some values of another indicator's breakdown, at every place and period of both."""
    # Sums of random numbers find the candidates among thousands of combinations at once; the counts then decide.
    chance: IntArray = np.array(np.random.default_rng(20240624).integers(1, 2**62, size=grid.value.shape[1]))
    yearly = np.array([len(period) == 4 for _ in grid.areas for period in grid.periods])
    mark: IntArray = (grid.value[:, yearly] * chance[yearly]).sum(axis=1)
    by_mark: dict[int, list[int]] = {}
    for line in np.flatnonzero(((grid.value[:, yearly] > 0).sum(axis=1) >= FEWEST) & _is_own(grid)):
        by_mark.setdefault(int(mark[line]), []).append(int(line))
    found: list[Sum] = []
    for parts in _combinations(grid):
        for total in by_mark.get(int(mark[list(parts)].sum()), ()):
            is_own = (
                grid.columns[total].indicator_id == grid.columns[parts[0]].indicator_id
            )  # ties of its own are known
            if not is_own and _adds_up(grid, total, parts):
                found.append(Sum(total, parts))
    return found


def _is_own(grid: Grid) -> BoolArray:
    """Lines of one indicator: what is between two of them is tied to both already."""
    return np.array([column.part not in (BEYOND, TOGETHER) for column in grid.columns])


def _combinations(grid: Grid) -> Iterator[tuple[int, ...]]:
    """Two or more values of one breakdown, of which each counts something somewhere."""
    lines: dict[tuple[str, str], list[int]] = {}
    for number, column in enumerate(grid.columns):
        if column.breakdown != ALL and grid.value[number].any() and column.part in PRINTED:
            lines.setdefault((column.indicator_id, column.part), []).append(number)
    for values in lines.values():
        sizes = range(2, len(values) + 1) if len(values) <= MOST_PARTS else (2, len(values))
        for size in sizes:
            yield from itertools.combinations(values, size)


def _adds_up(grid: Grid, total: int, parts: tuple[int, ...]) -> bool:
    chosen = list(parts)
    where = grid.is_listed[total] & grid.is_listed[chosen].all(axis=0)
    added: IntArray = grid.value[chosen].sum(axis=0)
    return bool((added[where] == grid.value[total][where]).all() and where.any())
