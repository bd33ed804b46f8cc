from __future__ import annotations

import pytest

from etl.spelling.kanji import kanji_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("一", 1),
        ("零", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十四", 24),
        ("二〇", 20),
        ("二○二四", 2024),
        ("二〇二四", 2024),
        ("百", 100),
        ("千二百三", 1203),
        ("一万", 10000),
        ("十二万三千四百五十六", 123456),
    ],
)
def test_a_kanji_number_is_read(written: str, number: int) -> None:
    assert kanji_number(written) == number


@pytest.mark.parametrize("written", ["", "〇", "○○", "二三十", "十十", "百二百", "万", "一万万", "百〇五", "人"])
def test_characters_that_form_no_number_are_refused(written: str) -> None:
    assert kanji_number(written) is None
