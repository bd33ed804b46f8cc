"""A DuckDB file that is only read: it cannot be written and reaches no other file.

A connection shared by threads fails under DuckDB 2.0, so every question takes its own cursor and fetches everything.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pandas as pd

LOCKED: dict[str, Any] = {
    "enable_external_access": False,
    "lock_configuration": True,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 2,
}


class Reader:
    """One immutable file, open for reading. The caller keys its caches by the file's name."""

    def __init__(self, path: Path | str) -> None:
        self._con = duckdb.connect(str(path), read_only=True, config=LOCKED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._con.close()

    def frame(self, sql: str, values: dict[str, Any] | None = None) -> pd.DataFrame:
        """The answer to a question whose values are bound."""
        return self._con.cursor().execute(sql, values or {}).df()
