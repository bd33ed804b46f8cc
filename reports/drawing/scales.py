"""Axes of a plotly layout: where a value, a name or a day stands, from where to where, and what the ticks say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

ROOM = 0.05  # of the span of the values, beyond the first and the last


@dataclass(frozen=True)
class Scale:
    """spec: the axis of the layout. form: linear, log, category or date. places: category → 0, 1, …"""

    spec: Mapping[str, Any]
    form: str
    places: Mapping[str, int]
    low: float
    high: float

    def __call__(self, value: Any) -> float:
        """Where a value of the data stands on the axis; NaN where there is none."""
        return position(value, self.form, self.places)

    def all(self, values: Iterable[Any]) -> np.ndarray:
        return np.array([self(value) for value in values], dtype=float)

    def holds(self, value: float) -> bool:
        return min(self.low, self.high) - 1e-9 <= value <= max(self.low, self.high) + 1e-9

    def ticks(self, most: int) -> tuple[list[float], list[str]]:
        """The ticks on the axis, at most about `most` where the layout names none, and their texts."""
        if "tickvals" in self.spec:
            at = self.all(self.spec["tickvals"])
            texts = self.spec.get("ticktext") or [self._text(value) for value in self.spec["tickvals"]]
        elif self.form == "category":
            at, texts = np.arange(len(self.places), dtype=float), list(self.places)
        elif self.form == "log":
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            at = np.array([10.0**power for power in powers])
            texts = [self._text(value) for value in at]
        else:
            at = np.asarray(MaxNLocator(most, steps=[1, 2, 5, 10]).tick_values(self.low, self.high), dtype=float)
            texts = [self._text(value) for value in at]
        kept = [(float(one), text) for one, text in zip(at, texts, strict=True) if self.holds(float(one))]
        return [one for one, _ in kept], [text for _, text in kept]

    def _text(self, value: Any) -> str:
        return f"{float(value):,.6g}" if abs(value) < 1e6 else f"{float(value):,.0f}"


def position(value: Any, form: str, places: Mapping[str, int]) -> float:
    """NaN for nothing, and for a category that the axis does not have: what is noted there is not drawn."""
    if value is None:
        return math.nan
    if isinstance(value, str):
        return float(date.fromisoformat(value[:10]).toordinal()) if form == "date" else places.get(value, math.nan)
    return float(value)


def scale_of(
    spec: Mapping[str, Any],
    values: Sequence[Sequence[Any]],
    lengths: Sequence[tuple[Sequence[float], Sequence[float]]],
    *,
    from_zero: bool,
    also: Sequence[Any] = (),
) -> Scale:
    """The scale of an axis. values: of each trace; lengths: of their error bars below and above. also: of shapes."""
    form = spec.get("type") or ("category" if any(isinstance(v, str) for one in values for v in one) else "linear")
    places: dict[str, int] = {}
    if form == "category":
        for name in [*spec.get("categoryarray", ()), *(value for one in values for value in one)]:
            places.setdefault(str(name), len(places))
    low, high = spec["range"] if "range" in spec else _reach(form, places, values, lengths, from_zero, also, spec)
    if spec.get("autorange") == "reversed":
        low, high = high, low
    return Scale(spec, form, places, float(low), float(high))


def _reach(
    form: str,
    places: Mapping[str, int],
    values: Sequence[Sequence[Any]],
    lengths: Sequence[tuple[Sequence[float], Sequence[float]]],
    from_zero: bool,
    also: Sequence[Any],
    spec: Mapping[str, Any],
) -> tuple[float, float]:
    if form == "category":
        return -0.5, max(len(places), 1) - 0.5
    known: list[float] = []
    for one, (below, above) in zip(values, lengths, strict=True):
        at = np.array([position(value, form, places) for value in one], dtype=float)
        known += [*at, *(at - below if len(below) else ()), *(at + above if len(above) else ())]
    known += [position(value, form, places) for value in also]
    known = [value for value in known if math.isfinite(value) and (form != "log" or value > 0)]
    if form == "log":
        low, high = math.log10(min(known, default=1.0)), math.log10(max(known, default=10.0))
        room = ROOM * max(high - low, 0.3)
        return 10 ** (low - room), 10 ** (high + room)
    low, high = min(known, default=0.0), max(known, default=1.0)
    if from_zero or spec.get("rangemode") == "tozero":
        low, high = min(low, 0.0), max(high, 0.0)
    room = ROOM * ((high - low) or 1.0)
    return (low if low == 0 else low - room), (high if high == 0 and low < 0 else high + room)
