"""What a release changes beside the one before it, counted by indicator."""

from __future__ import annotations

import pandas as pd

from release.grid import HIDDEN, PRINTED
from release.tables import KEYS

COLUMNS = ["indicator_id", "newly_shown", "newly_hidden", "revised", "new", "left_out"]


def difference(now: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    """Rows of the tables shown that were hidden, hidden that were shown, with other counts, new, and no longer there.

    Only indicators in which anything differs; empty without an earlier release.
    """
    if before is None:
        return pd.DataFrame({name: pd.Series(dtype="str" if name == "indicator_id" else "int64") for name in COLUMNS})
    wanted = [*KEYS, *PRINTED, *HIDDEN.values()]
    both = now[wanted].merge(before[wanted], on=KEYS, how="outer", suffixes=("", "_before"), indicator="found")
    here, there = both["found"] != "right_only", both["found"] != "left_only"
    common = here & there
    hidden, was_hidden = (
        both[[f"{flag}{end}" for flag in HIDDEN.values()]].eq(True).any(axis=1) for end in ("", "_before")
    )
    counts = pd.concat([both[part] != both[f"{part}_before"] for part in PRINTED], axis=1).any(axis=1)
    marked = both[["indicator_id"]].assign(
        newly_shown=common & was_hidden & ~hidden,
        newly_hidden=common & hidden & ~was_hidden,
        revised=common & counts,
        new=here & ~there,
        left_out=there & ~here,
    )
    found = marked.groupby("indicator_id", as_index=False).sum()
    return found[found[COLUMNS[1:]].any(axis=1)].reset_index(drop=True)
