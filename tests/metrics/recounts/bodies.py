"""Recounts of what meetings, yearly answers and cases tell."""

from __future__ import annotations

from metrics.catalog import ALL
from tests.metrics.recounts.counting import Counted, Recount, Tables, divided, shared

FORMS = ["single", "added", "same_day", "joint"]


def platform_attendance(tables: Tables) -> Counted:
    return divided(
        [row for row in tables["core.attendance"] if row["body"] == "platform"],
        lambda row: row["side"] or "not_recorded",
        lambda row: row["attendance"] in ("present", "proxy"),
        lambda row: row["attendance"] is not None,
    )


def support_meeting_participation(tables: Tables) -> Counted:
    meetings = []
    for meeting in tables["core.meeting"]:
        if meeting["body"] != "support_meeting":
            continue
        key = (meeting["area_code"], meeting["meeting_id"])
        seats = [r for r in tables["core.attendance"] if (r["area_code"], r["meeting_id"]) == key]
        known = any(seat["side"] and seat["attendance"] for seat in seats)
        came = any(
            seat["side"] in ("connection", "both") and seat["attendance"] in ("present", "proxy") for seat in seats
        )
        meetings.append(meeting | {"known": known, "came": came})
    return divided(meetings, lambda _: ALL, lambda row: row["came"], lambda row: row["known"])


def joint_operation_rate(tables: Tables) -> Counted:
    rows = [row for row in tables["core.meeting"] if row["body"] in ("council", "support_meeting")]
    return shared(rows, "form", FORMS)


RECOUNTS: dict[str, Recount] = {
    "platform_attendance": platform_attendance,
    "support_meeting_participation": support_meeting_participation,
    "joint_operation_rate": joint_operation_rate,
}
