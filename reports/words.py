"""The words of bodies and returns, as the returns declare them."""

from __future__ import annotations

from collections.abc import Mapping

from etl.declare import all_returns


def body(code: str) -> str:
    return all_returns()["meeting"].field("body").labels[code]


def returns() -> Mapping[str, str]:
    """Id → title of every return that is about months, and so can be missing."""
    return {name: declared.title for name, declared in all_returns().items() if declared.month_of}
