"""What is needed of a connection to the database by modules that do not know which database it is."""

from __future__ import annotations

from typing import Any, Protocol


class Connection(Protocol):
    """What is needed of a DuckDB connection; the module itself does not know the database."""

    def execute(self, query: str, parameters: Any = None, /) -> Any: ...
    def register(self, view_name: str, python_object: Any, /) -> Any: ...
    def unregister(self, view_name: str, /) -> Any: ...
