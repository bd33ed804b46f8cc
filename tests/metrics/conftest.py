"""Synthetic reference and core tables: plain rows (for naive recounts) and a database made from them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from metrics.cube import build_cube
from tests.metrics.synthetic_bodies import add_bodies

Row = dict[str, Any]
Tables = dict[str, list[Row]]

DATA_END = date(2024, 9, 30)
MONTHS = [f"2024-{month:02d}" for month in range(4, 10)]
# Six municipalities: the last sends no return at all, the fourth has no census figure.
AREAS = ["990019", "990027", "990035", "990043", "990051", "990060"]
# The second never says how a referral went on; the fifth does not answer two questions and names no department.
NO_OUTCOMES, NO_ANSWERS = AREAS[1], AREAS[4]
DEPARTMENTS = ["福祉", "就労", "税務", "孤独・孤立", "自立相談支援機関", "未分類", "未記入"]
AGENCIES = ["自立相談支援機関", "自立相談支援機関", "孤独・孤立", "社協", "未記入"]
RESULTS = ["ongoing", "closed", "passed_on", "declined", "no_capacity", "undecided", None, None]
BASES = ["consent", "consent", "law", "item2", "meeting", "unrecorded", None]
COLUMNS = {
    "ref.municipality": "area_code text, pref_code text, pref_name text, name text, kana text, type text,"
    " has_welfare_office boolean",
    "ref.ministry_body": "fiscal_year integer, pref_code text, pref_area_code text, pref_name text,"
    " body text, kind text, population bigint, new_consultations bigint, plans bigint",
    "ref.ministry_national": "fiscal_year integer, population bigint, new_consultations bigint, plans bigint",
    "ref.symbol": "symbol text, meaning text, source text",
    "core.referral": "area_code text, referral_id text, caught_date date, period text, fiscal_year integer,"
    " direction text, from_department text, to_agency text, recommended boolean, consent text,"
    " legal_basis text, handover_date date, contact_date date, plan_date date,"
    " days_to_contact integer, days_to_plan integer, followed_days integer, result text, need text, age_band text, sex text,"
    " household text",
    "core.meeting": "area_code text, meeting_id text, body text, held_date date, period text,"
    " fiscal_year integer, form text, activity text, case_count bigint,"
    " shared_case_count bigint, minutes bigint",
    "core.attendance": "area_code text, meeting_id text, body text, held_date date, period text,"
    " fiscal_year integer, organisation text, category text, side text, invited boolean, attendance text",
    "core.coverage": "return_id text, area_code text, period text, state text, row_count bigint, fiscal_year integer",
    "core.consultation": "area_code text, period text, fiscal_year integer, side text, new_consultations bigint,"
    " new_consultations_mark text, both_needs bigint, both_needs_mark text, outreach bigint, outreach_mark text,"
    " plans bigint, plans_mark text",
    "core.practice": "area_code text, fiscal_year integer, has_welfare_office boolean, platform_established boolean,"
    " platform_established_date date, platform_other_side boolean, council_established boolean,"
    " council_established_date date, council_other_side boolean, support_meeting_established boolean,"
    " support_meeting_established_date date, support_meeting_other_side boolean, liaison_designated boolean,"
    " information_sharing_count bigint, information_sharing_count_mark text, joint_training_count bigint,"
    " joint_training_count_mark text, leaflets_both boolean, recommendation_procedure boolean",
    "core.example": "area_code text, example_id text, case_title text, indicators text, publication text,"
    " is_public boolean, started_date date, updated_date date, fiscal_year integer",
    "core.adoption": "area_code text, example_id text, example_area_code text, stage text, adopted_date date,"
    " fiscal_year integer",
    "core.area_month": "return_id text, area_code text, period text, fiscal_year integer, population bigint,"
    " population_as_of date",
    "core.area": "area_code text, pref_code text, pref_name text, name text, kana text, type text,"
    " has_welfare_office boolean, data_end date",
}


def make_tables(seed: int, referrals: int = 300, meetings: int = 90) -> Tables:
    """Rows of every table, different for every seed and the same for the same seed."""
    dice = random.Random(seed)
    tables: Tables = {name: [] for name in COLUMNS}
    for index, code in enumerate(AREAS):
        tables["ref.municipality"].append(
            {
                "area_code": code,
                "pref_code": "99",
                "pref_name": "見本県",
                "name": f"見本{index}市",
                "type": "市",
            }
        )
        tables["core.area"].append(
            {"area_code": code, "pref_code": "99", "pref_name": "見本県", "name": f"見本{index}市",
             "type": "市", "data_end": None if index == 5 else DATA_END}
        )  # fmt: skip
    for code in AREAS[:5]:
        for month in MONTHS:
            if dice.random() < 0.15:
                continue
            for return_id in ("referral", "consultation"):
                population = None if code == AREAS[3] else 40_000
                tables["core.area_month"].append(
                    {"return_id": return_id, "area_code": code, "period": month, "fiscal_year": 2024,
                     "population": population}
                )  # fmt: skip
            tables["core.consultation"] += [_consultation(dice, code, month, side) for side in ("support", "connection")]
            for return_id in ("referral", "meeting", "consultation"):
                state = dice.choice(["received", "received", "zero", "partial"])
                tables["core.coverage"].append(
                    {
                        "return_id": return_id,
                        "area_code": code,
                        "period": month,
                        "state": state,
                        "row_count": 1,
                        "fiscal_year": 2024,
                    }
                )
    covered = [
        (row["area_code"], row["period"]) for row in tables["core.area_month"] if row["return_id"] == "referral"
    ]
    for number in range(referrals):
        tables["core.referral"].append(_referral(dice, number, *dice.choice(covered)))
    for number in range(meetings):
        meeting, seats = _meeting(dice, number, *dice.choice(covered))
        tables["core.meeting"].append(meeting)
        tables["core.attendance"].extend(seats)
    _add_ministry(tables)
    add_bodies(dice, tables)
    return tables


def _day_of(dice: random.Random, period: str) -> date:
    return date(int(period[:4]), int(period[5:]), dice.randint(1, 28))


def _referral(dice: random.Random, number: int, code: str, period: str) -> Row:
    caught = _day_of(dice, period)
    handover = min(caught + timedelta(days=dice.randint(0, 40)), DATA_END) if dice.random() < 0.8 else None
    contact = plan = None
    if handover and dice.random() < 0.8:
        day = handover + timedelta(days=dice.choice([0, 3, 7, 7, 14, 29, 30, 31, 60]))
        contact = day if day <= DATA_END else None
    if contact and dice.random() < 0.6:
        day = contact + timedelta(days=dice.choice([0, 10, 30, 89, 90, 91, 120]))
        plan = day if day <= DATA_END else None
    answers, outcomes = code != NO_ANSWERS, code != NO_OUTCOMES
    return {
        "area_code": code, "referral_id": str(number), "caught_date": caught, "period": period, "fiscal_year": 2024,
        "from_department": dice.choice(DEPARTMENTS) if answers else "未記入", "to_agency": dice.choice(AGENCIES),
        "direction": dice.choice(["connection_to_support", "support_to_connection", "other"]),
        "recommended": dice.choice([True, True, False, None]) if answers else None,
        "consent": dice.choice(["given", "given", "refused", "unasked", None]) if answers else None,
        "legal_basis": dice.choice(BASES) if outcomes else None,
        "result": dice.choice(RESULTS) if outcomes else None,
        "need": dice.choice(["isolation", "poverty", "both", "unknown", None]) if outcomes else None,
        "handover_date": handover, "contact_date": contact, "plan_date": plan,
        "days_to_contact": (contact - handover).days if contact and handover else None,
        "days_to_plan": (plan - contact).days if plan and contact else None,
        "followed_days": (DATA_END - handover).days if handover else None,
    }  # fmt: skip


def _consultation(dice: random.Random, code: str, period: str, side: str) -> Row:
    """Counts of one desk; zero, blank, hidden and does-not-exist all occur, and a part greater than its whole."""
    new = dice.choice([0, 1, 7, 20, 20])
    counts = {"new_consultations": new, "both_needs": dice.randint(0, new), "outreach": dice.randint(0, new)}
    counts["plans"] = dice.choice([0, 0, 3, 8])
    if dice.random() < 0.1:
        counts["outreach"] = counts["both_needs"] = new + 1
    row: Row = {"area_code": code, "period": period, "fiscal_year": 2024, "side": side}
    for name, count in counts.items():
        is_sent, mark = dice.random() < 0.8, dice.choice(["suppressed", "unknown", None])
        if name == "plans" and side == "connection" and code == AREAS[0]:
            is_sent, mark = False, "none"
        if name == "plans" and code == NO_ANSWERS:
            is_sent = False
        row |= {name: count if is_sent else None, f"{name}_mark": None if is_sent else mark}
    return row


def _meeting(dice: random.Random, number: int, code: str, period: str) -> tuple[Row, list[Row]]:
    common: Row = {
        "area_code": code, "meeting_id": f"M{number}", "held_date": _day_of(dice, period), "period": period,
        "fiscal_year": 2024,
        "body": dice.choice(["platform", "council", "support_meeting", "support_meeting"]),
    }  # fmt: skip
    form = dice.choice(["single", "single", "added", "same_day", "joint", None])
    is_silent = dice.random() < 0.2
    seats = [
        common
        | {
            "organisation": f"機関{seat}",
            "category": "NPO",
            "side": dice.choice(["connection", "support", "both", "other", None]),
            "attendance": None if is_silent else dice.choice(["present", "proxy", "written", "absent", None]),
        }
        for seat in range(dice.randint(1, 4))
    ]
    return common | {"form": form, "minutes": 60}, seats


def _add_ministry(tables: Tables) -> None:
    for year in (2023, 2024):
        for body, kind, population, consultations in (
            ("見本県（指定都市・中核市を除く県内）", "都道府県", 600_000, 1_200),
            ("見本0市", "指定都市", 700_000, 900),
            ("見本1市", "中核市", 300_000, 7),
        ):
            tables["ref.ministry_body"].append(
                {"fiscal_year": year, "pref_code": "99", "pref_area_code": "990001", "pref_name": "見本県",
                 "body": body, "kind": kind, "population": population, "new_consultations": consultations,
                 "plans": 5}
            )  # fmt: skip
        tables["ref.ministry_national"].append({"fiscal_year": year, "new_consultations": 2_107})
    tables["ref.symbol"].append({"symbol": "x", "meaning": "秘匿", "source": "見本"})


def fill(con: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    """Creates ref and core and inserts the rows; a column a row does not name is null."""
    con.execute("create schema ref")
    con.execute("create schema core")
    for name, columns in COLUMNS.items():
        con.execute(f"create table {name} ({columns})")
        names = [column.split()[0] for column in columns.split(",")]
        places = f"({', '.join('?' * len(names))})"
        rows = tables[name]
        for start in range(0, len(rows), 100):  # one statement for many rows: row by row takes a second
            part = rows[start : start + 100]
            con.execute(
                f"insert into {name} values {', '.join([places] * len(part))}",
                [row.get(column) for row in part for column in names],
            )


@pytest.fixture(scope="session")
def synthetic() -> SimpleNamespace:
    """What tests need to make tables of their own (a fixture, so that no import mode matters)."""
    return SimpleNamespace(make_tables=make_tables, fill=fill, COLUMNS=COLUMNS, AREAS=AREAS, MONTHS=MONTHS)


@pytest.fixture(scope="session")
def tables() -> Tables:
    return make_tables(seed=20240624)


@pytest.fixture(scope="session")
def con(tables: Tables) -> duckdb.DuckDBPyConnection:
    """The filled database with its cube; tests read it and leave it as it is."""
    connection = duckdb.connect()
    fill(connection, tables)
    build_cube(connection)
    return connection


@pytest.fixture(scope="session")
def database(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file, closed, as the store finds it."""
    path = tmp_path_factory.mktemp("store") / "internal.duckdb"
    with duckdb.connect(str(path)) as connection:
        fill(connection, tables)
        build_cube(connection, meta={"version": "test"})
    return path
