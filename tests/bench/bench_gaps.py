"""Are the gap's verdict and the gain's interval right? Simulated prefectures with known true rates.

python -m tests.bench.bench_gaps [--runs 1000] [--seed 1]; exit code 1 when a limit is broken.
Every scenario has 41 municipalities with the scattered sizes of a real prefecture. Printed for each: how often a gap
beyond chance is claimed (at most 5 % where there is none; nearly always where it is large), how often the interval of
the gain holds the true gain (at least 93 %), the true gain, what adding up observed values gives, and what is expected
without chance. Rates and sizes are drawn anew in each run, or drawn once and kept: the second is harder.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.catalog import Indicator, load_catalog
from metrics.gain import gain
from metrics.narrowing import BEYOND, gap_of

AREAS = 41
MOST_FALSE_ALARMS, LEAST_COVERED, LEAST_FOUND = 0.05, 0.93, 0.95
Numbers = np.ndarray


@dataclass(frozen=True)
class Scenario:
    """size: median denominator; mean and deviation of the true rates; planted: must the gap be found?"""

    name: str
    kind: str
    size: int
    mean: float
    deviation: float
    is_fixed: bool = False
    planted: bool = False
    benchmark: str | float = "median"


SCENARIOS = [
    *(Scenario("no differences", "proportion", size, mean, 0.0) for size in (10, 40, 300) for mean in (0.5, 0.1)),
    Scenario("no differences", "ratio", 40, 0.3, 0.0),
    Scenario("small", "proportion", 40, 0.5, 0.03),
    Scenario("small", "proportion", 300, 0.5, 0.02),
    Scenario("moderate", "proportion", 20, 0.5, 0.10),
    Scenario("moderate", "proportion", 100, 0.5, 0.10, planted=True),
    Scenario("moderate, kept", "proportion", 100, 0.5, 0.10, is_fixed=True, planted=True),
    Scenario("moderate, rare", "proportion", 100, 0.1, 0.05, planted=True),
    Scenario("moderate, kept, rare", "proportion", 300, 0.1, 0.05, is_fixed=True, planted=True),
    Scenario("large", "proportion", 20, 0.5, 0.20, planted=True),
    Scenario("large, kept", "proportion", 300, 0.5, 0.20, is_fixed=True, planted=True),
    Scenario("moderate", "ratio", 40, 0.5, 0.20, planted=True),
    Scenario("moderate, kept", "ratio", 100, 1.5, 0.50, is_fixed=True, planted=True),
    Scenario("set value, no differences", "proportion", 40, 0.5, 0.0, benchmark=0.5),
    Scenario("set value, moderate", "proportion", 40, 0.5, 0.10, planted=True, benchmark=0.6),
]
KEPT = [
    Scenario("moderate", "proportion", 20, 0.5, 0.10),
    Scenario("moderate, rare", "proportion", 100, 0.1, 0.05),
    Scenario("moderate", "proportion", 300, 0.5, 0.10),
]


def indicator_of(kind: str) -> Indicator:
    return replace(load_catalog()["recommendation_rate"], kind=kind, gain="件")


def true_rates(one: Scenario, dice: np.random.Generator) -> Numbers:
    if one.deviation == 0:
        return np.full(AREAS, one.mean)
    if one.kind == "ratio":
        shape = (one.mean / one.deviation) ** 2
        return dice.gamma(shape, one.mean / shape, AREAS)
    weight = one.mean * (1 - one.mean) / one.deviation**2 - 1
    return dice.beta(one.mean * weight, (1 - one.mean) * weight, AREAS)


def sizes_of(one: Scenario, dice: np.random.Generator) -> Numbers:
    """From a village to a large city: the logarithm of the size scatters by 1.4."""
    return np.maximum(3, one.size * np.exp(dice.normal(0, 1.4, AREAS))).round().astype(int)


def frame_of(one: Scenario, rates: Numbers, sizes: Numbers, dice: np.random.Generator) -> pd.DataFrame:
    drawn = dice.binomial(sizes, rates) if one.kind == "proportion" else dice.poisson(sizes * rates)
    return pd.DataFrame(
        {
            "area_code": [f"{number:06d}" for number in range(AREAS)],
            "state": "value",
            "numerator": drawn,
            "denominator": sizes,
            "value": drawn / sizes,
        }
    )


def simulate(one: Scenario, runs: int, dice: np.random.Generator) -> dict[str, float]:
    indicator = indicator_of(one.kind)
    sums = dict.fromkeys(("claimed", "covered", "true", "total", "expected", "width", "seconds"), 0.0)
    rates, sizes = true_rates(one, dice), sizes_of(one, dice)
    for _ in range(runs):
        if not one.is_fixed:
            rates, sizes = true_rates(one, dice), sizes_of(one, dice)
        each = frame_of(one, rates, sizes, dice)
        started = time.perf_counter()
        found = gain(indicator, each, one.benchmark)
        sums["seconds"] += time.perf_counter() - started
        truth = true_gain(one, rates, sizes, each)
        sums["claimed"] += gap_of(indicator, each).verdict == BEYOND
        sums["covered"] += found.low <= truth + 1e-9 and truth <= found.high + 1e-9
        for name, value in (("true", truth), ("total", found.total), ("expected", found.expected)):
            sums[name] += value
        sums["width"] += found.high - found.low
    return {name: value / runs for name, value in sums.items()}


def true_gain(one: Scenario, rates: Numbers, sizes: Numbers, each: pd.DataFrame) -> float:
    level = one.benchmark
    if isinstance(level, str):
        expected = sizes if one.kind == "proportion" else sizes * each["numerator"].sum() / sizes.sum()
        level = float(np.median(rates[expected >= (10 if one.kind == "proportion" else 5)]))
    return float((np.maximum(0, level - rates) * sizes).sum())


def over_ensembles(one: Scenario, ensembles: int, runs: int, dice: np.random.Generator) -> Numbers:
    """Coverage of each of several prefectures whose rates and sizes stay as they are from run to run."""
    kept = replace(one, is_fixed=True)
    return np.array([simulate(kept, runs, dice)["covered"] for _ in range(ensembles)])


def broken(one: Scenario, found: dict[str, float]) -> list[str]:
    rules: list[tuple[str, Callable[[], bool]]] = [
        ("coverage", lambda: found["covered"] < LEAST_COVERED),
        ("false alarms", lambda: one.deviation == 0 and found["claimed"] > MOST_FALSE_ALARMS),
        ("planted differences not found", lambda: one.planted and found["claimed"] < LEAST_FOUND),
    ]
    return [name for name, is_broken in rules if is_broken()]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    print(f"{chosen.runs} runs each, {AREAS} municipalities, seed {chosen.seed}")
    print(
        f"{'scenario':26} {'kind':10} {'size':>5} {'mean':>5} {'sd':>5} | {'beyond':>6} {'covered':>7} |"
        f" {'true':>8} {'added up':>8} {'expected':>8} {'width':>8} |   ms"
    )
    failed = 0
    for one in SCENARIOS:
        found = simulate(one, chosen.runs, np.random.default_rng([chosen.seed, one.size, int(one.mean * 100)]))
        wrong = broken(one, found)
        failed += bool(wrong)
        print(
            f"{one.name:26} {one.kind:10} {one.size:5} {one.mean:5.2f} {one.deviation:5.2f} |"
            f" {found['claimed']:6.1%} {found['covered']:7.1%} | {found['true']:8.1f} {found['total']:8.1f}"
            f" {found['expected']:8.1f} {found['width']:8.1f} | {found['seconds'] * 1000:4.0f}  {' / '.join(wrong)}",
            flush=True,
        )
    print("\nprefectures that stay as they are from run to run: share of runs covered, mean and worst of them")
    for one in KEPT:
        dice = np.random.default_rng([chosen.seed, one.size])
        covered = over_ensembles(one, 24, max(1, chosen.runs // 20), dice)
        failed += covered.mean() < LEAST_COVERED
        print(
            f"{one.name:26} {one.kind:10} {one.size:5} {one.mean:5.2f} {one.deviation:5.2f} |"
            f" mean {covered.mean():6.1%} worst {covered.min():6.1%} of {len(covered)}",
            flush=True,
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
