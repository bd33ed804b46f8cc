"""Recounts of what referrals and consultations tell."""

from __future__ import annotations

from collections import Counter

from metrics.catalog import ALL
from tests.metrics.recounts.counting import Counted, Recount, Row, Tables, divided, shared

DIRECTIONS = ["connection_to_support", "support_to_connection", "other"]
DEPARTMENTS = ["福祉", "就労", "教育", "税務", "住宅"]
BASES = ["consent", "law", "item2", "item3", "item4", "meeting", "unrecorded"]


def recommendation_rate(tables: Tables) -> Counted:
    rows = [row for row in tables["core.referral"] if row["from_department"] != "自立相談支援機関"]
    return divided(
        rows,
        lambda row: row["from_department"],
        lambda row: row["recommended"] is True,
        lambda row: row["recommended"] is not None,
    )


def handover_rate(tables: Tables) -> Counted:
    return divided(
        tables["core.referral"],
        lambda row: row["direction"],
        lambda row: row["handover_date"] is not None,
        lambda _: True,
    )


def contact_within_30_days(tables: Tables) -> Counted:
    rows = [row for row in tables["core.referral"] if (row["followed_days"] or 0) >= 30]
    return divided(
        rows,
        lambda _: ALL,
        lambda row: row["days_to_contact"] is not None and row["days_to_contact"] <= 30,
        lambda _: True,
    )


def days_to_contact(tables: Tables) -> Counted:
    found: Counted = {}
    for row in tables["core.referral"]:
        if row["handover_date"] is None:
            continue
        had = row["contact_date"] is not None
        days = row["days_to_contact"] if had else row["followed_days"]
        key = (row["area_code"], row["period"], row["direction"], days)
        events, censored = found.get(key, (0, 0))
        found[key] = (events + had, censored + (not had))
    return found


def _data_end(tables: Tables, row: Row) -> object:
    return next(area["data_end"] for area in tables["core.area"] if area["area_code"] == row["area_code"])


def plan_rate(tables: Tables) -> Counted:
    """From the dates themselves: 90 days must have passed since the first contact, and the plan lie within them."""
    rows = [
        row
        for row in tables["core.referral"]
        if row["direction"] == "connection_to_support"
        and row["contact_date"]
        and (_data_end(tables, row) - row["contact_date"]).days >= 90
    ]
    return divided(
        rows,
        lambda row: row["from_department"],
        lambda row: row["plan_date"] is not None and (row["plan_date"] - row["contact_date"]).days <= 90,
        lambda _: True,
    )


def loop_closed_rate(tables: Tables) -> Counted:
    says_results = {row["area_code"] for row in tables["core.referral"] if row["result"] is not None}
    rows = [
        row
        for row in tables["core.referral"]
        if row["handover_date"] and (_data_end(tables, row) - row["handover_date"]).days >= 60
    ]
    return divided(
        rows,
        lambda row: row["direction"],
        lambda row: row["result"] not in (None, "undecided"),
        lambda row: row["area_code"] in says_results,
    )


def _of_results(result: str) -> Recount:
    def recount(tables: Tables) -> Counted:
        return divided(
            [row for row in tables["core.referral"] if row["result"] != "undecided"],
            lambda row: row["to_agency"],
            lambda row: row["result"] == result,
            lambda row: row["result"] is not None,
        )

    return recount


def direction_balance(tables: Tables) -> Counted:
    rows = [row for row in tables["core.referral"] if row["direction"] != "other"]
    return divided(rows, lambda _: ALL, lambda row: row["direction"] == "connection_to_support", lambda _: True)


def _linkage(sender: str, receiver: str, need: str, named: str) -> Recount:
    def recount(tables: Tables) -> Counted:
        found: Counted = {}
        for row in tables["core.referral"]:
            if row["from_department"] != sender or row["need"] not in (need, "both", None):
                continue
            is_known = row["need"] is not None
            arrived = row["to_agency"] if is_known and row["handover_date"] else None
            for value in (named, "elsewhere"):
                key = (row["area_code"], row["period"], value)
                part, whole = found.get(key, (0, 0))
                here = arrived is not None and (arrived == receiver) == (value == named)
                found[key] = (part + here, whole + is_known)
        return found

    return recount


