"""Recounts of what meetings, yearly answers and cases tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from metrics.catalog import ALL
from tests.metrics.recounts.counting import Counted, Recount, Row, Tables, divided, shared

FORMS = ["single", "added", "same_day", "joint"]
ACTIVITIES = ["survey", "sharing", "outreach", "training"]
STAGES = ["looked", "tried", "adopted"]
BOTH_BODIES = ("council", "support_meeting")
CAME = ("present", "proxy")


def yearly(rows: list[Row]) -> list[Row]:
    """The rows with their fiscal year as the period."""
    return [row | {"period": str(row["fiscal_year"])} for row in rows]


def seats_of(tables: Tables, meeting: Row) -> list[Row]:
    key = (meeting["area_code"], meeting["meeting_id"])
    return [row for row in tables["core.attendance"] if (row["area_code"], row["meeting_id"]) == key]


def places(rows: list[Row]) -> set[tuple[str, int]]:
    return {(row["area_code"], row["fiscal_year"]) for row in rows}


def those_of(rows: list[Row], area: str, year: int) -> list[Row]:
    return [row for row in rows if (row["area_code"], row["fiscal_year"]) == (area, year)]


def answer(field: str) -> Recount:
    """A yes or no of the yearly return."""
    return lambda tables: divided(
        yearly(tables["core.practice"]),
        lambda _: ALL,
        lambda row: row[field] is True,
        lambda row: row[field] is not None,
    )


def occasions(field: str) -> Recount:
    """A yearly number of times, as whether there was any; marked '-' or '…' it does not apply."""
    return lambda tables: divided(
        [row for row in yearly(tables["core.practice"]) if row[f"{field}_mark"] not in ("none", "unknown")],
        lambda _: ALL,
        lambda row: row[field] >= 1,
        lambda row: row[field] is not None,
    )


def platform_membership(tables: Tables) -> Counted:
    found = divided(
        [row for row in yearly(tables["core.practice"]) if row["platform_established"] is not False],
        lambda _: "support",
        lambda row: row["platform_other_side"],
        lambda row: row["platform_other_side"] is not None,
    )
    listed = [row for row in tables["core.attendance"] if row["body"] == "platform"]
    for area, year in places(listed):
        here = those_of(listed, area, year)
        has_agency = any(row["category"] == "自立相談支援機関" for row in here)
        has_department = any(row["category"] == "福祉" and row["side"] in ("support", "both") for row in here)
        found[area, str(year), "agency"] = (int(has_agency), 1)
        found[area, str(year), "department"] = (int(has_department), int(any(row["side"] for row in here)))
    return found


def invitation_acceptance(tables: Tables) -> Counted:
    seats = [
        row for row in tables["core.attendance"] if row["body"] == "platform" and row["side"] in ("support", "both")
    ]
    found: Counted = {}
    for area, year in places(seats):
        here = those_of(seats, area, year)
        kinds: dict[str, list[str]] = {"agency": [], "welfare": [], "other": []}
        for name in sorted({row["organisation"] for row in here}):
            categories = {row["category"] for row in here if row["organisation"] == name}
            kind = "welfare" if "福祉" in categories else "other"
            kinds["agency" if "自立相談支援機関" in categories else kind].append(name)
        for kind, names in kinds.items():
            of_kind = [row for row in here if row["organisation"] in names]
            invited = {row["organisation"] for row in of_kind if row["invited"]}
            answered = {row["organisation"] for row in of_kind if row["attendance"]} & invited
            came = {row["organisation"] for row in of_kind if row["attendance"] in CAME} & invited
            nothing_said = all(row["invited"] is None for row in of_kind)
            if names and (invited or nothing_said):
                found[area, str(year), kind] = (len(came), len(answered))
    return found


def platform_attendance(tables: Tables) -> Counted:
    return divided(
        [row for row in tables["core.attendance"] if row["body"] == "platform"],
        lambda row: row["side"] or "not_recorded",
        lambda row: row["attendance"] in CAME,
        lambda row: row["attendance"] is not None,
    )


def platform_activity_coverage(tables: Tables) -> Counted:
    meetings = [row for row in tables["core.meeting"] if row["body"] == "platform"]
    sent = places([row for row in tables["core.coverage"] if row["return_id"] == "meeting"])
    there = places([row for row in tables["core.practice"] if row["platform_established"]])
    found: Counted = {}
    for area, year in places(meetings) | (there & sent):
        named = [row["activity"] for row in those_of(meetings, area, year)]
        is_known = not named or any(named)
        for activity in ACTIVITIES:
            found[area, str(year), activity] = (int(activity in named), int(is_known))
    return found


def council_established(tables: Tables) -> Counted:
    found = answer("council_established")(tables)
    return {key: counts for key, counts in found.items() if int(key[1]) >= 2024}


def participation(tables: Tables, body: str, is_meant: Callable[[Row], bool]) -> Counted:
    """Meetings to which someone meant came, of those with a side and an attendance on record."""
    meetings = []
    for meeting in tables["core.meeting"]:
        if meeting["body"] == body:
            seats = [seat for seat in seats_of(tables, meeting) if seat["side"] and seat["attendance"]]
            came = any(is_meant(seat) and seat["attendance"] in CAME for seat in seats)
            meetings.append(meeting | {"known": bool(seats), "came": came})
    return divided(meetings, lambda _: ALL, lambda row: row["came"], lambda row: row["known"])


def council_participation(tables: Tables) -> Counted:
    support = participation(tables, "council", lambda seat: seat["side"] in ("support", "both"))
    agency = participation(tables, "council", lambda seat: seat["category"] == "自立相談支援機関")
    return {(*key[:2], "support"): counts for key, counts in support.items()} | {
        (*key[:2], "agency"): counts for key, counts in agency.items()
    }


def support_meeting_participation(tables: Tables) -> Counted:
    return participation(tables, "support_meeting", lambda seat: seat["side"] in ("connection", "both"))


def support_meeting_established(tables: Tables) -> Counted:
    by_law = {row["area_code"]: row["has_welfare_office"] for row in tables["core.area"]}

    def duty(row: Row) -> str:
        has_office: Any = row["has_welfare_office"]
        if has_office is None:
            has_office = by_law[row["area_code"]]
        if has_office is None:
            return "office_unknown"
        if not has_office:
            return "without_office"
        return "bound" if row["fiscal_year"] >= 2025 else "before_duty"

    return divided(
        yearly(tables["core.practice"]),
        duty,
        lambda row: row["support_meeting_established"],
        lambda row: row["support_meeting_established"] is not None,
    )


def joint_operation_rate(tables: Tables) -> Counted:
    rows = [row for row in tables["core.meeting"] if row["body"] in BOTH_BODIES]
    return shared(rows, "form", FORMS)


def member_overlap(tables: Tables) -> Counted:
    found: Counted = {}
    for area, year in places(tables["core.attendance"]):
        here = those_of(tables["core.attendance"], area, year)
        council, support = ({row["organisation"] for row in here if row["body"] == body} for body in BOTH_BODIES)
        if council and support:
            found[area, str(year), ALL] = (len(council & support), len(council | support))
    return found


def shared_case_rate(tables: Tables) -> Counted:
    found: Counted = {}
    for row in tables["core.meeting"]:
        cases, both = row["case_count"], row["shared_case_count"]
        if row["body"] in BOTH_BODIES and cases != 0:  # without a case there is nothing to share
            key = (row["area_code"], row["period"], row["body"])
            part, whole = found.get(key, (0, 0))
            is_told = cases is not None and both is not None and both <= cases
            found[key] = (part + both, whole + cases) if is_told else (part, whole)
    return found


def cases_per_meeting(tables: Tables) -> Counted:
    found: Counted = {}
    for row in tables["core.meeting"]:
        if row["body"] != "platform":
            key = (row["area_code"], row["period"], row["body"])
            cases, meetings = found.get(key, (0, 0))
            found[key] = (cases + (row["case_count"] or 0), meetings + (row["case_count"] is not None))
    return found


def daily_practice_coverage(tables: Tables) -> Counted:
    found: Counted = {}
    for row in yearly(tables["core.practice"]):
        answers = {
            "liaison": row["liaison_designated"],
            "sharing": row["information_sharing_count"],
            "training": row["joint_training_count"],
            "leaflets": row["leaflets_both"],
        }
        for name, told in answers.items():
            found[row["area_code"], row["period"], name] = (int(bool(told)), int(told is not None))
    return found


def example_contribution(tables: Tables) -> Counted:
    years = {row["fiscal_year"] for row in tables["core.coverage"] + tables["core.example"]}
    given = places(tables["core.example"])
    areas = [row["area_code"] for row in tables["core.area"]]
    return {(area, str(year), ALL): (int((area, year) in given), 1) for area in areas for year in years}


def example_adoption(tables: Tables) -> Counted:
    of_others = [row for row in tables["core.adoption"] if row["area_code"] != row["example_area_code"]]
    reached = {(row["area_code"], row["fiscal_year"], row["stage"]) for row in of_others}
    return {
        (area["area_code"], str(year), stage): (int((area["area_code"], year, stage) in reached), 1)
        for area in tables["core.area"]
        for year in {row["fiscal_year"] for row in of_others}
        for stage in STAGES
    }


RECOUNTS: dict[str, Recount] = {
    "platform_established": answer("platform_established"),
    "platform_membership": platform_membership,
    "invitation_acceptance": invitation_acceptance,
    "platform_attendance": platform_attendance,
    "platform_activity_coverage": platform_activity_coverage,
    "council_established": council_established,
    "council_participation": council_participation,
    "support_meeting_established": support_meeting_established,
    "support_meeting_participation": support_meeting_participation,
    "joint_operation_rate": joint_operation_rate,
    "member_overlap": member_overlap,
    "shared_case_rate": shared_case_rate,
    "cases_per_meeting": cases_per_meeting,
    "liaison_designated": answer("liaison_designated"),
    "information_sharing": occasions("information_sharing_count"),
    "joint_training": occasions("joint_training_count"),
    "leaflets_both": answer("leaflets_both"),
    "daily_practice_coverage": daily_practice_coverage,
    "example_contribution": example_contribution,
    "example_adoption": example_adoption,
}
