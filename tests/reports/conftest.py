"""Packs of the sample database, made once for all writers' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desk.records import desk_url
from metrics.answers import Answers
from metrics.periods import months_of_year
from reports.content import Pack
from reports.pack import Options, make_pack
from tests.pages.conftest import internal, loopback, open_page
from tests.sample_database import SENDERS, SampleDatabase

# Pages are read beside the files made from them.
__all__ = [
    "CITY",
    "MONTHS",
    "answers",
    "internal",
    "loopback",
    "open_page",
    "pack_of_municipality",
    "pack_of_prefecture",
]
MONTHS = tuple(months_of_year(2024))
CITY = SENDERS["夕凪原市"]


@pytest.fixture(scope="session")
def answers(sample_database: SampleDatabase, boundaries: None) -> Iterator[Answers]:
    """The sample's current version, open for reading."""
    current = sample_database.place.current()
    assert current is not None
    opened = Answers(current)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def pack_of_prefecture(answers: Answers, sample_database: SampleDatabase) -> Pack:
    return make_pack(answers, Options(MONTHS, desk=desk_url(sample_database.place)))


@pytest.fixture(scope="session")
def pack_of_municipality(answers: Answers, sample_database: SampleDatabase) -> Pack:
    return make_pack(answers, Options(MONTHS, CITY, desk=desk_url(sample_database.place)))
