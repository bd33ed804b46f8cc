"""Hours saved by holding meetings together, against sums done by hand."""

from __future__ import annotations

from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.joint_holding import Assumptions, hours_saved

# 6 pairs, 4 organisations of 2 people: 48 attendances. Travel 48 × 40 min = 1,920 min = 32 h. Preparation 6 × 120 min
# = 720 min = 12 h. Cases 48 × 1.5 × 20 min = 1,440 min = 24 h.
BY_HAND = Assumptions(6, 4, 2, 40, 120, 1.5, 20)
AMOUNTS = st.floats(min_value=0, max_value=1000)


def test_a_sum_done_by_hand() -> None:
    saved = hours_saved(BY_HAND)
    assert (saved.travel, saved.preparation, saved.cases) == (32, 12, 24)
    assert (saved.same_day, saved.as_one) == (32, 68)


def test_no_meeting_held_together_saves_nothing() -> None:
    saved = hours_saved(Assumptions(0, 4, 2, 40, 120, 1.5, 20))
    assert (saved.same_day, saved.as_one) == (0, 0)


def test_preparation_does_not_depend_on_who_attends() -> None:
    saved = hours_saved(Assumptions(6, 0, 2, 40, 120, 1.5, 20))
    assert (saved.same_day, saved.as_one) == (0, 12)


@pytest.mark.parametrize("name", [field.name for field in fields(Assumptions)])
def test_a_negative_assumption_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        hours_saved(Assumptions(**(asdict(BY_HAND) | {name: -1})))


@given(st.builds(Assumptions, st.integers(0, 500), AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS))
def test_holding_as_one_never_saves_less_than_the_same_day(assumed: Assumptions) -> None:
    saved = hours_saved(assumed)
    assert saved.as_one >= saved.same_day >= 0
