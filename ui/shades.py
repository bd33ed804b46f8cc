"""Shades of a choropleth: classes of about equal size, the colour of a value or a state, the ranges of the legend.

Knows neither a map library nor a screen, so that maps on pages, in files and on the public site have the same colours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ui import labels, theme


class Key(NamedTuple):
    """A line of the legend. state: 'value' for a range of values, else the state that the colour stands for."""

    colour: str
    text: str
    state: str = "value"


def class_bounds(values: Sequence[float], classes: int = len(theme.SCALE)) -> list[float]:
    """Upper bounds of up to `classes` groups of about equal size; fewer when values repeat."""
    known = np.array([value for value in values if not math.isnan(value)])
    if not len(known):
        return []
    return sorted(set(np.quantile(known, np.arange(1, classes + 1) / classes).tolist()))


def class_of(value: float, bounds: Sequence[float]) -> int:
    """The group of a value; groups are spread over the whole scale so that few groups still differ clearly."""
    place = int(np.searchsorted(np.array(bounds), value - 1e-12))
    place = min(place, len(bounds) - 1)
    return place if len(bounds) == len(theme.SCALE) else round(place * (len(theme.SCALE) - 1) / max(1, len(bounds) - 1))


def colour_of(value: float, state: str, bounds: Sequence[float]) -> str:
    if math.isnan(value):
        return theme.NOT_APPLICABLE if state == "not_applicable" else theme.NO_DATA
    return theme.SCALE[class_of(value, bounds)]


def keys(values: Sequence[float], kind: str, *, missing: bool = True) -> list[Key]:
    """The legend: each colour with the range of the values that have it, then the marks of areas without a value."""
    bounds = class_bounds(values)
    known = [value for value in values if not math.isnan(value)]
    edges = [min(known), *bounds] if known else []
    found = []
    for place, upper in enumerate(bounds):
        members = [value for value in known if value <= upper and (place == 0 or value > bounds[place - 1])]
        span = f"{labels.number_text(min(members or [edges[place]]), kind)}～{labels.number_text(upper, kind)}"
        found.append(Key(theme.SCALE[class_of(upper, bounds)], span))
    if missing:
        found.append(Key(theme.NO_DATA, labels.NOT_SENT, "not_sent"))
        found.append(Key(theme.NOT_APPLICABLE, "該当する件がない（-）", "not_applicable"))
    return found
