"""The ministry's table as rates that can be compared: per 100,000 people and month, by the published definition.

Monthly rate = count of the year / 12 / population × 100,000. Read as a yearly rate it would be wrong by 12.
"""

from __future__ import annotations

import pandas as pd

from metrics.stats.rate import poisson

MEASURES = {"new_consultations": "新規相談受付件数", "plans": "プラン作成件数"}
MONTHS_A_YEAR = 12


def monthly_rates(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows of a ministry table with count, value, low, high (95 %, exact or Byar), method; blank stays missing."""
    found = poisson(table[measure], table["population"] * MONTHS_A_YEAR)
    return table.assign(
        count=table[measure], value=found.value, low=found.low, high=found.high, method=found.method.astype(str)
    )
