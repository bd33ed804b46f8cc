"""Months ('YYYY-MM') and fiscal years ('YYYY', April to March) as the cube writes them."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.catalog import Indicator

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


def months_of_year(fiscal_year: int, month: int | None = None) -> list[str]:
    """'2024-04' to '2025-03' for 2024, or the one period of a calendar month in it."""
    return [f"{fiscal_year + (number < 4):04d}-{number:02d}" for number in MONTHS if month is None or number == month]


def fiscal_year_of(month: str) -> int:
    """2024 for '2025-03'."""
    return int(month[:4]) - (int(month[5:]) < 4)


def years_of(months: Sequence[str]) -> list[str]:
    """The fiscal years that hold the months, each once, in their order."""
    return [str(year) for year in dict.fromkeys(map(fiscal_year_of, months))]


def periods_of(indicator: Indicator, months: Sequence[str]) -> list[str]:
    """The periods an indicator is asked for: the months themselves, or the fiscal years that hold them."""
    return years_of(months) if indicator.is_yearly else list(months)
