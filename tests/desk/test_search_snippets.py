"""Places cut out of the text as it was written."""

import pytest

from desk.search_needles import Needle, needles_of
from desk.search_snippets import Snippet, marks_of, snippets_of


def cut(text, *words):
    return [text[a:b] for a, b in marks_of(text, needles_of(*words))]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("前のｱｳﾄﾘｰﾁ、後のアウトリーチ。", "アウトリーチ", ["ｱｳﾄﾘｰﾁ", "アウトリーチ"]),
        ("ｶﾞｲﾄﾞを配る", "ガイド", ["ｶﾞｲﾄﾞ"]),
        ("取り組みと取組", "取組", ["取り組", "取組"]),
        ("同じ日に開いた", "同日開催", []),
        ("髙齢の人", "高齢", ["髙齢"]),
        ("家を訪ねて、訪れた人", "訪ねる", ["訪ね"]),
        ("働いた人は労働者", "働く", ["働い"]),
        ("つながる、つながり", "つながり", ["つなが", "つなが"]),
        ("何も無い", "訪問", []),
    ],
)
def test_words_are_marked_where_they_stand(text, word, expected):
    assert cut(text, word) == expected


def test_overlapping_places_are_one():
    assert cut("家庭訪問事業", "家庭訪問", "訪問事業") == ["家庭訪問事業"]


def test_a_needle_that_another_one_finds_is_left_out():
    assert needles_of("訪問", "家庭訪問") == (Needle("訪問", in_skeleton=True),)


def test_the_two_fields_that_hold_most_words_are_shown_in_their_order():
    fields = {"a": "研修", "b": "訪問の研修で訪問", "c": "何も", "d": "研修と訪問"}
    found = snippets_of(fields, needles_of("訪問") + needles_of("研修"))
    assert [snippet.field for snippet in found] == ["b", "d"]
    assert found[0] == Snippet("b", "訪問の研修で訪問", ((0, 2), (3, 5), (6, 8)), (False, False))


def test_a_text_that_is_short_enough_is_shown_whole_and_a_long_one_says_that_it_was_cut():
    short, long = f"{'前' * 60}訪問", f"{'前' * 60}訪問{'後' * 300}"
    [whole] = snippets_of({"a": short}, needles_of("訪問"))
    assert (whole.text, whole.cut) == (short, (False, False))
    [piece] = snippets_of({"a": long}, needles_of("訪問"))
    assert piece.cut == (True, True) and piece.text.startswith("前" * 20 + "訪問") and len(piece.text) == 90
