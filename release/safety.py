"""Decides what is hidden in the tables, and proves it: suppression and attack over everything that hangs together."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.periods import fiscal_year_of
from release.attack import Findings, attack
from release.grid import HIDDEN
from release.linked import Linked, Seen, Setting, link
from release.publication import Tells
from release.revision import revise
from release.suppress import suppress
from release.tables import COLUMNS, Tables
from release.variables import Named

REASON = {part: column.replace("is_", "").replace("_hidden", "_reason") for part, column in HIDDEN.items()}
PROOF = ["system", *Named._fields, "low", "high", "needed", "is_safe"]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, eq=False)
class Protected:
    """cells: tables.COLUMNS with HIDDEN and REASON. proof: PROOF, one row for every count that must stay open.

    lost: per system indicators, weight lost and of all, whether the pattern is the best there is, seconds.
    """

    cells: pd.DataFrame
    proof: pd.DataFrame
    lost: pd.DataFrame
    held_back: pd.DataFrame
    seconds: dict[str, float]


def year_of(period: str) -> int:
    return fiscal_year_of(period) if "-" in period else int(period)


def protect(
    tables: Tables,
    seen: Sequence[Seen],
    setting: Setting,
    tells: Sequence[Tells],
    facts: frozenset[str],
    say: Progress,
) -> Protected:
    """Fiscal year by fiscal year. seen: the figures of all earlier releases, facts too."""
    is_fact = tables.cells["indicator_id"].isin(facts)
    years = tables.cells["period"].map(year_of)
    done: list[pd.DataFrame] = [_all_shown(tables.cells[is_fact])]
    proofs: list[pd.DataFrame] = []
    lost: list[dict[str, object]] = []
    held: list[pd.DataFrame] = []
    seconds = {"link": 0.0, "suppress": 0.0, "attack": 0.0}
    everything = sorted(set(years[~is_fact]))
    for number, year in enumerate(everything):
        now = tables.cells[~is_fact & (years == year)].reset_index(drop=True)
        earlier = [Seen(_counts_of(one.cells, year, facts), one.members) for one in seen]
        start = time.perf_counter()
        known = replace(setting, known_zero=known_zeros(tables.cells[is_fact], year, tells))
        revised = revise(now, [one for one in earlier if len(one.cells)], known)
        systems = link(revised.cells, revised.before, known)
        seconds["link"] += time.perf_counter() - start
        cells = _all_shown(revised.cells)
        whole = sum(len(one.system) for one in systems)
        ready = 0
        for one in systems:
            say(f"{year}年度：{_titles(one, setting)}", (number + ready / max(whole, 1)) / len(everything))
            proof = _of_system(one, cells, setting, seconds, lost)
            proofs.append(proof.assign(system=len(lost)))
            ready += len(one.system)
        done.append(cells)
        held.append(revised.held_back)
    say("", 1.0)
    return Protected(
        pd.concat(done, ignore_index=True),
        _together(proofs, PROOF),
        pd.DataFrame(lost),
        _together(held, ["indicator_id", "period"]),
        seconds,
    )


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


def _of_system(
    one: Linked, cells: pd.DataFrame, setting: Setting, seconds: dict[str, float], lost: list[dict[str, object]]
) -> pd.DataFrame:
    """Marks in `cells` what is hidden of one system; returns its proof."""
    system = one.system
    start = time.perf_counter()
    found = suppress(system, setting.rules)
    between = time.perf_counter()
    findings = attack(system, found.hidden, setting.rules)
    seconds["suppress"] += between - start
    seconds["attack"] += time.perf_counter() - between
    for part, inside in one.cells.groupby("part"):
        rows, of = inside["row"].to_numpy(), inside["cell"].to_numpy()
        cells.loc[rows, HIDDEN[str(part)]] = found.hidden[of]
        cells.loc[rows, REASON[str(part)]] = np.where(found.hidden[of], found.reason[of], "")
    lost.append(
        {
            "indicators": "、".join(one.indicators),
            "cells": len(system),
            "hidden": int((found.hidden & system.printed).sum()),
            "weight_lost": float(system.weight[found.hidden & system.printed].sum()),
            "weight": float(system.weight[system.printed].sum()),
            "is_exact": bool(found.exact),
            "seconds": time.perf_counter() - start,
        }
    )
    return proof_of(findings, one.names)


def _all_shown(cells: pd.DataFrame) -> pd.DataFrame:
    shown = dict.fromkeys(HIDDEN.values(), False) | dict.fromkeys(REASON.values(), "")
    return cells[COLUMNS].reset_index(drop=True).assign(**shown)


def _titles(one: Linked, setting: Setting) -> str:
    return "、".join(setting.catalog[indicator].title for indicator in one.indicators)


def _together(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    real = [frame for frame in frames if len(frame)]
    return pd.concat(real, ignore_index=True)[list(columns)] if real else pd.DataFrame(columns=list(columns))


def proof_of(findings: Findings, names: Sequence[Named]) -> pd.DataFrame:
    """PROOF without its system: one row per count that must stay open, by one of its names."""
    frame = pd.DataFrame([names[cell] for cell in findings.cell], columns=list(Named._fields))
    is_safe = findings.is_open_enough
    return frame.assign(low=findings.low, high=findings.high, needed=findings.needed, is_safe=is_safe)
