"""What is published, as publication.toml declares it: indicators, periods, how finely, and under which licence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from metrics.catalog import Indicator, in_notice_order
from release.nested import Counted, Within

PUBLICATION = Path(__file__).with_name("publication.toml")
PARTS = ("breakdown", "months", "municipalities")  # what a coarser table leaves out


class PublicationError(ValueError):
    """publication.toml contradicts the catalogue; the message says where."""


@dataclass(frozen=True)
class Tells:
    """A fact that shows counts to be 0: (indicator, 'numerator' or 'denominator') of each."""

    fact: str
    zero: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Publication:
    """The declaration. facts: ids that count no people; coarser: id → parts of PARTS that are left out."""

    version: str
    fiscal_years: int
    years_with_months: int
    facts: frozenset[str]
    facts_reason: str
    tells: tuple[Tells, ...]
    within: tuple[Within, ...]
    coarser: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    package: Mapping[str, Any]

    @property
    def judges_months(self) -> bool:
        """Whether counts that are part of others are judged in fiscal years published by month, too."""
        return all(one.with_months or one.is_same for one in self.within)

    def chosen(self, catalog: Mapping[str, Indicator], only: Sequence[str] = ()) -> list[Indicator]:
        """The public indicators in the order to show, or those of them that are named. Raises PublicationError."""
        public = [one for one in catalog.values() if one.public]
        unknown = sorted(set(only) - {one.id for one in public})
        if unknown:
            raise PublicationError(f"公表する指標ではありません：{'、'.join(unknown)}")
        for one in public:
            if (one.id in self.facts) != (one.kind == "count"):
                raise PublicationError(f"publication.toml: {one.id} is of kind {one.kind}: is it among the facts?")
            if one.kind == "duration":
                raise PublicationError(f"{one.id}: days of single cases are not published")
        return in_notice_order(one for one in public if not only or one.id in only)


@cache
def load_publication(path: Path = PUBLICATION) -> Publication:
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    coarser = {name: frozenset(parts) for name, parts in declared["coarser"].items()}
    for name, parts in coarser.items():
        if parts - set(PARTS):
            raise PublicationError(f"publication.toml: coarser.{name} knows only {', '.join(PARTS)}")
    return Publication(
        declared["version"],
        declared["periods"]["fiscal_years"],
        declared["periods"]["years_with_months"],
        frozenset(declared["facts"]["indicators"]),
        declared["facts"]["reason"],
        tuple(Tells(one["fact"], tuple(map(_part, one["zero"]))) for one in declared.get("tells", [])),
        tuple(
            _within(one, key == "same", declared["nested"]["with_months"])
            for key in ("within", "same")
            for one in declared["nested"][key]
        ),
        MappingProxyType(coarser),
        MappingProxyType(declared["weights"]),
        MappingProxyType(declared["package"]),
    )


def _part(text: str) -> tuple[str, str]:
    indicator_id, _, part = text.rpartition(".")
    return indicator_id, part


def _within(names: Sequence[str], is_same: bool, with_months: bool) -> Within:
    inner, *outer = map(Counted.of, names)
    return Within(inner, tuple(outer), is_same, with_months)
