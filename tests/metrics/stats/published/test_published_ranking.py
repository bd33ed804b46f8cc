"""Published data: ranks of 51 populations with a joint confidence region.

The paper shows the ranges as a figure only. Its data and its rule are published, so the expected ranges are counted
here state by state with the rule, with the intervals rounded to one decimal as in the paper. A second and a third
table were looked for and not found: the packages csranks and ICRanks, and the papers they follow, print ranges of
other methods (bootstrap, Tukey), which need not agree. Ranges are tested from first principles in test_ranking.py.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import norm

from metrics.stats.ranking import joint_ranks

TABLE = Path(__file__).parent / "tables" / "travel_time.csv"


def intervals() -> pd.DataFrame:
    states = pd.read_csv(TABLE, comment="#")
    factor = norm.isf((1 - 0.9 ** (1 / len(states))) / 2)
    assert factor == pytest.approx(3.081, abs=5e-4)  # printed in the vignette of the paper
    reach = factor / norm.isf(0.05) * states["margin"]
    return states.assign(low=(states["minutes"] - reach).round(1), high=(states["minutes"] + reach).round(1))


def test_rank_ranges_of_the_travel_times() -> None:
    states = intervals()
    # The paper ranks from the shortest; ours from the highest, so the values change sign.
    found = joint_ranks(-states["high"], -states["low"])
    for k, state in states.iterrows():
        shorter = sum(states["high"] <= state["low"])
        longer = sum(states["low"] >= state["high"])
        assert (found.low[k], found.high[k]) == (shorter + 1, len(states) - longer), state["state"]


def test_the_two_longest_travel_times_share_the_first_two_ranks() -> None:
    # 32.2 and 31.5 minutes with margins of 0.2: 31.8-32.6 and 31.1-31.9 overlap; New Jersey (30.1-30.9) lies below.
    states = intervals()
    found = joint_ranks(states["low"], states["high"])
    ranges = {state: (found.low[k], found.high[k]) for k, state in enumerate(states["state"])}
    assert ranges["MD"] == ranges["NY"] == (1, 2)
    assert ranges["NJ"][0] == 3
