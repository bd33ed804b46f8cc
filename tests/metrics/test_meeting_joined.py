"""The tally of meetings that each side joined agrees with the indicator that counts one body and side of them."""

from __future__ import annotations

from collections import Counter

from tests.sample_database import SampleDatabase

THERE = ("present", "proxy")


def test_support_meetings_that_the_connection_side_joined_are_those_of_the_indicator(
    sample_database: SampleDatabase,
) -> None:
    tally = {
        (row["area_code"], row["period"]): (row["connection_joined"], row["known"])
        for row in sample_database.rows("cube.meeting_joined")
        if row["body"] == "support_meeting"
    }
    indicator = {
        (row["area_code"], row["period"]): (row["numerator"], row["denominator"])
        for row in sample_database.rows("cube.count")
        if row["indicator_id"] == "support_meeting_participation"
    }
    assert tally
    assert tally == indicator


def test_a_meeting_counts_once_however_many_organisations_of_a_side_came(sample_database: SampleDatabase) -> None:
    meetings: dict[tuple[str, str, str], set[str]] = {}
    for seat in sample_database.rows("core.attendance"):
        if seat["side"] in ("support", "both") and seat["attendance"] in THERE:
            meetings.setdefault((seat["area_code"], seat["period"], seat["body"]), set()).add(seat["meeting_id"])
    shown = Counter(
        {
            (row["area_code"], row["period"], row["body"]): row["support_joined"]
            for row in sample_database.rows("cube.meeting_joined")
        }
    )
    assert {key: count for key, count in shown.items() if count} == {key: len(ids) for key, ids in meetings.items()}


def test_no_more_meetings_are_joined_than_known_nor_known_than_held(sample_database: SampleDatabase) -> None:
    for row in sample_database.rows("cube.meeting_joined"):
        assert max(row["support_joined"], row["connection_joined"]) <= row["known"] <= row["held"]
