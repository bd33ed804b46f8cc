"""The municipalities of one prefecture, each with its made-up character."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from etl.sample.plan import Conduct, Habit, Plan

DATA = Path(__file__).resolve().parents[2] / "data"
FICTIONAL = "99"
HALF_MONTH = 14


@dataclass(frozen=True, slots=True)
class Town:
    code5: str
    code6: str
    pref_name: str
    name: str
    population: int
    strength: float  # logit shift of everything this municipality does
    habit: Habit
    months: tuple[str, ...]  # months it sends, ascending; empty = never sent anything
    part: str | None  # month of which only the first half was sent
    unsent: tuple[str, ...]  # returns it never sends

    def sends(self, month: str, day: date) -> bool:
        """Whether a record of that day was sent: of a part month only the first half was."""
        return month in self.months and not (month == self.part and day.day > HALF_MONTH)


def data_folder(prefecture: str) -> Path:
    """Where the code list of a prefecture is: the invented one is kept apart from the real ones."""
    return DATA / "samples" / "mihonken" if prefecture == FICTIONAL else DATA / "reference"


def code_list(prefecture: str) -> list[dict[str, str]]:
    """Rows of municipalities.csv of the prefecture, ascending by code.

    Raises ValueError for a prefecture code that no municipality has.
    """
    with (data_folder(prefecture) / "municipalities.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["pref_code"] == prefecture]
    if not rows:
        raise ValueError(f"no municipality has the prefecture code {prefecture!r}; use '01'-'47' or '99'")
    return sorted(rows, key=lambda row: row["code5"])


def populations(prefecture: str) -> dict[str, int]:
    """Population of the latest census by five-digit code."""
    with (data_folder(prefecture) / "population.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["code5"]: int(row["population"]) for row in csv.DictReader(file)}


def load_towns(prefecture: str, plan: Plan, seed: int) -> list[Town]:
    """Every municipality of the prefecture; what habits.toml does not say is drawn from the seed."""
    people = populations(prefecture)
    towns = []
    for number, row in enumerate(code_list(prefecture)):
        conduct = plan.conduct.get(row["code5"], Conduct())
        rates = plan.rates["strength"]
        drawn = float(np.random.default_rng([seed, int(row["code5"]), 0]).normal(0, rates["spread"]))
        months = () if conduct.silent else tuple(m for m in plan.months if m not in conduct.missing)
        towns.append(
            Town(
                code5=row["code5"],
                code6=row["code6"],
                pref_name=row["pref_name"],
                name=row["name"],
                population=people[row["code5"]],
                strength=drawn + (rates[conduct.strength] if conduct.strength else 0.0),
                habit=plan.habits[conduct.habit or plan.cycle[number % len(plan.cycle)]],
                months=months,
                part=conduct.part,
                unsent=conduct.unsent,
            )
        )
    return towns
