"""Server time of a warm rerun of every page: `python -m tests.bench.bench_pages [REFERRALS]`. It prints, and never fails.

Beside an empty Streamlit page of the same run, since machines differ, and for 50 thousand and for ten million
referrals: pages read the cube only, so both must cost the same. Rounds alternate over all pages and both databases, so
that whatever else the machine does hits all of them.
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import tempfile
from pathlib import Path

from etl.boundaries import boundaries_are_current, write_boundaries
from tests.bench.large import large_database, small_database
from tests.bench.session import EMPTY, PAGES, Rerun, Session
from tests.browser.app_server import running

FEW, MANY = 50_000, 10_000_000
WARM_UP, ROUNDS = 5, 30
MOST_GROWTH = 1.3
MOST_MILLISECONDS = 40  # above the empty page
MOST_KILOBYTES = 60

Found = dict[tuple[str, int], list[Rerun]]


def measure(folder: Path, sizes: tuple[int, int]) -> Found:
    """Reruns by page and number of referrals; page 'empty' with 0 referrals is the measure of the machine."""
    (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
    with contextlib.ExitStack() as stack:
        sessions = {("empty", 0): Session(stack.enter_context(running(None, script=folder / "empty.py")).url, "")}
        small = small_database(folder)
        for size in sizes:
            server = stack.enter_context(running(large_database(small, folder / str(size), size)))
            sessions |= {(page, size): Session(server.url, page) for page in PAGES}
        for session in sessions.values():
            stack.enter_context(session)
        for _ in range(WARM_UP):
            for session in sessions.values():
                session.rerun()
        found: Found = {key: [] for key in sessions}
        for _ in range(ROUNDS):
            for key, session in sessions.items():
                found[key].append(session.rerun())
        return found


def milliseconds(reruns: list[Rerun]) -> float:
    return statistics.median(rerun.seconds for rerun in reruns) * 1000


def main(many: int) -> int:
    if not boundaries_are_current():
        write_boundaries()
    sizes = (FEW, many)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), sizes)
    empty = milliseconds(found["empty", 0])
    print(f"empty Streamlit page: {empty:.1f} ms (median of {ROUNDS} warm reruns)")
    print(f"{'page':<16}{f'{FEW:,} referrals':>20}{f'{many:,}':>14}{'growth':>9}{'received':>13}  goals missed")
    for page in PAGES:
        print(_line(page, found, sizes, empty))
    print(f"goals: {MOST_MILLISECONDS} ms above empty, growth {MOST_GROWTH}×, {MOST_KILOBYTES} KB a rerun")
    return 0


def _line(page: str, found: Found, sizes: tuple[int, int], empty: float) -> str:
    above = [milliseconds(found[page, size]) - empty for size in sizes]
    growth = (above[1] + empty) / (above[0] + empty)
    kilobytes = statistics.median(rerun.received_bytes for rerun in found[page, sizes[1]]) / 1000
    missed = ["time"] if max(above) > MOST_MILLISECONDS else []
    missed += ["growth"] if growth > MOST_GROWTH else []
    missed += ["size"] if kilobytes > MOST_KILOBYTES else []
    times = f"{f'+{above[0]:.1f} ms':>20}{f'+{above[1]:.1f} ms':>14}"
    return f"/{page:<15}{times}{growth:>8.2f}×{kilobytes:>10.1f} KB  {', '.join(missed)}"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY))
