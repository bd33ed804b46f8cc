"""Words of codes come from the declarations of the returns; those that are ours cover what tallies hold."""

from __future__ import annotations

import pytest

from tests.sample_database import SampleDatabase
from ui.internal import timeline, words


@pytest.mark.parametrize(
    ("table", "column", "return_id", "field"),
    [
        ("cube.meeting_load", "body", "meeting", "body"),
        ("cube.meeting_load", "form", "meeting", "form"),
        ("cube.meeting_load", "activity", "meeting", "activity"),
        ("cube.meeting_side", "side", "meeting", "side"),
    ],
)
def test_every_code_of_a_tally_has_a_word(
    sample_database: SampleDatabase, table: str, column: str, return_id: str, field: str
) -> None:
    found = {row[column] for row in sample_database.rows(table)}
    assert found
    assert found <= set(words.codes(return_id, field))


def test_every_result_and_direction_of_a_flow_has_a_word(sample_database: SampleDatabase) -> None:
    rows = sample_database.rows("cube.referral_link")
    assert {row["target"] for row in rows if row["step"] == "result"} <= set(words.codes("referral", "result"))
    assert {row["direction"] for row in rows} <= set(words.DIRECTIONS)


def test_the_first_spelling_is_the_word() -> None:
    assert words.body("platform") == "官民連携プラットフォーム"
    assert words.form("same_day") == "同日分割"
    assert words.side("both") == "双方"
    assert words.activity("not_recorded") == "未記入"
    assert words.body("no_such_body") == "no_such_body"


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (["2023-04", "2024-03"], "表示期間より後"),
        (["2024-04", "2025-03"], "表示期間の中"),
        (["2024-05", "2025-03"], "表示期間より前"),
    ],
)
def test_a_day_of_the_law_is_placed_against_the_shown_months(months: list[str], expected: str) -> None:
    assert timeline.place_of("2024-04-01", months) == expected
    assert f"令和6年4月1日</b> 孤独・孤立対策推進法の施行（{expected}）" in timeline.timeline(months)
