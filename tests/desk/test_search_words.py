"""What is typed as words to look for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.search_words import FILE, Term, form, load_synonyms, terms_of


def typed(query):
    return [term.typed for term in terms_of(query, load_synonyms())]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("訪問", ["訪問"]),
        ("ｱｳﾄﾘｰﾁ　研修", ["アウトリーチ", "研修"]),
        ("情報の共有", ["情報の共有"]),
        ("ボランティアの研修", ["ボランティア", "研修"]),
        ("一緒に研修をしたい", ["一緒", "研修"]),
        ("ひきこもりの人", ["ひきこもり"]),
        ("本人が同意しないとき", ["本人", "同意"]),
        ("支援会議への参加", ["支援会議", "参加"]),
        ("税務課", ["税務"]),
        ("居場所づくり", ["居場所"]),
        ("追加", ["追加"]),
        ("つながり", ["つながり"]),
        ("PF 参画依頼", ["pf", "参画", "依頼"]),
        ("相談 相談", ["相談"]),
    ],
)
def test_a_query_is_cut_into_the_words_that_say_something(query, expected):
    assert typed(query) == expected


@pytest.mark.parametrize("query", ["", "　", "、。", "「」"])
def test_a_query_without_a_word_has_no_terms(query):
    assert typed(query) == []


def test_words_of_the_question_are_left_out_unless_nothing_else_was_asked():
    assert typed("滞納している人の事例") == ["滞納"]
    assert typed("事例") == ["事例"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("取り組み", "取組"),
        ("取組み", "取組"),
        ("声を掛ける", "声掛け"),
        ("同じ日に開催", "同日開催"),
        ("手引き", "手引"),
    ],
)
def test_endings_and_particles_do_not_matter(one, other):
    assert form(one) == form(other)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("訪問", "アウトリーチ"),
        ("アウトリーチ", "家庭訪問"),
        ("同じ日に開く", "同日開催"),
        ("同日開催", "同日分割"),
        ("一緒に", "合同"),
        ("声をかける", "声掛け"),
    ],
)
def test_words_that_mean_the_same_are_looked_for_too(query, meant):
    [term] = terms_of(query, load_synonyms())
    assert meant in term.others


def test_the_file_of_synonyms_can_be_replaced(tmp_path):
    other = tmp_path / "synonyms.toml"
    other.write_text('groups = [["甲", "乙木"], ["乙木", "丙"]]\nignored = ["丁"]', encoding="utf-8")
    found = load_synonyms(other)
    assert terms_of("乙木", found) == [Term("乙木", ("甲", "丙"))]
    assert terms_of("丁 丙", found) == [Term("丙", ("乙木",))]


def test_every_group_of_the_file_has_words_that_differ():
    text = FILE.read_text("utf-8")
    groups = [re.findall(r'"([^"]+)"', line) for line in text.splitlines() if line.strip().startswith('["')]
    assert len(groups) > 30
    for group in groups:
        assert len({form(word) for word in group}) > 1, group
        assert all(form(word) for word in group)


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_words_and_never_an_error(query):
    for term in terms_of(query, load_synonyms()):
        assert term.typed
