from __future__ import annotations

import numpy as np
import pytest

from release.rules import Rules, dominant, is_dominated, is_small, load_rules, printed_range, rounded


def test_the_rules_in_force_hide_one_to_nine_and_ask_for_a_range_of_ten() -> None:
    rules = load_rules()
    assert (rules.threshold, rules.needed_width, rules.symbol, rules.zero, rules.rounding) == (10, 10, "x", "show", 0)
    assert is_small([0, 1, 9, 10, -3], rules).tolist() == [False, True, True, False, True]


def test_zero_can_be_protected_too() -> None:
    assert is_small([0, 1, 10], Rules(zero="protect")).tolist() == [True, True, False]


def test_a_file_of_rules_says_what_it_changes(tmp_path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text('version = "2"\nthreshold = 5\nwidth = 7\n[dominance]\nn = 2\nk = 80\n', encoding="utf-8")
    rules = load_rules(file)
    assert (rules.threshold, rules.needed_width, rules.dominance_n, rules.dominance_k, rules.version) == (
        5,
        7,
        2,
        80,
        "2",
    )


@pytest.mark.parametrize(
    "wrong",
    [{"threshold": 0}, {"width": -1}, {"rounding": 7}, {"zero": "hide"}, {"dominance_k": 0}, {"dominance_n": 0}],
)
def test_rules_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Rules(**wrong)  # type: ignore[arg-type]


def test_dominance_compares_the_largest_contributors_with_the_whole() -> None:
    contributions = [70.0, 20.0, 10.0]
    assert [dominant(contributions, n, 75) for n in (1, 2, 3)] == [False, True, True]
    assert not dominant([75.0, 25.0], 1, 75)
    assert is_dominated([76.0, 24.0], Rules())
    assert not dominant([], 1, 75)
    with pytest.raises(ValueError, match="never negative"):
        dominant([3.0, -1.0], 1, 75)


@pytest.mark.parametrize("base", [3, 5, 10])
def test_the_printed_range_is_every_count_that_is_rounded_the_same_way(base: int) -> None:
    rules = Rules(rounding=base)
    counts = np.arange(60)
    printed = rounded(counts, rules)
    low, high = printed_range(counts, rules)
    for count in counts[:40]:
        same = counts[printed == printed[count]]
        assert (low[count], high[count]) == (same.min(), same.max())
    assert (np.abs(printed - counts) <= base / 2).all()
