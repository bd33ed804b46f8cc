"""Forms in which texts are compared: what must become one, what must stay apart, and the way back to the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.search_text import folded, folded_with_origin, plain, skeleton, skeleton_with_origin

JAPANESE = st.text(
    st.sampled_from(
        "あいうぇっがぱゔんをにアイウェッガパヴンヲヶヵーｱｲｳｪｯｶﾞﾊﾟﾊﾟｰ訪問取組同日会議々〇髙高﨑崎ＡBａb１2①㈱％・、。（）() 　\n-‐－ー~〜～が\u3099か\u3099"
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ｱｳﾄﾘｰﾁ", "アウトリーチ"),
        ("あうとりーち", "アウトリーチ"),
        ("ＰＦ", "pf"),
        ("ﾌﾟﾗｯﾄﾌｫｰﾑ", "プラットフォーム"),
        ("髙穂野町", "高穂野町"),
        ("虹ヶ野市", "虹ケ野市"),
        ("第９条", "第9条"),
        ("（同日）", "(同日)"),
        ("㈱", "(株)"),
    ],
)
def test_what_is_written_differently_is_one_when_folded(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("つなぎ", "つなき"), ("病院", "美容院"), ("カード", "カト")])
def test_what_is_different_stays_apart(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("取り組み", "取組"),
        ("取組", "取組"),
        ("同じ日に開催", "同日開催"),
        ("税の滞納", "税滞納"),
        ("引き継ぐ", "引継"),
        ("学生の活動", "学生の活動"),  # else it would hold 生活
        ("情報の共有", "情報の共有"),
        ("訪ねるとき", "訪ねるとき"),
        ("場つながり", "場つながり"),
        ("のこり", "のこり"),
    ],
)
def test_kana_behind_a_lone_kanji_are_let_go(text, expected):
    assert skeleton(text) == expected


@given(JAPANESE)
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
    assert plain(plain(text)) == plain(text)


@given(JAPANESE)
def test_the_forms_with_their_places_are_the_forms(text):
    assert folded_with_origin(text)[0] == folded(text)
    assert skeleton_with_origin(text)[0] == folded(skeleton(text))


@given(JAPANESE)
def test_places_go_forward_and_each_letter_comes_from_its_place(text):
    for written, origin in (folded_with_origin(text), skeleton_with_origin(text)):
        assert len(origin) == len(written) and origin == sorted(origin)
        for letter, (start, end) in zip(written, origin, strict=True):
            assert letter in folded(text[start:end])


@given(JAPANESE, JAPANESE)
def test_a_text_is_found_in_what_holds_it_whatever_its_width(before, text):
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
    assert folded(text) in folded(f"{before}\n{wide}\n")
