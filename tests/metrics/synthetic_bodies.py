"""Synthetic meetings, yearly answers, cases and adoptions, with every state an indicator has to tell apart."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]

YEARS = (2023, 2024, 2025)
ORGANISATIONS = {  # the name decides the category, but for one that several lists sort differently
    "自立相談支援機関": "自立相談支援機関",
    "くらし相談": "自立相談支援機関",
    "生活福祉課": "福祉",
    "社会福祉協議会": "社協",
    "つながりの輪": "NPO",
    "ハローワーク": "就労",
    "孤独・孤立対策担当": "孤独・孤立",
    "名簿だけの会": "未記入",
}
BODIES = ("platform", "platform", "council", "council", "support_meeting", "support_meeting", "plan_meeting",
          "welfare_meeting", "multilayer_meeting")  # fmt: skip
ACTIVITIES = ("survey", "sharing", "outreach", "training", None)
SIDES = ("connection", "support", "support", "both", "other", None)
ANSWERS = ("present", "present", "proxy", "written", "absent", None)
PRACTICE_FLAGS = (
    *("platform_established", "platform_other_side", "council_established", "council_other_side"),
    *("support_meeting_established", "support_meeting_other_side", "liaison_designated", "leaflets_both"),
    "recommendation_procedure",
)


def add_bodies(dice: random.Random, tables: Tables) -> None:
    """Adds what the tables lack of bodies; meetings made before get the fields they were made without."""
    areas = [row["area_code"] for row in tables["core.area"]]
    _add_months_of_practice_and_meeting(tables, areas)
    for row, has_office in zip(tables["core.area"], [True, None, True, None, None, True], strict=True):
        row["has_welfare_office"] = has_office
    for meeting in list(tables["core.meeting"]):
        _enrich(dice, tables, meeting)
    for number in range(110):
        _add_meeting(dice, tables, number, areas)
    for code in areas[:5]:
        for year in YEARS:
            if dice.random() < 0.8:
                tables["core.practice"].append(_practice(dice, code, year))
    for number in range(8):
        tables["core.example"].append(_example(dice, number, dice.choice(areas[:4])))
    for number in range(14):
        tables["core.adoption"].append(_adoption(dice, number, areas))


def _add_months_of_practice_and_meeting(tables: Tables, areas: list[str]) -> None:
    for row in tables["core.coverage"]:
        row["fiscal_year"] = int(row["period"][:4]) - (row["period"][5:] < "04")
    for code in areas[:4]:
        tables["core.coverage"].append(
            {"return_id": "meeting", "area_code": code, "period": "2025-04", "state": "received", "row_count": 1,
             "fiscal_year": 2025}
        )  # fmt: skip
    for code in areas[:5]:
        for year in YEARS[1:]:
            for month in range(12):
                period = f"{year + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}"
                tables["core.coverage"].append(
                    {"return_id": "practice", "area_code": code, "period": period, "state": "received",
                     "row_count": 1, "fiscal_year": year}
                )  # fmt: skip


def _enrich(dice: random.Random, tables: Tables, meeting: Row) -> None:
    _add_cases(dice, meeting)
    for seat in tables["core.attendance"]:
        if (seat["area_code"], seat["meeting_id"]) == (meeting["area_code"], meeting["meeting_id"]):
            seat.setdefault("invited", None)


def _add_cases(dice: random.Random, meeting: Row) -> None:
    """No case, blank counts, and more shared ones than there are, beside what is usual."""
    meeting["activity"] = dice.choice(ACTIVITIES) if meeting["body"] == "platform" else None
    meeting["case_count"] = dice.choice([None, 0, 1, 3, 5, 8])
    meeting["shared_case_count"] = dice.choice([None, 0, 0, 1, 2, 4])


def _add_meeting(dice: random.Random, tables: Tables, number: int, areas: list[str]) -> None:
    """The third never says who was invited, the fourth invites nobody, the fifth never names an activity or a side."""
    period = dice.choice(["2024-05", "2024-08", "2025-04"])
    common: Row = {
        "area_code": dice.choice(areas[:5]),
        "meeting_id": f"B{number}",
        "body": dice.choice(BODIES),
        "held_date": date(int(period[:4]), int(period[5:]), dice.randint(1, 28)),
        "period": period,
        "fiscal_year": 2024 if period < "2025" else 2025,
    }
    place = areas.index(common["area_code"])
    meeting = common | {"form": dice.choice(["single", "joint", None]), "minutes": dice.choice([None, 60, 90])}
    _add_cases(dice, meeting)
    if place == 4:
        meeting["activity"] = None
    tables["core.meeting"].append(meeting)
    for name in dice.sample(sorted(ORGANISATIONS), dice.randint(1, 5)):
        invited = {2: None, 3: False}.get(place, dice.choice([True, True, False, None]))
        tables["core.attendance"].append(
            common
            | {
                "organisation": name,
                "category": ORGANISATIONS[name] if dice.random() < 0.9 else "福祉",
                "side": None if place == 4 else dice.choice(SIDES),
                "invited": invited,
                "attendance": dice.choice(ANSWERS) if dice.random() < 0.8 else None,
            }
        )


def _practice(dice: random.Random, code: str, year: int) -> Row:
    row: Row = {"area_code": code, "fiscal_year": year, "has_welfare_office": dice.choice([True, False, None, None])}
    is_empty = dice.random() < 0.15  # a row that answers nothing
    for name in PRACTICE_FLAGS:
        row[name] = None if is_empty else dice.choice([True, True, True, False, False, None])
    for name in ("information_sharing_count", "joint_training_count"):
        mark = None if is_empty else dice.choice([None] * 7 + ["suppressed", "none", "unknown"])
        row[f"{name}_mark"] = mark
        row[name] = None if mark or is_empty else dice.choice([None, 0, 0, 1, 2, 6])
    return row


def _example(dice: random.Random, number: int, code: str) -> Row:
    year = dice.choice(YEARS)
    return {
        "area_code": code, "example_id": f"J-{number}", "case_title": f"取組{number}", "is_public": dice.random() < 0.5,
        "updated_date": date(year, 10, 1), "fiscal_year": year,
    }  # fmt: skip


def _adoption(dice: random.Random, number: int, areas: list[str]) -> Row:
    """Of one's own case too, which counts for nothing."""
    year = dice.choice(YEARS[:2])
    return {
        "area_code": dice.choice(areas), "example_id": f"J-{number}", "example_area_code": dice.choice(areas[:4]),
        "stage": dice.choice(["looked", "tried", "adopted"]), "adopted_date": date(year, 5, 1), "fiscal_year": year,
    }  # fmt: skip
