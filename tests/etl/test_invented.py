"""Invented returns are told by what they say of themselves, not by the prefecture they are loaded for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from etl.sample import write_sample
from ui import labels
from ui.labels.sentences import is_of_fiction

SAMPLE = "select value from cube.meta where key = 'sample'"


def test_a_file_of_a_real_prefecture_that_calls_itself_invented_marks_what_is_made_of_it(
    load: Callable[..., Any], csv_of: Callable[..., bytes], referral: Any, query: Callable[..., Any]
) -> None:
    load({"報告.csv": csv_of(referral("B-001"))})
    assert query(SAMPLE) == [("0",)]
    (receipt,) = load({"報告2.csv": csv_of(referral("A-001"), above=("【架空データ】相互紹介記録（令和6年度）",))})
    assert receipt.outcome == "accepted"
    assert query(SAMPLE) == [("1",)]


def test_the_samples_of_a_real_prefecture_are_known_by_their_names(
    tmp_path: Any, load: Callable[..., Any], query: Callable[..., Any]
) -> None:
    written = write_sample(tmp_path / "sample", prefecture="07", rows=20)
    load({path.name: path.read_bytes() for path in written}, prefecture="07")
    assert query("select value from cube.meta where key in ('prefecture', 'sample') order by key") == [("07",), ("1",)]


def test_the_outlines_are_called_invented_only_where_they_are() -> None:
    assert is_of_fiction({"sample": "1", "prefecture": "99"})
    assert is_of_fiction({"sample": "1"})  # of a release
    assert not is_of_fiction({"sample": "1", "prefecture": "07"})
    assert not is_of_fiction({"sample": "0", "prefecture": "07"})
    assert labels.SAMPLE_NOTICE.startswith("架空データ：")
