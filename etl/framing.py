"""Choose the box a map of a prefecture is fitted to: the land where people are, not every rock of the sea.

Rule, the same for every prefecture:
1. The mainland is the largest area of land that hangs together (outlines that share a point).
2. A municipality is framed by its parts of at least 5 % of its area, so that a far rock or an islet without
   people does not stretch the box.
3. Municipalities with land on the mainland are in. An island municipality is in when steps of at most 60 km
   lead to it from one that is in, and it is at most 100 km from the mainland.
By this 対馬, 五島, 隠岐, 佐渡, 屋久島 and 久米島 are in the box; 伊豆諸島, 小笠原, トカラ, 奄美, 宮古, 八重山
and 大東 are outside it. What is outside is drawn all the same. Distances are between boxes, in kilometres.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

Ring = list[list[float]]
Box = tuple[float, float, float, float]

SHARE_OF_AREA = 0.05
STEP_KM = 60.0
REACH_KM = 100.0
KM_PER_DEGREE = 111.2


def frame(municipalities: Sequence[Sequence[Ring]]) -> Box:
    """Return west, south, east, north to fit; each municipality is given as its outer rings."""
    mainland = _mainland([(n, ring) for n, rings in enumerate(municipalities) for ring in rings])
    core = box_of(ring for _, ring in mainland)
    waiting = {n: _main_box(rings) for n, rings in enumerate(municipalities)}
    inside = [waiting.pop(n) for n in sorted({n for n, _ in mainland})]
    while waiting:
        reached = [
            n
            for n, box in waiting.items()
            if gap_km(core, box) <= REACH_KM and any(gap_km(box, one) <= STEP_KM for one in inside)
        ]
        if not reached:
            break
        inside += [waiting.pop(n) for n in reached]
    return union(inside)


def area(ring: Ring) -> float:
    """Area in square degrees: enough to compare parts of one prefecture."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def box_of(rings: Iterable[Ring]) -> Box:
    points = [point for ring in rings for point in ring]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def union(boxes: Iterable[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def gap_km(one: Box, other: Box) -> float:
    """Distance between two boxes, 0 when they touch."""
    east = max(one[0] - other[2], other[0] - one[2], 0.0)
    north = max(one[1] - other[3], other[1] - one[3], 0.0)
    east *= math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, north) * KM_PER_DEGREE


def _main_box(rings: Sequence[Ring]) -> Box:
    total = sum(map(area, rings))
    largest = max(map(area, rings))
    return box_of(ring for ring in rings if area(ring) >= min(SHARE_OF_AREA * total, largest))


def _mainland(rings: Sequence[tuple[int, Ring]]) -> list[tuple[int, Ring]]:
    """Return the rings, each with its municipality, of the largest group that shares points."""
    group = list(range(len(rings)))

    def first(position: int) -> int:
        while group[position] != position:
            group[position] = group[group[position]]
            position = group[position]
        return position

    seen: dict[tuple[float, float], int] = {}
    for position, (_, ring) in enumerate(rings):
        for x, y in ring:
            group[first(position)] = first(seen.setdefault((x, y), position))
    groups = defaultdict(list)
    for position, one in enumerate(rings):
        groups[first(position)].append(one)
    return max(groups.values(), key=lambda members: sum(area(ring) for _, ring in members))
