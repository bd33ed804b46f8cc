"""One number written with and without its leading zeros: Excel makes 12 of 0012 in some rows and not in others."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


def differ_by_zeros(spellings: pa.Array) -> tuple[str, str] | None:
    """The first pair (12, 0012) of a column of identifiers that differ by leading zeros only, or None."""
    padded = pc.filter(spellings, pc.match_substring_regex(spellings, "^0+[1-9][0-9]*$"))
    if not len(padded):
        return None
    bare = pc.utf8_ltrim(padded, characters="0")
    both = pc.is_in(bare, value_set=spellings)
    if not pc.any(both).as_py():
        return None
    at = pc.index(both, True).as_py()
    return bare[at].as_py(), padded[at].as_py()
