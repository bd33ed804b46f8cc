"""Where a table cannot be made safe: which coarser one can, found by trying and not by rule of thumb."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from metrics.store import Store
from release.linked import Seen, Setting
from release.publication import PARTS, Publication
from release.safety import Protected, protect
from release.tables import Selection, build_tables

WORDS = {
    "breakdown": "内訳を載せず全体だけにする",
    "months": "月別を載せず年度だけにする",
    "municipalities": "市区町村別を載せず圏域と県だけにする",
}


@dataclass(frozen=True)
class Suggestion:
    """leaves_out: parts of PARTS without which the indicator becomes safe; None when even that is not enough."""

    indicator_id: str
    title: str
    open_cells: int
    leaves_out: frozenset[str] | None

    @property
    def sentence(self) -> str:
        if self.leaves_out is None:
            return f"「{self.title}」は、粗い区分にしても推測を防げません。この指標を公表から外してください。"
        how = "、".join(WORDS[part] for part in PARTS if part in self.leaves_out)
        return f"「{self.title}」は、{how}と公表できます（推測できる件数が{self.open_cells}件あります）。"


def suggest(
    store: Store,
    selection: Selection,
    found: Protected,
    seen: Sequence[Seen],
    setting: Setting,
    publication: Publication,
) -> list[Suggestion]:
    """For each indicator with a count that can be worked out: the first coarser table of it that is safe."""
    opened = found.proof[~found.proof["is_safe"].astype(bool)]
    suggestions: list[Suggestion] = []
    for indicator_id, rows in opened.groupby("indicator_id"):
        (indicator,) = (one for one in selection.indicators if one.id == indicator_id)
        linked = set(found.proof.loc[found.proof["system"].isin(rows["system"]), "indicator_id"])
        group = [one for one in selection.indicators if one.id in linked or one.id in publication.facts]
        has = {
            "breakdown": indicator.breakdown is not None,
            "months": not indicator.is_yearly and bool(selection.years_with_months),
            "municipalities": True,
        }
        safe = None
        for left_out in _coarser([part for part in PARTS if has[part]]):
            coarser = {
                **selection.coarser,
                str(indicator_id): selection.coarser.get(str(indicator_id), frozenset()) | left_out,
            }
            tables = build_tables(store, replace(selection, indicators=group, coarser=coarser))
            tried = protect(tables, seen, setting, publication.tells, publication.facts, lambda step, share: None)
            mine = tried.proof[tried.proof["indicator_id"] == indicator_id]
            if mine["is_safe"].astype(bool).all():
                safe = left_out
                break
        suggestions.append(Suggestion(str(indicator_id), indicator.title, len(rows), safe))
    return suggestions


def _coarser(parts: Sequence[str]) -> Iterator[frozenset[str]]:
    for size in range(1, len(parts) + 1):
        yield from map(frozenset, itertools.combinations(parts, size))
