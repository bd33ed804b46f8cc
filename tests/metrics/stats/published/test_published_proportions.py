"""Worked examples in print: Wilson limits."""

from __future__ import annotations

import pytest

from metrics.stats.proportion import wilson

# Newcombe RG (1998) Two-sided confidence intervals for the single proportion: comparison of seven methods.
# Stat Med 17:857-872, Table I, method 3 (score without continuity correction).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("part", "whole", "low", "high"), NEWCOMBE)
def test_limits_of_newcombe_1998(part: int, whole: int, low: float, high: float) -> None:
    found = wilson([part], [whole])
    assert found.low[0] == pytest.approx(low, abs=5e-5)
    assert found.high[0] == pytest.approx(high, abs=5e-5)


def test_all_examples_at_once_as_one_vector() -> None:
    parts, wholes, lows, highs = zip(*NEWCOMBE, strict=True)
    found = wilson(parts, wholes)
    assert found.low == pytest.approx(lows, abs=5e-5)
    assert found.high == pytest.approx(highs, abs=5e-5)
