"""Fifty people at once on one server process: `python -m tests.bench.bench_users [USERS]`. It prints, and never fails.

Each of them opens a page, thinks for two seconds on average, then changes a filter or goes to another page, over the
protocol of the browser. They live in a process of their own, so that their work is not counted as the server's waiting.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

from etl.boundaries import boundaries_are_current, write_boundaries
from metrics.catalog import load_catalog
from tests.bench.large import large_database, small_database
from tests.bench.session import PAGES, Session
from tests.browser.app_server import running

USERS, REFERRALS = 50, 50_000
# The server makes the usual views beforehand in its first 80 seconds or so (ui/internal/warming.py): measured after that.
THINK_SECONDS, WARM_SECONDS, MEASURED_SECONDS = 2.0, 90.0, 60.0
MOST_MILLISECONDS = 500
# People stay on a page for some changes of its filters before they go on.
STAYS = 0.7
AREAS = ("", "281000", "282014", "282022", "283819")
CHOICES = {
    "fy": ("2022", "2023", "2024"),
    "month": ("0", "6", "11"),
    "area": AREAS,
    "indicator": tuple(load_catalog()),
}


class User(threading.Thread):
    """One reader; `waited` fills with (moment, page, seconds)."""

    def __init__(self, url: str, number: int, until: float) -> None:
        super().__init__(daemon=True)
        self.chance, self.url, self.until = random.Random(number), url, until
        self.waited: list[tuple[float, str, float]] = []
        self.failed: str | None = None

    def run(self) -> None:
        pages = list(PAGES)
        try:
            time.sleep(self.chance.uniform(0, THINK_SECONDS * 2))  # nobody arrives at the same moment
            with Session(self.url, self.chance.choice(pages)) as session:
                while time.monotonic() < self.until:
                    found = session.rerun()
                    self.waited.append((time.monotonic(), session.page, found.seconds))
                    time.sleep(self.chance.expovariate(1 / THINK_SECONDS))
                    if self.chance.random() > STAYS:
                        session.page = self.chance.choice(pages)
                    key = self.chance.choice(list(CHOICES))
                    session.query[key] = self.chance.choice(CHOICES[key])
        except Exception as error:
            self.failed = f"{type(error).__name__}: {error}"


def generate(url: str, users: int) -> dict[str, object]:
    """Runs in a process of its own: seconds of each rerun by page after the warm-up, and what failed."""
    began = time.monotonic()
    crowd = [User(url, number, began + WARM_SECONDS + MEASURED_SECONDS) for number in range(users)]
    for user in crowd:
        user.start()
    for user in crowd:
        user.join()
    by_page: dict[str, list[float]] = defaultdict(list)
    for user in crowd:
        for moment, page, seconds in user.waited:
            if moment > began + WARM_SECONDS:
                by_page[page].append(seconds)
    return {"pages": by_page, "failed": [user.failed for user in crowd if user.failed]}


def main(users: int) -> int:
    if not boundaries_are_current():
        write_boundaries()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(large_database(small_database(folder), folder / "large", REFERRALS)) as server:
            command = [sys.executable, "-m", "tests.bench.bench_users", "--generate", server.url, str(users)]
            found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    every = [seconds for waits in found["pages"].values() for seconds in waits]
    print(f"{users} users, {THINK_SECONDS:.0f} s of thought, {len(every) / MEASURED_SECONDS:.1f} reruns a second")
    for page, waits in sorted(found["pages"].items()):
        print(f"  /{page:<15}{_told(waits)}")
    missed = f"  over the goal of {MOST_MILLISECONDS} ms" if _percentile(every, 95) * 1000 > MOST_MILLISECONDS else ""
    print(f"  {'all':<16}{_told(every)}{missed}")
    for failure in found["failed"]:
        print(f"  failed: {failure}")
    return 0


def _percentile(waits: list[float], share: int) -> float:
    return statistics.quantiles(waits, n=100, method="inclusive")[share - 1] if len(waits) > 1 else waits[0]


def _told(waits: list[float]) -> str:
    p50, p95 = (_percentile(waits, share) * 1000 for share in (50, 95))
    return f"{len(waits):>6} reruns   p50 {p50:6.0f} ms   p95 {p95:6.0f} ms   max {max(waits) * 1000:6.0f} ms"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--generate"]:
        print(json.dumps(generate(sys.argv[2], int(sys.argv[3]))))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else USERS))
