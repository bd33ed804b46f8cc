"""What comes in (files) and what is asked of a load."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from etl.gazetteer import municipalities
from etl.read import ending_of
from etl.receipts import digest
from etl.spelling.codes import Register


@dataclass(frozen=True)
class Order:
    """What the caller asks of a load. Codes are 2 digits (prefecture) and 6 (municipality).

    `who` is for the receipt; None: the user of this machine.
    """

    prefecture: str | None = None
    municipality: str | None = None
    received: date = field(default_factory=date.today)
    replace: bool = False
    who: str | None = None

    @property
    def asked_prefecture(self) -> str | None:
        """The prefecture named, also by naming a municipality."""
        if self.prefecture or not self.municipality:
            return self.prefecture
        return register().by_code6[self.municipality].pref_code


@dataclass(frozen=True)
class Incoming:
    """A received file: its name as sent and its bytes."""

    name: str
    data: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        return digest(self.data)

    @property
    def ending(self) -> str:
        return ending_of(self.name)


@cache
def register() -> Register:
    """All municipalities, the fictional prefecture's among them."""
    return Register(municipalities())
