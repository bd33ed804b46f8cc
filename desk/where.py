"""Where a desk's records lie. Apart from the records, so that who finds none need not load a database's tools."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

DESK_URL = "RENKEI_DESK_URL"


class DeskUnavailable(RuntimeError):  # noqa: N818
    """The desk's database can't be used; says why, for the person at the desk."""


class WithDesk(Protocol):
    """What is needed of a place: where its desk's file lies, and whether it may be on a shared server."""

    @property
    def desk_file(self) -> Path: ...
    @property
    def shares_desk(self) -> bool: ...


def desk_url(place: WithDesk) -> str:
    """The database of a place's desk, as an SQLAlchemy URL."""
    return _shared(place) or f"sqlite:///{place.desk_file.as_posix()}"


def may_have_records(place: WithDesk) -> bool:
    """False when nothing was ever entered at this desk; a server has to be asked."""
    return bool(_shared(place)) or place.desk_file.exists()


def _shared(place: WithDesk) -> str | None:
    return os.environ.get(DESK_URL) if place.shares_desk else None
