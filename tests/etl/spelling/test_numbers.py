from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.spelling.numbers import read_count, read_flag
from etl.spelling.reading import Mark, Reading


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("0", 0),
        ("３", 3),
        ("12", 12),
        (" 12 ", 12),
        ("007", 7),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("1，234", 1234),
        ("12,345,678", 12345678),
        ("12.0", 12),
        ("12.00", 12),
        ("1,234.0", 1234),
        ("3件", 3),
        ("３　件", 3),
        ("5人", 5),
        ("2回", 2),
        ("8名", 8),
        ("90分", 90),
        ("4か所", 4),
        ("4ヶ所", 4),
        ("4箇所", 4),
        ("6世帯", 6),
        ("7団体", 7),
        ("1,234件", 1234),
        ("十二", 12),
        ("百", 100),
        ("二〇", 20),
        ("二十四件", 24),
        ("百二十三", 123),
        ("壱", 1),
        ("参拾", 30),
        ("廿四", 24),
        ("00012", 12),
        ("1,000.0", 1000),
        ("3社", 3),
        ("4校", 4),
        ("5施設", 5),
        ("2事業所", 2),
        ("4ｹ所", 4),
        ("３　回", 3),
    ],
)
def test_a_count_is_read(written: str, count: int) -> None:
    assert read_count(written) == Reading(count)


def test_zero_blank_and_the_three_marks_are_five_different_things() -> None:
    assert [read_count(written).value for written in ("0", "", "x", "-", "…")] == [
        0,
        None,
        Mark.SUPPRESSED,
        Mark.NONE,
        Mark.UNKNOWN,
    ]
    assert all(read_count(written).rule is None for written in ("0", "", "x", "-", "…"))


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        (text, Mark.SUPPRESSED)
        for text in ("x", "Ｘ", "ｘ", "χ", "Х", "*", "＊", "***", "＊＊＊", "秘", "秘匿", "非公表", "非開示")
    ]
    + [(text, Mark.NONE) for text in ("-", "－", "ー", "ｰ", "―", "‐", "–", "—", "−", "─", "━", "--", "－－")]
    + [(text, Mark.UNKNOWN) for text in ("…", "‥", "...", "・・・", "……", "不明", "不詳", "未詳")],
)
def test_each_mark_is_known_however_it_is_typed(written: str, mark: Mark) -> None:
    assert read_count(written) == Reading(mark)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("〇件", "count_unreadable"),
        ("1万", "count_unreadable"),
        ("1/2", "count_unreadable"),
        ("50%", "count_unreadable"),
        ("5(2)", "count_unreadable"),
        ("1'234", "count_unreadable"),
        ("計3", "count_unreadable"),
        ("3名程度", "count_unreadable"),
        ("3時間", "count_unreadable"),
        ("1:30", "count_unreadable"),
        ("TRUE", "count_unreadable"),
        ("#N/A", "count_unreadable"),
        ("Ⅲ", "count_unreadable"),
        ("３②", "count_unreadable"),
        ("×", "count_unreadable"),
        ("該当なし", "count_unreadable"),
        (".5", "count_unreadable"),
        ("▲ 3", "count_negative"),
        ("△０．５", "count_negative"),
        ("１．５", "count_fractional"),
        ("1.234", "count_fractional"),
        ("1,23", "count_unreadable"),
        ("12,34,567", "count_unreadable"),
        ("0,123", "count_unreadable"),
        (",123", "count_unreadable"),
        ("1 234", "count_unreadable"),
        ("〇", "count_unreadable"),
        ("○", "count_unreadable"),
        ("①", "count_unreadable"),
        ("1²", "count_unreadable"),
        ("1_000", "count_unreadable"),
        ("1e3", "count_unreadable"),
        ("inf", "count_unreadable"),
        ("nan", "count_unreadable"),
        ("0x10", "count_unreadable"),
        ("١", "count_unreadable"),
        ("१२", "count_unreadable"),
        ("+5", "count_unreadable"),
        ("=1+1", "count_unreadable"),
        ("約10", "count_unreadable"),
        ("10以上", "count_unreadable"),
        ("2時間", "count_unreadable"),
        ("件", "count_unreadable"),
        ("12.", "count_unreadable"),
        ("1.234.567", "count_unreadable"),
        ("9" * 16, "count_unreadable"),
        ("二三十", "count_unreadable"),
        ("△", "count_unreadable"),
        ("なし", "count_unreadable"),
        ("△3", "count_negative"),
        ("▲3", "count_negative"),
        ("-3", "count_negative"),
        ("−3", "count_negative"),
        ("－３", "count_negative"),
        ("(3)", "count_negative"),
        ("（３）", "count_negative"),
        ("-3件", "count_negative"),
        ("-1.5", "count_negative"),
        ("△1,234", "count_negative"),
        ("1.5", "count_fractional"),
        ("0.5件", "count_fractional"),
        ("1,234.5", "count_fractional"),
    ],
)
def test_what_is_no_count_says_which_rule_it_breaks(written: str, rule: str) -> None:
    assert read_count(written) == Reading(None, rule=rule)


