"""Worked examples in print: the false discovery rate."""

from __future__ import annotations

import pytest

from metrics.stats.multiple import benjamini_hochberg

# Benjamini Y, Hochberg Y (1995) J R Stat Soc B 57:289-300, section 3.2: thrombolysis, 15 comparisons.
THROMBOLYSIS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
    1.0000,
]  # fmt: skip


def test_the_four_findings_of_benjamini_and_hochberg_1995() -> None:
    # At 5 % the first four are findings, p(4) = 0.0095 is the last; Bonferroni has three, no correction nine.
    q = benjamini_hochberg(THROMBOLYSIS).q
    assert [value < 0.05 for value in q] == [True] * 4 + [False] * 11
    assert sum(p < 0.05 / 15 for p in THROMBOLYSIS) == 3


def test_adjusted_values_of_five_tests() -> None:
    # stdlib, documentation of @stdlib/stats/padjust: "returns [ 0.04, 0.075, ~0.205, 0.6, 0.25 ]".
    assert benjamini_hochberg([0.008, 0.03, 0.123, 0.6, 0.2]).q == pytest.approx([0.04, 0.075, 0.205, 0.6, 0.25])


def test_decisions_of_six_comparisons_of_groups() -> None:
    # thegraphcourses.org, FOSSA B2.2: the first three of six are significant at 5 %. "<0.001" stands as 0.0009.
    q = benjamini_hochberg([0.0009, 0.001, 0.013, 0.056, 0.060, 0.246]).q
    assert [value < 0.05 for value in q] == [True, True, True, False, False, False]
