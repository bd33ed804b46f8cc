"""Decides what is hidden in the tables, and proves it: suppression and attack over everything that hangs together."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import pandas as pd

from metrics.periods import fiscal_year_of
from release.attack import Findings, attack
from release.grid import HIDDEN
from release.linked import Linked, Seen, Setting, link
from release.publication import Tells
from release.revision import revise
from release.rules import Rules
from release.suppress import Suppression, suppress
from release.system import System
from release.tables import COLUMNS, Tables
from release.variables import Named
from ui import labels

REASON = {part: column.replace("is_", "").replace("_hidden", "_reason") for part, column in HIDDEN.items()}
LOST = ["fiscal_year", "indicators", "cells", "hidden", "weight_lost", "weight", "is_exact", "seconds"]
PROOF = ["system", *Named._fields, "low", "high", "needed", "is_safe"]
NEWS_SECONDS = 10.0  # without any, so that whoever waits sees that it goes on
Progress = Callable[[str, float], None]
_Judged: TypeAlias = tuple[Suppression, Findings, tuple[float, float]]  # seconds of suppression and attack


@dataclass(frozen=True, eq=False)
class Protected:
    """cells: tables.COLUMNS with HIDDEN and REASON. proof: PROOF, one row for every count that must stay open.

    lost: LOST, one row per system: weight lost and of all, whether the pattern is the best there is, seconds.
    """

    cells: pd.DataFrame
    proof: pd.DataFrame
    lost: pd.DataFrame
    held_back: pd.DataFrame
    seconds: dict[str, float]


def year_of(period: str) -> int:
    return fiscal_year_of(period) if "-" in period else int(period)


@dataclass(frozen=True, eq=False)
class _Year:
    """One fiscal year: its figures, to be marked, and the systems they hang together in."""

    fiscal_year: int
    cells: pd.DataFrame
    systems: Sequence[Linked]
    held_back: pd.DataFrame


def protect(
    tables: Tables,
    seen: Sequence[Seen],
    setting: Setting,
    tells: Sequence[Tells],
    facts: frozenset[str],
    say: Progress,
) -> Protected:
    """seen: the figures of all earlier releases, facts too. say is called as systems are done."""
    start = time.perf_counter()
    years = list(_years(tables, seen, setting, tells, facts))
    seconds = {"link": time.perf_counter() - start, "suppress": 0.0, "attack": 0.0}
    judged = _judged([(year, one) for year in years for one in year.systems], setting, say)
    proofs: list[pd.DataFrame] = []
    lost: list[dict[str, object]] = []
    for number, (year, one, (found, findings, spent)) in enumerate(judged, start=1):
        _mark(year.cells, one, found)
        proofs.append(proof_of(findings, one.names).assign(system=number))
        lost.append(_lost(year.fiscal_year, one, found, sum(spent)))
        seconds["suppress"] += spent[0]
        seconds["attack"] += spent[1]
    is_fact = tables.cells["indicator_id"].isin(facts)
    return Protected(
        pd.concat([_all_shown(tables.cells[is_fact]), *(year.cells for year in years)], ignore_index=True),
        _together(proofs, PROOF),
        pd.DataFrame(lost, columns=LOST),
        _together([year.held_back for year in years], ["indicator_id", "period"]),
        seconds,
    )


def _years(
    tables: Tables, seen: Sequence[Seen], setting: Setting, tells: Sequence[Tells], facts: frozenset[str]
) -> Iterator[_Year]:
    is_fact = tables.cells["indicator_id"].isin(facts)
    years = tables.cells["period"].map(year_of)
    for year in sorted(set(years[~is_fact])):
        now = tables.cells[~is_fact & (years == year)].reset_index(drop=True)
        earlier = [replace(one, cells=_counts_of(one.cells, year, facts)) for one in seen]
        known = replace(setting, known_zero=known_zeros(tables.cells[is_fact], year, tells))
        revised = revise(now, [one for one in earlier if len(one.cells)], known)
        systems = link(revised.cells, revised.before, known)
        yield _Year(year, _all_shown(revised.cells), systems, revised.held_back)


def _judged(
    systems: Sequence[tuple[_Year, Linked]], setting: Setting, say: Progress
) -> list[tuple[_Year, Linked, _Judged]]:
    """Every system with its judgement, in their order. On all cores: the solver runs outside of Python. The largest,
    which takes as long as many others, is begun first; then from the smallest, so that something is soon done."""
    whole, ready = sum(len(one.system) for _, one in systems), 0
    order = sorted(range(len(systems)), key=lambda number: len(systems[number][1].system))
    order = [*order[-1:], *order[:-1]]
    say("伏せる件数を決めて確かめています", 0.0)
    found: dict[int, _Judged] = {}
    pool = ThreadPoolExecutor(max_workers=os.cpu_count())
    try:
        running = {pool.submit(_judge, systems[number][1].system, setting.rules): number for number in order}
        waiting = set(running)
        while waiting:
            done, waiting = wait(waiting, NEWS_SECONDS, FIRST_COMPLETED)
            for number in (running[one] for one in done):
                year, one = systems[number]
                ready += len(one.system)
                say(f"{labels.fiscal_year_text(year.fiscal_year)}：{_titles(one, setting)}", ready / whole)
            found |= {running[one]: one.result() for one in done}
            if not done:
                say(f"計算を続けています（残り{len(waiting)}組）", ready / whole)
    finally:
        pool.shutdown(cancel_futures=True)  # whoever gives up waits for what has begun, not for all the rest
    return [(*systems[number], found[number]) for number in range(len(systems))]


def _titles(one: Linked, setting: Setting) -> str:
    first, *others = (setting.catalog[indicator].title for indicator in one.indicators)
    return f"{first}　ほか{len(others)}指標" if others else first


def _judge(system: System, rules: Rules) -> _Judged:
    start = time.perf_counter()
    found = suppress(system, rules)
    between = time.perf_counter()
    findings = attack(system, found.hidden, rules, worlds=found.worlds)
    return found, findings, (between - start, time.perf_counter() - between)


def _counts_of(cells: pd.DataFrame, year: int, facts: frozenset[str]) -> pd.DataFrame:
    return cells[(cells["period"].map(year_of) == year) & ~cells["indicator_id"].isin(facts)]


def known_zeros(facts: pd.DataFrame, fiscal_year: int, tells: Sequence[Tells]) -> frozenset[tuple[str, str, str, str]]:
    """(indicator, part, breakdown, area) of counts that a published fact shows to be 0 in a fiscal year."""
    found: set[tuple[str, str, str, str]] = set()
    for one in tells:
        rows = facts[(facts["indicator_id"] == one.fact) & (facts["period"] == str(fiscal_year))]
        rows = rows[(rows["numerator"] == 0) & (rows["state"] == "value")]
        found |= {
            (*zero, value, area)
            for zero in one.zero
            for value, area in zip(rows["breakdown"], rows["area_code"], strict=True)
        }
    return frozenset(found)


def _mark(cells: pd.DataFrame, one: Linked, found: Suppression) -> None:
    for part, inside in one.cells.groupby("part"):
        rows, of = inside["row"].to_numpy(), inside["cell"].to_numpy()
        cells.loc[rows, HIDDEN[str(part)]] = found.hidden[of]
        cells.loc[rows, REASON[str(part)]] = np.where(found.hidden[of], found.reason[of], "")


def _lost(fiscal_year: int, one: Linked, found: Suppression, seconds: float) -> dict[str, object]:
    weight, hidden = one.system.weight, found.hidden & one.system.printed
    return {
        "fiscal_year": fiscal_year,
        "indicators": "、".join(one.indicators),
        "cells": len(one.system),
        "hidden": int(hidden.sum()),
        "weight_lost": float(weight[hidden].sum()),
        "weight": float(weight[one.system.printed].sum()),
        "is_exact": bool(found.exact),
        "seconds": seconds,
    }


def _all_shown(cells: pd.DataFrame) -> pd.DataFrame:
    shown = dict.fromkeys(HIDDEN.values(), False) | dict.fromkeys(REASON.values(), "")
    return cells[COLUMNS].reset_index(drop=True).assign(**shown)


def _together(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    real = [frame for frame in frames if len(frame)]
    return pd.concat(real, ignore_index=True)[list(columns)] if real else pd.DataFrame(columns=list(columns))


def proof_of(findings: Findings, names: Sequence[Named]) -> pd.DataFrame:
    """PROOF without its system: one row per count that must stay open, by one of its names."""
    frame = pd.DataFrame([names[cell] for cell in findings.cell], columns=list(Named._fields))
    is_safe = findings.is_open_enough
    return frame.assign(low=findings.low, high=findings.high, needed=findings.needed, is_safe=is_safe)
