from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import settings

from etl.spelling.register import Municipality, Register

# A busy machine is no reason for a red build.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

LIST = Path(__file__).parents[3] / "data" / "reference" / "municipalities.csv"


@pytest.fixture(scope="session")
def municipalities() -> list[Municipality]:
    """The 1,741 real municipalities."""
    with LIST.open(encoding="utf-8-sig", newline="") as lines:
        return [
            Municipality(row["code6"], row["pref_code"], row["pref_name"], row["name"], row["type"])
            for row in csv.DictReader(lines)
        ]


@pytest.fixture(scope="session")
def register(municipalities: list[Municipality]) -> Register:
    return Register(municipalities)
