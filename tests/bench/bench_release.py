"""A whole release of the fictional prefecture: `python -m tests.bench.bench_release`.

Twelve public indicators that count people, with their breakdowns, 41 municipalities, 圏域 and the prefecture, twelve
months and their year: suppressed, attacked and published. Goal: 5 minutes on two cores, 4 GB. Exits with 1 when it is
missed or not safe. `--all`: every public indicator, without a goal.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from etl.store import SAMPLE_DATABASE, Place, current_version, place_of
from release.draft import Draft, Options, prepare
from release.publish import Approval, publish

MINUTES, GIGABYTES = 5.0, 4.0
TWELVE = (
    *("recommendation_rate", "handover_rate", "contact_within_30_days", "plan_rate", "loop_closed_rate"),
    *("rereferral_rate", "direction_balance", "referrals_per_100k_month", "support_linkage", "connection_linkage"),
    *("both_needs_share", "outreach_share"),
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = _copied(Path(folder) / "build")
        start = time.perf_counter()
        draft = prepare(place, Options((2024,), (2024,), () if "--all" in sys.argv else TWELVE), _said)
        between = time.perf_counter()
        publish(draft, Approval("bench", draft.digest, datetime.now()), place)
        seconds, writing = time.perf_counter() - start, time.perf_counter() - between
    _report(draft, writing)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"all: {seconds:.0f} s (goal {MINUTES * 60:.0f}), peak memory {memory:.2f} GB (goal {GIGABYTES:.0f})")
    return 0 if draft.is_safe and seconds <= MINUTES * 60 and memory <= GIGABYTES else 1


def _copied(folder: Path) -> Place:
    """The sample's database, with a ledger of its own."""
    current = current_version(SAMPLE_DATABASE)
    if current is None:
        raise SystemExit("no sample database: run make run, or python -m etl prepare")
    folder.mkdir()
    shutil.copyfile(current, folder / current.name)
    (folder / SAMPLE_DATABASE.name).symlink_to(current.name)
    return place_of(folder / SAMPLE_DATABASE.name)


def _report(draft: Draft, writing: float) -> None:
    loss, systems = draft.loss, draft.systems
    counts = loss[["figures", "primary", "complementary"]].sum()
    hidden = counts["primary"] + counts["complementary"]
    lost = systems["weight_lost"].sum() / systems["weight"].sum()
    steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in draft.seconds.items() if step != "protect")
    print(f"{steps}, publish {writing:.1f} s")
    print(f"{len(draft.indicators)} indicators ({len(loss)} protected), {len(draft.cells):,} rows of tables")
    print(f"{systems['cells'].sum():,} counts in {len(systems)} systems, {systems['is_exact'].sum()} solved exactly")
    print(
        f"{counts['figures']:,} printed figures: {counts['primary']:,} small, {counts['complementary']:,} hidden to "
        f"protect them ({hidden / counts['figures']:.1%} in all); information lost {lost:.1%}"
    )
    print(f"{len(draft.proof):,} counts attacked, {len(draft.open_cells)} open")


def _said(step: str, share: float) -> None:
    print(f"{share:4.0%} {step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
