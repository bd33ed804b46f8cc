"""Server time of a warm rerun of each page, for 50 thousand and for 1 million referrals.

Run it by `python -m tests.bench.bench_pages` (make bench does).
Times are given in milliseconds and as a ratio to an empty Streamlit page of the same run, since machines differ.
Pages read the cube only, so both sizes must cost the same (within 1.3×). Rounds alternate over all pages and both
sizes, so that whatever else the machine does hits all of them.
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path

from etl.boundaries import boundaries_are_current, write_boundaries
from etl.load import Incoming, Order, load_files
from etl.sample import write_sample
from etl.store import place_of
from tests.bench.session import Rerun, Session
from tests.browser.app_server import running

SIZES = (50_000, 1_000_000)
PAGES = {"": "概況", "indicator": "指標", "national": "全国", "intake": "受付"}
WARM_UP, ROUNDS = 5, 30
MOST_GROWTH = 1.3
EMPTY = "import streamlit as st\n\nst.write('hi')\n"


def database(folder: Path, referrals: int) -> Path:
    """A database of 兵庫県's municipalities with that many invented referrals, loaded as files that came in."""
    files = write_sample(folder / "sent", prefecture="28", rows=referrals)
    place = place_of(folder / "build" / "internal.duckdb")
    load_files(
        [Incoming(path.name, path.read_bytes()) for path in files],
        place,
        Order(prefecture="28", received=date(2025, 4, 10)),
    )
    return place.pointer


def measure(folder: Path) -> dict[tuple[str, int], list[Rerun]]:
    """Reruns by page and number of referrals; page 'empty' with 0 referrals is the measure of the machine."""
    (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
    with contextlib.ExitStack() as stack:
        sessions = {("empty", 0): Session(stack.enter_context(running(None, script=folder / "empty.py")).url, "")}
        for size in SIZES:
            server = stack.enter_context(running(database(folder / str(size), size)))
            sessions |= {(page, size): Session(server.url, page) for page in PAGES}
        for session in sessions.values():
            stack.enter_context(session)
        for _ in range(WARM_UP):
            for session in sessions.values():
                session.rerun()
        found: dict[tuple[str, int], list[Rerun]] = {key: [] for key in sessions}
        for _ in range(ROUNDS):
            for key, session in sessions.items():
                found[key].append(session.rerun())
        return found


def milliseconds(reruns: list[Rerun]) -> float:
    return statistics.median(rerun.seconds for rerun in reruns) * 1000


def main() -> int:
    if not boundaries_are_current():
        write_boundaries()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    empty = milliseconds(found["empty", 0])
    print(f"empty Streamlit page: {empty:.1f} ms (median of {ROUNDS} warm reruns)")
    few, many = SIZES
    print(f"{'page':<12}{f'{few:,}':>22}{f'{many:,}':>24}{'growth':>9}{'received':>12}")
    for page in PAGES:
        small, large = (milliseconds(found[page, size]) for size in SIZES)
        growth = large / small
        kilobytes = statistics.median(rerun.received_bytes for rerun in found[page, many]) / 1000
        cells = "".join(f"{time:>12.1f} ms {time / empty:>6.1f}×" for time in (small, large))
        verdict = "" if growth <= MOST_GROWTH else f"  more than {MOST_GROWTH}×"
        print(f"/{page:<11}{cells}{growth:>8.2f}×{kilobytes:>9.1f} KB{verdict}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
