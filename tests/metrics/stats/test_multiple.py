from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from metrics.stats.multiple import benjamini_hochberg

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=60)


def naive(p: list[float]) -> list[float]:
    """The smallest of m p(j) / j over all p(j) that are not smaller."""
    ranked = sorted(p)
    q = [min([1.0, *(len(p) * ranked[j] / (j + 1) for j in range(i, len(p)))]) for i in range(len(p))]
    return [q[ranked.index(value)] for value in p]


@settings(deadline=None)
@given(CHANCES)
def test_q_is_the_smallest_rate_that_makes_a_test_a_finding(p: list[float]) -> None:
    assert benjamini_hochberg(p).q == pytest.approx(naive(p))


@settings(deadline=None)
@given(CHANCES)
def test_statsmodels_agrees(p: list[float]) -> None:
    assert benjamini_hochberg(p).q == pytest.approx(multipletests(p, method="fdr_bh")[1])


@settings(deadline=None)
@given(CHANCES)
def test_q_rises_with_p_and_is_never_smaller(p: list[float]) -> None:
    q = benjamini_hochberg(p).q
    assert np.all(np.diff(q[np.argsort(p, kind="stable")]) >= -1e-12)
    assert np.all(q >= np.array(p) - 1e-12)


def test_what_was_not_tested_stays_missing_and_does_not_count() -> None:
    found = benjamini_hochberg([np.nan, 0.01, np.nan, 0.04])
    assert found.q[[1, 3]] == pytest.approx([0.02, 0.04])
    assert np.isnan(found.q[[0, 2]]).all()
    assert found.method == "Benjamini–Hochberg"


def test_no_test_at_all_names_no_method() -> None:
    assert benjamini_hochberg([np.nan]).method == ""
    assert len(benjamini_hochberg([]).q) == 0


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_what_is_no_chance_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([p])
