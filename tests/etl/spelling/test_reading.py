from __future__ import annotations

import pytest

from etl.spelling.reading import Mark, mark_of


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("", Mark.BLANK),
        ("　", Mark.BLANK),
        ("\u200b", Mark.BLANK),
        ("x", Mark.SUPPRESSED),
        ("X", Mark.SUPPRESSED),
        ("ｘ", Mark.SUPPRESSED),
        ("*", Mark.SUPPRESSED),
        ("＊＊", Mark.SUPPRESSED),
        ("***", Mark.SUPPRESSED),
        ("秘", Mark.SUPPRESSED),
        ("-", Mark.NONE),
        ("－", Mark.NONE),
        ("―", Mark.NONE),
        ("—", Mark.NONE),
        ("‐", Mark.NONE),
        ("ー", Mark.NONE),
        ("−", Mark.NONE),
        ("―――", Mark.NONE),
        ("…", Mark.UNKNOWN),
        ("...", Mark.UNKNOWN),
        ("・・・", Mark.UNKNOWN),
        ("･･･", Mark.UNKNOWN),
        ("不明", Mark.UNKNOWN),
        ("不詳", Mark.UNKNOWN),
    ],
)
def test_the_marks_of_statistical_tables_are_known(written: str, mark: Mark) -> None:
    assert mark_of(written) is mark


@pytest.mark.parametrize("written", ["0", "△", "△3", "-3", "○", "×", "一", "なし", "・", "xx", "****", "不明者"])
def test_other_text_is_no_mark(written: str) -> None:
    assert mark_of(written) is None
