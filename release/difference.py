"""What a release changes beside the one before it, counted by indicator."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from release.grid import HIDDEN, PRINTED
from release.tables import KEYS

BEFORE = "_before"
COLUMNS = ["indicator_id", "newly_shown", "newly_hidden", "revised", "new", "left_out"]


def difference(now: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    """Rows of the tables shown that were hidden, hidden that were shown, with other counts, new, and no longer there.

    Only indicators in which anything differs; empty without an earlier release.
    """
    if before is None:
        return pd.DataFrame({name: pd.Series(dtype="str" if name == "indicator_id" else "int64") for name in COLUMNS})
    both = _beside(now, before)
    common = both["found"] == "both"
    return _counted(both, revised=common & _differs(both, PRINTED))


def printed_difference(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The same from what is printed (figures.printed_figures) of both, as anybody can see it who has both."""
    both = _beside(now, before, "state")
    is_read = (both["found"] == "both") & ~_is_hidden(both) & ~_is_hidden(both, BEFORE)
    return _counted(both, revised=is_read & _differs(both, (*PRINTED, "state")))


def _beside(now: pd.DataFrame, before: pd.DataFrame, *more: str) -> pd.DataFrame:
    wanted = [*KEYS, *PRINTED, *HIDDEN.values(), *more]
    return now[wanted].merge(before[wanted], on=KEYS, how="outer", suffixes=("", BEFORE), indicator="found")


def _is_hidden(both: pd.DataFrame, when: str = "") -> pd.Series:
    return both[[f"{flag}{when}" for flag in HIDDEN.values()]].eq(True).any(axis=1)


def _differs(both: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """Rows in which any of these is another; no count on both sides is the same."""
    pairs = [(both[name].astype(object), both[f"{name}{BEFORE}"].astype(object)) for name in names]
    return pd.concat(
        [one.where(one.notna(), None) != other.where(other.notna(), None) for one, other in pairs], axis=1
    ).any(axis=1)


def _counted(both: pd.DataFrame, revised: pd.Series) -> pd.DataFrame:
    common = both["found"] == "both"
    hidden, was_hidden = _is_hidden(both), _is_hidden(both, BEFORE)
    marked = both[["indicator_id"]].assign(
        newly_shown=common & was_hidden & ~hidden,
        newly_hidden=common & hidden & ~was_hidden,
        revised=revised,
        new=both["found"] == "left_only",
        left_out=both["found"] == "right_only",
    )
    found = marked.groupby("indicator_id", as_index=False).sum()
    return found[found[COLUMNS[1:]].any(axis=1)].reset_index(drop=True)
