"""Full-text search of the case library: every word must be found, the best matches first, with the place shown.

An index of letter pairs in memory, since Japanese has no spaces to cut words at and the words sought are often two
letters long. It finds the few cases that can match; the texts themselves decide. Ranked like BM25, a title counting
most. Knows nothing of what a case is: a key and its fields, in the order in which they are read.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desk.search_needles import Needle, needles_of
from desk.search_snippets import Snippet, snippets_of
from desk.search_text import folded, skeleton
from desk.search_words import Synonyms, Term, load_synonyms, terms_of

__all__ = ["Answer", "Hit", "Library", "Snippet"]

TITLE, LABEL = 5.0, 2.0  # how much more a word counts in the title, or in a short field that says what a case is about
SYNONYM = 0.5
SATURATION, LENGTH = 1.2, 0.5  # BM25's k1 and b
_GAP = "\n"  # between fields: no word runs across

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Hit:
    """A case found, its score (only good for ordering), and up to two places; none when nothing was asked."""

    key: str
    score: float
    snippets: tuple[Snippet, ...] = ()


@dataclass(frozen=True)
class Answer:
    """All hits, best first; the words looked for, and how many cases hold each of them by itself."""

    terms: tuple[Term, ...]
    counts: tuple[int, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class _Case:
    key: str
    fields: Fields
    whole: tuple[str, str]  # folded text, folded skeleton
    title: tuple[str, str]
    labels: tuple[str, str]


class Library:
    """The cases of one moment, ready to be searched; unchanging, so that threads may share it."""

    def __init__(
        self,
        cases: Iterable[tuple[str, Fields]],
        *,
        title: str = "case_title",
        labels: Sequence[str] = ("category", "indicators", "meeting_form", "partners"),
        synonyms: Synonyms | None = None,
    ) -> None:
        self._synonyms = synonyms or load_synonyms()
        self._cases = [_prepared(key, fields, title, labels) for key, fields in cases]
        self._usual = max(1.0, sum(len(case.whole[0]) for case in self._cases) / max(1, len(self._cases)))
        self._pairs: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, case in enumerate(self._cases):
            for gram in _grams(case.whole[0]) | _grams(case.whole[1]):
                self._pairs[gram].append(number)

    def search(self, query: str, *, shown: int = 20) -> Answer:
        """Cases that hold every word of the query, or a synonym of it. Places are cut out for the first `shown`.

        A query without a word finds all cases, in the order given.
        """
        terms = terms_of(query, self._synonyms)
        found = [self._found(term) for term in terms]
        for place, term in reversed(list(enumerate(terms))):
            if not found[place] and any(len(part) > 1 for part in term.parts):
                terms[place : place + 1] = [Term(part) for part in term.parts]  # 情報を広く共有 → 情報, 共有
                found[place : place + 1] = [self._found(Term(part)) for part in term.parts]
        if not terms:
            return Answer((), (), tuple(Hit(case.key, 0.0) for case in self._cases))
        everywhere = set(found[0]).intersection(*found[1:])
        weights = [self._rarity(len(one)) for one in found]
        scores = {n: sum(w * one[n] for w, one in zip(weights, found, strict=True)) for n in everywhere}
        best = sorted(everywhere, key=lambda n: (-scores[n], n))
        hits = [Hit(self._cases[number].key, scores[number]) for number in best]
        needles = [needle for term in terms for needle in needles_of(term.typed, *term.others)]
        for rank, number in enumerate(best[:shown]):
            hits[rank] = replace(hits[rank], snippets=snippets_of(self._cases[number].fields, needles))
        return Answer(tuple(terms), tuple(map(len, found)), tuple(hits))

    def _rarity(self, count: int) -> float:
        return math.log(1 + (len(self._cases) - count + 0.5) / (count + 0.5))

    def _found(self, term: Term) -> dict[int, float]:
        """Weight of a term by number of case, for the cases that hold it."""
        weights: dict[int, float] = defaultdict(float)
        for words, part in (((term.typed,), 1.0), (term.others, SYNONYM)):
            for needle in needles_of(*words):
                for number in self._candidates(needle):
                    weights[number] += part * _times(needle, self._cases[number])
        return {number: self._saturated(weight, number) for number, weight in weights.items() if weight}

    def _saturated(self, weight: float, number: int) -> float:
        """The tenth mention says less than the second, and a long text mentions more."""
        length = len(self._cases[number].whole[0]) / self._usual
        return weight / (weight + SATURATION * (1 - LENGTH + LENGTH * length))

    def _candidates(self, needle: Needle) -> Iterable[int]:
        """Cases that hold every pair of letters of the needle."""
        grams = {needle.text[n : n + 2] for n in range(max(1, len(needle.text) - 1))}
        held = sorted((self._pairs.get(gram, array("I")) for gram in grams), key=len)
        return set(held[0]).intersection(*held[1:]) if len(held) > 1 else held[0]


def _prepared(key: str, fields: Fields, title: str, labels: Sequence[str]) -> _Case:
    def both(texts: Iterable[str]) -> tuple[str, str]:
        written = _GAP.join(texts)
        return folded(written), folded(skeleton(written))

    about = both(fields.get(name, "") for name in labels)
    return _Case(key, dict(fields), both(fields.values()), both([fields.get(title, "")]), about)


def _grams(text: str) -> set[str]:
    """Pairs of letters, and single ones."""
    return {text[n : n + 2] for n in range(len(text) - 1)} | set(text)


def _times(needle: Needle, case: _Case) -> float:
    """How often a needle stands in a case, more where it says what the case is about."""
    times = needle.times(case.whole)
    if not times:  # its pairs are there, but apart
        return 0.0
    return times + (TITLE - 1) * needle.times(case.title) + (LABEL - 1) * needle.times(case.labels)
