"""Shades of a choropleth: classes of about equal size, the colour of a value or a state, the ranges of the legend.

Knows neither a map library nor a screen, so that maps on pages, in files and on the public site have the same colours.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from ui import labels, theme


class Key(NamedTuple):
    """A line of the legend. state: 'value' for a range of values, else the state that the colour stands for."""

    colour: str
    text: str
    state: str = "value"


# What stands for no value, and the mark on a value that comes from a part of the reports.
STATES = (
    Key(theme.NO_DATA, labels.NOT_SENT, "not_sent"),
    Key(theme.NOT_APPLICABLE, f"該当する件がない（{labels.NOT_APPLICABLE}）", "not_applicable"),
    Key(theme.NO_DATA, f"秘匿（{labels.HIDDEN}）", "hidden"),
    Key("none", "一部の報告による値", "partial"),
)


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


def keys(values: Sequence[float], kind: str, states: Collection[str] = ()) -> list[Key]:
    """The legend: each colour with the range of the values that have it, then the marks of the states given."""
    bounds, found, lower = class_bounds(values), [], -math.inf
    known = [value for value in values if not math.isnan(value)]
    for upper in bounds:
        members = [value for value in known if lower < value <= upper]
        lower = upper
        if members:
            ends = dict.fromkeys(labels.number_text(edge, kind) for edge in (min(members), max(members)))
            found.append(Key(theme.SCALE[class_of(upper, bounds)], "～".join(ends)))
    return [*found, *(key for key in STATES if key.state in states)]
