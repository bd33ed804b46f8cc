"""What was published before decides what may be published now.

The counts of a fiscal year that is published again are compared with those already out. Where all that changed
changed by the threshold or more, the new counts are published beside the old (a new vintage). Where anything changed by
less, the difference of the two releases would speak of single persons: the old counts stay, for all indicators that are
linked. Totals of 圏域 are left out of a year once their municipalities are others than in an earlier release of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from release.grid import DENOMINATOR, HIDDEN, NUMERATOR
from release.linked import Seen, Setting, indicator_groups
from release.rules import is_small
from release.tables import COLUMNS, KEYS, REGION

FLAGS = list(HIDDEN.values())


@dataclass(frozen=True, eq=False)
class Revised:
    """cells: tables.COLUMNS, what may be published of a fiscal year. held_back: indicator_id, period of what stays as
    it was. before: earlier figures, one for each time that counts, or the members of places, had changed."""

    cells: pd.DataFrame
    held_back: pd.DataFrame
    before: list[Seen]


def revise(now: pd.DataFrame, seen: Sequence[Seen], setting: Setting) -> Revised:
    """now: one fiscal year's rows. seen: the same year's rows of every earlier release, oldest first."""
    before = vintages(seen)
    if any(one.members != setting.members for one in seen):
        now = _without_regions(now)
        seen = [replace(one, cells=_without_regions(one.cells)) for one in seen]
    nothing = pd.DataFrame({"indicator_id": [], "period": []}, dtype="str")
    if not before:
        return Revised(now, nothing, before)
    last = _latest(seen)
    changed = _changes(now, last, setting)
    if changed.empty:
        return Revised(now, nothing, before)
    # Links are looked for without what facts tell: those say nothing of which count is which.
    group = indicator_groups([now[COLUMNS], last[COLUMNS]], replace(setting, known_zero=frozenset()))
    small = changed[changed["is_small"]]
    frozen = {group[one] for one in small["indicator_id"]}
    stays = [one for one in group if group[one] in frozen]
    kept = last[last["indicator_id"].isin(stays)]
    asked = now[["indicator_id", "period"]].drop_duplicates()
    kept = kept.merge(asked, on=["indicator_id", "period"])
    cells = pd.concat([now[~now["indicator_id"].isin(stays)], kept[COLUMNS]], ignore_index=True)
    revised = changed[changed["indicator_id"].isin(stays)]
    held = revised[["indicator_id", "period"]].drop_duplicates()
    missing = asked[asked["indicator_id"].isin(stays)].merge(
        kept[["indicator_id", "period"]].drop_duplicates(), how="left", indicator=True
    )
    new = missing.loc[missing["_merge"] == "left_only", ["indicator_id", "period"]]
    held = pd.concat([held, new]).drop_duplicates().sort_values(["indicator_id", "period"])
    return Revised(cells, held.reset_index(drop=True), before)


def vintages(seen: Sequence[Seen]) -> list[Seen]:
    """Earlier figures put together as far as they agree; a figure shown in any of the releases is shown."""
    found: list[Seen] = []
    for one in seen:
        frame = one.cells[[*COLUMNS, *FLAGS]]
        if frame.empty:
            continue
        if found and (found[-1].members, found[-1].rounding) == (one.members, one.rounding):
            last = found[-1].cells
            both = last.merge(frame, on=KEYS, suffixes=("", "_later"))
            if all((both[part] == both[f"{part}_later"]).all() for part in (NUMERATOR, DENOMINATOR)):
                together = pd.concat([last, frame], ignore_index=True)
                hidden = together.groupby(KEYS, sort=False)[FLAGS].transform("all")
                known = together.assign(**hidden).drop_duplicates(KEYS, ignore_index=True)
                found[-1] = replace(one, cells=known)
                continue
        found.append(replace(one, cells=frame.reset_index(drop=True)))
    return found


def _without_regions(cells: pd.DataFrame) -> pd.DataFrame:
    return cells[~cells["area_code"].str.startswith(REGION)].reset_index(drop=True)


def _latest(seen: Sequence[Seen]) -> pd.DataFrame:
    return pd.concat([one.cells for one in seen], ignore_index=True).drop_duplicates(
        KEYS, keep="last", ignore_index=True
    )


def _changes(now: pd.DataFrame, last: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """KEYS and is_small of every figure that is not what it was, where its indicator and period are published again."""
    blocks = ["indicator_id", "period"]
    again = last.merge(now[blocks].drop_duplicates(), on=blocks)
    current = now.merge(last[blocks].drop_duplicates(), on=blocks)
    both = again[[*KEYS, NUMERATOR, DENOMINATOR]].merge(
        current[[*KEYS, NUMERATOR, DENOMINATOR]], on=KEYS, how="outer", suffixes=("_then", "_now")
    )
    counts = {
        (part, when): both[f"{part}_{when}"].fillna(0).to_numpy(dtype=np.int64)
        for part in (NUMERATOR, DENOMINATOR)
        for when in ("then", "now")
    }
    kinds = both["indicator_id"].map({one.id: one.kind for one in setting.catalog.values()}).to_numpy()
    numerator = counts[NUMERATOR, "now"] - counts[NUMERATOR, "then"]
    # The denominator of a rate is the population, which is no secret.
    denominator = np.where(kinds == "rate", 0, counts[DENOMINATOR, "now"] - counts[DENOMINATOR, "then"])
    rest = np.where(kinds == "proportion", denominator - numerator, 0)
    is_small_change = np.zeros(len(both), dtype=bool)
    for difference in (numerator, denominator, rest):
        is_small_change |= (difference != 0) & is_small(difference, setting.rules)
    is_changed = (numerator != 0) | (denominator != 0)
    return both[KEYS].assign(is_small=is_small_change)[is_changed].reset_index(drop=True)
