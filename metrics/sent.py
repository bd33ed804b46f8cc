"""What was sent of an indicator, by area and month: nothing sent is not the same as nothing happened."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalog import Indicator
from metrics.periods import MONTHS, months_of_year

NOT_SENT, PARTLY, FULLY = 0, 1, 2
_OF_COVERAGE = {"received": FULLY, "zero": FULLY, "partial": PARTLY}
Sent = NDArray[np.int8]


def sent_by_month(
    indicator: Indicator,
    rows: pd.DataFrame,
    coverage: pd.DataFrame,
    area_codes: Sequence[str],
    months: Sequence[str],
) -> Sent:
    """An array of areas × months (fiscal years of a yearly indicator): NOT_SENT, PARTLY or FULLY.

    Of several returns the weakest counts, and so do the months of a fiscal year. rows are the headline's: one with
    a denominator of 0 had its field left empty, so that its period is not sent either.
    """
    sent = np.full((len(area_codes), len(months)), FULLY, dtype=np.int8)
    for return_id in indicator.returns:
        received = coverage[coverage["return_id"] == return_id]
        of_return = _of_years if indicator.is_yearly else _of_months
        sent = np.minimum(sent, of_return(received, area_codes, months))
    if indicator.kind != "duration":
        area, month = _places(rows, area_codes, months)
        answers = np.full(sent.shape, -1, dtype=np.int64)
        np.maximum.at(answers, (area, month), rows["denominator"].to_numpy(dtype=np.int64))
        sent[answers == 0] = NOT_SENT
    return sent


def _of_months(received: pd.DataFrame, area_codes: Sequence[str], months: Sequence[str]) -> Sent:
    area, month = _places(received, area_codes, months)
    level = received["state"].map(_OF_COVERAGE).to_numpy(dtype=np.int8)
    asked = (area >= 0) & (month >= 0)
    sent = np.full((len(area_codes), len(months)), NOT_SENT, dtype=np.int8)
    sent[area[asked], month[asked]] = level[asked]
    return sent


def _of_years(received: pd.DataFrame, area_codes: Sequence[str], years: Sequence[str]) -> Sent:
    months = [month for year in years for month in months_of_year(int(year))]
    each = _of_months(received, area_codes, months).reshape(len(area_codes), len(years), len(MONTHS))
    weakest, strongest = each.min(axis=2), each.max(axis=2)
    return np.where(strongest == NOT_SENT, NOT_SENT, np.where(weakest == FULLY, FULLY, PARTLY)).astype(np.int8)


def _places(
    frame: pd.DataFrame, area_codes: Sequence[str], months: Sequence[str]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Place of each row of the frame in the array of areas × months; -1 when it was not asked for."""
    area = pd.Index(list(area_codes), dtype="str").get_indexer(frame["area_code"])
    return area, pd.Index(list(months), dtype="str").get_indexer(frame["period"])
