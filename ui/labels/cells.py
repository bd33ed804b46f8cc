"""One cell of a matrix, for the page and for paper: a text with its mark and a shade."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says. state: 'value' or one of the other four; shade 0-4 from few to many, None for none."""

    text: str
    state: str = "value"
    shade: int | None = None
