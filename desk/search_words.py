"""What somebody typed, as words to look for: known words and their synonyms, then runs of kanji, kana or letters."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desk.search_text import HIRAGANA, KANJI, KATAKANA, Span, plain, skeleton_with_origin

FILE = Path(__file__).with_name("synonyms.toml")

_PARTS = re.compile(r"[\s、。，,．.!?/()「」『』【】・:;|]+")
_RUNS = re.compile(f"[{KANJI}]+|[{KATAKANA}]{{2,}}|[a-z0-9]+|[{HIRAGANA}]+")
_KANA = re.compile(f"[{HIRAGANA}]+")
_ENDING = re.compile(f"([{KANJI}]{{2,}})[{HIRAGANA}]{{1,2}}$")
# Kana that only tie words together or end them.
_TIES = re.compile(
    "^(?:にあたって|における|について|によって|による|に関する|のため|ため|している|していた|したい|した|する|して|される|された|られる|られた|れた"
    "|から|まで|より|とき|など|ごと|ない|なる|ある|いる|です|ます|どう|やって|って|たい|の|を|に|は|が|で|と|へ|も|や|か|な|い|く|る|し|た|て|り|け)*"
)
_KANA_WORD = 3


@dataclass(frozen=True)
class Term:
    """One thing that must be found: as typed, or in any of `others` that mean the same (weaker).

    `parts` are what it was joined from by leaving kana out (同じ日に開く is 同, 日, 開), for when nothing is found.
    """

    typed: str
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Synonyms:
    """Groups by the form of every word of theirs, and the forms of words that are left out."""

    groups: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    phrases: tuple[str, ...]  # the forms, longest first


@cache
def load_synonyms(path: Path = FILE) -> Synonyms:
    """The editable file. A word of two groups finds the words of both."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    groups: dict[str, tuple[str, ...]] = {}
    for group in raw["groups"]:
        for word in group:
            at = form(word)
            groups[at] = tuple(dict.fromkeys((*groups.get(at, ()), *group)))
    return Synonyms(groups, frozenset(map(form, raw["ignored"])), tuple(sorted(groups, key=len, reverse=True)))


def form(word: str) -> str:
    """The form in which two words are the same word: 声を掛ける is 声掛け, 取り組み is 取組."""
    return _ENDING.sub(r"\1", skeleton_with_origin(word)[0])


def terms_of(query: str, synonyms: Synonyms) -> list[Term]:
    """The words of a query, each once, in the order typed; empty for a query that says nothing."""
    found: dict[str, Term] = {}
    for part in _PARTS.split(plain(query)):
        for word in _words(part, synonyms.phrases) if part else ():
            parts = _joined(word)
            if synonyms.ignored.isdisjoint(parts):
                at = form(word)
                others = tuple(other for other in synonyms.groups.get(at, ()) if form(other) != at)
                found.setdefault(at, Term(word, others, parts))
            else:  # 人の事例 is no word
                found.update((form(one), Term(one)) for one in parts if form(one) not in found)
    said = {at: term for at, term in found.items() if at not in synonyms.ignored}
    return list((said or found).values())


def _words(part: str, phrases: Sequence[str], *, is_beside: bool = False) -> Iterator[str]:
    """A part without spaces, cut at the longest known phrase; what stands beside it is cut again."""
    cut = _longest(part, phrases)
    if cut is None:
        yield from _runs(part, is_beside=is_beside)
        return
    start, end = cut
    for piece in (part[:start], part[start:end], part[end:]):
        if piece is part[start:end]:
            yield piece
        elif piece:
            yield from _words(piece, phrases, is_beside=True)


def _longest(part: str, phrases: Sequence[str]) -> Span | None:
    """Where the longest known phrase stands. One kanji counts only by itself: 加 of 追加 is no word."""
    written, origin = skeleton_with_origin(part)
    for phrase in phrases:
        start = written.find(phrase)
        while start >= 0:
            end = start + len(phrase)
            beside = written[max(0, start - 1) : start] + written[end : end + 1]
            if len(phrase) > 1 or not re.search(f"[{KANJI}]", beside):
                return origin[start][0], origin[end][0] if end < len(origin) else len(part)
            start = written.find(phrase, start + 1)
    return None


def _runs(part: str, *, is_beside: bool) -> Iterator[str]:
    """Runs of one script; of kana only what is a word. What is nothing but kana is taken as it stands.

    Beside a known word single letters are dropped as well: 課 of 税務課.
    """
    runs = [part[start:end] for start, end in _spans(part)]
    for run in runs:
        if _KANA.fullmatch(run):
            word = run if len(runs) == 1 and not is_beside else _TIES.sub("", run)
            if len(word) >= _KANA_WORD + is_beside or (word == part and not is_beside):
                yield word
        elif len(run) > 1 or not is_beside:
            yield run


def _spans(part: str) -> Iterator[Span]:
    """Places of the runs of the skeleton in the part itself, which keeps its kana."""
    _, origin = skeleton_with_origin(part)
    scripts = "".join(part[start] for start, _ in origin)  # folding has made katakana hiragana
    for match in _RUNS.finditer(scripts):
        yield origin[match.start()][0], origin[match.end() - 1][1]


def _joined(word: str) -> tuple[str, ...]:
    runs = re.findall(f"[{KANJI}]+", plain(word))
    return tuple(runs) if len(runs) > 1 else ()
