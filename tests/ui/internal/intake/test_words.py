"""What the intake page says of files."""

from __future__ import annotations

import pytest

from etl.problems import all_rules
from tests.ui.internal.intake.test_matrix import receipt
from ui.internal.intake.words import area_names, bold_name, rule_words, sentence, short_list


@pytest.mark.parametrize(
    ("counts", "done", "told"),
    [
        ((3, 3, 0, 0), False, "3行を受け入れられます。"),
        ((3, 3, 0, 0), True, "3行を受け入れました。"),
        ((3, 2, 1, 0), False, "2行を受け入れ、1行を保留します。"),
        ((3, 2, 1, 5), True, "以前の5行を置き換え、2行を受け入れ、1行を保留しました。"),
        ((0, 0, 0, 0), True, "0件の報告として受け入れました。"),
    ],
)
def test_a_file_is_told_of_in_a_sentence(counts: tuple[int, ...], done: bool, told: str) -> None:
    rows, accepted, aside, replaced = counts
    one = receipt(
        1, outcome="accepted", rows_in_file=rows, rows_accepted=accepted, rows_quarantined=aside, rows_replaced=replaced
    )
    assert sentence(one, done=done) == f"**報告\\.csv**（相互紹介記録）：{told}"


def test_marks_in_a_files_name_are_only_marks() -> None:
    assert bold_name("*_[x](y)_*.csv") == "**\\*\\_\\[x\\]\\(y\\)\\_\\*\\.csv**"


def test_every_rule_can_be_chosen_by_its_words() -> None:
    for rule in all_rules():
        assert rule_words(rule)
        assert "{" not in rule_words(rule)
    assert rule_words("date_impossible") == "「…」は暦にない日付です"
    assert rule_words("a_rule_of_an_older_version") == "a_rule_of_an_older_version"


def test_municipalities_are_named_and_cut_short() -> None:
    names = area_names(["993620", "994031", "993620", "000000"])
    assert names == ["水琴町", "雪綿村", "000000"]
    assert short_list([*names, "四"]) == "水琴町、雪綿村、000000ほか1"
    assert short_list([]) == ""
