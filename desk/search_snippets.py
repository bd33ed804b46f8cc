"""The places where words were found, cut out of the text as it was written, for the eye."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desk.search_needles import Needle
from desk.search_text import Span, folded, folded_with_origin, skeleton, skeleton_with_origin

BEFORE, LENGTH = 20, 90
MOST = 2


@dataclass(frozen=True)
class Snippet:
    """A piece of one field. `marks` are the places of the words inside `text`; `cut` tells whether text was left out
    before and after it."""

    field: str
    text: str
    marks: tuple[Span, ...]
    cut: tuple[bool, bool]


def snippets_of(fields: Mapping[str, str], needles: Sequence[Needle]) -> tuple[Snippet, ...]:
    """Of the fields that hold most different words, in the order of the fields."""
    held = {name: _held(text, needles) for name, text in fields.items()}
    best = sorted((name for name in held if held[name]), key=lambda name: -len(held[name]))[:MOST]
    return tuple(_snippet(name, fields[name], held[name]) for name in fields if name in best)


def marks_of(text: str, needles: Sequence[Needle]) -> tuple[Span, ...]:
    """Where any of the needles stands in a text as written; overlapping places are one."""
    joined: list[Span] = []
    for start, end in sorted(span for needle in needles for span in _spans(text, needle)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _held(text: str, needles: Sequence[Needle]) -> list[Needle]:
    forms = (folded(text), folded(skeleton(text)))
    return [needle for needle in needles if needle.times(forms)]


def _spans(text: str, needle: Needle) -> Iterator[Span]:
    written, origin = skeleton_with_origin(text) if needle.in_skeleton else folded_with_origin(text)
    start = written.find(needle.text)
    while start >= 0:
        end = start + len(needle.text)
        yield origin[start][0], origin[end - 1][1]
        start = written.find(needle.text, end)


def _snippet(name: str, text: str, needles: Sequence[Needle]) -> Snippet:
    marks = marks_of(text, needles)
    start = max(0, marks[0][0] - BEFORE)
    if len(text) <= LENGTH:
        start = 0
    end = min(len(text), start + LENGTH)
    inside = tuple((a - start, min(b, end) - start) for a, b in marks if a < end)
    return Snippet(name, text[start:end], inside, (start > 0, end < len(text)))