ODD_DIGITS = [
    char
    for char in map(chr, range(128, sys.maxunicode + 1))
    if (char.isdigit() or char.isdecimal() or unicodedata.category(char) == "No") and not "０" <= char <= "９"
]


def test_no_odd_digit_is_a_count() -> None:
    assert len(ODD_DIGITS) > 1000
    assert [char for char in ODD_DIGITS if read_count(char).rule != "count_unreadable"] == []


@given(st.text(st.sampled_from([*"0123456789,.", *ODD_DIGITS[:400]]), min_size=1, max_size=6))
def test_one_odd_digit_among_others_spoils_a_count(text: str) -> None:
    reading = read_count(text)
    if any(char in ODD_DIGITS for char in text):
        assert reading == Reading(None, rule="count_unreadable")


@given(st.integers(0, 999_999_999))
def test_a_count_survives_every_common_spelling(count: int) -> None:
    wide = str(count).translate({ord("0") + i: "０１２３４５６７８９"[i] for i in range(10)})
    for written in (str(count), f"{count:,}", wide, f"{count}.0", f"{count}件", f"{count:,} 人"):
        assert read_count(written) == Reading(count)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("有", True),
        ("無", False),
        ("有り", True),
        ("無し", False),
        ("あり", True),
        ("なし", False),
        ("ｱﾘ", True),
        ("○", True),
        ("〇", True),
        ("◯", True),
        ("×", False),
        ("✕", False),
        ("✖", False),
        ("✖\ufe0f", False),
        ("✗", False),
        ("済", True),
        ("済み", True),
        ("未", False),
        ("1", True),
        ("０", False),
        ("1.0", True),
        ("はい", True),
        ("いいえ", False),
        ("YES", True),
        ("no", False),
        ("TRUE", True),
        ("False", False),
        ("した", True),
        ("していない", False),
        ("実施", True),
        ("未実施", False),
        ("該当", True),
        ("非該当", False),
        (" 有 ", True),
        ("◎", True),
        ("●", True),
        ("✅", True),
        ("レ", True),
        ("設置済み", True),
        ("設置", True),
        ("配置済", True),
        ("参画あり", True),
        ("作成済", True),
        ("実施中", True),
        ("ＯＫ", True),
        ("あった", True),
        ("未設置", False),
        ("未配置", False),
        ("設置なし", False),
        ("無い", False),
        ("なかった", False),
        ("行っていない", False),
        ("☐", False),
        ("☓", False),
    ],
)
def test_yes_and_no_come_in_many_words(written: str, answer: bool) -> None:
    assert read_flag(written) == Reading(answer)


def test_a_blank_answer_is_not_sent() -> None:
    assert read_flag("　") == Reading(None)


@pytest.mark.parametrize("written", ["-", "－", "…", "不明", "*"])
def test_a_mark_instead_of_an_answer_is_taken_as_not_sent_with_a_notice(written: str) -> None:
    assert read_flag(written) == Reading(None, notice="flag_mark_as_blank")


@pytest.mark.parametrize("written", ["x", "X", "2", "△", "検討中", "設置予定", "一部", "□", "令和6年6月24日", "有・無"])
def test_any_other_answer_is_asked_back(written: str) -> None:
    assert read_flag(written) == Reading(None, rule="flag_unknown")
