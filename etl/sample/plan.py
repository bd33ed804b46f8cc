"""The invention as data: plan.toml (rates, names) and habits.toml (how files are sent), read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Department:
    name: str
    weight: float
    recommended: float


@dataclass(frozen=True, slots=True)
class Body:
    name: str
    short: str
    share: float
    per_year: float
    from_month: str
    side: str
    members: int
    minutes: int
    cases: int


@dataclass(frozen=True, slots=True)
class Organisation:
    name: str
    category: str
    side: str
    core: bool = False  # sits in every body


@dataclass(frozen=True, slots=True)
class Habit:
    """How one municipality spells and files its returns."""

    id: str
    format: str
    split: str
    dates: str
    flags: tuple[str, str]
    codes: str
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    named: bool = True
    titles: bool = False
    broken_headings: bool = False
    totals: bool = False
    notes: bool = False
    flag_is_date: bool = False
    omit: tuple[str, ...] = ()
    rename: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Conduct:
    """What is peculiar to one municipality."""

    habit: str | None = None
    strength: str | None = None
    missing: tuple[str, ...] = ()
    part: str | None = None
    unsent: tuple[str, ...] = ()
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """One wrong row: `put` sets cells, `copy` takes them from another data row (both 1-based)."""

    kind: str
    town: str
    fiscal_year: int
    row: int
    put: dict[str, str]
    copy: dict[str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    months: tuple[str, ...]
    rates: dict[str, Any]
    departments: tuple[Department, ...]
    bodies: tuple[Body, ...]
    organisations: tuple[Organisation, ...]
    habits: dict[str, Habit]
    cycle: tuple[str, ...]
    conduct: dict[str, Conduct]
    slips: tuple[Slip, ...]


def months_between(first: str, last: str) -> tuple[str, ...]:
    """'2022-11','2023-02' -> every month of it, both ends included."""
    start, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    return tuple(f"{number // 12}-{number % 12 + 1:02d}" for number in range(start, end + 1))


def fiscal_year(month: str) -> int:
    """The year in which the fiscal year of a month 'YYYY-MM' begins (April)."""
    return int(month[:4]) - (month[5:7] < "04")


def _without_lists(row: dict[str, Any]) -> dict[str, Any]:
    """Lists of the TOML become tuples, so that what is read once cannot change."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _habit(row: dict[str, Any]) -> Habit:
    return Habit(**{**_without_lists(row), "rename": tuple(row.get("rename", {}).items())})


@cache
def load_plan() -> Plan:
    """Read both files; a key nobody knows is a TypeError of its dataclass."""
    rates = tomllib.loads((HERE / "plan.toml").read_text("utf-8"))
    ways = tomllib.loads((HERE / "habits.toml").read_text("utf-8"))
    return Plan(
        months=months_between(rates["period"]["first"], rates["period"]["last"]),
        rates=rates,
        departments=tuple(Department(**row) for row in rates["department"]),
        bodies=tuple(Body(from_month=row.pop("from"), **row) for row in rates["body"]),
        organisations=tuple(Organisation(**row) for row in rates["organisation"]),
        habits={row["id"]: _habit(row) for row in ways["habit"]},
        cycle=tuple(ways["others"]["cycle"]),
        conduct={code: Conduct(**_without_lists(row)) for code, row in ways["town"].items()},
        slips=tuple(
            Slip(
                row["return"],
                row["town"],
                row["fiscal_year"],
                row["row"],
                row.get("put", {}),
                row.get("copy", {}),
            )
            for row in ways["slip"]
        ),
    )