def department_coverage(tables: Tables) -> Counted:
    own_word = {
        (row["area_code"], row["fiscal_year"]): row["has_welfare_office"]
        for row in tables["core.practice"]
        if row.get("has_welfare_office") is not None
    }
    found: Counted = {}
    for area in tables["core.area"]:
        code = area["area_code"]
        reported = {
            month["fiscal_year"]
            for month in tables["core.area_month"]
            if (month["return_id"], month["area_code"]) == ("referral", code)
        }
        for year in reported:
            if own_word.get((code, year), area["has_welfare_office"]) is False:
                continue
            rows = [
                row for row in tables["core.referral"] if (row["area_code"], row["fiscal_year"]) == (code, year)
            ]
            left_empty = bool(rows) and all(row["from_department"] == "未記入" for row in rows)
            for department in DEPARTMENTS:
                took_part = any(
                    row["from_department"] == department
                    and (row["direction"] == "connection_to_support" or row["recommended"])
                    for row in rows
                )
                found[code, str(year), department] = (int(took_part), int(not left_empty))
    return found


def referrals_per_100k_month(tables: Tables) -> Counted:
    made = Counter((row["area_code"], row["period"], row["direction"]) for row in tables["core.referral"])
    return {
        (month["area_code"], month["period"], direction): (
            made[month["area_code"], month["period"], direction],
            month["population"],
        )
        for month in tables["core.area_month"]
        if month["return_id"] == "referral" and month["population"] is not None
        for direction in DIRECTIONS
    }


def consent_rate(tables: Tables) -> Counted:
    return _with_blanks(tables["core.referral"], "consent", ["given", "refused", "unasked"], "not_recorded")


def basis_missing_rate(tables: Tables) -> Counted:
    rows = [row for row in tables["core.referral"] if row["handover_date"] is not None]
    return _with_blanks(rows, "legal_basis", BASES, "blank")


def _with_blanks(rows: list[Row], field: str, values: list[str], blank: str) -> Counted:
    """Every value over the rows with an answer, and those without one over all rows."""
    found = shared(rows, field, values)
    for area, month in {(row["area_code"], row["period"]) for row in rows}:
        here = [row for row in rows if (row["area_code"], row["period"]) == (area, month)]
        found[area, month, blank] = (sum(row[field] is None for row in here), len(here))
    return found


def consultations_per_100k_month(tables: Tables) -> Counted:
    people = {
        (month["area_code"], month["period"]): month["population"]
        for month in tables["core.area_month"]
        if month["return_id"] == "consultation"
    }
    found: Counted = {}
    for row in tables["core.consultation"]:
        place, count = (row["area_code"], row["period"]), row["new_consultations"]
        if people.get(place) is not None:
            found[*place, row["side"]] = (0, 0) if count is None else (count, people[place])
    return found


def _part_of_consultations(part: str) -> Recount:
    def recount(tables: Tables) -> Counted:
        found: Counted = {}
        for row in tables["core.consultation"]:
            some, every = row[part], row["new_consultations"]
            if every == 0:
                continue
            is_sent = some is not None and every is not None and some <= every
            found[row["area_code"], row["period"], row["side"]] = (some, every) if is_sent else (0, 0)
        return found

    return recount


def plans_per_consultation(tables: Tables) -> Counted:
    months: dict[tuple[str, str, str], list[Row]] = {}
    for row in tables["core.consultation"]:
        if row["plans_mark"] != "none":
            months.setdefault((row["area_code"], str(row["fiscal_year"]), row["side"]), []).append(row)
    found: Counted = {}
    for key, rows in months.items():
        whole = [row for row in rows if row["plans"] is not None and row["new_consultations"] is not None]
        plans, new = (sum(row[name] for row in whole) for name in ("plans", "new_consultations"))
        if new or not whole:
            found[key] = (plans, new)
    return found


RECOUNTS: dict[str, Recount] = {
    "recommendation_rate": recommendation_rate,
    "handover_rate": handover_rate,
    "contact_within_30_days": contact_within_30_days,
    "days_to_contact": days_to_contact,
    "plan_rate": plan_rate,
    "loop_closed_rate": loop_closed_rate,
    "rereferral_rate": _of_results("passed_on"),
    "capacity_refusal_rate": _of_results("no_capacity"),
    "direction_balance": direction_balance,
    "support_linkage": _linkage("孤独・孤立", "自立相談支援機関", "poverty", "support_agency"),
    "connection_linkage": _linkage("自立相談支援機関", "孤独・孤立", "isolation", "connection_desk"),
    "department_coverage": department_coverage,
    "referrals_per_100k_month": referrals_per_100k_month,
    "consent_rate": consent_rate,
    "basis_missing_rate": basis_missing_rate,
    "consultations_per_100k_month": consultations_per_100k_month,
    "both_needs_share": _part_of_consultations("both_needs"),
    "outreach_share": _part_of_consultations("outreach"),
    "plans_per_consultation": plans_per_consultation,
}
