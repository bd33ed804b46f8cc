"""Recounts of what referrals tell."""

from __future__ import annotations

from collections import Counter

from metrics.catalog import ALL
from tests.metrics.recounts.counting import Counted, Recount, Tables, divided, shared

DIRECTIONS = ["connection_to_support", "support_to_connection", "other"]


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
        key = (row["area_code"], row["period"], ALL, days)
        events, censored = found.get(key, (0, 0))
        found[key] = (events + had, censored + (not had))
    return found


def referrals_per_100k_month(tables: Tables) -> Counted:
    made = Counter((row["area_code"], row["period"], row["direction"]) for row in tables["core.referral"])
    return {
        (month["area_code"], month["period"], direction): (
            made[month["area_code"], month["period"], direction],
            month["population"],
        )
        for month in tables["core.area_month"]
        if month["population"] is not None
        for direction in DIRECTIONS
    }


def consent_rate(tables: Tables) -> Counted:
    rows = tables["core.referral"]
    found = shared(rows, "consent", ["given", "refused", "unasked"])
    for area, month in {(row["area_code"], row["period"]) for row in rows}:
        here = [row for row in rows if (row["area_code"], row["period"]) == (area, month)]
        found[area, month, "not_recorded"] = (sum(row["consent"] is None for row in here), len(here))
    return found


RECOUNTS: dict[str, Recount] = {
    "recommendation_rate": recommendation_rate,
    "handover_rate": handover_rate,
    "contact_within_30_days": contact_within_30_days,
    "days_to_contact": days_to_contact,
    "referrals_per_100k_month": referrals_per_100k_month,
    "consent_rate": consent_rate,
}
