"""Which months each municipality has sent, in five states. No screen here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from etl.declare import Return, all_returns
from etl.receipts import Receipt
from ui.labels.sent import CELLS, MARKS, MEANINGS, STATES, by_month, months_in_question

__all__ = [
    "CELLS",
    "MARKS",
    "MEANINGS",
    "STATES",
    "by_year",
    "has_months",
    "is_yearly",
    "months_in_question",
    "open_months",
    "returned_months",
    "returns_with_months",
    "states",
]

_OPEN = ("returned", "missing")


def is_yearly(declared: Return) -> bool:
    """True for a return of one row a fiscal year, which fills the whole year at once."""
    return bool(declared.month_of) and declared.field(declared.month_of).type == "fiscal_year"


def has_months(declared: Return) -> bool:
    """False for a return that is not about any month (examples): it can't be missing."""
    return bool(declared.month_of)


def states(
    coverage: pd.DataFrame, areas: Sequence[str], months: Sequence[str], return_id: str, receipts: Sequence[Receipt]
) -> pd.DataFrame:
    """State by area (index) and month (columns). `coverage` are the store's rows, `receipts` the whole record."""
    matrix = by_month(coverage, areas, months, return_id)
    for area, month in returned_months(receipts, return_id):
        if area in matrix.index and month in matrix.columns and matrix.loc[area, month] == "missing":
            matrix.loc[area, month] = "returned"
    return matrix


def returned_months(receipts: Sequence[Receipt], return_id: str) -> set[tuple[str, str]]:
    """(area, month) of which the last thing that came was refused; what was taken since, even if withdrawn, counts."""
    latest: dict[tuple[str, str], Receipt] = {}
    for receipt in sorted(receipts, key=lambda one: one.load_id):
        if receipt.return_id == return_id and not receipt.unchanged:
            latest |= dict.fromkeys(receipt.claimed, receipt)
    return {cell for cell, receipt in latest.items() if receipt.outcome == "refused"}


def by_year(matrix: pd.DataFrame) -> pd.Series:
    """One state a fiscal year, for a yearly return: what its months have in common, the fullest first."""
    rank = {state: number for number, state in enumerate(("partial", "received", "zero", "returned", "missing"))}
    return matrix.apply(lambda row: min(row, key=lambda state: rank[state]), axis=1)


def open_months(matrix: pd.DataFrame) -> Mapping[str, list[str]]:
    """What is not in, by area: areas in the order of the matrix, those with nothing missing left out."""
    found = {area: [column for column in matrix.columns if row[column] in _OPEN] for area, row in matrix.iterrows()}
    return {str(area): columns for area, columns in found.items() if columns}


def returns_with_months(received: Sequence[str]) -> list[str]:
    """Returns that the matrix can show: those received first, in the order of their declarations."""
    shown = [name for name, declared in all_returns().items() if has_months(declared)]
    first = sorted(shown, key=lambda name: (name not in received, name != "referral"))
    return first
