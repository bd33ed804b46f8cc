from __future__ import annotations

import numpy as np
import pytest

from release.rules import Rules, is_small, load_rules, printed_range, rounded


def test_the_rules_in_force_hide_one_to_nine_and_ask_for_a_range_of_ten() -> None:
    rules = load_rules()
    assert (rules.threshold, rules.needed_width, rules.symbol, rules.zero, rules.rounding) == (10, 10, "x", "show", 0)
    assert is_small([0, 1, 9, 10, -3], rules).tolist() == [False, True, True, False, True]


def test_zero_can_be_protected_too() -> None:
    assert is_small([0, 1, 10], Rules(zero="protect")).tolist() == [True, True, False]


def test_a_file_of_rules_says_what_it_changes(tmp_path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text('version = "2"\nthreshold = 5\nwidth = 7\n', encoding="utf-8")
    rules = load_rules(file)
    assert (rules.threshold, rules.needed_width, rules.version) == (5, 7, "2")


@pytest.mark.parametrize(
    "wrong",
    [{"threshold": 0}, {"width": -1}, {"rounding": 7}, {"zero": "hide"}],
)
def test_rules_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Rules(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("base", [3, 5, 10])
@pytest.mark.parametrize("threshold", [1, 10])
def test_the_printed_range_is_every_printed_count_that_is_rounded_the_same_way(base: int, threshold: int) -> None:
    rules = Rules(rounding=base, threshold=threshold)
    counts = np.array([0, *range(threshold, 60)])  # what is smaller is never printed
    printed = rounded(counts, rules)
    low, high = printed_range(counts, rules)
    for place in range(40):
        same = counts[printed == printed[place]]
        assert (low[place], high[place]) == (same.min(), same.max())
    assert (np.abs(printed - counts) <= base / 2).all()
