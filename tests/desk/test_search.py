"""Search over cases: all words, by their meaning, the best first, with the place that was found."""

import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.case_sheet import sheet_of
from desk.search import Library
from desk.search_text import folded
from etl.sample.cases import PROSE, load_cases

CASES = [
    ("a", {"case_title": "団地の全戸訪問", "reason": "単身の人が増えた。", "difficulties": "在宅が少なく、夜に回った。"}),
    ("b", {"case_title": "子ども食堂のアウトリーチ", "reason": "窓口に来ない世帯が多い。"}),
    ("c", {"case_title": "支援会議と協議会の同日開催", "meeting_form": "同日分割", "devices": "同じ日に続けて開く。"}),
    ("d", {"case_title": "職員の研修", "devices": "2つの部署が一緒に学ぶ。訪問の練習もした。", "benefits": "情報を共有できた。"}),
    ("e", {"case_title": "ｱﾝｹｰﾄ", "outcome": "回収612枚。学生の活動に役立った。"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def library():
    return Library(CASES)


@pytest.fixture(scope="module")
def sample():
    cases = []
    for case in load_cases():
        values = {
            "case_title": case["title"],
            "category": case["category"],
            **{key: case[key] for key in PROSE.values()},
        }
        kept = {name: text for name, text in sheet_of(values).items() if name not in ("contact", "publication")}
        cases.append((f"{case['town']}/{case['id']}", kept))
    return Library(cases), {key: fields["case_title"] for key, fields in cases}


def keys(library, query):
    return [hit.key for hit in library.search(query).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("訪問", ["a", "b", "d"]),
        ("アウトリーチ", ["b", "a", "d"]),
        ("あうとりーち", ["b", "a", "d"]),
        ("訪ねる", ["b", "a", "d"]),
        ("同じ日に開く", ["c"]),
        ("同日開催", ["c"]),
        ("一緒に研修", ["d"]),
        ("情報の共有", ["d"]),
        ("アンケート", ["e"]),
        ("生活", []),
        ("夜", ["a"]),
        ("食", ["b"]),
        ("612", ["e"]),
        ("６１２", ["e"]),
        ("全く無い語", []),
    ],
)
def test_cases_are_found_by_meaning_the_best_first(library, query, expected):
    assert keys(library, query) == expected


def test_all_words_must_be_found_and_the_answer_says_which_one_is_not(library):
    answer = library.search("訪問 研修")
    assert [hit.key for hit in answer.hits] == ["d"]
    answer = library.search("訪問 火星")
    assert answer.hits == ()
    assert [(term.typed, count) for term, count in zip(answer.terms, answer.counts, strict=True)] == [
        ("訪問", 3),
        ("火星", 0),
    ]


def test_a_word_joined_from_parts_that_stands_nowhere_is_looked_for_in_parts():
    library = Library([("a", {"case_title": "相談", "reason": "秘密は固い約束。情報を広く集めた。"})])
    assert keys(library, "情報は約束") == ["a"]


def test_a_query_without_a_word_finds_all_in_the_order_given(library):
    answer = library.search(" 　")
    assert [hit.key for hit in answer.hits] == ["a", "b", "c", "d", "e"]
    assert answer.terms == () and all(hit.snippets == () for hit in answer.hits)


def test_an_empty_library_finds_nothing():
    assert Library([]).search("訪問").hits == () == Library([]).search("").hits


def test_the_place_is_cut_out_of_the_text_as_written(library):
    [hit] = library.search("一緒に研修").hits
    found = {snippet.field: [snippet.text[a:b] for a, b in snippet.marks] for snippet in hit.snippets}
    assert found == {"case_title": ["研修"], "devices": ["一緒"]}
    [hit] = library.search("アンケート").hits
    assert [snippet.text[a:b] for snippet in hit.snippets for a, b in snippet.marks] == ["ｱﾝｹｰﾄ"]


def test_a_long_text_is_cut_around_the_word():
    library = Library([("a", {"case_title": "題", "difficulties": f"{'前' * 200}難航した。{'後' * 200}"})])
    [snippet] = library.search("難航").hits[0].snippets
    assert snippet.cut == (True, True) and len(snippet.text) < 120
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["難航"]


def test_places_are_cut_out_only_for_the_cases_shown(library):
    hits = library.search("訪問", shown=1).hits
    assert [bool(hit.snippets) for hit in hits] == [True, False, False]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("同じ日に開く", "支援会議と地域協議会の同日開催"),
        ("家賃を滞納している人", "市営住宅の家賃滞納から早めにつなぐ"),
        ("一緒に研修をしたい", "孤独・孤立と困窮の職員が同じ事例を解く合同研修"),
        ("会議を減らす", "重なる機関を数えて会議を減らす会議体の棚卸し"),
        ("本人が同意しないとき", "本人同意の説明様式を1枚の絵入りにする"),
        ("ひきこもりの人", "手紙から始めるひきこもりの人への働き掛け"),
        ("外国語のリーフレット", "両方の窓口のリーフレットを表裏1枚にまとめる"),
        ("移動販売", "移動販売車に乗る月2回の見守り訪問"),
        ("水道が止まる前に", "水道の給水停止の前に福祉へ一報を入れる"),
        ("支援会議 孤独", "支援会議に孤独・孤立の担当が毎回座る"),
    ],
)
def test_real_questions_find_their_case_first(sample, query, first):
    library, titles = sample
    assert titles[library.search(query).hits[0].key] == first


