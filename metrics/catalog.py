"""The indicators as declared: one file in metrics/indicators is one indicator, its header says what it is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

INDICATORS = Path(__file__).parent / "indicators"
ALL = "all"  # the breakdown value of an undivided count

CHOICES = {
    "kind": ("proportion", "rate", "ratio", "duration", "count"),
    "period": ("month", "fiscal_year"),
    "reading": ("higher_better", "lower_better", "neither"),
    "splits": ("both", "numerator"),
}
NOTICE_ITEMS = tuple(f"N{i}" for i in range(1, 11))


class CatalogError(ValueError):
    """A header that cannot be used; the message names the file and the key."""


@dataclass(frozen=True)
class Breakdown:
    """How the counts of an indicator are divided.

    splits: 'both' divides the cases (every value has its own denominator), 'numerator' divides the outcomes
    (the values share the denominator, which is then taken once). headline: the values whose sum is the
    indicator itself; empty means all. labels: Japanese name of a value; a value without one is its own name.
    """

    name: str
    splits: str
    headline: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)

    def label(self, value: str) -> str:
        return self.labels.get(value, value)


@dataclass(frozen=True)
class Indicator:
    """One indicator: words for the reader (Japanese), how it is estimated, and its SQL without the header.

    kind: 'proportion' of cases; 'rate' per 100,000 people and month; 'ratio' of two counts, which may exceed 1;
    'duration' in days; 'count': how many of all there are, counted in full, so that there is no interval.
    period: what one row of the cube stands for. gain: what more of it means, in words that go after a number
    (「あと…件」), for an indicator of which more is a gain; '' for all others.
    """

    id: str
    title: str
    kind: str
    period: str
    unit: str
    numerator: str
    denominator: str
    notice: tuple[str, ...]
    reading: str
    returns: tuple[str, ...]
    source: str
    note: str
    public: bool
    breakdown: Breakdown | None
    sql: str
    gain: str = ""

    @property
    def is_yearly(self) -> bool:
        return self.period == "fiscal_year"


@cache
def load_catalog(folder: Path = INDICATORS) -> Mapping[str, Indicator]:
    """All indicators by id, in the order of their ids. Raises CatalogError."""
    return MappingProxyType({path.stem: read_indicator(path) for path in sorted(folder.glob("*.sql"))})


def in_notice_order(indicators: Iterable[Indicator]) -> list[Indicator]:
    """By the first item of the notice that each shows, then by title."""
    return sorted(indicators, key=lambda one: (int(one.notice[0].removeprefix("N")), one.title))


def read_indicator(path: Path) -> Indicator:
    """The indicator of one file: TOML between /* and */, then the select. Raises CatalogError."""
    text = path.read_text(encoding="utf-8")
    head, closed, sql = text.partition("*/")
    if not (head.startswith("/*") and closed):
        raise CatalogError(f"{path.name}: must begin with its header between /* and */")
    try:
        header = tomllib.loads(head.removeprefix("/*"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{path.name}: the header is not TOML: {error}") from error
    divided = header.pop("breakdown", None)
    values = _checked(path.name, header, HEADER_KEYS, HEADER_OPTIONS)
    values["notice"] = _words(path.name, "notice", values["notice"], NOTICE_ITEMS)
    values["returns"] = _words(path.name, "returns", values["returns"])
    breakdown = None if divided is None else _breakdown(path.name, divided)
    return Indicator(id=path.stem, breakdown=breakdown, sql=sql.strip().rstrip(";"), **values)


HEADER_KEYS: dict[str, type] = {
    "title": str,
    "kind": str,
    "period": str,
    "unit": str,
    "numerator": str,
    "denominator": str,
    "notice": list,
    "reading": str,
    "returns": list,
    "source": str,
    "note": str,
    "public": bool,
}
HEADER_OPTIONS: dict[str, type] = {"gain": str}
BREAKDOWN_KEYS: dict[str, type] = {"name": str, "splits": str}
BREAKDOWN_OPTIONS: dict[str, type] = {"headline": list, "labels": dict}


def _breakdown(file: str, table: Any) -> Breakdown:
    if not isinstance(table, dict):
        raise CatalogError(f"{file}: breakdown must be a table")
    values = _checked(file, table, BREAKDOWN_KEYS, BREAKDOWN_OPTIONS, "breakdown.")
    labels = values.get("labels", {})
    values["labels"] = MappingProxyType(labels)
    values["headline"] = _words(
        file, "breakdown.headline", values.get("headline", []), tuple(labels) if labels else None
    )
    return Breakdown(**values)


def _checked(
    file: str, table: dict[str, Any], required: dict[str, type], optional: dict[str, type], prefix: str = ""
) -> dict[str, Any]:
    known = required | optional
    for key in table:
        if key not in known:
            raise CatalogError(f"{file}: unknown key {prefix}{key}")
    for key in required:
        if key not in table:
            raise CatalogError(f"{file}: missing key {prefix}{key}")
    for key, value in table.items():
        if not isinstance(value, known[key]):
            raise CatalogError(f"{file}: {prefix}{key} must be of type {known[key].__name__}")
        if key in CHOICES and value not in CHOICES[key]:
            raise CatalogError(f"{file}: {prefix}{key} must be one of {', '.join(CHOICES[key])}, not {value}")
    return dict(table)


def _words(file: str, key: str, values: list[Any], choices: tuple[str, ...] | None = None) -> tuple[str, ...]:
    for value in values:
        if not isinstance(value, str) or (choices is not None and value not in choices):
            raise CatalogError(f"{file}: {key} does not know {value!r}")
    return tuple(values)
