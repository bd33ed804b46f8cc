"""What a release says it changed: for who approves by the true counts, for the public by what is printed alone."""

from __future__ import annotations

import pandas as pd

from release.difference import COLUMNS, difference, printed_difference


def rows(**cells: tuple[int | None, bool, str]) -> pd.DataFrame:
    """One row a place: numerator (None: not printed), is it hidden, state."""
    return pd.DataFrame(
        {
            "indicator_id": "handover_rate",
            "area_code": list(cells),
            "period": "2024",
            "breakdown": "all",
            "numerator": pd.array([count for count, _, _ in cells.values()], dtype="Int64"),
            "denominator": pd.array([50] * len(cells), dtype="Int64"),
            "is_numerator_hidden": [hidden for _, hidden, _ in cells.values()],
            "is_denominator_hidden": False,
            "state": [state for _, _, state in cells.values()],
        }
    )


def counts(found: pd.DataFrame) -> dict[str, int]:
    return {} if found.empty else found.iloc[0][COLUMNS[1:]].to_dict()


BEFORE = {
    "same": (20, False, "value"), "hidden": (None, True, "hidden"), "gone": (30, False, "value"),
    "shown": (None, True, "hidden"), "covered": (40, False, "value"), "sent": (None, False, "not_sent"),
    "whole": (15, False, "partial"),
}  # fmt: skip


def test_the_public_list_counts_what_anybody_can_read_in_both_files():
    now = {
        "same": (20, False, "value"), "hidden": (None, True, "hidden"), "fresh": (25, False, "value"),
        "shown": (12, False, "value"), "covered": (None, True, "hidden"), "sent": (18, False, "value"),
        "whole": (15, False, "value"),
    }  # fmt: skip
    found = printed_difference(rows(**now), rows(**BEFORE))
    assert counts(found) == {"newly_shown": 1, "newly_hidden": 1, "revised": 2, "new": 1, "left_out": 1}


def test_a_hidden_count_that_changed_is_told_to_who_approves_and_not_to_the_public():
    true_before, true_now = rows(a=(7, True, "value")), rows(a=(8, True, "value"))
    assert counts(difference(true_now, true_before))["revised"] == 1
    printed = rows(a=(None, True, "hidden"))
    assert printed_difference(printed, printed).empty
