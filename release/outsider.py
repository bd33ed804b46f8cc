"""What anybody can work out from published files alone: nothing but those is read, no true count is known here.

The sums are those of the definitions (totals over places, months and breakdowns), and counts that are printed alike
under two names are taken for the same, as a careful reader would. Where counts are rounded, a printed one stands for
all that are printed so; two that look alike may be two then, and are not taken for one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from metrics.catalog import ALL, Indicator
from release.attack import attack
from release.equal import FEWEST, MOST_PARTS
from release.grid import BEYOND, DENOMINATOR, OTHERS, PRINTED, REST, TOGETHER, BoolArray, Grid, IntArray, Sum, grid_of
from release.linked import COPY, blocks_of
from release.nested import with_nested
from release.publication import load_publication
from release.readable import Published
from release.rules import Rules, printed_range
from release.safety import proof_of, year_of
from release.system import FloatArray, System
from release.tables import COLUMNS
from release.variables import Named, Ties, Variables, variables_of
from ui import labels

UNPRINTED = (REST, OTHERS, BEYOND, TOGETHER)


class Contradictory(ValueError):  # noqa: N818
    """The published numbers cannot all be true; the message names the fiscal year."""


@dataclass(frozen=True, eq=False)
class Deduced:
    """cells: safety.PROOF without system. figures: counts in the files; hidden: how many of them are a mark."""

    cells: pd.DataFrame
    figures: int
    hidden: int

    @property
    def open_cells(self) -> pd.DataFrame:
        return self.cells[~self.cells["is_safe"].astype(bool)]


def deduce(published: Published, catalog: Mapping[str, Indicator], rules: Rules) -> Deduced:
    """Intervals of everything hidden, and differences of printed counts that are small. Raises Contradictory."""
    rules = replace(rules, rounding=published.rounding)
    counted = [one.id for one in catalog.values() if one.kind != "count"]
    cells = published.cells[published.cells["indicator_id"].isin(counted)]
    years = cells["period"].map(year_of)
    found = [_of_year(cells[years == year], year, published, catalog, rules) for year in sorted(set(years))]
    columns = [*Named._fields, "low", "high", "needed", "is_safe"]
    frame = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)
    is_number = ~cells["state"].isin(["not_sent", "not_applicable"])
    hidden = int(cells[["is_numerator_hidden", "is_denominator_hidden"]].sum().sum())
    return Deduced(frame[columns], int(is_number.sum()) * 2, hidden)


def _of_year(
    cells: pd.DataFrame, year: int, published: Published, catalog: Mapping[str, Indicator], rules: Rules
) -> pd.DataFrame:
    flags = ["is_numerator_hidden", "is_denominator_hidden"]
    grid = grid_of(cells[[*COLUMNS, *flags]].reset_index(drop=True), catalog, published.members)
    if rules.rounding:
        return _under(grid, Ties([], grid.sums), year, rules)
    grid = with_nested(grid, load_publication().within, rules.threshold)
    try:
        return _under(grid, Ties(list(_printed_alike(grid)), [*grid.sums, *_printed_sums(grid)]), year, rules)
    except Contradictory:  # what looked alike was so by chance somewhere: only the definitions are certain
        return _under(grid, Ties([], grid.sums), year, rules)


def _under(grid: Grid, ties: Ties, year: int, rules: Rules) -> pd.DataFrame:
    """What follows if these ties are true. Raises Contradictory."""
    variables = variables_of([grid], [ties])
    names, is_printed, is_known = _described(grid, variables)
    lower = _at_least(grid, variables, rules)
    value = _some_world(variables, is_known, lower, year, rules)
    is_rest = ~is_printed & np.array([name.part in UNPRINTED for name in names])
    size = len(value)
    system = System(
        names=[str(name) for name in names],
        value=value,
        equations=variables.equations,
        weight=np.zeros(size),
        # Of a difference nobody knows beforehand whether it is small: all are looked at.
        sensitive=is_rest,
        printed=is_printed,
        lower=lower,
        upper=np.full(size, np.inf),
        block=blocks_of(variables.equations, np.array([name.part == BEYOND for name in names])),
    )
    found = proof_of(attack(system, is_printed & ~is_known, rules), names)
    # A difference gives somebody away only if it is certainly small; a wide or a large one, or none, does not.
    is_small = (found["low"] >= 1) & (found["high"] < rules.threshold)
    is_difference = found["part"].isin(UNPRINTED).to_numpy()
    return found.assign(is_safe=found["is_safe"].astype(bool) | (is_difference & ~is_small))


def _printed_alike(grid: Grid) -> Iterator[tuple[int, int, BoolArray]]:
    """Lines of different indicators that are the same wherever both are printed."""
    owner = np.array([column.indicator_id for column in grid.columns])
    lines = [number for number, column in enumerate(grid.columns) if column.part not in (BEYOND, TOGETHER)]
    for one, other in itertools.combinations(lines, 2):
        if owner[one] != owner[other]:
            both = grid.is_listed[one] & grid.is_listed[other] & grid.is_known[one] & grid.is_known[other]
            counts = both & ((grid.value[one] > 0) | (grid.value[other] > 0))
            if counts.sum() >= FEWEST and (grid.value[one] == grid.value[other])[counts].all():
                yield one, other, grid.is_count[one] & grid.is_count[other]


def _printed_sums(grid: Grid) -> Iterator[Sum]:
    """Lines that are the sum of some values of another indicator's breakdown wherever all are printed."""
    lines: dict[tuple[str, str], list[int]] = {}
    for number, column in enumerate(grid.columns):
        if column.breakdown != ALL and column.part in PRINTED:
            lines.setdefault((column.indicator_id, column.part), []).append(number)
    totals = [number for number, column in enumerate(grid.columns) if column.part in PRINTED]
    for (indicator_id, _), values in lines.items():
        others = np.array([one for one in totals if grid.columns[one].indicator_id != indicator_id], dtype=np.int64)
        for size in range(2, len(values) + 1) if len(values) <= MOST_PARTS else (len(values),):
            for parts in itertools.combinations(values, size):
                chosen = list(parts)
                known = (grid.is_known & grid.is_listed)[chosen].all(axis=0)
                added = grid.value[chosen].sum(axis=0)
                both = known & grid.is_known[others] & grid.is_listed[others] & (added > 0)
                same = (grid.value[others] == added) | ~both
                for total in others[same.all(axis=1) & (both.sum(axis=1) >= FEWEST)].tolist():
                    yield Sum(total, parts)


