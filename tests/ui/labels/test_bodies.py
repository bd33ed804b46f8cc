"""The duty of effort about support meetings: from 令和7年4月1日, and only for those with a welfare office."""

from __future__ import annotations

from ui.labels.bodies import duty

OFFICES = {"a": True, "b": True, "c": True, "d": False, "e": None}
ANSWERED = {"a": True, "b": False, "d": True, "e": True}


def test_before_its_day_nobody_is_measured_against_the_duty() -> None:
    said = duty(["2024-04", "2025-03"], ANSWERED, OFFICES)
    assert "より前です" in said
    assert "設置しています" not in said


def test_from_its_day_only_those_with_a_welfare_office_count_and_silence_is_no_no() -> None:
    said = duty(["2025-04"], ANSWERED, OFFICES)
    assert "福祉事務所設置自治体3のうち、回答のあった2自治体では、1自治体が設置しています" in said
    assert "より前です" not in said
