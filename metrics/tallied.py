"""A tally with its keys looked up once, so that any choice of periods is a sum by place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.tally import Tally


class Tallied:
    """rows: Store.tally_rows, one row for each period and combination of keys."""

    def __init__(self, tally: Tally, rows: pd.DataFrame) -> None:
        self._counts = list(tally.counts)
        by_keys = rows.groupby(["area_code", *tally.keys], sort=True, dropna=False)
        self._place = by_keys.ngroup().to_numpy()
        self._keys = by_keys.size().reset_index()[["area_code", *tally.keys]]
        self._values = {count: rows[count].to_numpy(dtype=np.int64) for count in self._counts}
        self._periods = rows.groupby("period").indices

    def over(self, periods: Sequence[str]) -> pd.DataFrame:
        """Summed over the periods, in the order of the keys; a combination that does not occur in them has no row."""
        nothing = np.empty(0, dtype=np.intp)
        rows = np.concatenate([nothing, *(self._periods.get(period, nothing) for period in dict.fromkeys(periods))])
        occurs = np.flatnonzero(np.bincount(self._place[rows], minlength=len(self._keys)))
        found = self._keys.take(occurs)
        columns = {name: found[name].array for name in found.columns}
        for count in self._counts:
            sums = np.zeros(len(self._keys), dtype=np.int64)
            np.add.at(sums, self._place[rows], self._values[count][rows])
            columns[count] = sums[occurs]
        return pd.DataFrame(columns)