def test_visits_are_found_by_either_word(sample):
    library, _ = sample
    assert set(keys(library, "訪問")) == set(keys(library, "アウトリーチ")) == set(keys(library, "家庭訪問"))
    assert len(keys(library, "訪問")) >= 5


def test_threads_share_a_library(sample):
    library, _ = sample
    queries = ["訪問", "同じ日に開く", "研修", "同意"] * 5
    expected = {query: keys(library, query) for query in queries}
    wrong = []

    def ask(query):
        if keys(library, query) != expected[query]:
            wrong.append(query)

    threads = [threading.Thread(target=ask, args=(query,)) for query in queries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


LETTERS = st.text(st.sampled_from("訪問会議同日研修支援ののにをアウトリーチつなぎ、。1a"), max_size=30)


@settings(max_examples=60)
@given(st.lists(LETTERS, min_size=1, max_size=8), st.integers(0, 10**6))
def test_a_piece_of_a_text_of_one_script_finds_that_text(texts, seed):
    """What the index of pairs lets through is what a naive look into every text finds."""
    dice = random.Random(seed)
    library = Library([(str(number), {"case_title": text}) for number, text in enumerate(texts)])
    kanji = [piece for text in texts for piece in ("訪問", "会議", "同日", "研修", "支援") if piece in text]
    if kanji:
        piece = dice.choice(kanji)
        naive = {str(number) for number, text in enumerate(texts) if folded(piece) in folded(text)}
        assert naive <= set(keys(library, piece))


@settings(max_examples=60)
@given(st.lists(LETTERS, max_size=6), LETTERS)
def test_more_words_never_find_more_cases(texts, query):
    library = Library([(str(number), {"case_title": text}) for number, text in enumerate(texts)])
    assert set(keys(library, f"会議 {query}")) <= set(keys(library, "会議"))


@settings(max_examples=60)
@given(st.lists(LETTERS, max_size=6), LETTERS)
def test_marks_lie_inside_the_snippet_in_order(texts, query):
    library = Library([(str(number), {"case_title": text, "reason": text[::-1]}) for number, text in enumerate(texts)])
    for hit in library.search(query).hits:
        for snippet in hit.snippets:
            edges = [edge for mark in snippet.marks for edge in mark]
            assert edges == sorted(edges) and edges[0] >= 0 and edges[-1] <= len(snippet.text)
            assert all(a < b for a, b in snippet.marks)
