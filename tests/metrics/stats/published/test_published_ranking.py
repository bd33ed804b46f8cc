"""Worked examples in print: which places a group may have among others.

The paper of the method shows its ranges as a figure only. Its data and its rule are published, so the expected ranges
are counted here state by state with the rule, with the intervals rounded to one decimal as in the paper. No other
table of such ranges with its data was found: the packages csranks and ICRanks print ranges of other methods.

Tukey's comparisons of equally large groups are the same rule: two means differ when they are further apart than the
honestly significant difference, hence when intervals of half of it to both sides do not overlap. Tables that name the
groups that differ, by letters or in words, thus say which places each may have (Al Mohamad D, Goeman JJ, van Zwet EW
(2018), Simultaneous confidence intervals for ranks with application to ranking institutions, arXiv).
Counts and their exact intervals are tested from first principles in test_ranking.py.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from metrics.stats.ranking import joint_ranks

# Tukey's intervals of the tensile strength of paper by its hardwood concentration (5, 10, 15 and 20 %), six specimens
# each: Montgomery DC, Runger GC, supplement S13 to Applied Statistics and Probability for Engineers, table S13-2, output
# of Minitab: pooled deviation 2.551, critical value 3.96, intervals of the column less the row.
HARDWOOD = [10.000, 15.667, 17.000, 21.167]
HARDWOOD_REACH = 3.96 * 2.551 / np.sqrt(6) / 2
PRINTED = {(0, 1): (-9.791, -1.542), (1, 2): (-5.458, 2.791), (2, 3): (-8.291, -0.042)}
# Yields of 15 varieties of maize, t/ha, Chimaltenango, Guatemala, with their letters; D = 5.11 x 0.256 = 1.31:
# Hildebrand PE, Poey F, On-farm agronomic trials in farming systems research and extension (Lynne Rienner, Boulder),
# table IV-4 (source: ICTA); read in the University of Florida Digital Collections, UF00080557, text of image 70.
MAIZE = [
    (5.52, "a"), (5.46, "a"), (5.01, "ab"), (4.93, "ab"), (4.83, "ab"), (4.81, "ab"), (4.80, "ab"), (4.72, "ab"),
    (4.57, "ab"), (4.55, "ab"), (4.54, "ab"), (4.00, "bc"), (3.14, "cd"), (2.92, "cd"), (2.59, "d"),
]  # fmt: skip
MAIZE_REACH = 1.31 / 2
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


def test_strengths_of_paper_of_which_the_middle_two_may_change_places() -> None:
    # In words: all pairs of means are different except at 10 % and 15 %.
    means = np.array(HARDWOOD)
    for (column, row), limits in PRINTED.items():
        apart = means[column] - means[row]
        assert (apart - 2 * HARDWOOD_REACH, apart + 2 * HARDWOOD_REACH) == pytest.approx(limits, abs=1e-3)
    found = joint_ranks(means - HARDWOOD_REACH, means + HARDWOOD_REACH)
    assert list(zip(found.low, found.high, strict=True)) == [(4, 4), (2, 3), (2, 3), (1, 1)]


def test_yields_of_maize_that_share_a_letter_may_change_places() -> None:
    yields = np.array([mean for mean, _ in MAIZE])
    found = joint_ranks(yields - MAIZE_REACH, yields + MAIZE_REACH)
    for place, (_, letters) in enumerate(MAIZE):
        apart = [not set(letters) & set(other) for _, other in MAIZE]
        expected = (1 + sum(apart[:place]), len(MAIZE) - sum(apart[place:]))
        assert (found.low[place], found.high[place]) == expected, place
    assert [(found.low[k], found.high[k]) for k in (0, 11, 14)] == [(1, 11), (3, 14), (13, 15)]