def _described(grid: Grid, variables: Variables) -> tuple[list[Named], BoolArray, BoolArray]:
    """A name of each variable, whether it is printed anywhere, and whether its number is."""
    size = len(variables.value)
    names = [COPY] * size
    is_printed, is_known = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    (of_entry,) = variables.of_entry
    for line, column in enumerate(grid.columns):
        is_own = column.part in PRINTED
        for entry in np.flatnonzero(of_entry[line] >= 0).tolist():
            one = of_entry[line, entry]
            if names[one] is COPY or (is_own and not is_printed[one]):
                area, period = divmod(entry, len(grid.periods))
                names[one] = Named(*column, grid.areas[area], grid.periods[period])
            is_printed[one] |= is_own
            if is_own and grid.is_known[line, entry]:
                is_known[one] = True
                variables.value[one] = grid.value[line, entry]
    return names, is_printed, is_known


def _at_least(grid: Grid, variables: Variables, rules: Rules) -> FloatArray:
    """What each count is at least: where a denominator is 0, the state says that there is nothing to count."""
    lower = np.zeros(len(variables.value))
    if rules.zero == "show":
        for line, column in enumerate(grid.columns):
            if column.part == DENOMINATOR:
                found = variables.of_entry[0][line]
                lower[found[found >= 0]] = 1
    return lower


def _some_world(
    variables: Variables, is_known: BoolArray, least_of_all: FloatArray, year: int, rules: Rules
) -> IntArray:
    """Whole numbers that fit everything printed: where an outsider's reasoning can begin."""
    value = variables.value
    least, most = printed_range(value, rules)
    lower, upper = np.where(is_known, least, least_of_all), np.where(is_known, most, np.inf)
    size = len(value)
    found = milp(
        np.zeros(size),
        integrality=np.ones(size),
        constraints=[LinearConstraint(variables.equations, 0, 0)] if variables.equations.shape[0] else [],
        bounds=Bounds(lower, upper),
        options={"time_limit": 600.0},
    )
    if found.x is None:
        when = labels.fiscal_year_text(year)
        raise Contradictory(f"{when}の公表された数値が互いに合わないため、推測の計算ができません。")
    world: IntArray = np.rint(found.x).astype(np.int64)
    return world
