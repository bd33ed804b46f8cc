"""Which outlines touch: two municipalities that share a piece of border are neighbours.

The reference outlines are simplified together, so that both sides of a border run through the same vertices. A shared
segment is a border; a single shared corner is not. The sea is no border: an island municipality has no neighbour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from etl.framing import Ring

Outline = tuple[str, str, list[list[Ring]]]  # code, name, polygons


def neighbours_of(areas: Iterable[Outline]) -> dict[str, list[str]]:
    """Code → codes of its neighbours in ascending order; every code is there."""
    sides: dict[frozenset[tuple[float, ...]], set[str]] = defaultdict(set)
    found: dict[str, set[str]] = {}
    for code, _, polygons in areas:
        found[code] = set()
        for ring in (ring for polygon in polygons for ring in polygon):
            for start, end in pairwise(ring):
                sides[frozenset((tuple(start), tuple(end)))].add(code)
    for codes in sides.values():
        for code in codes:
            found[code] |= codes - {code}
    return {code: sorted(others) for code, others in found.items()}
